"""The next step for somebody whose call did not go where it was meant to go."""

from collections.abc import Collection
from typing import Literal

from lklint.telephony.agent_names import closest
from lklint.telephony.message import Message, Text
from lklint.telephony.phone_numbers import means_any, normalize_number
from lklint.telephony.routing.routes import Route, route
from lklint.telephony.routing.stored import Rule, Trunk
from lklint.telephony.routing.trace import RuleStep, Trace, TrunkStep, lookalike
from lklint.telephony.routing.words import named
from lklint.telephony.trunk_ids import classify_trunk_id

TRUNK_ID = "ST_"
"""What every id of a trunk begins with (livekit/protocol, utils/guid `SIPTrunkPrefix`)."""


def advice(found: Route, outbound: Collection[str] = ()) -> str | None:
    """What to change, in one sentence; None where the call goes somewhere.

    `outbound` are the ids and names of the outbound trunks, which an exchange does not hold.
    """
    if found.outcome == "error":
        return _mend(found)
    if found.answer.unasked:
        unasked = found.call._replace(pin=None, no_pin=False)
        first = route(unasked, found.exchange, found.server_version)
        if first.outcome == "drop":
            return advice(first, outbound)
        return "Give the rule that is meant a PIN, or call without one."
    if found.outcome == "drop":
        return _open(found, found.trace, outbound)
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


def _open(found: Route, seen: Trace, outbound: Collection[str]) -> str:
    """What keeps a call from every rule."""
    if not seen.rules:
        return "Create a dispatch rule: there is none."
    if found.call.no_pin or found.call.pin:
        return (
            "Enter the PIN of a rule that takes the number; a wrong one never opens another rule."
        )
    if found.trunk is None:
        return _come_in(found, seen)
    return _take(_Case(found, outbound), seen.rules)


def _come_in(found: Route, seen: Trace) -> str:
    """What keeps a call from every trunk."""
    if not seen.trunks:
        return f'Create an inbound trunk with "{_as_listed(found.call.called)}" in its numbers.'
    for step in seen.trunks:
        if step.verdict in ("number", "caller"):
            field = "numbers" if step.verdict == "number" else "allowed_numbers"
            wildcard = _wildcard(step.trunk.message, field)
            if wildcard is not None:
                return f"Leave the {field} of {named(step.trunk)} out: {_nothing(wildcard)}."
    blocked = next((step for step in seen.trunks if step.verdict in ("caller", "address")), None)
    near = next((step for step in seen.trunks if step.entry is not None), None)
    nearest = blocked or near
    if nearest is not None:
        return _let_in(found, nearest)
    trunk = _trunk_to_have(found, seen)
    return f'Add "{_as_listed(found.call.called)}" to the numbers of {named(trunk)}.'


def _let_in(found: Route, step: TrunkStep) -> str:
    trunk, caller = named(step.trunk), found.call.caller
    if step.verdict == "address":
        return f'Add "{found.call.source_ip}" to the allowed_addresses of {trunk}.'
    if step.verdict == "caller" and not caller:
        return f"Call with a number, or leave the allowed_numbers of {trunk} out."
    if step.verdict == "caller":
        return f'Add "{_as_listed(caller)}" to the allowed_numbers of {trunk}.'
    called = _as_listed(found.call.called)
    if not normalize_number(step.entry or "").lstrip("+").isdecimal():
        return f'Write "{called}" instead of "{step.entry}" in {trunk}.'
    return f'Have "{step.entry}" called, or add "{called}" to the numbers of {trunk}.'


def _as_listed(number: str) -> str:
    """A number for the list of a trunk. With zeros in front it is not in E.164, whatever it gets
    before it, and is left as it was sent."""
    normalized = normalize_number(number)
    return number if normalized.startswith("+0") else normalized


def _trunk_to_have(found: Route, seen: Trace) -> Trunk:
    """The trunk that is to have a number that none has: that of the rule which is nearest."""
    case = _Case(found)
    rule = _nearest(case, seen.rules).rule
    bound = [step.trunk for step in seen.trunks if step.trunk.id in rule.trunk_ids]
    for entry in rule.trunk_ids if not bound else ():
        name = closest(entry, case.names)
        bound += [step.trunk for step in seen.trunks if step.trunk.name == name is not None]
    return bound[0] if bound else seen.trunks[0].trunk


class _Case:
    """What a rule is asked about a call: its trunk, and what is written where a trunk should be."""

    def __init__(self, found: Route, outbound: Collection[str] = ()) -> None:
        self.call = found.call
        self.trunk = found.trunk
        self.outbound = outbound
        self._ids = {trunk.id for trunk in found.exchange.trunks}
        self._names = [trunk.name for trunk in found.exchange.trunks if trunk.name]

    @property
    def names(self) -> list[Text]:
        """The names of the trunks. Where there are many, a likeness is likely chance."""
        return self._names if len(self._names) <= MOST_NAMES else []

    @property
    def is_only_name(self) -> bool:
        """Whether no other trunk has the name of the call's."""
        return self.trunk is not None and self._names.count(self.trunk.name or Text("", "")) == 1

    def no_trunk(self, rule: Rule) -> str | None:
        """The entry of `trunk_ids` that is no inbound trunk, the likest to the call's first."""
        wrong = [
            entry
            for entry in rule.trunk_ids
            if entry not in self._ids and not entry.startswith("PN_")
        ]
        return next((entry for entry in wrong if self.is_like(entry)), wrong[0] if wrong else None)

    def is_like(self, entry: str) -> bool:
        """Whether the name of the call's trunk was likely meant by an entry."""
        name = None if self.trunk is None else self.trunk.name
        return name is not None and closest(entry, self.names) == name


MOST_NAMES = 200
"""Names that are searched for the one that was meant."""


def _take(case: _Case, steps: tuple[RuleStep, ...]) -> str:
    """What keeps a call that came in by a trunk from the rule that is nearest."""
    step = _nearest(case, steps)
    rule = named(step.rule)
    if step.verdict not in ("number", "caller"):
        return _bind(case, step.rule)
    field = "numbers" if step.verdict == "number" else "inbound_numbers"
    number = case.call.called if step.verdict == "number" else case.call.caller
    wildcard = _wildcard(step.rule.message, field)
    if wildcard is not None:
        return f"Leave the {field} of rule {rule} out: {_nothing(wildcard)}."
    if not number:
        return f"Call with a number, or leave the {field} of rule {rule} out."
    return f'Write "{number}" in the {field} of rule {rule}, just like that.'


def _bind(case: _Case, rule: Rule) -> str:
    assert case.trunk is not None
    trunk, wrong = _reference(case.trunk, case.is_only_name), case.no_trunk(rule)
    where = f"in the trunk_ids of rule {named(rule)}"
    if wrong is None or wrong == case.trunk.name:
        return f"{trunk} {where}."
    if classify_trunk_id(wrong) == "any":
        return f"Leave the trunk_ids of rule {named(rule)} out, or w{trunk[1:]}: {_nothing(wrong)}."
    if wrong in case.outbound:
        why = f'"{wrong}" is an outbound trunk, and no call comes in by one'
    else:
        why = f'"{wrong}" is no trunk'
    return f'{trunk} instead of "{wrong}" {where}: {why}.'


def _reference(trunk: Trunk, by_name: bool) -> str:
    """What to write for a trunk: its id, or its name where LiveKit has yet to make one."""
    if trunk.id.startswith(TRUNK_ID):
        return f'Write "{trunk.id}"'
    if by_name:
        return f'Write "{trunk.name}" (its name; `lklint apply` puts the id in)'
    return f"Write a name that you give trunk {named(trunk)} alone"


def _nearest(case: _Case, steps: tuple[RuleStep, ...]) -> RuleStep:
    """The rule that most likely was meant to have a call."""
    return min(steps, key=lambda step: _distance(case, step.rule))


Likeness = Literal["same", "alike", "any", "other"]
_FAR: dict[Likeness, int] = {"same": 0, "alike": 1, "any": 2, "other": 4}


def _distance(case: _Case, rule: Rule) -> int:
    numbers = _FAR[_likeness(case.call.called, rule.message.texts("numbers"))]
    callers = _FAR[_likeness(case.call.caller, rule.message.texts("inbound_numbers"))]
    return numbers + callers + _from_trunk(case, rule)


def _likeness(number: str, listed: tuple[Text, ...]) -> Likeness:
    """How near a list of a rule comes to the number of a call."""
    if not listed:
        return "any"
    if number in listed:
        return "same"
    alike = lookalike(number, listed) is not None or any(map(means_any, listed))
    return "alike" if alike else "other"


def _from_trunk(case: _Case, rule: Rule) -> int:
    """How far a rule is from being bound to the trunk of a call: what is no trunk may be a slip."""
    if case.trunk is not None and case.trunk.id in rule.trunk_ids:
        return 0
    if not rule.trunk_ids:
        return 1
    wrong = case.no_trunk(rule)
    if wrong is None:
        return 3
    return 1 if case.is_like(wrong) or classify_trunk_id(wrong) == "any" else 2


def _wildcard(message: Message, field: str) -> Text | None:
    """The entry of a list that is meant for every number, if there is one."""
    return next(filter(means_any, message.texts(field)), None)


def _nothing(wildcard: str) -> str:
    return f'"{wildcard}" matches nothing, and a list that is left out matches everything'
