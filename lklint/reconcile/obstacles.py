"""What the server would refuse, or take and then never work, told before anything is sent.

The server's own check lets an update into a conflict (seen on livekit-server 1.13.3: it compares
with what shares the new numbers or trunks, and forgets those it had). So everything is held against
everything here, and told in the server's words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from google.protobuf.message import Message as Protobuf

from lklint.reconcile.claims import rule_claim, trunk_claim
from lklint.reconcile.identity import Stored
from lklint.reconcile.plan import Step, title
from lklint.telephony.routing import Exchange, trunk_conflicts
from lklint.telephony.routing.faults import RuleFault

TRUNK, RULE = "inbound-trunk", "dispatch-rule"


class Obstacles(NamedTuple):
    """Lines on what must not be done, and on what is wrong already."""

    problems: tuple[str, ...]
    notes: tuple[str, ...]


def obstacles(
    steps: Sequence[Step],
    chosen: Collection[int],
    stored: Stored,
    unmanaged: Mapping[str, bool] = MappingProxyType({}),
) -> Obstacles:
    """What the chosen steps would lead into.

    `unmanaged` are the ids that no file has, and whether lklint made them once.
    """
    taken = [steps[at] for at in sorted(chosen)]
    problems: list[str] = []
    notes: list[str] = []
    after = _Outcome(taken, stored)
    for words, ids in (*_trunk_conflicts(after, True), *_rule_faults(after)):
        involved = [id for id in ids if id in after.steps]
        if involved:
            hints = [
                f" (no file has {id}: {'--prune' if unmanaged[id] else '--prune-all'} deletes it)"
                for id in ids
                if id in unmanaged
            ]
            name = after.title(involved[0])
            problems.append(f"{name}: LiveKit refuses it: {words}{''.join(hints)}")
        elif any(step.kind == RULE and step.action == "create" for step in taken):
            problems.append(
                "LiveKit refuses every new dispatch rule as long as two others on the server are"
                f" in conflict: {words}"
            )
        else:
            notes.append(f"on the server already: {words}")
    for words, ids in _trunk_conflicts(after, False):
        if any(id in after.steps for id in ids):
            notes.append(f"LiveKit takes it, and refuses calls that both trunks take: {words}")
    notes += _dangling(taken, after)
    return Obstacles(tuple(problems), tuple(notes))


def repairs(steps: Sequence[Step], stored: Stored) -> Mapping[str, frozenset[int]]:
    """The steps, by kind, that change or delete something that is in a conflict now.

    LiveKit creates nothing beside a conflict, so these come before what is created.
    """
    if not any(step.action == "create" for step in steps):
        return {}
    now = _Outcome((), stored)
    found: dict[str, frozenset[int]] = {}
    for kind, told in ((TRUNK, _trunk_conflicts(now, True)), (RULE, _rule_faults(now))):
        ids = {id for _, pair in told for id in pair}
        found[kind] = frozenset(
            at for at, step in enumerate(steps) if step.kind == kind and step.id in ids
        )
    return found


def _dangling(steps: Iterable[Step], after: _Outcome) -> Iterator[str]:
    """Rules that stay bound to a trunk that is deleted: LiveKit deletes it without a word."""
    gone = {step.id: step for step in steps if step.action == "delete" and step.kind == TRUNK}
    for rule in after.exchange.rules if gone else ():
        for id in rule.trunk_ids:
            if id in gone:
                yield (
                    f"{title(RULE, rule.name or rule.id)} stays bound to {gone[id].title} ({id}),"
                    " which is deleted"
                )


class _Outcome:
    """The trunks and rules of a server after some steps; `steps` are those that made each."""

    def __init__(self, steps: Iterable[Step], stored: Stored) -> None:
        self.steps: dict[str, Step] = {}
        gone: set[str] = set()
        held: dict[str, dict[str, Protobuf]] = {TRUNK: {}, RULE: {}}
        for step in steps:
            gone.add(step.id)
            if step.wanted is not None and step.kind in held:
                id = step.id or step.wanted.token
                self.steps[id] = step
                held[step.kind][id] = step.wanted.message
        for kind in held:
            for id, message in stored.get(kind, {}).items():  # type: ignore[call-overload]
                if id not in gone:
                    held[kind][id] = message
        self.exchange = Exchange(
            ((id, trunk_claim(id, it).message) for id, it in held[TRUNK].items()),
            ((id, rule_claim(id, it).message) for id, it in held[RULE].items()),
        )

    def title(self, id: str) -> str:
        """What people call it."""
        step = self.steps[id]
        return title(step.kind, step.name or step.file)


def _trunk_conflicts(after: _Outcome, refused: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The words and the ids of conflicts: those that create refuses, or those only calls meet."""
    for conflict in trunk_conflicts(after.exchange):
        if (conflict.when == "create") is refused:
            yield conflict.text, (conflict.trunk.id, conflict.other.id)


def _rule_faults(after: _Outcome) -> Iterator[tuple[str, tuple[str, ...]]]:
    for fault in after.exchange.rule_faults:
        yield fault.text, _ids(fault)


def _ids(fault: RuleFault) -> tuple[str, ...]:
    return (fault.rule.id,) if fault.other is None else (fault.rule.id, fault.other.id)
