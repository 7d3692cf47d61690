"""Which file a resource goes into, in the layout and the spelling that a folder has already."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from lklint.documents.identity import identify
from lklint.protocol.messages import Kind
from lklint.reconcile.pulling.names import Numbered, file_stem

NUMBERS_FILE = "phone-numbers.json"

FOLDERS: Mapping[str, str] = {
    "inbound-trunk": "inbound-trunks",
    "outbound-trunk": "outbound-trunks",
    "dispatch-rule": "dispatch-rules",
}
"""The folders of a fresh environment; `workspace.folders` knows that they are no environments."""


class Places:
    """Where new files go. No two of them, and none that is there, get the same name.

    `files` are the files of each kind that are there. `is_usable` tells of a path whether a file
    there would be found again.
    """

    def __init__(
        self, folder: str, files: Mapping[str, Iterable[str]], is_usable: Callable[[str], bool]
    ) -> None:
        self.folder = folder
        self._folders = _folders(folder, files)
        self._is_usable = is_usable
        self._taken: dict[str, set[str]] = {}
        self._names: dict[str, Numbered] = {}

    def numbers_file(self) -> str:
        """The file of phone numbers, where there is none yet."""
        return self._path(self.folder, NUMBERS_FILE)

    def place(self, kind: Kind, name: str, value: Any) -> str:
        """The path of a new file for a resource, named after it. Raises `NoNameLeft`."""
        folder = self._folders[kind]
        stem = file_stem(name)
        stems = [*((stem, f"{kind}-{stem}") if stem else ()), kind]
        taken = self._names_in(folder)

        def is_free(stem: str) -> bool:
            file = f"{stem}.json"
            path = self._path(folder, file)
            found = identify(value, path)
            meant = found is not None and found.kind == kind and found.form == "wrapped"
            return file not in taken and meant and self._is_usable(path)

        names = self._names.setdefault(folder, Numbered("-"))
        file = f"{names.first_free(stems, is_free)}.json"
        taken.add(file)
        return self._path(folder, file)

    def _path(self, folder: str, file: str) -> str:
        return file if folder in ("", ".") else os.path.join(folder, file)

    def _names_in(self, folder: str) -> set[str]:
        """The names in a folder as file systems compare them that do not tell capitals apart."""
        if folder not in self._taken:
            try:
                names = os.listdir(folder or ".")
            except FileNotFoundError:
                names = []
            self._taken[folder] = {NUMBERS_FILE, *(name.casefold() for name in names)}
        return self._taken[folder]


def leaning(values: Iterable[Any]) -> int:
    """How many more names in some JSON values are in camelCase than in snake_case."""
    names = [name for value in values for name in _names(value)]
    return sum(name != name.lower() for name in names) - sum("_" in name for name in names)


def _folders(folder: str, files: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The folder of each kind: that of most of its files; else a flat environment stays flat."""
    found = {
        kind: Counter(map(os.path.dirname, held)).most_common(1)[0][0]
        for kind, held in files.items()
        if kind in FOLDERS and held
    }
    here = os.path.normpath(folder or ".")
    flat = bool(found) and all(os.path.normpath(it or ".") == here for it in found.values())
    return {
        kind: found.get(kind, folder if flat else os.path.join(folder, name).removeprefix("./"))
        for kind, name in FOLDERS.items()
    }


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from _names(item)
    elif isinstance(value, list):
        for item in value:
            yield from _names(item)
