"""The room and the participant that a dispatch rule makes of a call.

livekit/protocol, sip/sip.go `EvaluateDispatchRule`.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

from lklint.telephony.resources import DispatchRule, RuleKind
from lklint.telephony.routing.calls import Call

RANDOM = "<random>"
"""Stands for the 12 random characters at the end of a room's name."""


class Placement(NamedTuple):
    """Where the caller appears and as whom; `room` ends in `RANDOM` where `random` is set."""

    room: str
    random: bool
    identity: str
    name: str
    attributes: Mapping[str, str]


def place(call: Call, trunk_id: str, rule_id: str, rule: DispatchRule) -> Placement | None:
    """What a rule makes of a call, None where it makes something that LiveKit cannot send."""
    kind, hidden = rule.rule, rule.hide_phone_number
    assert kind is not None  # LiveKit reads no further than a rule without a kind
    caller = _end_of(call.caller) if hidden else call.caller
    if caller is None:
        return None
    identity = _hashed(call.caller) if hidden else call.caller
    return Placement(
        room_of(kind, caller, call.called),
        kind.kind != "direct" and kind.random,
        f"sip_{identity}",
        f"Phone {caller}",
        _attributes(call, trunk_id, rule_id, rule),
    )


def room_of(kind: RuleKind, caller: str, called: str) -> str:
    """The name of a room, of what is seen of the caller's number and of the called one."""
    named = kind.room or ""
    if kind.kind == "direct":
        return named
    number = caller if kind.kind == "individual" else called
    parts = [named] if named else []
    return "_".join([*parts, number, *([RANDOM] if kind.random else [])])


def _attributes(call: Call, trunk_id: str, rule_id: str, rule: DispatchRule) -> dict[str, str]:
    """The rule's, the call's over them, and LiveKit's own over both."""
    found: dict[str, str] = {}
    found.update((pair.name, pair.value) for pair in rule.attributes)
    found.update(call.attributes)
    found["sip.callID"] = call.call_id
    found["sip.trunkID"] = trunk_id
    if not rule.hide_phone_number:
        found["sip.phoneNumber"] = call.caller
        found["sip.hostname"] = call.from_host
        found["sip.trunkPhoneNumber"] = call.called
    found["sip.ruleID"] = rule_id
    return found


def _end_of(number: str) -> str | None:
    """What is left of a hidden number: its last four bytes, or one of a number not longer.

    Go cuts bytes. Where it cuts a character, nothing is left that protobuf takes for a text.
    """
    whole = number.encode("utf-8", "surrogatepass")
    try:
        return (whole[-4:] if len(whole) > 4 else whole[-1:]).decode("utf-8")
    except UnicodeDecodeError:
        return None


def _hashed(number: str) -> str:
    return sha256(number.encode("utf-8", "surrogatepass")).digest()[:8].hex()
