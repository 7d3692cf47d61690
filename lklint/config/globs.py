"""Globs over files, read as the lines of a `.gitignore` are."""

import os
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from lklint.config.finding import ConfigurationError


class Glob(NamedTuple):
    """A glob, what it stands for, and its place for the message where it is none."""

    glob: str
    value: Any
    where: str


class Globs:
    """Some globs below one folder. Raises ConfigurationError for one that is none."""

    def __init__(self, root: str, globs: Iterable[Glob]) -> None:
        self._root = root
        self._globs = [(_compiled(glob), glob.value) for glob in globs]

    def values(self, path: str) -> list[Any]:
        """What the globs that match an absolute path stand for, in their order.

        A glob with a `!` stands for nothing, and takes out what those before it took in.
        """
        below = below_root(path, self._root) if self._globs else None
        if below is None:
            return []
        values: list[Any] = []
        for glob, value in self._globs:
            matches = glob.check_file(below).include
            if matches is False:
                values = []
            elif matches:
                values.append(value)
        return values


def below_root(path: str, root: str) -> str | None:
    """A path from a folder on, with forward slashes; None where it does not lie below."""
    try:
        below = os.path.relpath(path, root).replace(os.sep, "/")
    except ValueError:
        return None
    if below == ".." or below.startswith("../"):
        return None
    return below + "/" if path.endswith(("/", os.sep)) else below


def _compiled(glob: Glob) -> Any:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines([glob.glob])
    except (ValueError, re.error) as error:
        raise ConfigurationError(
            f"{glob.where}: {glob.glob!r} is no glob as in a .gitignore"
        ) from error
