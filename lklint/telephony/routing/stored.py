"""A trunk and a dispatch rule under the ids that the server knows them by."""

from collections.abc import Collection
from typing import NamedTuple

from lklint.telephony.phone_numbers import normalize_number
from lklint.telephony.resources import DispatchRule, InboundTrunk
from lklint.telephony.routing.boxes import Box, Side
from lklint.telephony.routing.priority import Rank, rank

_NOTHING = ("",)
"""What a list without entries claims."""


class Trunk(NamedTuple):
    """An inbound trunk. `numbers` and `callers` (its `allowed_numbers`) are normalised, in which
    form LiveKit compares them; empty means any."""

    id: str
    resource: InboundTrunk
    numbers: Collection[str]
    callers: Collection[str]

    @property
    def box(self) -> Box:
        """What it claims: numbers and callers, each once."""
        numbers, callers = self.resource.numbers, self.resource.allowed_numbers
        return _once(numbers) or _NOTHING, _once(callers) or _NOTHING


class Rule(NamedTuple):
    """A dispatch rule. Of two that take a call, the one with the lower `rank` has it."""

    id: str
    resource: DispatchRule
    rank: Rank

    @property
    def pin(self) -> str:
        """The PIN that a caller has to enter, "" for none."""
        kind = self.resource.rule
        return "" if kind is None else kind.pin or ""

    @property
    def box(self) -> Box:
        """What it claims: PIN, trunks, callers and numbers, in the order LiveKit takes them."""
        rule = self.resource
        return (
            (self.pin,),
            rule.trunk_ids or _NOTHING,
            tuple(map(normalize_number, rule.inbound_numbers)) or _NOTHING,
            tuple(map(normalize_number, rule.numbers)) or _NOTHING,
        )


def stored_trunk(name: str, trunk: InboundTrunk) -> Trunk:
    """A trunk under its id."""
    return Trunk(name, trunk, _quick(_once(trunk.numbers)), _quick(_once(trunk.allowed_numbers)))


def stored_rule(name: str, rule: DispatchRule, place: int) -> Rule:
    """A rule under its id, at its place in the order of ids."""
    return Rule(name, rule, rank(rule, place))


def _once(numbers: Side) -> Side:
    return tuple(dict.fromkeys(map(normalize_number, numbers)))


def _quick(numbers: Side) -> Collection[str]:
    """A long list as a set: a trunk may have a whole range of numbers."""
    return numbers if len(numbers) <= 8 else frozenset(numbers)
