"""Which stored resource is meant by which resource of a file.

First the id in the file, if the server has it; then the id that `lklint.lock` has for the name or
the place; then what a create left behind of which nobody saw the end; then the name, if one stored
resource has it and no other resource of the files. What is none of these is new.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, NamedTuple, cast

from google.protobuf.message import Message

from lklint.protocol.messages import Kind
from lklint.reconcile.lock import Entry, Lock
from lklint.reconcile.normal import content
from lklint.reconcile.wanted import KINDS, Wanted

Stored = Mapping[Kind, Mapping[str, Message]]
"""What a server has: messages by kind and id."""

How = Literal["id", "lock", "note", "name", "new"]


class Match(NamedTuple):
    """What a resource of a file is on the server: `id` is "" for nothing.

    `gone` is the id under which it was known, and is not there any more.
    """

    how: How
    id: str = ""
    gone: str = ""


class Matches(NamedTuple):
    """A match for each resource, in their order, and lines on what cannot be told."""

    found: tuple[Match, ...]
    problems: tuple[str, ...]


def matched(resources: Sequence[Wanted], stored: Stored, lock: Lock) -> Matches:
    """Find every resource on the server."""
    return _Matching(resources, stored, lock).all()


class _Matching:
    def __init__(self, resources: Sequence[Wanted], stored: Stored, lock: Lock) -> None:
        self._resources = resources
        self._stored = stored
        self._lock = lock
        self._known = _Known(lock, resources)
        self._found: dict[int, Match] = {}
        self._taken: set[str] = set()
        self._problems: list[str] = []

    def all(self) -> Matches:
        self._by_id()
        self._by_lock()
        self._by_note()
        self._by_name()
        new = {at: self._new(resource) for at, resource in self._left()}
        both = {**new, **self._found}
        return Matches(tuple(both[at] for at in range(len(both))), tuple(self._problems))

    def _left(self) -> list[tuple[int, Wanted]]:
        return [pair for pair in enumerate(self._resources) if pair[0] not in self._found]

    def _take(self, at: int, how: How, id: str) -> None:
        self._found[at] = Match(how, id)
        self._taken.add(id)

    def _by_id(self) -> None:
        for at, resource in self._left():
            if resource.id in self._taken:
                self._problems.append(f"{resource.file}: {resource.id} stands in another file too")
            elif resource.id in self._stored[resource.kind]:
                self._take(at, "id", resource.id)

    def _by_lock(self) -> None:
        for likeness in ("here", "moved", "renamed"):
            for at, resource in self._left():
                for entry in getattr(self._known.entries(resource), likeness):
                    if entry.id in self._stored[resource.kind] and entry.id not in self._taken:
                        self._take(at, "lock", entry.id)
                        break

    def _by_note(self) -> None:
        """A create was about to be sent: what says the same, and belongs to nobody, is it."""
        for at, resource in self._left():
            if self._lock.noted(resource.kind, resource.place) is None:
                continue
            wanted = content(resource.kind, resource.message)
            nobodys = self._nobodys(resource)
            equal = [id for id, message in nobodys if content(resource.kind, message) == wanted]
            if equal:
                self._take(at, "note", equal[0])
            elif nobodys and not resource.name:
                ids = listed(id for id, _ in nobodys)
                self._problems.append(
                    f"{resource.file}: a create of it was cut off, and one of {ids} may be what it"
                    " left behind: `lklint import ID` says so, or delete that one"
                )

    def _by_name(self) -> None:
        named: dict[tuple[Kind, str], list[int]] = {}
        for at, resource in self._left():
            if resource.name:
                named.setdefault((resource.kind, resource.name), []).append(at)
        for (kind, name), places in named.items():
            candidates = self._nobodys(self._resources[places[0]])
            if len(candidates) == 1 and len(places) == 1:
                self._take(places[0], "name", candidates[0][0])
            elif candidates:
                ids = listed(id for id, _ in candidates)
                files = listed(self._resources[at].file for at in places)
                self._problems.append(
                    f'{files}: the server has {ids} with the name "{name}":'
                    f" `lklint import ID` says which {kind.replace('-', ' ')} is meant"
                )

    def _nobodys(self, resource: Wanted) -> list[tuple[str, Message]]:
        """The stored ones of the same kind and name that are no other's."""
        return [
            (id, message)
            for id, message in self._by_names.get((resource.kind, resource.name), ())
            if id not in self._taken and self._lock.made(id) is None
        ]

    @cached_property
    def _by_names(self) -> Mapping[tuple[Kind, str], list[tuple[str, Message]]]:
        named: dict[tuple[Kind, str], list[tuple[str, Message]]] = {}
        for kind in KINDS:
            for id, message in self._stored[kind].items():
                named.setdefault((kind, cast("Any", message).name), []).append((id, message))
        return named

    def _new(self, resource: Wanted) -> Match:
        known = self._known.entries(resource)
        gone = [entry.id for entries in known for entry in entries] or [resource.id]
        return Match("new", "", gone[0])


class _Known:
    """The entries of a lock by what a resource may be recognised by."""

    def __init__(self, lock: Lock, resources: Iterable[Wanted]) -> None:
        self._by_name: dict[tuple[str, str], list[Entry]] = {}
        self._by_place: dict[tuple[str, str], list[Entry]] = {}
        wanted = {(resource.kind, resource.name) for resource in resources}
        for entry in sorted(lock):
            if entry.name:
                self._by_name.setdefault((entry.kind, entry.name), []).append(entry)
            if not entry.name or (entry.kind, entry.name) not in wanted:
                self._by_place.setdefault((entry.kind, entry.place), []).append(entry)

    def entries(self, resource: Wanted) -> _Alike:
        """The entries that a resource may be."""
        named = self._by_name.get((resource.kind, resource.name), ()) if resource.name else ()
        return _Alike(
            [entry for entry in named if entry.place == resource.place],
            [entry for entry in named if entry.place != resource.place],
            self._by_place.get((resource.kind, resource.place), []),
        )


class _Alike(NamedTuple):
    """Entries of the same name at the same place; of the same name at another; and at the same
    place of a name that is no longer wanted, because it was given another."""

    here: list[Entry]
    moved: list[Entry]
    renamed: list[Entry]


def listed(words: Iterable[str]) -> str:
    """Some words as part of a sentence, five at most."""
    held = list(words)
    shown = held[:5] + ([f"{len(held) - 5} more"] if len(held) > 5 else [])
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
