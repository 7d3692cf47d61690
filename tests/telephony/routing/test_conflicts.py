"""Trunks and rules that are in each other's way, all of them at once."""

from __future__ import annotations

from typing import Any

import pytest
from exchanges import exchange_of

from lklint.telephony.message import Message
from lklint.telephony.routing import Call, TrunkConflict, route, trunk_conflicts
from lklint.telephony.routing.creating import rule_refusal, trunk_refusal
from lklint.telephony.routing.faults import Reach, reach

NUMBER = "+15550100"
FOR_ONE = {"numbers": [NUMBER], "allowed_numbers": ["+1"]}


def trunk(name: str, /, **fields: Any) -> dict[str, Any]:
    return {"sip_trunk_id": name, **fields}


def rule(name: str, /, **fields: Any) -> dict[str, Any]:
    kind = {"dispatch_rule_direct": {"room_name": "r"}}
    return {"sip_dispatch_rule_id": name, "rule": kind, **fields}


def conflicts(*trunks: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    found = trunk_conflicts(exchange_of(trunks))
    return [(one.trunk.id, one.other.id, one.when, one.kills) for one in found]


@pytest.mark.parametrize(
    ("one", "other", "when"),
    [
        ({"numbers": [NUMBER]}, {"numbers": [NUMBER]}, "create"),
        ({"numbers": [NUMBER]}, {"numbers": ["+15550101", "1 555 0100"]}, "create"),
        (FOR_ONE, {"numbers": [NUMBER]}, "call"),
        (FOR_ONE, {"numbers": [NUMBER], "allowed_numbers": ["1"]}, "create"),
        (FOR_ONE, {"numbers": [NUMBER], "allowed_numbers": ["+2"]}, None),
        ({"numbers": [NUMBER]}, {"numbers": ["+15550101"]}, None),
        ({"numbers": [NUMBER]}, {"numbers": ["+1.555.0100"]}, None),
        ({}, {}, "create"),
        ({}, {"numbers": [NUMBER]}, None),
        ({"allowed_numbers": ["+1"]}, {}, "call"),
    ],
)  # fmt: skip
def test_two_trunks(one: dict[str, Any], other: dict[str, Any], when: str | None) -> None:
    found = conflicts(trunk("a", **one), trunk("b", **other))
    assert [(when_, kills) for _, _, when_, kills in found] == ([(when, True)] if when else [])


def test_each_trunk_is_told_with_the_first_that_claims_the_same() -> None:
    found = conflicts(*(trunk(name, numbers=[NUMBER]) for name in "cab"))
    assert [(one, other) for one, other, *_ in found] == [("b", "a"), ("c", "a")]


@pytest.mark.parametrize(
    ("one", "other", "kills"),
    [
        (["203.0.113.0/24"], ["198.51.100.0/24"], False),
        (["203.0.113.0/24"], ["203.0.113.5"], True),
        (["203.0.113.0/24"], [], True),
        (["203.0.113.0/24"], ["198.51.100.*"], True),
        (["203.0.113.0/24"], ["pbx.example.com"], True),
        (["a.example.com"], ["b.example.com"], False),
    ],
)
def test_addresses_keep_trunks_apart_on_calls_but_not_for_create(
    one: list[str], other: list[str], kills: bool
) -> None:
    found = conflicts(
        trunk("a", numbers=[NUMBER], allowed_addresses=one),
        trunk("b", numbers=[NUMBER], allowed_addresses=other),
    )
    assert found == [("b", "a", "create", kills)]


def test_the_empty_number_conflicts_with_no_number_at_all_but_meets_it_on_no_call() -> None:
    found = conflicts(trunk("a", numbers=[""]), trunk("b", auth_username="u"))
    assert found == [("b", "a", "create", False)]


def test_a_conflict_of_calls_names_the_listed_callers_and_their_calls_fail() -> None:
    vip = trunk("vip", numbers=["1 555 0100"], allowed_numbers=["+15550150"])
    exchange = exchange_of([vip, trunk("z", numbers=[NUMBER])])
    (found,) = trunk_conflicts(exchange)
    assert (found.trunk.id, found.other.id) == ("vip", "z")
    assert (found.number, found.caller) == ("1 555 0100", "+15550150")
    assert found.number is not None
    assert found.number.pointer == "/numbers/0"
    assert route(Call("+15550150", NUMBER), exchange).stage == "match-trunk"
    assert route(Call("+15550151", NUMBER), exchange).trunk_id == "z"


def test_the_words_of_create() -> None:
    one, other = trunk("a", name="A", numbers=[NUMBER]), trunk("b", numbers=["15550100", "+1\n"])
    found = next(trunk_conflicts(exchange_of([one, other])))
    assert isinstance(found, TrunkConflict)
    assert found.text == (
        'Conflicting inbound SIP Trunks: "b" and "a", using the same number(s) '
        '["15550100" "+1\\n"] without AllowedNumbers set'
    )


def test_create_reads_the_new_one_second() -> None:
    first = trunk("a", numbers=["+2"], allowed_numbers=["+9"])
    stored = exchange_of([first, trunk("b", numbers=[NUMBER])])
    refused = trunk_refusal(Message({"numbers": [NUMBER, "+2"]}, ""), stored)
    assert refused is not None
    assert refused.text.startswith('Conflicting inbound SIP Trunks: "b" and "<new>"')
    assert trunk_refusal(Message({"numbers": ["+3"]}, ""), stored) is None


def test_create_refuses_every_rule_beside_two_that_conflict() -> None:
    stored = exchange_of([], [rule("a", trunk_ids=["ST_1"]), rule("b", trunk_ids=["ST_1"])])
    refused = rule_refusal(Message(rule("", trunk_ids=["ST_2"]), ""), stored)
    assert refused is not None
    assert refused.other is not None
    assert (refused.rule.id, refused.other.id) == ("b", "a")


@pytest.mark.parametrize(
    ("one", "other", "killed"),
    [
        (["ST_1", "ST_2"], ["ST_2", "ST_3"], Reach(frozenset({"ST_2"}), False)),
        ([], [], Reach(frozenset(), True)),
        ([], ["", "ST_1"], Reach(frozenset({"", "ST_1"}), False)),
    ],
)
def test_what_a_conflict_of_rules_kills(one: list[str], other: list[str], killed: Reach) -> None:
    exchange = exchange_of([], [rule("a", trunk_ids=one), rule("b", trunk_ids=other)])
    (fault,) = exchange.rule_faults
    assert reach(fault) == killed
