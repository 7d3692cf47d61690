"""Calls that go out, as far as a sandbox takes them: it says that somebody answered."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from .asking import ROOM, Asked, Json

TRUNK = {"trunk": {"address": "sip.example.com", "numbers": ["+12025550100"]}}
CALLEE = "+13105550150"


def dial(server: Asked, **fields: Any) -> Json:
    trunk = server.get("CreateSIPOutboundTrunk", TRUNK)["sip_trunk_id"]
    asked = {"sip_trunk_id": trunk, "sip_call_to": CALLEE, "room_name": ROOM, **fields}
    return server.get("CreateSIPParticipant", asked)


def transfer(server: Asked, identity: str) -> tuple[int, Json]:
    asked = {"room_name": ROOM, "participant_identity": identity, "transfer_to": "tel:+12025550101"}
    status, body = server.call("TransferSIPParticipant", json.dumps(asked).encode())
    return status, json.loads(body)


@pytest.mark.parametrize(
    ("given", "identity"), [({}, f"sip_{CALLEE}"), ({"participant_identity": "callee"}, "callee")]
)
def test_somebody_answers(fresh: Asked, given: Json, identity: str) -> None:
    participant = dial(fresh, **given)
    assert re.fullmatch(r"PA_\w{12}", participant["participant_id"])
    assert re.fullmatch(r"SCL_\w{12}", participant["sip_call_id"])
    assert (participant["participant_identity"], participant["room_name"]) == (identity, ROOM)


def test_an_inline_trunk_needs_a_number_to_call_from(fresh: Asked) -> None:
    asked = {"trunk": {"hostname": "sip.example.com"}, "sip_call_to": CALLEE, "room_name": ROOM}
    status, body = fresh.call("CreateSIPParticipant", json.dumps(asked).encode())
    assert (status, json.loads(body)["code"]) == (412, "failed_precondition")
    assert fresh.get("CreateSIPParticipant", {**asked, "sip_number": "+12025550100"})


def test_who_was_called_can_be_transferred_once(fresh: Asked) -> None:
    dial(fresh, participant_identity="callee")
    assert transfer(fresh, "callee") == (200, {})
    assert transfer(fresh, "callee")[0] == 404
