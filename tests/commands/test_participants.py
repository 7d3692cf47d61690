"""`lklint sip participant`: what is sent for a call, and how a call that fails is told."""

from __future__ import annotations

from typing import Any

import pytest

from lklint.cli.ends import UsageError
from lklint.cli.sip.calling import participant_changes, timed

from .conftest import Commands

OUT = '{"trunk": {"name": "Out", "address": "sip.example.com", "numbers": ["+15105550100"]}}'


@pytest.mark.parametrize(
    ("call", "ring", "seconds"),
    [
        # Unlike with `lk`, what a file says about the ringing stays.
        ({}, "80s", 30),
        ({"ringing_timeout": "10s"}, "10s", 30),
        ({"ringing_timeout": "10s", "wait_until_answered": True}, "10s", 12),
        ({"wait_until_answered": True}, "80s", 82),
    ],
)
def test_how_long_it_rings_and_is_waited_for(call: Any, ring: str, seconds: float) -> None:
    sent, waited = timed(call)
    assert (sent["ringing_timeout"], waited) == (ring, seconds)


def test_only_what_flags_say_is_changed() -> None:
    said = {"room_name": "desk", "display_name": None, "sip_number": None}
    assert participant_changes(said, False, "1m30s", ["X-A: b:c"]) == {
        "room_name": "desk",
        "ringing_timeout": "90s",
        "headers": {"X-A": "b:c"},
    }


@pytest.mark.parametrize(("timeout", "headers"), [("soon", ()), ("", ()), (None, ("X-A=1",))])
def test_slips(timeout: str | None, headers: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        participant_changes({}, False, timeout, headers)


def test_a_call_goes_out_through_a_trunk_by_its_name(sandbox: Commands) -> None:
    sandbox.made("sip", "outbound", "create", OUT)
    done = sandbox.lklint(
        "sip", "participant", "create",
        "--trunk", "Out", "--call", "+15105550101", "--room", "desk", "-i", "caller",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    names = [line.partition(":")[0] for line in done.stdout.splitlines()]
    assert names == ["SIPCallID", "ParticipantID", "ParticipantIdentity", "RoomName"]
    assert "ParticipantIdentity: caller\nRoomName: desk\n" in done.stdout


def test_a_call_that_no_sip_service_takes_is_refused_and_explained(livekit: Commands) -> None:
    livekit.made("sip", "outbound", "create", OUT)
    arguments = ("--trunk", "Out", "--call", "+15105550101", "--room", "desk")
    done = livekit.lklint("sip", "participant", "create", *arguments)
    assert done.returncode == 1
    assert "no response from servers" in done.stderr
    assert "the server has no SIP service running beside it" in done.stderr


def test_a_bad_callee_is_not_sent(sandbox: Commands) -> None:
    arguments = ("--trunk", "ST_aB3xY9kLmN2p", "--call", "sip:a@b", "--room", "desk")
    done = sandbox.lklint("sip", "participant", "create", *arguments)
    assert done.returncode == 1
    assert "LK353" in done.stderr


def test_a_transfer_needs_an_address(server: Commands) -> None:
    arguments = ("--room", "desk", "--identity", "caller", "--to", "+15105550101")
    done = server.lklint("sip", "participant", "transfer", *arguments)
    assert done.returncode == 1
    assert "transfer_to must be a valid SIP(s) or TEL URI" in done.stderr
