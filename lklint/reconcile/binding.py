"""What stands in `trunk_ids` when a rule is sent: ids, where the files have names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple, cast

from google.protobuf.message import Message

from lklint.protocol.messages import Kind
from lklint.reconcile.identity import Match, Stored, listed
from lklint.reconcile.wanted import Wanted
from lklint.telephony.trunk_ids import classify_trunk_id
from lklint.workspace.environment import Environment
from lklint.workspace.references import Reference

INBOUND: Kind = "inbound-trunk"


class Bound(NamedTuple):
    """Resources with ids, or with the `token` of what has none yet, where names were.

    `problems` are names that mean nothing; `notes` ids that do.
    """

    resources: tuple[Wanted, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def bound(
    environment: Environment,
    resources: Sequence[Wanted],
    matches: Sequence[Match],
    stored: Stored,
) -> Bound:
    """Put ids into every rule."""
    binder = _Binder(environment, resources, matches, stored)
    found = tuple(
        binder.rule(resource) if resource.kind == "dispatch-rule" else resource
        for resource in resources
    )
    return Bound(found, tuple(binder.problems), tuple(binder.notes))


class _Binder:
    def __init__(
        self,
        environment: Environment,
        resources: Sequence[Wanted],
        matches: Sequence[Match],
        stored: Stored,
    ) -> None:
        self._directory = environment.directory
        self._as_stored = {
            resource.place: frozenset(_trunk_ids(stored, match.id))
            for resource, match in zip(resources, matches, strict=True)
            if resource.kind == "dispatch-rule" and match.id
        }
        self._ids = {
            (resource.file, resource.source.pointer): match.id or resource.token
            for resource, match in zip(resources, matches, strict=True)
            if resource.kind == INBOUND and resource.source is not None
        }
        self._stored = stored
        self._named = _ids_by_name(stored.get(INBOUND, {}))
        self.problems: list[str] = []
        self.notes: list[str] = []

    def rule(self, resource: Wanted) -> Wanted:
        """A rule with ids in it."""
        rule: Any = resource.message
        if not rule.trunk_ids or resource.source is None:
            return resource
        written = self._directory.references(resource.source)
        meant = [
            self._id(resource, entry, reference)
            for entry, reference in zip(rule.trunk_ids, written, strict=True)
        ]
        changed: Any = type(rule)()
        changed.CopyFrom(rule)
        changed.trunk_ids[:] = meant
        return resource.with_message(changed)

    def _id(self, rule: Wanted, entry: str, reference: Reference) -> str:
        """What an entry stands for; `entry` is as it is sent, the reference as it is written."""
        if reference.meaning in ("id", "name"):
            trunk = reference.trunks[0]
            return self._ids.get((trunk.file, trunk.pointer), entry)
        if entry in self._stored.get(INBOUND, {}) or entry.startswith("PN_"):
            return entry
        if reference.meaning == "assumed" and entry not in self._as_stored.get(rule.place, ()):
            trunk = reference.trunks[0]
            name = trunk.text("name")
            self.notes.append(
                f"{rule.file}: neither the server nor a file has the id {entry}: that of "
                f"{f'trunk {name}' if name else trunk.file}, the only one without an id, takes its "
                "place"
            )
            return self._ids.get((trunk.file, trunk.pointer), entry)
        if reference.meaning == "several":
            self.problems.append(f'{rule.file}: several inbound trunks are called "{entry}"')
        elif classify_trunk_id(entry) == "fine":
            self.notes.append(
                f"{rule.file}: the server has no inbound trunk {entry}: the rule never matches a"
                " call on it"
            )
        else:
            return self._by_name(rule, entry)
        return entry

    def _by_name(self, rule: Wanted, entry: str) -> str:
        """A name that no file has may be that of a trunk on the server."""
        ids = self._named.get(entry, ())
        if len(ids) == 1:
            return ids[0]
        if ids:
            self.problems.append(f'{rule.file}: "{entry}" is the name of {listed(ids)}')
        else:
            near = get_close_matches(entry, [*self._directory.names, *self._named], 1)
            meant = f'; "{near[0]}" is' if near else ""
            self.problems.append(f'{rule.file}: no inbound trunk is called "{entry}"{meant}')
        return entry


def filled(message: Message, ids: Mapping[str, str]) -> Message:
    """A rule with the ids of what was made meanwhile in the place of its tokens."""
    rule: Any = message
    if not any(entry in ids for entry in getattr(rule, "trunk_ids", ())):
        return message
    copy: Any = type(rule)()
    copy.CopyFrom(rule)
    copy.trunk_ids[:] = [ids.get(entry, entry) for entry in rule.trunk_ids]
    return cast("Message", copy)


def tokens(message: Message, known: Mapping[str, int]) -> Iterator[int]:
    """The places of what a rule waits for, by the tokens in it."""
    for entry in getattr(message, "trunk_ids", ()):
        if entry in known:
            yield known[entry]


def _trunk_ids(stored: Stored, rule: str) -> Iterable[str]:
    """What a stored rule is bound to: an id in it is none that could mean something else."""
    found: Iterable[str] = cast("Any", stored["dispatch-rule"][rule]).trunk_ids
    return found


def _ids_by_name(messages: Mapping[str, Message]) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for id, message in messages.items():
        name = cast("Any", message).name
        if name:
            named.setdefault(name, []).append(id)
    return named
