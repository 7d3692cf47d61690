"""Every trunk and every rule, and why it was or was not taken for a call.

`route` looks only at what an index finds; this looks at everything, for people. Both ask the same
functions (`trunks.refusal`, `rules.refusal`), so they cannot disagree.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple

from lklint.telephony.addresses import is_open, parse_address
from lklint.telephony.message import Text
from lklint.telephony.phone_numbers import normalize_number
from lklint.telephony.routing import rules, trunks
from lklint.telephony.routing.calls import Call
from lklint.telephony.routing.priority import NO_LIST, OPEN
from lklint.telephony.routing.stored import Rule, Trunk
from lklint.telephony.routing.versions import Behaviour, behaviour

if TYPE_CHECKING:
    from lklint.telephony.routing.routes import Route

TrunkVerdict = Literal["taken", "clash", "outranked", "number", "caller", "address"]
"""What became of a trunk: it has the call; it and another take it, so that the call fails; it takes
every number and one with the number goes before; or why it does not take the call."""

Gate = Literal["no-list", "ignored-list", "no-source", "address", "from-host"]
"""How a call came through the list of addresses: there is none; LiveKit drops every entry of it;
nobody said where the call comes from; its address is listed; or the host that the caller wrote is.
"""

RuleVerdict = Literal[
    "taken", "fault", "unweighed", "outranked",
    "trunk", "caller", "number", "has-pin", "no-pin", "other-pin",
]  # fmt: skip
"""What became of a rule: it has the call; it ends the call; the call ended before it was weighed;
another one goes before; or why it does not take the call."""

Edge = Literal["bound", "lists", "pin", "kind", "room", "order"]
"""What the rule with the call has before one that takes it too: it is bound to the trunk; it lists
more (callers, numbers); it has a PIN; direct goes before individual and that before callee; its
room or prefix comes first in the order of letters; or its id does."""


class TrunkStep(NamedTuple):
    """A trunk and what became of it.

    `entry` is the number by which it takes the call; where a list keeps the call out, the entry
    that a person would take for the number of the call, if any. `listed` is the address or host
    that lets the call in.
    """

    trunk: Trunk
    verdict: TrunkVerdict
    entry: Text | None = None
    gate: Gate | None = None
    listed: Text | None = None


class RuleStep(NamedTuple):
    """A rule and what became of it; `edge` is why another one goes before it.

    `entry` is the one of the list that keeps the call out which a person would take for right.
    """

    rule: Rule
    verdict: RuleVerdict
    entry: Text | None = None
    edge: Edge | None = None


class Trace(NamedTuple):
    """Everything LiveKit looked at. There are no rules where the call did not come to them."""

    trunks: tuple[TrunkStep, ...]
    rules: tuple[RuleStep, ...]


def trace(found: "Route") -> Trace:
    """Why a call goes where it goes."""
    if found.stage == "source":
        return Trace((), ())
    server = behaviour(found.server_version)
    steps = tuple(_trunk_step(trunk, found, server) for trunk in found.exchange.trunks)
    if found.stage == "match-trunk":
        return Trace(steps, ())
    return Trace(steps, tuple(_rule_step(rule, found) for rule in found.exchange.rules))


def _trunk_step(trunk: Trunk, found: "Route", server: Behaviour) -> TrunkStep:
    call = found.call
    refused = trunks.refusal(trunk, call, server)
    if refused == "number":
        return TrunkStep(trunk, refused, lookalike(call.called, trunk.message.texts("numbers")))
    if refused == "caller":
        return TrunkStep(
            trunk, refused, lookalike(call.caller, trunk.message.texts("allowed_numbers"))
        )
    if refused == "address":
        return TrunkStep(trunk, refused)
    called = normalize_number(call.called)
    entry = next(
        (at for at in trunk.message.texts("numbers") if normalize_number(at) == called), None
    )
    gate, listed = _gate(trunk, call, server)
    verdict: TrunkVerdict = "taken" if trunk is found.trunk else "outranked"
    if found.stage == "match-trunk" and bool(trunk.numbers) == bool(found.clash[0].numbers):
        verdict = "clash"
    return TrunkStep(trunk, verdict, entry, gate, listed)


def _gate(trunk: Trunk, call: Call, server: Behaviour) -> tuple[Gate, Text | None]:
    """How a call came through a trunk's list of addresses, and by which entry."""
    masks = trunk.message.texts("allowed_addresses")
    if not masks:
        return "no-list", None
    if is_open(masks):
        return "ignored-list", None
    if parse_address(call.source_ip) is None:
        return "no-source", None
    for mask in masks:
        elsewhere = call._replace(from_host=f"not {mask}")
        if not is_open((mask,)) and trunks.lets_in((mask,), elsewhere, server):
            return "address", mask
    return "from-host", next(mask for mask in masks if mask == call.from_host)


def _rule_step(rule: Rule, found: "Route") -> RuleStep:
    message, call = rule.message, found.call
    if found.fault is not None and (rule is found.fault.rule or rule is found.fault.other):
        return RuleStep(rule, "fault")
    refused = rules.refusal(rule, call, found.trunk)
    if refused == "trunk":
        name = None if found.trunk is None else found.trunk.name
        return RuleStep(
            rule, refused, next((at for at in message.texts("trunk_ids") if at == name), None)
        )
    if found.fault is not None:
        return RuleStep(rule, "unweighed")
    if refused == "caller":
        return RuleStep(rule, refused, lookalike(call.caller, message.texts("inbound_numbers")))
    if refused == "number":
        return RuleStep(rule, refused, lookalike(call.called, message.texts("numbers")))
    if refused is not None:
        return RuleStep(rule, refused)
    assert found.rule is not None
    if rule is found.rule:
        return RuleStep(rule, "taken")
    return RuleStep(rule, "outranked", None, edge(found.rule, rule))


def edge(winner: Rule, other: Rule) -> Edge:
    """Why one rule goes before another."""
    if winner.trunk_ids and not other.trunk_ids:
        return "bound"
    (first, room, _), (second, other_room, _) = winner.rank, other.rank
    if first // NO_LIST != second // NO_LIST:
        return "lists"
    if first % NO_LIST // OPEN != second % NO_LIST // OPEN:
        return "pin"
    if first != second:
        return "kind"
    return "room" if room != other_room else "order"


_NO_DIGIT = re.compile(r"\D")
_SHORTEST = 7
"""Digits that a number has to have in common with another, to be taken for a form of it."""


def lookalike(number: str, entries: Iterable[Text]) -> Text | None:
    """The entry that a person would take for a number, and LiveKit does not."""
    digits = _NO_DIGIT.sub("", number).lstrip("0")
    for entry in entries:
        others = _NO_DIGIT.sub("", entry).lstrip("0")
        short, long = sorted((digits, others), key=len)
        if short and (short == long or (len(short) >= _SHORTEST and long.endswith(short))):
            return entry
    return None
