"""The numbers of inbound trunks that no dispatch rule is for."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import NamedTuple

from lklint.telephony.message import Text
from lklint.telephony.phone_numbers import normalize_number
from lklint.telephony.routing.stored import Trunk
from lklint.workspace.environment import Environment
from lklint.workspace.filed import home, id_of


class Uncovered(NamedTuple):
    """A trunk and those of its numbers that no rule is for; none where no rule is for the trunk."""

    trunk: Trunk
    numbers: tuple[Text, ...]


def uncovered(environment: Environment) -> Iterator[Uncovered]:
    """The trunks with calls that no rule is for.

    A rule is for a number in whichever form it lists it, and for all where it lists none. A rule of
    which it is not known to which trunks it is bound counts for every trunk. Nothing is told of a
    trunk with a rule for a number that it does not have: that number is likely a slip (LK721).
    """
    whole: set[str] = set()  # trunks with a rule for all calls
    listed: dict[str, set[str]] = {}  # numbers that the rules of a trunk list
    anywhere: set[str] = set()  # numbers that rules for any trunk list
    for rule in environment.exchange.rules:
        numbers = set(map(normalize_number, rule.numbers))
        if not rule.trunk_ids or not environment.is_settled(rule.message):
            if not numbers:
                return
            anywhere |= numbers
        elif not numbers:
            whole.update(rule.trunk_ids)
        else:
            for name in rule.trunk_ids:
                listed.setdefault(name, set()).update(numbers)
    for trunk in environment.exchange.trunks:
        name = id_of(home(trunk.message))  # a copy of a trunk has another one in the exchange
        own = listed.get(name, set())
        if name in whole or not own.issubset(trunk.numbers):
            continue
        lacking = _lacking(trunk, own, anywhere)
        if not own and anywhere.isdisjoint(trunk.numbers) and (trunk.numbers or not anywhere):
            yield Uncovered(trunk, ())
        elif lacking:
            yield Uncovered(trunk, lacking)


def _lacking(trunk: Trunk, *covered: Set[str]) -> tuple[Text, ...]:
    """The numbers of a trunk that are not among those that are covered."""
    return tuple(
        number
        for number in trunk.message.texts("numbers")
        if not any(normalize_number(number) in numbers for numbers in covered)
    )
