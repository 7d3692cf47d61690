"""Every trunk and every rule with its reason, in data and in words."""

from __future__ import annotations

from typing import Any

import pytest
from exchanges import exchange_of
from fidelity.networks import cases

from lklint.telephony.routing import Call, Route, advice, route
from lklint.telephony.routing.words import rule_words, summary, trunk_words

CALLER, NUMBER = "+15550150", "+15550100"
TRUNK = {"sip_trunk_id": "ST_1", "name": "main", "numbers": [NUMBER]}
KIND = {"dispatch_rule_direct": {"room_name": "lobby"}}
FOYER = {"dispatch_rule_direct": {"room_name": "foyer"}}
CALLEE: dict[str, Any] = {"dispatch_rule_callee": {}}


def called(rules: list[dict[str, Any]], *trunks: dict[str, Any], **call: Any) -> Route:
    stored = [
        {"sip_dispatch_rule_id": f"SDR_{n}", "rule": KIND, **at} for n, at in enumerate(rules)
    ]
    return route(Call(CALLER, NUMBER, **call), exchange_of(trunks or [TRUNK], stored))


def test_a_trace() -> None:
    bound = {"trunk_ids": ["ST_1"]}
    found = called(
        [bound | {"numbers": [NUMBER]}, bound, {"trunk_ids": ["main"]}],
        TRUNK,
        {"sip_trunk_id": "ST_2", "auth_username": "u"},
        {"sip_trunk_id": "ST_3", "numbers": ["+1.555.0100"]},
    )
    assert [(step.trunk.id, step.verdict) for step in found.trace.trunks] == [
        ("ST_1", "taken"), ("ST_2", "outranked"), ("ST_3", "number"),
    ]  # fmt: skip
    assert [(step.rule.id, step.verdict, step.edge) for step in found.trace.rules] == [
        ("SDR_0", "taken", None), ("SDR_1", "outranked", "lists"), ("SDR_2", "trunk", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("winner", "other", "edge"),
    [
        ({"trunk_ids": ["ST_1"]}, {"numbers": [NUMBER]}, "bound"),
        ({"numbers": [NUMBER]}, {}, "lists"),
        ({"rule": {"dispatch_rule_callee": {"pin": "1"}}}, {}, "pin"),
        ({"numbers": [NUMBER]}, {"inbound_numbers": [CALLER], "rule": CALLEE}, "kind"),
        ({"numbers": [NUMBER], "rule": FOYER}, {"inbound_numbers": [CALLER]}, "room"),
        ({"numbers": [NUMBER]}, {"inbound_numbers": [CALLER]}, "order"),
    ],
)
def test_why_a_rule_goes_before_another(
    winner: dict[str, Any], other: dict[str, Any], edge: str
) -> None:
    steps = called([winner, other]).trace.rules
    assert [step.verdict for step in steps] == ["taken", "outranked"]
    assert steps[1].edge == edge


@pytest.mark.parametrize(
    ("rule", "words", "next_step"),
    [
        (
            {"trunk_ids": ["main"]},
            'is bound to other trunks: "main" is the name of the trunk, and LiveKit compares ids',
            'Write "ST_1" in the trunk_ids of rule SDR_0.',
        ),
        (
            {"numbers": ["15550100"]},
            'lists numbers, and not this one; its "15550100" looks like it, but rules compare '
            "letter by letter",
            'Write "+15550100" in the numbers of rule SDR_0, just like that.',
        ),
        (
            {"inbound_numbers": [NUMBER]},
            "lists callers, and not this one",
            'Write "+15550150" in the inbound_numbers of rule SDR_0, just like that.',
        ),
    ],
)
def test_why_no_rule_takes_a_call_and_what_to_do(
    rule: dict[str, Any], words: str, next_step: str
) -> None:
    found = called([rule])
    assert rule_words(found.trace.rules[0]) == words
    assert advice(found) == next_step


@pytest.mark.parametrize(
    ("trunk", "words", "next_step"),
    [
        (
            {"numbers": ["+1.555.0100"]},
            'does not have the number; its "+1.555.0100" looks like it, but LiveKit reads it '
            "otherwise",
            'Write "+15550100" instead of "+1.555.0100" in ST_1.',
        ),
        (
            {"numbers": [NUMBER], "allowed_numbers": ["+15550199"]},
            "lists callers, and not this one",
            'Add "+15550150" to the allowed_numbers of ST_1.',
        ),
        (
            {"numbers": [NUMBER], "allowed_addresses": ["203.0.113.5"]},
            "lists addresses, and the call comes from none of them",
            'Add "198.51.100.1" to the allowed_addresses of ST_1.',
        ),
    ],
)
def test_why_a_trunk_does_not_take_a_call_and_what_to_do(
    trunk: dict[str, Any], words: str, next_step: str
) -> None:
    stored = {"sip_trunk_id": "ST_1", **trunk}
    found = called([{"trunk_ids": ["ST_1"]}], stored, source_ip="198.51.100.1")
    assert trunk_words(found.trace.trunks[0]) == words
    assert advice(found) == next_step


@pytest.mark.parametrize(
    ("fields", "gate", "listed"),
    [
        ({}, "no-list", None),
        ({"allowed_addresses": ["1.2.3.*"]}, "ignored-list", None),
        ({"allowed_addresses": ["203.0.113.0/24"]}, "address", "203.0.113.0/24"),
        ({"allowed_addresses": ["pbx.example.com"]}, "from-host", "pbx.example.com"),
    ],
)
def test_how_a_call_came_through_the_list_of_addresses(
    fields: dict[str, Any], gate: str, listed: str | None
) -> None:
    found = called([{}], TRUNK | fields, source_ip="203.0.113.5", from_host="pbx.example.com")
    assert (found.trace.trunks[0].gate, found.trace.trunks[0].listed) == (gate, listed)


NETWORKS = list(cases(4, 300))


@pytest.mark.parametrize("version", [None, (1, 13, 3)])
def test_a_trace_tells_what_the_route_does(version: tuple[int, int, int] | None) -> None:
    for case in NETWORKS:
        exchange = exchange_of(case.trunks, case.rules)
        for call in case.calls:
            found = route(call, exchange, version)
            trunks = [step.trunk.id for step in found.trace.trunks if step.verdict == "taken"]
            rules = [step.rule.id for step in found.trace.rules if step.verdict == "taken"]
            assert trunks == ([] if found.trunk is None else [found.trunk.id])
            assert rules == ([] if found.rule is None else [found.rule.id])
            clashing = {step.trunk.id for step in found.trace.trunks if step.verdict == "clash"}
            assert clashing >= {trunk.id for trunk in found.clash}
            assert bool(clashing) == (found.stage == "match-trunk")


def test_there_are_words_for_everything_and_no_pin_in_any() -> None:
    for case in NETWORKS:
        exchange = exchange_of(case.trunks, case.rules)
        for call in case.calls:
            found = route(call, exchange, (1, 13, 3))
            said = [summary(found), advice(found) or "", *map(trunk_words, found.trace.trunks)]
            said += map(rule_words, found.trace.rules)
            assert not any("4321" in text for text in said)
            assert all(map(str.strip, said[:1] + said[2:]))
            assert bool(said[1]) or found.outcome in ("accept", "request-pin")
