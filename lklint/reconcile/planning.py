"""Making a plan of what the files want and what the server has."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from google.protobuf.message import Message

from lklint.reconcile.binding import bound, tokens
from lklint.reconcile.claims import claim
from lklint.reconcile.fetching import unsettled_seconds
from lklint.reconcile.identity import Match, Stored, matched
from lklint.reconcile.lock import Lock
from lklint.reconcile.normal import (
    compare,
    content,
    lost_fields,
    replacement,
    waiting_words,
)
from lklint.reconcile.numbers import number_steps
from lklint.reconcile.obstacles import obstacles, repairs
from lklint.reconcile.order import Move, needed, order
from lklint.reconcile.plan import Kept, Plan, Step, Unmanaged, title
from lklint.reconcile.wanted import KINDS, Wanted, Wants
from lklint.workspace.environment import Environment

_RANKS = {
    ("change", "inbound-trunk"): 0,
    ("change", "outbound-trunk"): 0,
    ("create", "inbound-trunk"): 1,
    ("create", "outbound-trunk"): 1,
    ("change", "dispatch-rule"): 2,
    ("delete", "dispatch-rule"): 3,
    ("create", "dispatch-rule"): 4,
    ("buy", "phone-number"): 5,
    ("assign", "phone-number"): 5,
}
"""What goes first where nothing else decides; a trunk is deleted last, when no rule needs it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a plan is to do beyond creating and changing.

    `prune` deletes what no file has, if lklint made it once; `prune_all` whoever made it. `replace`
    are names of what is to be deleted and made anew; `targets` names or files that alone are to be
    dealt with, together with what they need.
    """

    prune: bool = False
    prune_all: bool = False
    replace: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


@dataclass(slots=True)
class _Draft:
    """A plan in the making."""

    steps: list[Step] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    unmanaged: list[Unmanaged] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def make_plan(
    environment: Environment, wants: Wants, stored: Stored, lock: Lock, choice: Choice, key: str
) -> Plan:
    """The plan for an environment. `key` is a secret that keeps its seal from being guessed at."""
    draft = _Draft(problems=list(wants.problems))
    seconds = unsettled_seconds(lock)
    if seconds:
        draft.notes.append(
            f"a create was cut off a moment ago: apply waits {seconds:.0f} s to see what came of it"
        )
    identities = matched(wants.resources, stored, lock)
    draft.problems += identities.problems
    matches = [
        Match("new") if _is_named(resource, choice.replace) else match
        for resource, match in zip(wants.resources, identities.found, strict=True)
    ]
    there = bound(environment, wants.resources, matches, stored)
    draft.problems += there.problems
    draft.notes += there.notes
    for resource, found in zip(there.resources, matches, strict=True):
        _resource(draft, resource, found, stored, lock)
    _leftovers(draft, identities.found, stored, lock, choice)
    numbers = number_steps(wants, there.resources, matches, stored)
    draft.kept += numbers.kept
    draft.unmanaged += numbers.unmanaged
    draft.problems += numbers.problems
    steps = [*draft.steps, *numbers.steps]
    draft.steps = steps
    moves = _moves(steps, stored)
    chosen: Collection[int] = range(len(steps))
    if choice.targets:
        chosen = _targeted(draft.steps, moves, choice.targets)
    _must_be_there(draft, "--replace", choice.replace, there.resources)
    _must_be_there(draft, "--target", choice.targets, there.resources)
    ahead = obstacles(steps, chosen, stored, {it.id: it.ours for it in draft.unmanaged})
    draft.problems += ahead.problems
    draft.notes += ahead.notes
    return _ordered(draft, moves, chosen, lock.url, _seal(key, steps, wants, stored))


def _ordered(
    draft: _Draft, moves: Sequence[Move], chosen: Collection[int], url: str, seal: str
) -> Plan:
    """The steps that were chosen, in their order."""
    places = sorted(chosen)
    at = {place: index for index, place in enumerate(places)}
    kept = [
        moves[place]._replace(after=tuple(at[it] for it in moves[place].after if it in at))
        for place in places
    ]
    found = order(kept)
    rings = [[draft.steps[places[index]] for index in ring] for ring in found.waiting]
    stages = [[draft.steps[places[index]] for index in stage] for stage in found.stages]
    if rings:
        done = {id(step) for stage in stages for step in stage}
        stages.append([draft.steps[it] for it in places if id(draft.steps[it]) not in done])
    return Plan(
        url,
        tuple(map(tuple, stages)),
        tuple(draft.kept),
        tuple(draft.unmanaged),
        (*draft.problems, *map(_ring, rings)),
        tuple(draft.notes),
        seal=seal,
    )


def _ring(steps: Sequence[Step]) -> str:
    """Why there is no order, and what to do."""
    names = " and ".join(step.title for step in steps)
    return (
        f"{names} take over from each other what they claim: in no order can this be done without"
        f" a moment of conflict. `--replace {steps[0].name or steps[0].file}` deletes the first and"
        " makes it anew with a new id; calls to it fail in between"
    )


def _resource(draft: _Draft, resource: Wanted, found: Match, stored: Stored, lock: Lock) -> None:
    """What is to be done for a resource of a file."""
    kind, name, file = resource.kind, resource.name, resource.file
    if not found.id:
        why = f"{found.gone} is not on the server any more" if found.gone else ""
        draft.steps.append(Step("create", kind, name, file=file, why=why, wanted=resource))
        return
    message = stored[kind][found.id]
    entry = lock.made(found.id)
    unseen = entry.unseen if entry is not None else ()
    compared = compare(kind, message, resource.message, resource.covered, unseen)
    for path in compared.unseen:
        draft.notes.append(f"{title(kind, name)}: the server does not show {path}: not compared")
    differences = tuple(
        it._replace(waits_for=resource.waiting.get(it.path, ())) for it in compared.differences
    )
    if all(it.waits_for for it in differences):
        draft.notes += [f"{title(kind, name)}: {it.path} {waiting_words(it)}" for it in differences]
        kept = Kept(kind, name, found.id, file, resource, entry is None, compared.unseen)
        draft.kept.append(kept)
        return
    draft.steps.append(
        Step(
            "change",
            kind,
            name,
            found.id,
            file,
            differences,
            lost_fields(message, replacement(kind, message, resource.message)),
            "found by its name" if entry is None and found.how == "name" else "",
            resource,
            message,
        )
    )


def _leftovers(
    draft: _Draft, matches: Iterable[Match], stored: Stored, lock: Lock, choice: Choice
) -> None:
    """What the server has, and no resource of a file is, or is any longer."""
    used = {found.id for found in matches}
    remade = used - {kept.id for kept in draft.kept} - {step.id for step in draft.steps}
    for kind in KINDS:
        for id, message in stored[kind].items():
            name = cast("Any", message).name
            ours = lock.made(id) is not None
            if id in remade:
                draft.steps.append(
                    Step("delete", kind, name, id, stored=message, why="to be made anew")
                )
            elif id not in used and (choice.prune_all or (choice.prune and ours)):
                draft.steps.append(Step("delete", kind, name, id, stored=message))
            elif id not in used:
                draft.unmanaged.append(Unmanaged(kind, name, id, ours))


def _moves(steps: Sequence[Step], stored: Stored) -> list[Move]:
    """Steps as moves: what each claims before and after, and what it needs."""
    made = {
        step.wanted.token: at
        for at, step in enumerate(steps)
        if step.action == "create" and step.wanted is not None
    }
    mended = repairs(steps, stored)
    alike: dict[bytes, int] = {}
    moves = []
    for at, step in enumerate(steps):
        after = {made[step.rule]} if step.rule in made else set()
        if step.wanted is not None:
            after |= set(tokens(step.wanted.message, made))
        if step.action == "create" and step.wanted is not None:
            after |= mended.get(step.kind, frozenset())
            # Of two that say the same, one at a time: else nobody could tell which was made.
            said = content(step.kind, step.wanted.message)
            after |= {alike[said]} if said in alike else set()
            alike[said] = at
        old = step.stored and claim(step.kind, step.id, step.stored)
        new = step.wanted and claim(step.kind, step.id, step.wanted.message)
        rank = _RANKS.get((step.action, step.kind), 9)
        moves.append(
            Move(
                step.kind,
                old.box if old else None,
                new.box if new else None,
                tuple(sorted(after - {at})),
                rank,
            )
        )
    return moves


def _targeted(
    steps: Sequence[Step], moves: Sequence[Move], targets: Sequence[str]
) -> Collection[int]:
    """The steps that are asked for, with those that have to come before them."""
    wanted = [at for at, step in enumerate(steps) if not _words(step).isdisjoint(targets)]
    return needed(moves, wanted)


def _must_be_there(
    draft: _Draft, option: str, words: Sequence[str], resources: Sequence[Wanted]
) -> None:
    """What an option names must be something."""
    if not words:
        return
    known = {word for it in resources for word in (it.name, it.file, it.place)}
    known = known.union(*map(_words, draft.steps))
    for word in words:
        if word not in known:
            draft.problems.append(f"{option} {word}: there is nothing of this name or file")


def _words(step: Step) -> set[str]:
    """What a step may be called by."""
    return {step.name, step.file, step.place, step.id, step.number} - {""}


def _is_named(resource: Wanted, names: Collection[str]) -> bool:
    return bool(names) and not {resource.name, resource.file, resource.place}.isdisjoint(names)


def _seal(key: str, steps: Iterable[Step], wants: Wants, stored: Stored) -> str:
    """A keyed hash of all that the plan was made of."""
    digest = hmac.new(key.encode("utf-8", "surrogatepass"), digestmod=hashlib.sha256)
    for part in _parts(steps, wants, stored):
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _parts(steps: Iterable[Step], wants: Wants, stored: Stored) -> Iterator[str | bytes]:
    for step in steps:
        yield from (step.action, step.kind, step.id, step.file, step.number, step.rule)
    for resource in wants.resources:
        yield from (resource.kind, resource.place, _bytes(resource.message))
    for number in wants.numbers:
        yield from (number.number, number.rule or "")
    for kind, messages in stored.items():
        for id in sorted(messages):
            yield from (kind, id, _bytes(messages[id]))


def _bytes(message: Message) -> bytes:
    return message.SerializeToString(deterministic=True)
