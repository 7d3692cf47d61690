"""Call expectations and phone numbers: how they are read, and what a pattern takes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lklint.telephony.expectations.calls import call_expectations
from lklint.telephony.expectations.patterns import (
    as_pattern,
    is_regular_expression,
    matches,
    matches_room,
)
from lklint.telephony.message import Message
from lklint.telephony.phone_number_files import phone_numbers_of


@pytest.mark.parametrize(
    ("pattern", "text", "verdict"),
    [
        ("call", "call", True),
        ("call", "call_", False),
        ("call_*", "call_", True),
        ("*", "", True),
        ("", "", True),
        ("", "a", False),
        ("a*b*c", "a b b c", True),
        ("a*a", "a", False),
        ("*ab*b", "ab", False),
        ("*.*", "a.b", True),
        ("[a]", "a", False),
        ("a**b", "ab", True),
    ],
)
def test_what_a_pattern_takes(pattern: str, text: str, verdict: bool) -> None:
    assert matches(pattern, text) == verdict


@given(st.text("ab*", max_size=8), st.text("ab*", max_size=8))
def test_a_pattern_is_the_regular_expression_it_stands_for(pattern: str, text: str) -> None:
    expression = ".*".join(map(re.escape, pattern.split("*")))
    assert matches(pattern, text) == bool(re.fullmatch(expression, text, re.DOTALL))


def test_many_stars_take_no_time_to_fail() -> None:
    """Going back and forth over the text would hang here."""
    assert not matches("a*" * 2000 + "b", "a" * 20_000)


@pytest.mark.parametrize(
    ("pattern", "verdict"),
    [
        ("call_+44_*", True),
        ("call_+44_<random>", True),
        ("call_+44_a*", False),
        ("call_+44", False),
        ("*", True),
    ],
)
def test_the_random_end_of_a_room(pattern: str, verdict: bool) -> None:
    assert matches_room(pattern, "call_+44_<random>") == verdict


@pytest.mark.parametrize(
    ("expression", "meant"),
    [
        ("^call_.*$", "call_*"),
        (r"call_\d+", "call_*"),
        ("call-[0-9a-f]{8}", "call-*"),
        (r"a\.b.+", "a.b*"),
        ("(day|night)?_.*", "*_*"),
    ],
)
def test_regular_expressions_are_known(expression: str, meant: str) -> None:
    assert is_regular_expression(expression)
    assert as_pattern(expression) == meant
    assert not is_regular_expression(meant)


def test_both_spellings_and_places() -> None:
    value = {
        "calls": [
            {
                "to": "+1",
                "sourceIp": "203.0.113.5",
                "no_pin": True,
                "expect": {"participantName": "x", "agents": [], "status": "404"},
            },
            {"from": "+2", "to": "+3", "expect": "silence"},
            {"to": "+4", "expect": "nothing that is known"},
        ]
    }
    first, second = call_expectations(Message(value, "")).calls
    assert (first.caller, first.source_ip, first.no_pin) == ("", "203.0.113.5", True)
    assert first.expected.agents == ()
    assert first.expected.status == 404
    assert first.expected.answer == "accepted"
    assert first.expected.participant_name is not None
    assert first.expected.participant_name.pointer == "/calls/0/expect/participantName"
    assert (second.title, second.expected.answer) == ("+2 to +3", "silence")
    assert second.expected.answer.pointer == "/calls/1/expect"


def test_phone_numbers_remember_their_places() -> None:
    value = {"phone_numbers": [{"number": "+1", "dispatchRule": "Day"}, {"dispatch_rule": "x"}]}
    (found,) = phone_numbers_of(Message(value, ""))
    assert (found.number, found.number.pointer) == ("+1", "/phone_numbers/0/number")
    assert found.dispatch_rule is not None
    assert (found.dispatch_rule, found.dispatch_rule.pointer) == (
        "Day",
        "/phone_numbers/0/dispatchRule",
    )
