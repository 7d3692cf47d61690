"""Finding, or making, the place in a document where a mistake can be made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from ..structure import Field, structure
from ..tree import Array, Member, Node, Object, messages, string
from ..valid import Draft, key

Make = Callable[[Draft, Random], bool]
"""Makes the mistake in the draft; False when there is no place for it."""

Value = Callable[[Random, Field], Node]
"""Makes the value that a field gets by mistake."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A named way in which people get a document wrong, or look as if they did."""

    name: str
    make: Make
    share: int = 1
    """How often it is made, compared with others of its family."""


def reach(draft: Draft, random: Random, message: str) -> Object:
    """One of the objects that are this message; made, with all above it, where there is none."""
    there = [found for found in messages(draft.info) if found.message == message]
    if there:
        return random.choice(there)
    place = draft.info
    for of in structure().path(draft.info.message, message):
        place = _below(draft, random, place, of)
    return place


def _below(draft: Draft, random: Random, place: Object, of: Field) -> Object:
    there = place.member(of)
    below = _fresh(of.of)
    if of.repeated and there is not None and isinstance(there.value, Array):
        there.value.items.append(below)
    elif there is not None and isinstance(there.value, Object) and not of.repeated:
        return there.value
    else:
        put(draft, random, place, of, Array([below]) if of.repeated else below)
    return below


def _fresh(message: str) -> Object:
    needed = {"SIPCodec": ("name", "PCMU"), "SIPOutboundConfig": ("hostname", "sip.example.com")}
    if message not in needed:
        return Object(message)
    name, value = needed[message]
    of = structure().field(message, name)
    return Object(message, [Member(f'"{name}"', string(value), of)])


def put(draft: Draft, random: Random, place: Object, of: Field, value: Node) -> None:
    """Give a field this value, in the document's spelling; other members of its oneof go."""
    if of.oneof:
        place.members = [
            m
            for m in place.members
            if m.field is None or m.field == of or m.field.oneof != of.oneof
        ]
    there = place.member(of)
    if there is not None:
        there.value = value
    else:
        place.members.append(Member(key(of, draft.spelling, random), value, of))


def some_field(
    draft: Draft, random: Random, wanted: Callable[[Field], bool]
) -> tuple[Object, Field] | None:
    """A place and a field of it: one that is there already, or any that could be."""
    there = [
        (place, member.field)
        for place in messages(draft.info)
        for member in place.members
        if member.field is not None and wanted(member.field)
    ]
    if there and random.random() < 0.5:
        return random.choice(there)
    known = structure()
    possible = [
        of
        for message in known.reachable(draft.info.message)
        for of in known.messages[message]
        if wanted(of)
    ]
    if not possible:
        return None
    near = [of for of in possible if of.message == draft.info.message]
    of = random.choice(near if near and random.random() < 0.4 else possible)
    return reach(draft, random, of.message), of


def value_mistake(name: str, wanted: Callable[[Field], bool], value: Value) -> Mistake:
    """A mistake that gives some field a value of its own."""

    def make(draft: Draft, random: Random) -> bool:
        place = some_field(draft, random, wanted)
        if place is None:
            return False
        put(draft, random, *place, value(random, place[1]))
        return True

    return Mistake(name, make)


def strings(*texts: str) -> Value:
    """One of these texts, as a string."""
    return lambda random, of: string(random.choice(texts), random)


def scrambled(alphabet: str, longest: int) -> Value:
    """A string of these characters, in any order."""
    return lambda random, of: string(
        "".join(random.choices(alphabet, k=random.randint(0, longest)))
    )


def named(*names: str) -> Callable[[Field], bool]:
    """Fields of one of these snake_case names, whatever message they are in."""
    return lambda of: of.name in names


def field_of(message: str, name: str) -> Callable[[Field], bool]:
    """One field of one message."""
    return lambda of: of.message == message and of.name == name
