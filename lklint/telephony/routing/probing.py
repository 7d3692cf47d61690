"""Calls that are made up, to see which of them a rule gets.

There are endlessly many calls, but few sorts of them: what no list names is all the same to every
list. For a rule, `Probes` makes a call of each sort that it could get. Where it could get any
number, the number is written as nobody lists it, because a rule that lists numbers compares them
letter by letter: such a call has the fewest rules against it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from lklint.telephony.addresses import BITS, Block, is_ignored, parse_mask
from lklint.telephony.phone_numbers import normalize_number
from lklint.telephony.routing.calls import Call
from lklint.telephony.routing.exchange import Exchange
from lklint.telephony.routing.stored import Rule, Trunk, strings

ELSEWHERE = "198.18.0.1"
"""An address that nobody lists, as a rule: networks are measured with it (RFC 2544), and examples
are written with others. Whoever asks looks where the call came in."""


class Probe(NamedTuple):
    """A call, and the trunk that is to take it; None where any may, or none."""

    call: Call
    trunk: Trunk | None


class Probes:
    """Makes up calls to the trunks and rules of an exchange."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange

    def trunk(self, name: str) -> Trunk | None:
        """The trunk with an id."""
        return self._trunks.get(name)

    def trunks_of(self, rule: Rule) -> list[Trunk]:
        """The trunks of the exchange that a rule is bound to."""
        found = map(self.trunk, dict.fromkeys(rule.trunk_ids))
        return [trunk for trunk in found if trunk is not None]

    def trunks_for(self, number: str) -> Sequence[Trunk]:
        """The trunks that list a number, in whichever form it is written, else those for any."""
        return self._by_number.get(normalize_number(number), self._catch_alls)

    def trunk_with(self, number: str) -> Trunk | None:
        """A trunk that lists a number."""
        return next(iter(self._by_number.get(normalize_number(number), ())), None)

    def asks_beside(self, rule: Rule) -> bool:
        """Whether another rule with a PIN lists numbers or callers, so that some are asked for a
        PIN where others are not."""
        own = bool(rule.pin and (rule.numbers or rule.callers))
        return self._asking > own

    def of_rule(self, rule: Rule) -> Iterator[Probe]:
        """A call of every sort that a rule could get, without a PIN."""
        if rule.trunk_ids:
            for trunk in self.trunks_of(rule):
                yield from self.through(trunk, rule)
            return
        for called in rule.numbers or (self.nobody,):
            for caller in rule.callers or (self.nobody,):
                yield Probe(Call(caller, called, ELSEWHERE), None)
        yield from self.through_own(rule)
        for trunk in self._catch_alls if rule.numbers else ():
            yield from self.through(trunk, rule)

    def through_own(self, rule: Rule) -> Iterator[Probe]:
        """The same through each trunk that has the number of the call."""
        for number in rule.numbers:
            for trunk in self.trunks_for(number):
                yield from self.through(trunk, rule._replace(numbers=(number,)))
        if not rule.numbers:
            for trunk in self.exchange.trunks:
                yield from self.through(trunk, rule)

    def through(self, trunk: Trunk, rule: Rule) -> Iterator[Probe]:
        """A call of every sort that a rule could get through a trunk, without a PIN."""
        callers = list(self.callers(trunk, rule))
        for called in self.called(trunk, rule):
            for caller in callers:
                for source, host in _ways_in(trunk):
                    yield Probe(Call(caller, called, source, host), trunk)

    def called(self, trunk: Trunk, rule: Rule) -> Iterator[str]:
        """The numbers that both a trunk and a rule take."""
        return self._both(trunk, "numbers", trunk.numbers, rule.numbers)

    def callers(self, trunk: Trunk, rule: Rule) -> Iterator[str]:
        """The callers that both a trunk and a rule take."""
        return self._both(trunk, "allowed_numbers", trunk.callers, rule.callers)

    @cached_property
    def nobody(self) -> str:
        """A number that stands in no list."""
        return "0" * self._beyond

    def _both(
        self, trunk: Trunk, field: str, compared: Collection[str], listed: Sequence[str]
    ) -> Iterator[str]:
        """What is in a trunk's list and in that of a rule; an empty list holds everything.

        `compared` is the list of the trunk's field, normalised.
        """
        if listed:
            return (at for at in listed if not compared or normalize_number(at) in compared)
        if compared:
            return (self._unlisted(at) for at in strings(trunk.message, field))
        return iter((self.nobody,))

    def _unlisted(self, number: str) -> str:
        """A number as nobody lists it. One that LiveKit does not normalise has only one form."""
        longer = number.ljust(self._beyond)
        return longer if normalize_number(longer) == normalize_number(number) else number

    @cached_property
    def _beyond(self) -> int:
        """More characters than any number that is listed has, with a `+` before it."""
        return 2 + max(map(len, self._listed()), default=0)

    def _listed(self) -> Iterable[str]:
        for trunk in self.exchange.trunks:
            yield from strings(trunk.message, "numbers")
            yield from strings(trunk.message, "allowed_numbers")
        for rule in self.exchange.rules:
            yield from rule.numbers
            yield from rule.callers

    @cached_property
    def _trunks(self) -> dict[str, Trunk]:
        return {trunk.id: trunk for trunk in self.exchange.trunks}

    @cached_property
    def _catch_alls(self) -> list[Trunk]:
        return [trunk for trunk in self.exchange.trunks if not trunk.numbers]

    @cached_property
    def _by_number(self) -> dict[str, list[Trunk]]:
        found: dict[str, list[Trunk]] = {}
        for trunk in self.exchange.trunks:
            for number in trunk.numbers:
                found.setdefault(number, []).append(trunk)
        return found

    @cached_property
    def _asking(self) -> int:
        rules = self.exchange.rules
        return sum(1 for rule in rules if rule.pin and (rule.numbers or rule.callers))


def guarded(trunk: Trunk) -> bool:
    """Whether a trunk turns calls away by the address they come from."""
    return any(not is_ignored(mask) for mask in trunk.masks)


def _ways_in(trunk: Trunk) -> Iterator[tuple[str, str]]:
    """An address and a host in From for each entry by which a trunk lets calls in."""
    if not guarded(trunk):
        yield ELSEWHERE, ""
    for mask in trunk.masks:
        if not is_ignored(mask):
            block = parse_mask(mask)
            # An older server compares every entry with the host.
            yield ELSEWHERE if block is None else _first_of(block), mask


def _first_of(block: Block) -> str:
    return str(Block(block.version, block.first, BITS[block.version]))
