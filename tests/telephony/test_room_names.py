"""Room names as LiveKit makes them."""

from __future__ import annotations

import pytest

from lklint.telephony.rooms import example_room, longest_room, template_in


@pytest.mark.parametrize(
    ("kind", "room", "random", "name"),
    [
        ("direct", "lobby", False, "lobby"),
        ("individual", "call", True, "call_+15550105_a1B2…"),
        ("individual", "call-", False, "call-_+15550105"),
        ("individual", "", True, "+15550105_a1B2…"),
        ("callee", "did", False, "did_+15550100"),
        ("callee", "", False, "+15550100"),
    ],
)
def test_examples(kind: str, room: str, random: bool, name: str) -> None:
    assert example_room(kind, room, random) == name


@pytest.mark.parametrize(
    ("kind", "room", "random", "hidden", "length"),
    [
        ("direct", "lobby", False, False, 5),
        ("direct", "zoë", False, False, 4),
        ("individual", "call", True, False, len("call_+123456789012345_abcdefghijkl")),
        ("individual", "call", False, True, len("call_0105")),
        ("individual", "", True, False, len("+123456789012345_abcdefghijkl")),
        ("callee", "did", False, True, len("did_+123456789012345")),
    ],
)
def test_the_longest_name(kind: str, room: str, random: bool, hidden: bool, length: int) -> None:
    assert longest_room(kind, room, random, hidden) == length


@pytest.mark.parametrize(
    ("room", "template"),
    [
        ("call-{{caller}}", "{{caller}}"),
        ("call-{{ caller.number }}", "{{ caller.number }}"),
        ("call-${caller.number}", "${caller.number}"),
        ("call-{number}", "{number}"),
        ("call-{}", "{}"),
        ("call-{0}", "{0}"),
        ("call-%s", "%s"),
        ("call-%(caller)s", "%(caller)s"),
        ("call-$caller", "$caller"),
        ("call-#{caller}", "#{caller}"),
        ("call-<%= caller %>", "<%= caller %>"),
        ("call-_<caller>_<random>", "<caller>"),
        ("did-<callee>", "<callee>"),
        ("call-<phone number>", "<phone number>"),
        ("call-${CALLER_NUMBER}", "${CALLER_NUMBER}"),
        ("call-[caller_id]", "[caller_id]"),
        ("call-$caller_id", "$caller_id"),
    ],
)
def test_templates(room: str, template: str) -> None:
    assert template_in(room) == template


@pytest.mark.parametrize(
    "room",
    [
        *("call", "call-1", "50%", "100%sure", "a$b", "$5", "[vip]", "(vip)", "#1"),
        *("${ROOM}", "line-${PHONE_NUMBER}", "<room>", "<your number>", "[tower]", "$total"),
    ],
)
def test_no_templates(room: str) -> None:
    assert template_in(room) is None
