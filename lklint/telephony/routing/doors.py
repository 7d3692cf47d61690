"""Trunks whose protection can be walked around.

A call that no trunk takes comes in without any login, and a rule that is bound to no trunk takes it
all the same (livekit-server pkg/service/ioservice_sip.go, livekit/sip pkg/service/psrpc.go). Where
such a rule has the calls of a trunk with a login or a list of addresses, neither keeps anybody out.
LiveKit Cloud may do otherwise: its code is not public.
"""

from collections.abc import Iterator
from itertools import islice

from lklint.telephony.addresses import hold_everything, is_ignored, parse_mask
from lklint.telephony.routing.calls import Call
from lklint.telephony.routing.probing import ELSEWHERE, Probe, Probes
from lklint.telephony.routing.routes import authentication, route
from lklint.telephony.routing.stored import Rule, Trunk, strings
from lklint.telephony.routing.versions import Version

MOST_NUMBERS = 20
"""Numbers of a trunk that are tried, and of a rule."""


def open_doors(probes: Probes, version: Version | None = None) -> Iterator[tuple[Rule, Trunk]]:
    """The rules bound to no trunk that have the calls of a protected trunk, and take the same calls
    from strangers, each with that trunk."""
    free = [rule for rule in probes.exchange.rules if not rule.trunk_ids]
    if not free:
        return
    strangers: dict[str, bool] = {}
    for trunk in filter(is_protected, probes.exchange.trunks):
        for rule in _rules_of(trunk, free[0], probes, version):
            if rule.id not in strangers:
                strangers[rule.id] = _lets_strangers_in(rule, probes, version)
            if strangers[rule.id]:
                yield rule, trunk


def is_protected(trunk: Trunk) -> bool:
    """Whether a trunk asks for a login, or turns calls away by their address."""
    kept = [mask for mask in trunk.masks if not is_ignored(mask)]
    blocks = [block for mask in kept if (block := parse_mask(mask)) is not None]
    return authentication(trunk) == "challenge" or (bool(kept) and not hold_everything(blocks, 4))


def _rules_of(trunk: Trunk, free: Rule, probes: Probes, version: Version | None) -> Iterator[Rule]:
    """The rules bound to no trunk that have calls to the numbers of a trunk, each once."""
    seen = set()
    written = free._replace(
        numbers=strings(trunk.message, "numbers"),
        callers=strings(trunk.message, "allowed_numbers"),
    )
    for probe in islice(_first_of_each(probes.through(trunk, written)), MOST_NUMBERS):
        rule = route(probe.call, probes.exchange, version).rule
        if rule is not None and not rule.trunk_ids and rule.id not in seen:
            seen.add(rule.id)
            yield rule


def _first_of_each(calls: Iterator[Probe]) -> Iterator[Probe]:
    """One call to each number."""
    seen = set()
    for probe in calls:
        if probe.call.called not in seen:
            seen.add(probe.call.called)
            yield probe


def _lets_strangers_in(rule: Rule, probes: Probes, version: Version | None) -> bool:
    """Whether a rule has a call that no trunk let in."""
    for called in rule.numbers[:MOST_NUMBERS] or (probes.nobody,):
        caller = next(iter(rule.callers), probes.nobody)
        found = route(Call(caller, called, ELSEWHERE), probes.exchange, version)
        if found.rule is rule and found.trunk is None:
            return True
    return False
