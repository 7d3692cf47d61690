"""Which dispatch rule takes a call (livekit/protocol, sip/sip.go `MatchDispatchRuleIter`)."""

from typing import Literal

from lklint.telephony.routing.calls import Call
from lklint.telephony.routing.exchange import Exchange
from lklint.telephony.routing.stored import Rule, Trunk

Refusal = Literal["trunk", "caller", "number", "has-pin", "no-pin", "other-pin"]
"""Why a rule does not take a call: it is bound to other trunks; the caller is not among its
`inbound_numbers`, or the called number not among its `numbers`, letter by letter; it has a PIN and
the caller has none; it has no PIN and the caller sent one; its PIN is another."""


def match_rule(call: Call, trunk: Trunk | None, exchange: Exchange) -> Rule | None:
    """The rule with the call: one bound to its trunk, if there is any, before all others.

    `Exchange.fault_on` comes first: with a fault there is no rule.
    """
    pin = "" if call.no_pin else call.pin or None
    if trunk is not None:
        best = _best(call, trunk, exchange, trunk, pin)
        if best is not None:
            return best
    return _best(call, trunk, exchange, None, pin)


def _best(
    call: Call, trunk: Trunk | None, exchange: Exchange, bound: Trunk | None, pin: str | None
) -> Rule | None:
    """The rule of lowest rank among those bound to a trunk, or among those bound to none."""
    best: Rule | None = None
    for group in exchange.rules_for(bound, call.called, call.caller, pin):
        found = next((rule for rule in group if refusal(rule, call, trunk) is None), None)
        if found is not None and (best is None or found.rank < best.rank):
            best = found
    return best


def refusal(rule: Rule, call: Call, trunk: Trunk | None) -> Refusal | None:
    """Why a rule does not take a call that came in by a trunk, None where it does."""
    if rule.trunk_ids and (trunk is None or trunk.id not in rule.trunk_ids):
        return "trunk"
    if rule.callers and call.caller not in rule.callers:
        return "caller"
    if rule.numbers and call.called not in rule.numbers:
        return "number"
    if call.no_pin:
        return "has-pin" if rule.pin else None
    if call.pin and call.pin != rule.pin:
        return "other-pin" if rule.pin else "no-pin"
    return None
