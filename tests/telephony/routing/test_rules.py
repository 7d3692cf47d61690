"""Which dispatch rule takes a call, and what a rule may do to all of them."""

from __future__ import annotations

from typing import Any

import pytest
from exchanges import exchange_of

from lklint.telephony.routing import Call, Route, route

NUMBER, CALLER = "+15550100", "+15550150"
LISTED = {"numbers": [NUMBER]}
TRUNKS = [
    {"sip_trunk_id": "ST_1", "name": "main", "numbers": [NUMBER]},
    {"sip_trunk_id": "ST_2", "numbers": ["+15550101"]},
]


def rule(name: str, /, kind: str = "direct", room: str = "", pin: str = "", **fields: Any) -> Any:
    inside = {"room_name" if kind == "direct" else "room_prefix": room or name, "pin": pin}
    return {"sip_dispatch_rule_id": name, "rule": {f"dispatch_rule_{kind}": inside}, **fields}


def called(*rules: Any, to: str = NUMBER, **call: Any) -> Route:
    return route(Call(CALLER, to, **call), exchange_of(TRUNKS, rules))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (rule("1", trunk_ids=["ST_1"]), rule("2", **LISTED, pin="1234")),
        (rule("1", **LISTED), rule("2")),
        (rule("1", inbound_numbers=[CALLER]), rule("2")),
        (rule("1", **LISTED, inbound_numbers=[CALLER]), rule("2", **LISTED)),
        # What is listed counts for more than a PIN.
        (rule("1", **LISTED), rule("2", pin="1234")),
        (rule("1", pin="1234"), rule("2")),
        (rule("1", "individual", pin="1234"), rule("2")),
        (rule("1", pin="1"), rule("2", "individual", pin="2")),
        (rule("1", "individual", pin="1"), rule("2", "callee", pin="2")),
        # At last the order of letters, in which capitals come first.
        (rule("1", room="B", **LISTED), rule("2", room="a", inbound_numbers=[CALLER])),
        (rule("1", room="z", pin="1"), rule("2", room="é", pin="2")),
        (rule("1", room="\uffff", pin="1"), rule("2", room="😀", pin="2")),
        (rule("1", room="a", **LISTED), rule("2", room="a", inbound_numbers=[CALLER])),
    ],
    ids=str,
)
def test_of_two_rules_the_first_has_the_call(first: Any, second: Any) -> None:
    assert called(first, second).rule_id == "1"
    assert called(second, first).rule_id == "1"


@pytest.mark.parametrize(
    ("fields", "taken"),
    [
        ({"trunk_ids": ["ST_1"]}, True),
        ({"trunk_ids": ["ST_2", "ST_1"]}, True),
        ({"trunk_ids": ["ST_2"]}, False),
        ({"trunk_ids": ["main"]}, False),
        ({"trunk_ids": ["[]"]}, False),
        ({"trunk_ids": [""]}, False),
        ({"numbers": [NUMBER]}, True),
        ({"numbers": ["15550100"]}, False),
        ({"numbers": ["+1 555 0100"]}, False),
        ({"numbers": ["*"]}, False),
        ({"inbound_numbers": [CALLER]}, True),
        ({"inbound_numbers": [NUMBER]}, False),
    ],
)
def test_a_rule_compares_letter_by_letter(fields: dict[str, Any], taken: bool) -> None:
    assert (called(rule("1", **fields)).outcome == "accept") == taken


def test_without_a_trunk_only_rules_that_are_bound_to_none_are_left() -> None:
    rules = [rule("bound", trunk_ids=["ST_1"]), rule("free")]
    assert called(*rules).rule_id == "bound"
    assert called(*rules, to="+15550199").rule_id == "free"


PINS = (rule("open"), rule("pin", pin="1234"))


@pytest.mark.parametrize(
    ("entered", "outcome", "taken"),
    [
        ({}, "request-pin", "pin"),
        ({"pin": "1234"}, "accept", "pin"),
        ({"pin": "9999"}, "drop", None),
        ({"pin": " 1234"}, "drop", None),
        ({"no_pin": True}, "accept", "open"),
    ],
)
def test_a_pin(entered: dict[str, Any], outcome: str, taken: str | None) -> None:
    found = called(*PINS, **entered)
    assert (found.outcome, found.rule_id) == (outcome, taken)


def test_two_rules_that_claim_the_same_end_calls_to_every_number_of_the_trunk() -> None:
    other = {"trunk_ids": ["ST_1"], "numbers": ["+15550177"]}
    mine = rule("1", trunk_ids=["ST_1"])
    found = called(mine, rule("2", name="b", **other), rule("3", **other))
    assert (found.outcome, found.stage) == ("error", "match-rule")
    assert found.error == (
        "Dispatch rule for the same trunk, inbound number, number, and PIN combination already "
        'exists in dispatch rule "2" "b"'
    )
    assert (found.answer.status, found.answer.rings) == (503, True)


def test_a_conflict_counts_even_where_another_rule_claims_the_same_first() -> None:
    # Both free rules claim what the first one does, which is not read for ST_1.
    rules = [rule("1", trunk_ids=["", "ST_2"]), rule("2"), rule("3")]
    assert called(*rules[:2]).rule_id == "2"
    assert called(*rules).stage == "match-rule"


def test_they_leave_other_trunks_alone_but_not_calls_without_one() -> None:
    rules = [
        rule("1", trunk_ids=["ST_1"]),
        rule("2", trunk_ids=["ST_1"]),
        rule("3", trunk_ids=["ST_2"]),
    ]
    assert called(*rules, to="+15550101").rule_id == "3"
    assert called(*rules, to="+15550199").stage == "match-rule"


@pytest.mark.parametrize(
    ("fields", "broken"),
    [
        ({"numbers": [NUMBER, NUMBER]}, True),
        ({"numbers": [NUMBER, "15550100"]}, True),
        ({"trunk_ids": ["ST_1", "ST_1"]}, True),
        ({"numbers": [NUMBER, "+15550101"]}, False),
    ],
)
def test_a_rule_that_says_something_twice_conflicts_with_itself(
    fields: dict[str, Any], broken: bool
) -> None:
    assert (called(rule("1", **fields)).stage == "match-rule") == broken


def test_a_rule_without_a_kind_ends_every_call_it_is_read_for() -> None:
    found = called({"sip_dispatch_rule_id": "1", "rule": {}}, rule("2", trunk_ids=["ST_1"]))
    assert (found.stage, found.error) == ("match-rule", "unsupported SIP Dispatch Rule: <nil>")


def test_rules_with_other_pins_do_not_conflict() -> None:
    assert called(rule("1", pin="1"), rule("2", pin="2"), rule("3")).outcome == "request-pin"


def test_the_drop_is_silent_before_1_13_8_and_404_since() -> None:
    exchange = exchange_of(TRUNKS)
    before = route(Call(CALLER, NUMBER), exchange, (1, 13, 7)).answer
    since = route(Call(CALLER, NUMBER), exchange, (1, 13, 8)).answer
    assert (before.end, before.status, before.rings) == ("silence", None, True)
    assert (since.end, since.status) == ("not-found", 404)
