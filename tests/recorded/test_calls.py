"""What callers saw on real calls, and what lklint says they see.

`calls.jsonl` holds one call a line, placed with sipp to livekit-sip 1.10.0 and livekit-server
1.13.3: the trunks and rules at that time, what the caller sent, and what came of it. Somebody in
the room published audio, as an agent does, unless the call is in `UNDECIDED`. Of 308 recorded calls
23 went out and 3 were no calls (OPTIONS, REGISTER, MESSAGE); they stayed out.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from exchanges import exchange_of

from lklint.telephony.message import Message
from lklint.telephony.routing import Call, Route, RuleFault, TrunkConflict, route
from lklint.telephony.routing.creating import rule_refusal, trunk_refusal

SERVER = (1, 13, 3)
CALLS = [
    json.loads(line)
    for line in Path(__file__).with_name("calls.jsonl").read_text(encoding="utf-8").splitlines()
]
IDS = [call["id"] for call in CALLS]

NOBODY = "nobody in the room publishes audio: agents decide, or that there are none"
TIMER = "a timer of the trunk ends the call"
CODECS = "the caller offers other codecs, or no encryption"
SILENT = "the caller sends no audio"
ROOM = "somebody closes the room, or removes the caller"
SAME = "a second call with the same identity is in the room"
NODE = "the SIP service or the server is down, or set up wrong"

UNDECIDED = {
    "agent-none-named#1": NOBODY,
    "agent-named-unnamed-worker#1": NOBODY,
    "agent-case#1": NOBODY,
    "agent-deployment#1": NOBODY,
    "agent-existing-room#1": NOBODY,
    "agent-direct-second-call#5": NOBODY,
    "agent-silent#1": NOBODY,
    "long-no-rule-and-no-agent#2": NOBODY,
    "ring-timeout#1": NOBODY,
    "ring-timeout-unmatched#1": NOBODY,
    "max-duration#1": TIMER,
    "max-duration-unanswered#1": TIMER,
    "media-enc-flag#1": CODECS,
    "media-enc-old#1": CODECS,
    "media-enc-rule#1": CODECS,
    "media-only-g729#1": CODECS,
    "media-caller-g729#1": CODECS,
    "codec-g722-16000#1": CODECS,
    "no-rtp#1": SILENT,
    "pin-no-rtp#1": SILENT,
    "media-timeout#1": SILENT,
    "hangup-room-deleted#1": ROOM,
    "hangup-participant-removed#1": ROOM,
    "hangup-room-deleted-ringing#1": ROOM,
    "hdr-map#1": ROOM,
    "room-shared-same#1": SAME,
    "room-shared-anon#1": SAME,
    "room-max1#1": "the caller gives up before anybody answers",
    "room-max1#2": "the room is full",
    "room-preset#1": "the server's own configuration has no such preset",
    "hide-empty-from#2": "the server has crashed a moment before",
    "node-bad-secret#1": NODE,
    "node-bad-ws#1": NODE,
    "server-down#1": NODE,
}
"""Calls whose end trunks and rules do not tell, and what does. Where they go is known."""


def found(call: dict[str, Any], **instead: Any) -> Route:
    exchange = exchange_of(call["trunks"], call["rules"])
    return route(Call(**call["call"] | instead), exchange, SERVER)


def seen(route: Route, login: str | None) -> dict[str, Any]:
    """What lklint says the caller sees, with the login that the caller sends when asked."""
    answer = route.answer
    if answer.challenge and login != "right":
        status = 401 if login == "wrong" else 407
        return {"final": status, "reason": "Unauthorized", "rang": False, "cut_off": False}
    after_pin = answer.end in ("joins", "hung-up") and (route.call.pin or route.call.no_pin)
    return {
        "final": answer.status,
        "reason": answer.reason if answer.status else None,
        "rang": answer.rings or bool(after_pin),
        "cut_off": answer.end == "hung-up",
    }


@pytest.mark.parametrize("call", CALLS, ids=IDS)
def test_the_caller_sees_what_lklint_says(call: dict[str, Any]) -> None:
    saw = call["saw"]
    said = seen(found(call), saw.get("login"))
    same = said == {field: saw.get(field, False) for field in said}
    assert same != (call["id"] in UNDECIDED), f"{said} but {saw}; {UNDECIDED.get(call['id'])}"


@pytest.mark.parametrize("call", CALLS, ids=IDS)
def test_the_log_has_the_word_that_lklint_says(call: dict[str, Any]) -> None:
    said, saw = found(call).answer, call["saw"]
    if call["id"] in UNDECIDED or not said.log or (said.challenge and saw.get("login") != "right"):
        return
    assert saw["log"] == said.log


@pytest.mark.parametrize("call", [c for c in CALLS if "trunk" in c["saw"]], ids=lambda c: c["id"])
def test_the_server_took_the_trunk_and_the_rule(call: dict[str, Any]) -> None:
    route, saw = found(call), call["saw"]
    if call["id"] == "hide-empty-from#2":
        return  # see UNDECIDED: nobody was there to be asked
    assert saw["trunk"] == route.trunk_id
    asked_only_for_a_login = route.answer.challenge and saw.get("login") != "right"
    if not asked_only_for_a_login:
        # A wrong PIN finds no rule; what the log has is the rule that asked for one.
        first = found(call, pin=None, no_pin=False)
        assert saw["rule"] == (route.rule_id or first.rule_id)


FROM_HEADERS = ("sip.h.", "sip.twilio.", "account")
"""Attributes that the SIP service makes of the caller's headers."""


@pytest.mark.parametrize(
    "call",
    [c for c in CALLS if "participants" in c["saw"] and c["id"] not in UNDECIDED],
    ids=lambda c: c["id"],
)
def test_the_caller_appears_as_lklint_says(call: dict[str, Any]) -> None:
    route = found(call)
    attributes = {name: value for name, value in route.attributes.items() if value}
    for participant in call["saw"]["participants"]:
        if participant["identity"] != route.identity:
            continue  # the other one of two calls
        of_it = participant["attributes"].items()
        assert participant | {"attributes": attributes} == {
            "room": route.room,
            "identity": route.identity,
            "name": route.participant_name,
            "metadata": route.metadata,
            "attributes": {n: v for n, v in of_it if not n.startswith(FROM_HEADERS)},
        }
        return
    pytest.fail(f"{route.identity} is not there")


REFUSED = [(call, at) for call in CALLS for at in range(len(call.get("refused", ())))]


@pytest.mark.parametrize(("call", "at"), REFUSED, ids=[f"{c['id']}:{at}" for c, at in REFUSED])
def test_what_create_refused_is_a_conflict(call: dict[str, Any], at: int) -> None:
    refused = call["refused"][at]
    exchange = exchange_of(call["trunks"], call["rules"])
    new = Message(refused["value"], "")
    said: TrunkConflict | RuleFault | None
    if refused["kind"] == "inbound trunk":
        said = trunk_refusal(new, exchange)
    else:
        said = rule_refusal(new, exchange)
    assert said is not None
    assert said.text == refused["text"]
