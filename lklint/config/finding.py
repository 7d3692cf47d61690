"""Finding and reading configurations.

For a file, the nearest one counts: `lklint.toml`, or a `pyproject.toml` that has a `[tool.lklint]`,
in its folder or the closest folder above.
"""

import os
import sys
from typing import Any, NamedTuple

OWN = "lklint.toml"
SHARED = "pyproject.toml"


class ConfigurationError(Exception):
    """A configuration cannot be used; the text is one line that names the file and the key."""


class Configured(NamedTuple):
    """A configuration that was found.

    `file` is its name in messages, `path` its absolute path, `root` the folder that its globs start
    in, `values` what it says.
    """

    file: str
    path: str
    root: str
    values: dict[str, Any]


def nearest(folder: str) -> Configured | None:
    """The configuration for the files of an absolute folder. Raises ConfigurationError."""
    known = _NEAREST.get(folder)
    if known is None and folder not in _NEAREST:
        known = _in(folder)
        above = os.path.dirname(folder)
        if known is None and above != folder:
            known = nearest(above)
        _NEAREST[folder] = known
    return known


_NEAREST: dict[str, Configured | None] = {}


def forget() -> None:
    """Forget what was found; for programs that run longer than files stay as they are."""
    _NEAREST.clear()


def read(path: str) -> Configured:
    """A configuration that was asked for by name; its globs start where we are.

    Raises ConfigurationError.
    """
    found = _read(os.path.abspath(path), must_exist=True)
    if found is None:
        raise ConfigurationError(
            f"{_shown(os.path.abspath(path))}: there is no [tool.lklint] in it"
        )
    return found._replace(root=os.getcwd())


def _in(folder: str) -> Configured | None:
    for name in (OWN, SHARED):
        found = _read(os.path.join(folder, name))
        if found is not None:
            return found
    return None


def _read(path: str, must_exist: bool = False) -> Configured | None:
    shown = _shown(path)
    try:
        with open(path, "rb") as stream:
            data = stream.read()
    except OSError as error:
        if must_exist or not isinstance(error, (FileNotFoundError, NotADirectoryError)):
            raise ConfigurationError(f"{shown}: {error.strerror or error}") from error
        return None
    shared = os.path.basename(path) == SHARED
    if shared and b"lklint" not in data:
        return None
    try:
        values = table(data.decode("utf-8"), shared)
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{shown}: not in UTF-8 (byte {error.start + 1})") from error
    except RecursionError as error:
        raise ConfigurationError(f"{shown}: nested too deep") from error
    except ValueError as error:
        raise ConfigurationError(f"{shown}: not TOML: {error}") from error
    if values is None:
        return None
    must_be_good(values, shown, "tool.lklint" if shared else "")
    return Configured(shown, path, os.path.dirname(path), values)


def table(text: str, shared: bool) -> Any:
    """What a file says to lklint: all of it, or `[tool.lklint]` of a shared one, None without it.

    Raises ValueError for a text that is not TOML.
    """
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    values: dict[str, Any] = tomllib.loads(text)
    if not shared:
        return values
    tool = values.get("tool")
    return tool.get("lklint") if isinstance(tool, dict) else None


def must_be_good(values: Any, shown: str, prefix: str) -> None:
    """The quick answer is the schema's; where it says no, pydantic says why."""
    from lklint.shape.schemas import follows_schema

    if not follows_schema("configuration", values):
        from lklint.config.mistakes import first_mistake

        raise ConfigurationError(f"{shown}: {first_mistake(values, prefix)}")


def _shown(path: str) -> str:
    """A path as it is named in messages: from where we are, if it lies below."""
    try:
        below = os.path.relpath(path)
    except (OSError, ValueError):
        return path
    return path if below.startswith("..") else below
