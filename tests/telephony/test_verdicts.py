"""What a call does, expected of it, is met; with any part of it changed, it is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from exchanges import exchange_of
from fidelity.networks import cases

from lklint.telephony.expectations.calls import CallExpectation, call_expectations
from lklint.telephony.expectations.verdicts import answer_of, call_of, unmet
from lklint.telephony.message import Message
from lklint.telephony.routing import Route, route

Json = dict[str, Any]
NETWORKS = 500


def routes() -> Iterator[Route]:
    """Where generated calls go; without those that enter a PIN that nobody asks for."""
    for case in cases(7, NETWORKS):
        exchange = exchange_of(case.trunks, case.rules)
        for call in case.calls:
            found = route(call, exchange)
            if call.called and not found.answer.unasked:
                yield found


def what_happens(found: Route) -> Json:
    """An expectation that says of a call all that happens to it."""
    said: Json = {
        "answer": answer_of(found),
        "status": found.answer.status,
        "login": found.authentication == "challenge",
        "trunk": found.trunk_id,
        "rule": found.rule_id,
    }
    if said["answer"] == "accepted":
        said["room"] = found.room
        said["identity"] = found.identity
        said["participantName"] = found.participant_name
        said["agents"] = list(found.agents)
        said["attributes"] = found.attributes
    return said


def expecting(found: Route, expect: Json) -> CallExpectation:
    call = found.call
    written = {
        "from": call.caller, "to": call.called, "sourceIp": call.source_ip,
        "fromHost": call.from_host, "pin": call.pin, "noPin": call.no_pin, "expect": expect,
    }  # fmt: skip
    (expectation,) = call_expectations(Message({"calls": [written]}, "")).calls
    return expectation


SPOILT: dict[str, Any] = {
    "answer": lambda answer: "silence" if answer == "accepted" else "accepted",
    "status": lambda status: (status or 0) + 1,
    "login": lambda login: not login,
    "trunk": lambda trunk: f"not {trunk}",
    "rule": lambda rule: f"not {rule}",
    "room": lambda room: f"not {room}",
    "identity": lambda identity: f"not {identity}",
    "participantName": lambda name: f"not {name}",
    "agents": lambda agents: [*agents, "nobody"],
    "attributes": lambda attributes: {**attributes, "sip.ruleID": "none", "nowhere": ""},
}


def test_what_happens_is_what_was_expected() -> None:
    seen = set()
    for found in routes():
        expectation = expecting(found, what_happens(found))
        call = call_of(expectation)
        assert (call.caller, call.called, call.pin or None, call.no_pin) == (
            found.call.caller, found.call.called, found.call.pin or None, found.call.no_pin,
        )  # fmt: skip
        assert unmet(expectation, found) == ()
        seen.add(str(expectation.expected.answer))
    assert seen >= {"accepted", "asked-for-pin", "refused"}


@pytest.mark.parametrize("part", SPOILT)
def test_a_part_that_is_otherwise_is_told(part: str) -> None:
    told = 0
    for found in routes():
        expect = what_happens(found)
        if part in expect:
            wrong = unmet(expecting(found, {**expect, part: SPOILT[part](expect[part])}), found)
            assert wrong, (part, found)
            assert wrong[0].pointer.startswith(f"/calls/0/expect/{part}")
            told += 1
    assert told > 100
