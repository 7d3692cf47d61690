"""What a document is taken for: by what is in it, then by its name."""

from __future__ import annotations

from typing import Any

import pytest

from lklint.documents.identity import identify, identify_broken

RULE = {"rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}}


@pytest.mark.parametrize(
    ("value", "name", "kind", "form"),
    [
        ({"trunk": {"numbers": ["+442079460100"]}}, "a.json", "inbound-trunk", "wrapped"),
        ({"trunk": {"address": "sip.acme.net"}}, "inbound-trunk.json", "outbound-trunk", "wrapped"),
        ({"trunk": {"name": "x"}}, "outbound.json", "outbound-trunk", "wrapped"),
        ({"dispatch_rule": RULE}, "a.json", "dispatch-rule", "wrapped"),
        ({"dispatchRule": RULE}, "a.json", "dispatch-rule", "wrapped"),
        (RULE, "a.json", "dispatch-rule", "bare"),
        ({"rule": {"room": "x"}}, "create-dispatch.json", "dispatch-rule", "bare"),
        ({"rules": [RULE]}, "a.json", "dispatch-rule", "misnamed"),
        (
            {"items": [{"sipTrunkId": "ST_a", "address": "a.net"}]},
            "l.json",
            "outbound-trunk",
            "list",
        ),
        ({"sip_call_to": "+442079460100"}, "a.json", "sip-participant", "bare"),
        (
            {"outbound_address": "a.net", "inbound_numbers": ["+1"]},
            "a.json",
            "outbound-trunk",
            "bare",
        ),
        ({"address": "a.net", "numbers": ["*"]}, "a.json", "outbound-trunk", "bare"),
        ({"trunk": None}, "a.json", "inbound-trunk", "wrapped"),
        ({"participant": {"sip_call_to": "+442079460100"}}, "a.json", "sip-participant", "bare"),
        ({"sip_trunk_id": "ST_a", "room_name": "r"}, "a.json", "sip-participant", "bare"),
        ({}, "dispatch_rule.json", "dispatch-rule", "wrapped"),
    ],
)
def test_kind_and_form(value: dict[str, Any], name: str, kind: str, form: str) -> None:
    identity = identify(value, name)
    assert identity is not None
    assert (identity.kind, identity.form) == (kind, form)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({"name": "x", "version": "1.0.0", "dependencies": {}}, "package.json"),
        ({"rule": {"severity": "error"}}, "eslint.json"),
        ({"numbers": [1, 2, 3]}, "data.json"),
        ({"items": [{"id": 1}]}, "list.json"),
        ({"address": "1 Main Street", "name": "x"}, "person.json"),
        ({"input_type": 0, "room_name": "r", "participant_identity": "i"}, "ingress.json"),
        ({"room_name": "r", "participant_identity": "i"}, "token-request.json"),
        ({"identity": "i", "roomConfig": {"agents": [{"agentName": "a"}]}}, "token.json"),
        ({"name": "Bob", "address": "5 Main St", "numbers": ["1"]}, "address-book.json"),
        ({"trunk": {"volume": 430, "color": "red"}}, "cars.json"),
        ({"lklint_sandbox": 1, "inbound-trunk": [{"numbers": ["+1"]}]}, "inbound-trunk.json"),
        ({"steps": [], "unmanaged": [], "problems": []}, "dispatch-rule.json"),
        ({"version": 1, "servers": {"http://localhost:7880": []}}, "lklint.lock"),
        ({"room": {"name": "x", "emptyTimeout": 300}}, "room.json"),
        ({"roomName": "r", "file": {"filepath": "x.ogg"}, "audioOnly": True}, "egress.json"),
        ({"$schema": "http://json-schema.org/draft-07/schema#", "allOf": []}, "dispatch-rule.json"),
    ],
)
def test_json_that_is_no_telephony_is_passed_over(value: dict[str, Any], name: str) -> None:
    assert identify(value, name) is None


@pytest.mark.parametrize(
    "text", ['{"trunk": {"name": "Main", "numbers": ["+1415', '{"dispatch_rule": {"rule": {"dis']
)
def test_a_text_that_is_cut_off_is_known_by_its_names(text: str) -> None:
    assert identify_broken(text, "a.json") is not None


def test_what_the_user_says_goes_before_the_content() -> None:
    identity = identify({"trunk": {"address": "a.net"}}, "a.json", "inbound-trunk")
    assert identity is not None
    assert identity.kind == "inbound-trunk"


CALLS, NUMBERS = "call-expectations", "phone-numbers"


@pytest.mark.parametrize(
    ("value", "name", "kind"),
    [
        ({"calls": [{"to": "1", "expect": "refused"}]}, "a.json", CALLS),
        ({"calls": [{"to": "1"}]}, "calls.json", CALLS),
        ({"calls": None}, "night-calls.json", CALLS),
        ({}, "calls.json", CALLS),
        ({}, "Call_Expectations.json", CALLS),
        ({"calls": [{"from": "1", "to": "2", "duration": 12}]}, "records.json", None),
        ({"records": [1]}, "calls.json", None),
        ({"calls": 3}, "a.json", None),
        ({"phoneNumbers": [{"number": "1", "dispatchRule": "a"}]}, "a.json", NUMBERS),
        ({"phone_numbers": [{"dispatch_rule": "a"}]}, "a.json", NUMBERS),
        ({"phoneNumbers": [{"number": "1"}]}, "phone-numbers.json", NUMBERS),
        ({"phone_numbers": [{"number": "1"}]}, "people.json", None),
        ({"people": []}, "phone-numbers.json", None),
        ({"numbers": ["+442079460100"]}, "phone-numbers.json", "inbound-trunk"),
    ],
)
def test_files_of_lklints_own(value: Any, name: str, kind: str | None) -> None:
    """A file of somebody else's that has the same name, or the same member, is left alone."""
    found = identify(value, name)
    assert (found and found.kind) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"calls": [{"to": "1", "expect": "refused",}', CALLS),
        ('{"phoneNumbers": [{"number": "1" "dispatchRule": "a"}]}', NUMBERS),
        ('{"calls": [{"to": "1"', None),
    ],
)
def test_broken_files_of_lklints_own(text: str, kind: str | None) -> None:
    found = identify_broken(text, "a.json")
    assert (found and found.kind) == kind
