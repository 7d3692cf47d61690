"""The room, the participant and the audio that a rule makes of a call."""

from __future__ import annotations

from typing import Any

import pytest
from exchanges import exchange_of

from lklint.telephony.routing import Call, Route, route

NUMBER, CALLER = "+15550100", "+15550150"
REQUIRE, ALLOW, DISABLE = (f"SIP_MEDIA_ENCRYPT_{name}" for name in ("REQUIRE", "ALLOW", "DISABLE"))
DIRECT = {"dispatch_rule_direct": {"room_name": "lobby"}}
INDIVIDUAL = "dispatch_rule_individual"
CALLEE = "dispatch_rule_callee"


def called(
    rule: dict[str, Any],
    trunk: dict[str, Any] | None = None,
    caller: str = CALLER,
    version: tuple[int, int, int] | None = None,
    **call: Any,
) -> Route:
    exchange = exchange_of(
        [{"sip_trunk_id": "ST_1", "numbers": [NUMBER], **(trunk or {})}],
        [{"sip_dispatch_rule_id": "SDR_1", "rule": DIRECT, **rule}],
    )
    return route(Call(caller, NUMBER, **call), exchange, version)


@pytest.mark.parametrize(
    ("kind", "room"),
    [
        (DIRECT, "lobby"),
        ({INDIVIDUAL: {"room_prefix": "call"}}, "call_+15550150_<random>"),
        ({INDIVIDUAL: {"room_prefix": "call-"}}, "call-_+15550150_<random>"),
        ({INDIVIDUAL: {}}, "+15550150_<random>"),
        ({INDIVIDUAL: {"room_prefix": "call", "no_randomness": True}}, "call_+15550150"),
        ({INDIVIDUAL: {"no_randomness": True}}, "+15550150"),
        ({CALLEE: {"room_prefix": "did"}}, "did_+15550100"),
        ({CALLEE: {"room_prefix": "did", "randomize": True}}, "did_+15550100_<random>"),
        ({CALLEE: {}}, "+15550100"),
    ],
)
def test_the_room(kind: dict[str, Any], room: str) -> None:
    assert called({"rule": kind}).room == room


def test_a_participant() -> None:
    found = called(
        {"metadata": "vip", "attributes": {"tier": "gold", "a": "rule", "sip.ruleID": "mine"}},
        from_host="sip.example.com", call_id="SCL_1", attributes={"a": "header"},
    )  # fmt: skip
    assert (found.identity, found.participant_name) == ("sip_+15550150", "Phone +15550150")
    assert found.metadata == "vip"
    assert found.attributes == {
        "tier": "gold",
        "a": "header",
        "sip.callID": "SCL_1",
        "sip.trunkID": "ST_1",
        "sip.ruleID": "SDR_1",
        "sip.phoneNumber": "+15550150",
        "sip.hostname": "sip.example.com",
        "sip.trunkPhoneNumber": "+15550100",
    }


@pytest.mark.parametrize(
    ("caller", "left"),
    [("+15550150", "0150"), ("12345", "2345"), ("1234", "4"), ("5", "5"), ("", ""), ("a😀", "😀")],
)
def test_a_hidden_number(caller: str, left: str) -> None:
    hiding = {"hide_phone_number": True, "rule": {INDIVIDUAL: {"room_prefix": "call"}}}
    found = called(hiding, caller=caller)
    assert found.participant_name == f"Phone {left}"
    assert found.room == f"call_{left}_<random>"
    assert set(found.attributes) == {"sip.callID", "sip.trunkID", "sip.ruleID"}
    assert caller not in (found.identity or "") or len(caller) < 2


def test_the_identity_of_a_hidden_number_tells_calls_apart() -> None:
    hiding = {"hide_phone_number": True}
    assert called(hiding, caller="+15550105").identity == "sip_e555e5c4dd881864"
    assert called(hiding, caller="+25550105").identity != "sip_e555e5c4dd881864"


@pytest.mark.parametrize("caller", ["é", "日本語テスト"])
def test_a_hidden_number_that_is_cut_within_a_character_ends_the_call(caller: str) -> None:
    found = called({"hide_phone_number": True}, caller=caller)
    assert (found.stage, found.error) == ("evaluate", "string field contains invalid UTF-8")


def test_a_hidden_number_that_is_not_there_crashed_the_server_before_1_13_8() -> None:
    hiding = {"hide_phone_number": True}
    assert called(hiding, caller="", version=(1, 13, 7)).stage == "evaluate"
    assert called(hiding, caller="", version=(1, 13, 8)).outcome == "accept"


def test_agents_and_the_room_they_come_to() -> None:
    config = {"agents": [{"agent_name": "bot"}, {}], "metadata": "m"}
    found = called({"room_config": config, "room_preset": "big"})
    assert found.agents == ("bot", "")
    assert found.room_config is not None
    assert (found.room_config.metadata, found.room_preset) == ("m", "big")


@pytest.mark.parametrize("on", ["trunk", "rule"])
def test_krisp_of_the_trunk_or_of_the_rule(on: str) -> None:
    krisp = {"krisp_enabled": True}
    assert called(krisp if on == "rule" else {}, krisp if on == "trunk" else {}).krisp
    assert not called({}).krisp


@pytest.mark.parametrize(
    ("trunk", "rule", "encryption"),
    [
        ({}, {}, None),
        ({"media_encryption": REQUIRE}, {}, REQUIRE),
        ({"media_encryption": REQUIRE}, {"media_encryption": DISABLE}, REQUIRE),
        ({"media_encryption": REQUIRE}, {"media": {"encryption": DISABLE}}, REQUIRE),
        ({"media_encryption": REQUIRE}, {"media_encryption": ALLOW}, ALLOW),
        ({"media_encryption": REQUIRE, "media": {"encryption": ALLOW}}, {}, ALLOW),
        ({}, {"media": {"encryption": DISABLE}}, DISABLE),
        ({"media_encryption": 2}, {}, REQUIRE),
    ],
)
def test_encryption(trunk: dict[str, Any], rule: dict[str, Any], encryption: str | None) -> None:
    media = called(rule, trunk).media
    assert media is not None
    assert media.encryption == encryption


def test_the_codecs_of_a_rule_replace_those_of_the_trunk() -> None:
    pcmu = {"codecs": [{"name": "PCMU", "rate": 8000}], "only_listed_codecs": True}
    g722 = {"codecs": [{"name": "G722", "rate": 8000}]}
    of_trunk = called({}, {"media": pcmu | {"media_timeout": "20s"}}).media
    of_both = called({"media": g722}, {"media": pcmu | {"media_timeout": "20s"}}).media
    assert of_trunk is not None
    assert (of_trunk.codecs, of_trunk.only_listed_codecs) == ((("PCMU", 8000),), True)
    assert of_both is not None
    assert (of_both.codecs, of_both.only_listed_codecs) == ((("G722", 8000),), False)
    assert of_both.timeout == 20
