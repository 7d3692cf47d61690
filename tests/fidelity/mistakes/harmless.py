"""What looks like a mistake and mostly is none: LiveKit takes it."""

from __future__ import annotations

from random import Random

from ..structure import Field, structure
from ..tree import Array, Member, Node, Object, Token, messages
from ..valid import Draft, key
from ..values import scalar
from .places import Mistake, value_mistake

SCALARS = ("string", "bool", "int32", "uint32", "double", "enum", "duration", "timestamp")


def _another(random: Random, of: Field) -> Node:
    return scalar(of, random)


def _empty(random: Random, of: Field) -> Node:
    return Array() if of.repeated else Object(of.of)


def _nulls(draft: Draft, random: Random) -> bool:
    """Null for fields that are not there."""
    for place in messages(draft.info):
        there = {member.field for member in place.members}
        for of in structure().messages.get(place.message, ()):
            if of not in there and random.random() < 0.3:
                place.members.append(Member(key(of, draft.spelling, random), Token("null"), of))
    return True


def _other_spelling(draft: Draft, random: Random) -> bool:
    """All keys in the spelling that the document did not use."""
    for place in messages(draft.root):
        for member in place.members:
            if member.field is not None:
                camel = member.key == f'"{member.field.json_name}"'
                member.key = f'"{member.field.name if camel else member.field.json_name}"'
    return True


def _other_order(draft: Draft, random: Random) -> bool:
    for place in messages(draft.root):
        random.shuffle(place.members)
    return True


MISTAKES: tuple[Mistake, ...] = (
    value_mistake("another-value", lambda of: of.single and of.type in SCALARS, _another),
    value_mistake("empty-list", lambda of: of.repeated, _empty),
    value_mistake(
        "empty-object", lambda of: of.map or (of.single and of.type == "message"), _empty
    ),
    Mistake("null-fields", _nulls),
    Mistake("other-spelling", _other_spelling),
    Mistake("other-order", _other_order),
)
