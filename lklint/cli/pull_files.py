"""Files that a pull writes: a whole one is always there, and none is lost."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable

from lklint.cli.ends import UsageError
from lklint.fixes.write import NotWritten, replace_file
from lklint.fixes.write import write as write_over


def write_file(path: str, before: bytes | None, after: bytes) -> None:
    """Make a file, or change one that is still as it was (`before`). Raises `UsageError`."""
    try:
        if before is not None:
            write_over(path, before, after)
            return
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        if os.path.lexists(path):
            raise NotWritten("it has come to be there meanwhile")
        replace_file(path, after)
    except NotWritten as error:
        raise UsageError(f"{path}: not written: {error}; pull again") from None


def unsaved(paths: Iterable[str]) -> list[str]:
    """The files of which git does not have what stands in them now; all where there is no git."""
    found = []
    folders: dict[str, list[str]] = {}
    for path in paths:
        folder, name = os.path.split(os.path.abspath(path))
        folders.setdefault(folder, []).append(name)
    for folder, names in folders.items():
        kept = _names(folder, "ls-files", "-z")
        touched = _names(folder, "diff", "--name-only", "--relative", "-z", "HEAD")
        for name in names:
            if kept is None or touched is None or name not in kept or name in touched:
                found.append(os.path.relpath(os.path.join(folder, name)))
    return found


def _names(folder: str, *arguments: str) -> frozenset[str] | None:
    """The names that git prints, None where it cannot tell."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=folder, capture_output=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode != 0:
        return None
    return frozenset(done.stdout.decode("utf-8", "surrogateescape").split("\0"))
