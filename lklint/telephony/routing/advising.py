"""The next step for somebody whose call did not go where it was meant to go."""

from lklint.telephony.phone_numbers import normalize_number
from lklint.telephony.routing.routes import Route, route
from lklint.telephony.routing.stored import Trunk
from lklint.telephony.routing.trace import RuleStep, Trace, TrunkStep
from lklint.telephony.routing.words import named

TRUNK_ID = "ST_"
"""What every id of a trunk begins with (livekit/protocol, utils/guid `SIPTrunkPrefix`)."""


def advice(found: Route) -> str | None:
    """What to change, in one sentence; None where the call goes somewhere."""
    if found.outcome == "error":
        return _mend(found)
    if found.answer.unasked:
        unasked = found.call._replace(pin=None, no_pin=False)
        first = route(unasked, found.exchange, found.server_version)
        if first.outcome == "drop":
            return advice(first)
        return "Give the rule that is meant a PIN, or call without one."
    if found.outcome == "drop":
        return _open(found, found.trace)
    if found.answer.end == "rejected":
        return "Give the rule a room name or prefix, and keep it and the attributes short."
    if found.answer.end == "no-media":
        return "List codecs that LiveKit has with their rates, or leave the list away."
    return None


def _mend(found: Route) -> str:
    if found.stage == "source":
        return "Give the address the call comes from, without a port: 203.0.113.5."
    if found.stage == "match-trunk":
        one, other = map(named, found.clash)
        return f"Take the number away from {one} or {other}, or let their callers differ."
    if found.stage == "evaluate" and found.call.caller:
        return "Do not hide the number of callers that have a name instead."
    if found.stage == "evaluate":
        return "Use livekit-server 1.13.8 or newer, or do not hide the number."
    assert found.fault is not None
    rule, second = found.fault
    if second is None:
        return f"Give rule {named(rule)} a kind, or delete it."
    if second is rule:
        return f"Say each trunk and each number of rule {named(rule)} once."
    return f"Delete {named(rule)} or {named(second)}, or give them different numbers or PINs."


def _open(found: Route, seen: Trace) -> str:
    """What keeps a call from every rule."""
    if not seen.rules:
        return "Create a dispatch rule: there is none."
    if found.call.no_pin or found.call.pin:
        return (
            "Enter the PIN of a rule that takes the number; a wrong one never opens another rule."
        )
    if found.trunk is None:
        step = next((step for step in seen.trunks if step.verdict in ("caller", "address")), None)
        near = next((step for step in seen.trunks if step.entry is not None), None)
        blocked = step or near
        if blocked is not None:
            return _let_in(found, blocked)
        return f'Add "{found.call.called}" to the numbers of the trunk that the rules are bound to.'
    return _bind(found, seen.rules)


def _let_in(found: Route, step: TrunkStep) -> str:
    trunk = named(step.trunk)
    if step.verdict == "address":
        return f'Add "{found.call.source_ip}" to the allowed_addresses of {trunk}.'
    if step.verdict == "caller":
        return f'Add "{found.call.caller}" to the allowed_numbers of {trunk}.'
    called = normalize_number(found.call.called)
    if normalize_number(step.entry or "").lstrip("+").isdecimal():
        return f'Have "{step.entry}" called, or add "{called}" to the numbers of {trunk}.'
    return f'Write "{called}" instead of "{step.entry}" in {trunk}.'


def _bind(found: Route, steps: tuple[RuleStep, ...]) -> str:
    assert found.trunk is not None
    for step in steps:
        if step.verdict in ("number", "caller"):
            field = "numbers" if step.verdict == "number" else "inbound_numbers"
            number = found.call.called if step.verdict == "number" else found.call.caller
            return f'Write "{number}" in the {field} of rule {named(step.rule)}, just like that.'
    meant = next((step for step in steps if step.entry is not None), steps[0])
    return f"Write {_id(found.trunk)} in the trunk_ids of rule {named(meant.rule)}."


def _id(trunk: Trunk) -> str:
    """The id of a trunk, or words for it where LiveKit has yet to make one."""
    made = trunk.id.startswith(TRUNK_ID)
    return f'"{trunk.id}"' if made else f"the id that LiveKit gives trunk {named(trunk)}"
