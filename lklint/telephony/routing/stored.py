"""A trunk and a dispatch rule under the ids that the server knows them by.

There may be hundreds of thousands of them. Each keeps its message and what every call asks for; the
rest is read from the message when it is asked for (`resource`).
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from lklint.telephony.message import Message, Text
from lklint.telephony.phone_numbers import normalize_number
from lklint.telephony.resources import (
    DispatchRule,
    InboundTrunk,
    dispatch_rule,
    inbound_trunk,
    rule_kind,
)
from lklint.telephony.routing.boxes import Box, Side
from lklint.telephony.routing.priority import Rank, rank

_NOTHING = ("",)
"""What a list without entries claims."""


class Trunk(NamedTuple):
    """An inbound trunk. `numbers` and `callers` (its `allowed_numbers`) are normalised, in which
    form LiveKit compares them; empty means any."""

    id: str
    message: Message
    numbers: Collection[str]
    callers: Collection[str]

    @property
    def resource(self) -> InboundTrunk:
        """All of the trunk."""
        return inbound_trunk(self.message)

    @property
    def name(self) -> Text | None:
        """Its name."""
        return self.message.text("name")

    @property
    def masks(self) -> Sequence[str]:
        """Its `allowed_addresses`."""
        return strings(self.message, "allowed_addresses")

    @property
    def box(self) -> Box:
        """What it claims: numbers and callers, each once, in the order they are listed."""
        numbers, callers = (
            _once(strings(self.message, field)) for field in ("numbers", "allowed_numbers")
        )
        return numbers or _NOTHING, callers or _NOTHING


class Rule(NamedTuple):
    """A dispatch rule. Of two that take a call, the one with the lower `rank` has it.

    `callers` are its `inbound_numbers`; they and `numbers` are compared letter by letter. `pin` is
    "" for none, and None where the rule has no kind.
    """

    id: str
    message: Message
    rank: Rank
    pin: str | None
    trunk_ids: Sequence[str]
    callers: Sequence[str]
    numbers: Sequence[str]

    @property
    def resource(self) -> DispatchRule:
        """All of the rule."""
        return dispatch_rule(self.message)

    @property
    def name(self) -> Text | None:
        """Its name."""
        return self.message.text("name")

    @property
    def box(self) -> Box:
        """What it claims: PIN, trunks, callers and numbers, in the order LiveKit takes them."""
        return (
            (self.pin or "",),
            tuple(self.trunk_ids) or _NOTHING,
            tuple(map(normalize_number, self.callers)) or _NOTHING,
            tuple(map(normalize_number, self.numbers)) or _NOTHING,
        )


def stored_trunk(name: str, message: Message) -> Trunk:
    """A trunk under its id."""
    numbers, callers = strings(message, "numbers"), strings(message, "allowed_numbers")
    return Trunk(name, message, _quick(_once(numbers)), _quick(_once(callers)))


def stored_rule(name: str, message: Message, place: int) -> Rule:
    """A rule under its id, at its place in the order of ids."""
    callers, numbers = strings(message, "inbound_numbers"), strings(message, "numbers")
    kind = rule_kind(message)
    return Rule(
        name,
        message,
        rank(kind, bool(callers), bool(numbers), place),
        None if kind is None else str(kind.pin or ""),
        strings(message, "trunk_ids"),
        callers,
        numbers,
    )


def strings(message: Message, field: str) -> Sequence[str]:
    """A list of strings as it stands in the document, without their pointers."""
    found = message.get(field)
    if not isinstance(found, list):
        return ()
    if all(isinstance(entry, str) for entry in found):
        return found
    return [entry for entry in found if isinstance(entry, str)]


def _once(numbers: Sequence[str]) -> Side:
    return tuple(dict.fromkeys(map(_normalized, numbers)))


def _normalized(number: str) -> str:
    """A number as it is compared; one that is so already is kept, and not made again."""
    compared = normalize_number(number)
    return number if compared == number else compared


def _quick(numbers: Side) -> Collection[str]:
    """A long list as a set: a trunk may have a whole range of numbers."""
    return numbers if len(numbers) <= 8 else frozenset(numbers)
