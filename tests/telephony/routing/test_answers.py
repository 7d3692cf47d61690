"""What the caller gets, where trunks and rules decide it alone.

What callers really got is in `tests/recorded/calls.jsonl`.
"""

from __future__ import annotations

from typing import Any

import pytest
from exchanges import exchange_of

from lklint.telephony.routing import Call, route
from lklint.telephony.routing.answers import Answer

CALLER, NUMBER = "+15550150", "+15550100"
PIN = {"dispatch_rule_direct": {"room_name": "r", "pin": "1234"}}
OPEN = {"dispatch_rule_direct": {"room_name": "r"}}


def answer(kind: dict[str, Any], **call: Any) -> Answer:
    rule = {"sip_dispatch_rule_id": "SDR_1", "rule": kind, **call.pop("rule", {})}
    return route(Call(call.pop("caller", CALLER), NUMBER, **call), exchange_of([], [rule])).answer


@pytest.mark.parametrize(
    ("room", "joins"),
    [("r", True), ("", False), ("r" * 256, True), ("r" * 257, False), ("é" * 129, False)],
)
def test_a_room_has_a_name_of_256_bytes_at_most(room: str, joins: bool) -> None:
    found = answer({"dispatch_rule_direct": {"room_name": room}})
    assert (found.end, found.status) == (("joins", 200) if joins else ("rejected", 486))


@pytest.mark.parametrize(("length", "joins"), [(256 - 13 - 13, True), (256 - 13 - 12, False)])
def test_the_random_part_counts(length: int, joins: bool) -> None:
    # prefix, _, +15550150, _, 12 random characters … in bytes
    prefix = "p" * (length + 3)
    found = answer({"dispatch_rule_individual": {"room_prefix": prefix}})
    assert (found.end == "joins") == joins


@pytest.mark.parametrize(
    ("media", "end"),
    [
        ({"only_listed_codecs": True}, "no-media"),
        ({"only_listed_codecs": True, "codecs": [{"name": "PCMU"}]}, "joins"),
        ({"codecs": [{"name": "opus"}]}, "no-media"),
        ({"codecs": [{"name": "opus", "rate": 48000}]}, "joins"),
        ({"encryption": 99}, "no-media"),
    ],
)
def test_audio_that_cannot_be_set_up(media: dict[str, Any], end: str) -> None:
    assert answer(OPEN, rule={"media": media}).end == end


@pytest.mark.parametrize(
    ("kind", "entered", "end", "unasked"),
    [
        (PIN, {}, "asked", False),
        (PIN, {"pin": "1234"}, "joins", False),
        (PIN, {"pin": "9999"}, "hung-up", False),
        (PIN, {"no_pin": True}, "hung-up", False),
        (OPEN, {"pin": "1234"}, "joins", True),
    ],
)
def test_a_pin(kind: dict[str, Any], entered: dict[str, Any], end: str, unasked: bool) -> None:
    found = answer(kind, **entered)
    assert (found.end, found.unasked) == (end, unasked)


def test_nobody_can_enter_more_than_16_keys() -> None:
    long = "1" * 17
    kind = {"dispatch_rule_direct": {"room_name": "r", "pin": long}}
    assert answer(kind, pin=long).end == "hung-up"
