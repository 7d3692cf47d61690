"""A rule's conflict with itself, held to LiveKit's own verdicts.

`self_conflicts.jsonl` holds rules and what the program in `tests/fidelity/go/oracle` said of them
(LiveKit protocol 1.54.0).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lklint.rules.dispatch import self_conflict
from lklint.settings import Settings
from lklint.telephony.message import Message
from lklint.telephony.phone_numbers import normalize_number
from lklint.telephony.resources import DispatchRule, read_resource
from lklint.telephony.rule_conflicts import repetitions

RECORDED = [
    json.loads(line)
    for line in Path(__file__).with_name("self_conflicts.jsonl").read_text().splitlines()
]


def conflicts(rule: dict[str, Any]) -> bool:
    value = {**rule, "rule": {"dispatchRuleDirect": {"roomName": "lobby"}}}
    dispatch = read_resource("dispatch-rule", Message(value, ""))
    assert isinstance(dispatch, DispatchRule)
    return bool(list(self_conflict(dispatch, Settings())))


def test_there_are_verdicts_of_both_kinds() -> None:
    refused = [case["refused"] for case in RECORDED]
    assert refused.count(True) > 50
    assert refused.count(False) > 50


@pytest.mark.parametrize("case", RECORDED, ids=range(len(RECORDED)))
def test_as_livekit_decides(case: dict[str, Any]) -> None:
    assert conflicts(case["rule"]) == case["refused"]


def keys(rule: dict[str, list[str]]) -> list[tuple[str, str, str]]:
    """LiveKit's keys of a rule, in the order it makes them."""
    return [
        (trunk, normalize_number(caller), normalize_number(called))
        for trunk in rule["trunk_ids"] or [""]
        for caller in rule["inbound_numbers"] or [""]
        for called in rule["numbers"] or [""]
    ]


ENTRIES = st.lists(st.sampled_from(["", "1", "+1", "(1)", "+2", "a"]), max_size=3)


@given(st.fixed_dictionaries(dict.fromkeys(("trunk_ids", "inbound_numbers", "numbers"), ENTRIES)))
def test_lists_repeat_exactly_where_keys_do(rule: dict[str, list[str]]) -> None:
    made = keys(rule)
    assert conflicts(rule) == (len(made) > len(set(made)))


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        (["+1", "+1"], [("+1", "+1")]),
        (["+1", "1"], [("1", "+1")]),
        (["1", "+1"], [("1", "+1")]),
        (["1", "(1)", "2"], [("(1)", "1")]),
        (["1", "+1", "+1"], [("1", "+1"), ("+1", "+1")]),
        (["+1", "+2"], []),
        ([], []),
    ],
)
def test_the_plain_form_is_kept(entries: list[str], found: list[tuple[str, str]]) -> None:
    assert repetitions(entries, normalize_number) == found
