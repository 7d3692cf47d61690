"""Whether any call gets to a rule, and what has the calls where none does.

Nothing here decides anything: calls are made up (`probing`) and sent through `route`.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Literal, NamedTuple

from lklint.telephony.routing.calls import Call
from lklint.telephony.routing.faults import reach
from lklint.telephony.routing.probing import Probe, Probes, guarded
from lklint.telephony.routing.routes import Route, route
from lklint.telephony.routing.stored import Rule, strings
from lklint.telephony.routing.versions import Version

MOST_PROBES = 200
"""Calls that are tried for one rule. One for which they are not enough counts as reached."""

Why = Literal["number", "caller", "trunk", "covered", "shadowed", "asked", "unasked"]


class Miss(NamedTuple):
    """Why a rule does not get the calls it is there for.

    - number: none of its `numbers` is on its trunks;
    - caller: none of its `inbound_numbers` is among the `allowed_numbers` of its trunks;
    - trunk: another trunk takes the calls;
    - covered: other rules take them;
    - shadowed: it is bound to no trunk, and rules that are bound take all that come in by a trunk;
      what no trunk takes may still get to it;
    - asked: the caller is asked for a PIN of another rule, and gets here by `#` alone;
    - unasked: it has a PIN, and no call to a number as its trunks list it is asked for one.

    `instead` is a call that it would take, and what becomes of that call.
    """

    rule: Rule
    why: Why
    instead: Route | None = None


class _Unsure(Exception):
    """It cannot be told where the calls go."""


def misses(probes: Probes, version: Version | None = None) -> Iterator[Miss]:
    """The rules of an exchange that do not get the calls they are there for.

    Where rules conflict, calls end before they get anywhere, and nothing is told of the rules that
    this concerns: those on the same trunks, and all that are bound to none.
    """
    faults = [reach(fault) for fault in probes.exchange.rule_faults]
    if any(fault.everywhere for fault in faults):
        return
    lost = {trunk for fault in faults for trunk in fault.trunks}
    for rule in probes.exchange.rules:
        if lost.isdisjoint(rule.trunk_ids) if rule.trunk_ids else not faults:
            found = miss(rule, probes, version)
            if found is not None:
                yield found


def miss(rule: Rule, probes: Probes, version: Version | None = None) -> Miss | None:
    """Why a rule does not get the calls it is there for, None where it gets some."""
    try:
        if not rule.trunk_ids and (rule.numbers or rule.callers):
            lost = _lost_to_bound(rule, probes, version)
            if lost is not None:
                return Miss(rule, "shadowed", lost)
        found = _miss(rule, probes, version)
        if found is None and rule.pin and rule.trunk_ids and not rule.numbers:
            lost = _unasked(rule, probes, version)
            return None if lost is None else Miss(rule, "unasked", lost)
        return found
    except _Unsure:
        return None


def _miss(rule: Rule, probes: Probes, version: Version | None) -> Miss | None:
    trunks = probes.trunks_of(rule)
    if rule.trunk_ids and not trunks:
        return None
    lost = asked = None
    for probe in _some(probes.of_rule(rule)):
        found = _sent(probe.call, rule, probes, version)
        if found is None:
            return None
        if _gets_past(found, rule):
            asked = found
        elsewhere = found.trunk is not probe.trunk
        if elsewhere and (found.trunk is None or guarded(found.trunk)):
            raise _Unsure  # it depends on where the call comes from
        lost = found
    if asked is not None:
        return Miss(rule, "asked", asked)
    if lost is not None:
        other = rule.trunk_ids and lost.trunk is not None and lost.trunk.id not in rule.trunk_ids
        return Miss(rule, "trunk" if other else "covered", lost)
    numbers = any(True for trunk in trunks for _ in probes.called(trunk, rule))
    return Miss(rule, "caller" if numbers else "number")


def _lost_to_bound(rule: Rule, probes: Probes, version: Version | None) -> Route | None:
    """A call through a trunk that a bound rule has before a rule bound to none, if all are so.

    None where some get there, and where none comes in by a trunk.
    """
    lost = None
    if not all(map(probes.trunks_for, rule.numbers)):
        return None
    for probe in _some(probes.through_own(rule)):
        found = _sent(probe.call, rule, probes, version)
        if found is None or found.rule is None or not found.rule.trunk_ids:
            return None
        if _gets_past(found, rule):
            return None
        if found.trunk is not probe.trunk:
            raise _Unsure
        lost = found
    return lost


def _unasked(rule: Rule, probes: Probes, version: Version | None) -> Route | None:
    """A call to a number of a rule's trunks that open rules have, if they have all of them."""
    lost = None
    for trunk in probes.trunks_of(rule):
        numbers = strings(trunk.message, "numbers")
        if not numbers:
            return None
        for probe in _some(probes.through(trunk, rule._replace(numbers=numbers))):
            found = route(probe.call, probes.exchange, version)
            if found.outcome != "accept" or found.trunk is not trunk:
                return None
            lost = found
    return lost


def _sent(call: Call, rule: Rule, probes: Probes, version: Version | None) -> Route | None:
    """What becomes of a call that a rule could get; None where the rule gets it."""
    found = route(call, probes.exchange, version)
    if found.outcome == "error" and found.stage != "evaluate":
        raise _Unsure
    if found.rule is rule:
        return None
    if rule.pin and found.outcome == "request-pin":
        entered = route(call._replace(pin=rule.pin), probes.exchange, version)
        return None if entered.rule is rule else entered
    if rule.pin and probes.asks_beside(rule):
        raise _Unsure  # who is asked for another PIN may enter this one
    return found


def _gets_past(asked: Route, rule: Rule) -> bool:
    """Whether a caller who is asked for a PIN gets to a rule without one by `#` alone."""
    if asked.outcome != "request-pin" or rule.pin:
        return False
    entered = asked.call._replace(no_pin=True)
    return route(entered, asked.exchange, asked.server_version).rule is rule


def _some(probes: Iterator[Probe]) -> Iterator[Probe]:
    yield from islice(probes, MOST_PROBES)
    if next(probes, None) is not None:
        raise _Unsure
