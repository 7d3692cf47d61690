"""Finding the files to check."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lklint.documents.problems import LARGEST_FILE

STDIN = "-"
_NEVER_ENTERED = frozenset((".git", ".hg", ".svn", ".venv", "node_modules", "__pycache__"))
Excludes = Callable[[str], bool]
"""Tells whether an absolute path is left out; the path of a folder ends in a slash."""
Unreadable = Callable[[OSError], None]
"""Is told of a folder that cannot be searched."""


class MissingPath(FileNotFoundError):
    """A path that was asked for is not there."""


def never_entered(path: str) -> bool:
    """What is left out where nobody says otherwise: folders that hold nobody's own files."""
    return os.path.basename(path.rstrip("/")) in _NEVER_ENTERED


def _give_up(error: OSError) -> None:
    raise error


def discover(
    paths: Iterable[str],
    excludes: Excludes = never_entered,
    force_exclude: bool = False,
    unreadable: Unreadable = _give_up,
) -> Iterator[str]:
    """The files below some paths, each once, in a stable order.

    A file is taken as it is; a directory gives its `*.json`, less what `excludes` or `.gitignore`
    files (in it, above it up to the repository, and below it) leave out. With `force_exclude` a
    file that is named, or lies in a folder that is left out, is left out too. Raises `MissingPath`.
    """
    seen: set[str] = set()
    paths = list(paths)
    for path in paths:
        if os.path.isdir(path):
            found: Iterable[str] = _walk(path, _ignores_above(path), excludes, unreadable)
        elif _is_there(path):
            found = () if force_exclude and _or_above(path, excludes) else (path,)
        else:
            raise MissingPath(path)
        for file in found:
            place = os.path.abspath(file) if len(paths) > 1 else file
            if place not in seen:
                seen.add(place)
                yield file


def searched(paths: Iterable[str]) -> Callable[[str], bool]:
    """Tells of an absolute folder whether the directories among some paths hold all its files."""
    roots = [os.path.abspath(path) for path in paths if os.path.isdir(path)]

    def holds(folder: str) -> bool:
        return any(folder == root or folder.startswith(os.path.join(root, "")) for root in roots)

    return holds


def _is_there(path: str) -> bool:
    """Whether a path leads to something. Raises OSError where that cannot be told."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def read_all(paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The files below some paths with their bytes. Raises `MissingPath`, or OSError on reading."""
    for file in discover(paths):
        yield file, read_bytes(file)


def read_bytes(file: str) -> bytes:
    """The bytes of a file; of one that is too large no more than tells so. Raises OSError."""
    with open(file, "rb") as stream:
        if os.fstat(stream.fileno()).st_size <= LARGEST_FILE:
            return stream.read()
        return stream.read(LARGEST_FILE + 1)


def _or_above(path: str, excludes: Excludes) -> bool:
    """Whether a file, or a folder between here and the file, is left out."""
    whole = os.path.abspath(path)
    here = os.getcwd()
    above = os.path.dirname(whole)
    while above != here and os.path.dirname(above) != above:
        if excludes(f"{above}/"):
            return True
        above = os.path.dirname(above)
    return excludes(whole)


def _walk(
    folder: str, ignores: tuple[_Ignore, ...], excludes: Excludes, unreadable: Unreadable
) -> Iterator[str]:
    own = _ignore_of(folder)
    if own is not None:
        ignores = (*ignores, own)
    folders: list[str] = []
    whole = os.path.abspath(folder)
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        unreadable(error)
        return
    for entry in entries:
        path = entry.name if folder == "." else os.path.join(folder, entry.name)
        if entry.is_dir(follow_symlinks=False):
            if not excludes(f"{whole}/{entry.name}/") and not _excluded(path, True, ignores):
                folders.append(path)
        elif (
            _is_json(entry)
            and not excludes(f"{whole}/{entry.name}")
            and not _excluded(path, False, ignores)
        ):
            yield path
    for path in folders:
        yield from _walk(path, ignores, excludes, unreadable)


def _is_json(entry: os.DirEntry[str]) -> bool:
    return entry.name.lower().endswith(".json") and entry.is_file()


class _Ignore:
    """One `.gitignore`: its patterns hold for what lies below its folder."""

    def __init__(self, folder: str, lines: list[str]) -> None:
        from pathspec import GitIgnoreSpec

        self._folder = os.path.abspath(folder)
        self._patterns: Any = GitIgnoreSpec.from_lines(lines)

    def says(self, path: str) -> bool | None:
        """True or False where a pattern speaks about the path, None where none does."""
        below = os.path.relpath(path, self._folder).replace(os.sep, "/")
        verdict: bool | None = self._patterns.check_file(below + ("/" if path[-1:] == "/" else ""))
        return getattr(verdict, "include", None)


def _excluded(path: str, is_folder: bool, ignores: tuple[_Ignore, ...]) -> bool:
    """Whether the patterns exclude a path; the nearest `.gitignore` that speaks decides."""
    if not ignores:
        return False
    whole = os.path.abspath(path) + ("/" if is_folder else "")
    for ignore in reversed(ignores):
        verdict = ignore.says(whole)
        if verdict is not None:
            return verdict
    return False


def _ignore_of(folder: str) -> _Ignore | None:
    try:
        with open(os.path.join(folder, ".gitignore"), encoding="utf-8", errors="replace") as file:
            return _Ignore(folder, file.read().splitlines())
    except OSError:
        return None


def _ignores_above(folder: str) -> tuple[_Ignore, ...]:
    """The `.gitignore` files above a folder, outermost first, as far up as its repository goes."""
    found: list[_Ignore] = []
    inner = os.path.abspath(folder)
    while not os.path.exists(os.path.join(inner, ".git")):
        outer = os.path.dirname(inner)
        if outer == inner:
            return ()
        ignore = _ignore_of(outer)
        if ignore is not None:
            found.append(ignore)
        inner = outer
    return tuple(reversed(found))
