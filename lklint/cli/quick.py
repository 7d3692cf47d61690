"""The short way into `check`.

Hooks and pipelines run `lklint check FILE…` over and over, and importing Typer takes longer than
checking a file. So a plain call is read here; anything this reader does not know (`--help`, an
abbreviation, a wrong value) goes to Typer, which says what is to be said.
"""

from __future__ import annotations

from typing import Any

from lklint.cli.options import OUTPUT_FORMATS, CheckOptions
from lklint.shape.schemas import KINDS

VALUES: dict[str, tuple[str, tuple[str, ...] | None]] = {
    "--form": ("form", ("create", "update", "any")),
    "--kind": ("kind", KINDS),
    "--output-format": ("output_format", OUTPUT_FORMATS),
    "--output-file": ("output_file", None),
    "-o": ("output_file", None),
    "--fail-on": ("fail_on", ("error", "warning", "info")),
    "--stdin-filename": ("stdin_filename", None),
    "--config": ("config", None),
    "--changed-since": ("changed_since", None),
}
"""Options with a value: the field they set and the values they take (None for any)."""

LISTS = {
    "--report": "reports",
    "--select": "select",
    "--extend-select": "extend_select",
    "--ignore": "ignore",
}
"""Options with a value that may be given often, and the field they add to."""

FLAGS = {
    "--isolated": "isolated",
    "--force-exclude": "force_exclude",
    "--no-baseline": "no_baseline",
    "--quiet": "quiet",
    "-q": "quiet",
    "--verbose": "verbose",
    "-v": "verbose",
    "--statistics": "statistics",
    "--fix": "fix",
    "--unsafe-fixes": "unsafe_fixes",
    "--diff": "diff",
    "--fix-only": "fix_only",
}
"""Options without a value, and the field they set."""


def read(arguments: list[str]) -> CheckOptions | None:
    """The options of a plain `check …` call, or None where Typer must read it."""
    if not arguments or arguments[0] != "check":
        return None
    given: dict[str, Any] = {}
    paths: list[str] = []
    rest = iter(arguments[1:])
    for argument in rest:
        if argument == "--":
            paths.extend(rest)
        elif argument == "-" or not argument.startswith("-"):
            paths.append(argument)
        elif argument in FLAGS:
            given[FLAGS[argument]] = True
        else:
            name, equals, value = argument.partition("=")
            if (name not in VALUES and name not in LISTS) or (name[1] != "-" and equals):
                return None
            value = value if equals else next(rest, "")
            field, allowed = VALUES.get(name, (LISTS.get(name, ""), None))
            if not value or (allowed is not None and value not in allowed):
                return None
            given[field] = (*given.get(field, ()), value) if name in LISTS else value
    return CheckOptions(paths=tuple(paths), **given)
