"""LiveKit's messages from JSON and back: strictly, and without repeating a secret."""

from __future__ import annotations

import pytest

from lklint.protocol import phone_numbers
from lklint.protocol.messages import UnreadableValue, id_of, read, unknown_fields, with_id, write

TRUNK = {
    "name": "Support",
    "numbers": ["+15550100"],
    "krisp_enabled": True,
    "ringing_timeout": "30s",
    "headers": {"X-Team": "blue"},
    "media_encryption": "SIP_MEDIA_ENCRYPT_REQUIRE",
}


def test_a_resource_survives_the_way_to_a_message_and_back() -> None:
    assert write(read("inbound-trunk", TRUNK)) == TRUNK


def test_both_spellings_of_a_name_are_read() -> None:
    assert read("inbound-trunk", {"krispEnabled": True}) == read(
        "inbound-trunk", {"krisp_enabled": True}
    )


@pytest.mark.parametrize(
    ("kind", "value", "pointer"),
    [
        ("inbound-trunk", {"nmae": "x"}, "/nmae"),
        ("inbound-trunk", {"nmae": None}, "/nmae"),
        ("inbound-trunk", {"authUsername": "a", "auth_username": "b"}, "/auth_username"),
        ("inbound-trunk", {"numbers": "+15550100"}, "/numbers"),
        ("inbound-trunk", {"headers": {"X-A": 1}}, "/headers"),
        ("inbound-trunk", {"ringing_timeout": "1m"}, "/ringing_timeout"),
        ("inbound-trunk", {"media_encryption": "require"}, "/media_encryption"),
        ("inbound-trunk", [], ""),
        (
            "dispatch-rule",
            {"rule": {"dispatchRuleDirect": {"pni": ""}}},
            "/rule/dispatchRuleDirect/pni",
        ),
        (
            "dispatch-rule",
            {"rule": {"dispatchRuleDirect": {}, "dispatchRuleCallee": {}}},
            "/rule",
        ),
        (
            "dispatch-rule",
            {"room_config": {"agents": [{}, {"agent_name": 1}]}},
            "/room_config/agents/1/agent_name",
        ),
    ],
)
def test_what_is_no_message_is_refused_at_its_place(
    kind: object, value: object, pointer: str
) -> None:
    with pytest.raises(UnreadableValue) as refused:
        read(kind, value)  # type: ignore[arg-type]
    assert refused.value.pointer == pointer


def test_a_refusal_repeats_no_value() -> None:
    with pytest.raises(UnreadableValue) as refused:
        read("inbound-trunk", {"auth_password": {"hunter2": 1}})
    assert "hunter2" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_an_id_is_set_on_a_copy() -> None:
    rule = read("dispatch-rule", {"name": "Support"})
    assert id_of("dispatch-rule", with_id("dispatch-rule", rule, "SDR_a")) == "SDR_a"
    assert id_of("dispatch-rule", rule) == ""


def test_fields_that_only_a_newer_server_knows_are_named() -> None:
    rule = read("dispatch-rule", {"name": "Support", "room_config": {"name": "r"}})
    rule.room_config.MergeFromString(b"\xa0\x06\x01")  # type: ignore[attr-defined]
    assert unknown_fields(rule) == ("room_config.100",)


def test_a_phone_number_has_the_json_of_livekit() -> None:
    number = phone_numbers.PhoneNumber(id="PN_a", e164_format="+15550100", status=1)
    number.created_at.FromSeconds(0)
    assert write(number) == {
        "id": "PN_a",
        "e164_format": "+15550100",
        "created_at": "1970-01-01T00:00:00Z",
        "status": "PHONE_NUMBER_STATUS_ACTIVE",
    }
    assert read("phone-number", write(number)) == number


def test_optional_fields_of_a_request_tell_empty_from_unset() -> None:
    request = phone_numbers.UpdatePhoneNumberRequest(id="PN_a", sip_dispatch_rule_id="")
    again = phone_numbers.UpdatePhoneNumberRequest.FromString(request.SerializeToString())
    assert again.HasField("sip_dispatch_rule_id")
    assert not again.HasField("phone_number")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("30s", "30s"),
        (".5s", "0.500s"),
        ("5.s", "5s"),
        (".s", "0s"),
        ("+5s", "5s"),
        ("-1.5s", "-1.500s"),
        ("0.000000001s", "0.000000001s"),
    ],
)
def test_a_duration_is_read_as_the_server_reads_it(written: str, meant: str) -> None:
    value = {"ringingTimeout": written, "media": {"mediaTimeout": written}}
    read_back = write(read("inbound-trunk", value))
    assert (read_back["ringing_timeout"], read_back["media"]["media_timeout"]) == (meant, meant)


@pytest.mark.parametrize("written", ["5", "s", "1e3s", "1m", "--5s"])
def test_what_the_server_does_not_read_as_a_duration_is_none(written: str) -> None:
    with pytest.raises(UnreadableValue, match="/ringingTimeout: this is no duration"):
        read("inbound-trunk", {"ringingTimeout": written})
