"""Files of environment variables, as `--env-file` names them: `NAME=VALUE`, a line each.

Taken: empty lines, comments, `export ` in front, single quotes (as they stand), double quotes (with
`\\n`, `\\t`, `\\"` and `\\\\` in them), and a comment after a blank behind a value. Nothing is
expanded inside of a value.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from lklint.patterns import Pattern
from lklint.writing import write_whole

_LINE = Pattern(
    r"""\s* (?: export \s+ )? (?P<name> [A-Za-z_][A-Za-z0-9_]* ) \s* = [ \t]*
    (?: ' (?P<single> [^']* ) ' | " (?P<double> (?: [^"\\] | \\. )* ) "
      | (?P<bare> (?! ['"] ) (?: [^\s#] | [ \t]+ (?! [#\s] | $ ) | (?<=\S) \# )* ) )
    \s* (?: (?<= \s ) \# .* )?""",
    re.VERBOSE,
)

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_QUOTED = str.maketrans({"\\": r"\\", '"': r"\"", **{v: f"\\{k}" for k, v in _ESCAPES.items()}})


class BadEnvFile(Exception):
    """The file cannot be used; the message names a line and repeats nothing of it."""


def read_env_file(path: str) -> dict[str, str]:
    """The variables of a file; the last of one name wins.

    Raises `BadEnvFile` for a line that is none of the above, `OSError` where there is no such file.
    """
    with open(path, "rb") as file:
        data = file.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadEnvFile(f"{path} is not in UTF-8") from None
    variables: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise BadEnvFile(f"{path}: line {number} is not NAME=VALUE")
        variables[match["name"]] = _value(match)
    return variables


def add_to_env_file(path: str, variables: Mapping[str, str]) -> tuple[str, ...]:
    """Add variables to a file, or make it; only its owner may read it afterwards.

    Returns the names of those that no such file can hold. Raises OSError.
    """
    target = os.path.realpath(path)
    try:
        with open(target, "rb") as file:
            before = file.read()
    except FileNotFoundError:
        before = b""
    lines = {name: _line(name, value) for name, value in variables.items()}
    added = "".join(line for line in lines.values() if line is not None).encode()
    gap = b"\n" if before and not before.endswith(b"\n") else b""
    write_whole(path, before + gap + added, private=True)
    return tuple(name for name, line in lines.items() if line is None)


def _line(name: str, value: str) -> str | None:
    """A line of a file of variables, None where it cannot hold the value.

    Single quotes where they will do: a shell that reads the file then expands nothing.
    """
    if value.isprintable() and "'" not in value:
        return f"{name}='{value}'\n"
    quoted = value.translate(_QUOTED)
    return f'{name}="{quoted}"\n' if len(f"{quoted}.".splitlines()) == 1 else None


def _value(match: re.Match[str]) -> str:
    if match["double"] is not None:
        return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), match["double"])
    return match["single"] if match["single"] is not None else match["bare"]
