"""Rules of equal rank that both take a call, so that a name or an id decides.

Of two rules of one kind that both have a PIN or none, and of which one lists callers and the other
numbers, neither goes before the other by what it lists. LiveKit compares their rooms, as text, and
then their ids, which are random (livekit/protocol, sip/sip.go `hasHigherPriority`). Rules that list
the same never meet: they conflict.
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lklint.telephony.routing.probing import Probes
from lklint.telephony.routing.routes import Route, route
from lklint.telephony.routing.stored import Rule
from lklint.telephony.routing.trace import edge
from lklint.telephony.routing.versions import Version

MOST_PAIRS = 5
"""Rules for numbers that are held against one for callers."""
MOST_PROBES = 10
"""Calls that are tried for two rules."""


class Tie(NamedTuple):
    """A call that two rules claim alike: `winner` has it, because of its room or of its id."""

    winner: Rule
    other: Rule
    by_id: bool
    route: Route


class _Group(NamedTuple):
    """Rules on one trunk (or on none) of one kind and PIN: those for callers, those for numbers."""

    for_callers: list[Rule]
    for_numbers: list[Rule]


def ties(probes: Probes, version: Version | None = None) -> Iterator[Tie]:
    """The rules for callers that share a call with a rule for numbers; each is told once."""
    told = set()
    for group in _groups(probes.exchange.rules):
        for rule in group.for_callers:
            if rule.id not in told:
                found = _tie(rule, group.for_numbers, probes, version)
                if found is not None:
                    told.add(rule.id)
                    yield found


def _groups(rules: tuple[Rule, ...]) -> Iterator[_Group]:
    groups: dict[tuple[str, int, str], _Group] = {}
    for rule in rules:
        if rule.pin is not None and bool(rule.callers) != bool(rule.numbers):
            for trunk in dict.fromkeys(rule.trunk_ids) or ("",):
                group = groups.setdefault((trunk, rule.rank[0], rule.pin), _Group([], []))
                (group.for_callers if rule.callers else group.for_numbers).append(rule)
    return (group for group in groups.values() if all(group))


def _tie(rule: Rule, others: list[Rule], probes: Probes, version: Version | None) -> Tie | None:
    for other in islice(others, MOST_PAIRS):
        both = rule._replace(numbers=other.numbers)
        for probe in islice(probes.of_rule(both), MOST_PROBES):
            found = route(probe.call._replace(pin=rule.pin or None), probes.exchange, version)
            if found.rule not in (rule, other) or found.answer.unasked:
                continue
            winner, loser = (rule, other) if found.rule is rule else (other, rule)
            why = edge(winner, loser)
            if why in ("room", "order") and _bound_alike(rule, other, found):
                return Tie(winner, loser, why == "order", found)
    return None


def _bound_alike(rule: Rule, other: Rule, found: Route) -> bool:
    """Whether both rules are for the trunk of a call, or for any."""
    trunk = found.trunk_id
    return all(not at.trunk_ids or trunk in at.trunk_ids for at in (rule, other))
