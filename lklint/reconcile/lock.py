"""`lklint.lock`: which resource of a file is which resource of a server.

A file of JSON beside the files of an environment, to be kept in git: an entry a line, sorted, so
that what two people add at different places merges. It holds ids, names and places, and nothing of
what a resource says: no secret, and no hash of one. An entry without an id is a note that a create
was about to be sent: whoever finds it looks on the server before anything is created.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, cast

from lklint.protocol.messages import Kind
from lklint.workspace import locked
from lklint.writing import write_whole

NAME = locked.NAME
VERSION = 1


class BadLock(Exception):
    """The file cannot be used; one clear line."""


class Entry(NamedTuple):
    """A resource that was made, or found, on a server.

    `place` is its file from the lock's folder on, with the JSON pointer where a file holds several.
    `id` is "" for a note; `sent` is its time then, in UTC ("2026-01-31T12:00:00.000+00:00").
    `unseen` are the paths of secrets that the server does not show.
    """

    kind: Kind
    name: str
    place: str
    id: str = ""
    sent: str = ""
    unseen: tuple[str, ...] = ()


class Lock:
    """The entries of one server; those of others are kept as they are."""

    def __init__(self, path: str, url: str, servers: dict[str, list[Entry]] | None = None) -> None:
        self.path = path
        self.url = url
        self._servers = servers or {}
        self._made: dict[str, Entry] = {}
        self._lines: dict[Entry, str] = {}
        self._notes: dict[tuple[str, str], Entry] = {}
        for entry in self._servers.pop(url, ()):
            self.keep(entry) if entry.id else self.note(entry)
        self._first = self.text()

    def __iter__(self) -> Iterator[Entry]:
        """What was made, in no particular order."""
        return iter(self._made.values())

    def made(self, id: str) -> Entry | None:
        """The entry with an id."""
        return self._made.get(id)

    def noted(self, kind: str, place: str) -> Entry | None:
        """The note about a create that was about to be sent."""
        return self._notes.get((kind, place))

    def notes(self) -> Sequence[Entry]:
        """Every note."""
        return tuple(self._notes.values())

    def note(self, entry: Entry) -> None:
        """A create is about to be sent."""
        self._notes[entry.kind, entry.place] = entry

    def keep(self, entry: Entry) -> None:
        """A resource is known to be there; a note about it has done its work."""
        self._made[entry.id] = entry
        self._notes.pop((entry.kind, entry.place), None)

    def forget(self, id: str) -> None:
        """A resource is gone."""
        self._made.pop(id, None)

    def drop_note(self, entry: Entry) -> None:
        """A create came to nothing."""
        self._notes.pop((entry.kind, entry.place), None)

    @property
    def changed(self) -> bool:
        """Whether anything is different from what was read."""
        return self.text() != self._first

    def text(self) -> str:
        """The whole file."""
        servers = dict(self._servers)
        own = [*self._made.values(), *self._notes.values()]
        if own:
            servers[self.url] = own
        listed = ",\n".join(self._server(url, servers[url]) for url in sorted(servers))
        return f'{{"version": {VERSION}, "servers": {{\n{listed}\n}}}}\n'

    def save(self) -> None:
        """Write the file anew, so that there is always a whole one on the disk. Raises OSError."""
        write_whole(self.path, self.text().encode())

    def _server(self, url: str, entries: list[Entry]) -> str:
        lines = ",\n".join(map(self._line, sorted(entries)))
        return f"{json.dumps(url)}: [\n{lines}\n]"

    def _line(self, entry: Entry) -> str:
        if entry not in self._lines:
            said = {name: value for name, value in entry._asdict().items() if value}
            self._lines[entry] = json.dumps(said)
        return self._lines[entry]


def read_lock(path: str, url: str) -> Lock:
    """The lock of a folder for a server; an empty one where there is no file. Raises `BadLock`."""
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except FileNotFoundError:
        return Lock(path, url)
    except (OSError, UnicodeDecodeError) as error:
        raise BadLock(f"{path}: {getattr(error, 'strerror', None) or 'it is not UTF-8'}") from None
    if any(line.startswith(("<<<<<<<", ">>>>>>>")) for line in text.splitlines()):
        raise BadLock(f"{path} holds a conflict of git: keep the lines of both sides")
    try:
        value = json.loads(text)
        if value["version"] != VERSION:
            raise BadLock(f"{path} is of another version of lklint")
        servers = {
            url: [_entry(entry) for entry in entries] for url, entries in value["servers"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadLock(f"{path} cannot be read as a lock of lklint") from None
    return Lock(path, url, servers)


def _entry(value: Any) -> Entry:
    texts = {name: value.get(name, "") for name in ("kind", "name", "place", "id", "sent")}
    unseen = value.get("unseen", [])
    if not all(isinstance(text, str) for text in (*texts.values(), *unseen)):
        raise TypeError
    return Entry(
        cast("Kind", texts["kind"]),
        texts["name"],
        texts["place"],
        texts["id"],
        texts["sent"],
        tuple(unseen),
    )
