"""No input raises, every span lies in its text, fixes come to an end, size stays bounded.

The profile "deep" (`LKLINT_HYPOTHESIS=deep pytest tests/test_robustness.py`) looks much longer.
"""

from __future__ import annotations

import json
import tracemalloc
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lklint
from lklint.checker.run import check_data
from lklint.documents.decoding import decode
from lklint.documents.reading import read
from lklint.fixes.apply import mend
from lklint.settings import Settings
from lklint.shape import schemas

KINDS = st.sampled_from([*schemas.KINDS, None])
FORMS = st.sampled_from(["create", "update", "any"])
NAMES = st.sampled_from(
    [
        "trunk",
        "dispatch_rule",
        "dispatchRule",
        "rule",
        "name",
        "numbers",
        "allowedAddresses",
        "allowed_numbers",
        "authUsername",
        "auth_password",
        "headers",
        "media",
        "codecs",
        "rate",
        "mediaTimeout",
        "encryption",
        "trunk_ids",
        "dispatchRuleDirect",
        "dispatchRuleIndividual",
        "roomName",
        "roomPrefix",
        "pin",
        "roomConfig",
        "agents",
        "agentName",
        "metadata",
        "items",
        "sip_call_to",
        "sipTrunkId",
        "calls",
        "to",
        "expect",
        "room",
        "attributes",
        "phoneNumbers",
        "number",
        "dispatchRule",
        "ringing_timeout",
        "transport",
        "address",
        "display_name",
        "destination",
        "country",
        "$schema",
        "created_at",
        "attributes",
        "include_headers",
    ]
)
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["+15550100", "*", "tcp", "30s", "1m", "192.0.2.0/33", "sip:a@b", "ST_x"])
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(NAMES | st.text(max_size=6), inner, max_size=5)
    ),
    max_leaves=25,
)
MARKS = st.sampled_from(
    [b"{", b"}", b"[", b"]", b'"', b",", b":", b"//", b"'", b"\\", b"\xff", b"\n", b"0"]
)


def spans_are_inside(data: bytes, findings: tuple[Any, ...]) -> None:
    lines = decode(data)[0].split("\n")
    for finding in findings:
        for span in (finding.span, *(related.span for related in finding.related)):
            for position in (span.start, span.end):
                assert 1 <= position.line <= len(lines)
                assert 1 <= position.column <= len(lines[position.line - 1]) + 1
            assert span.start <= span.end


def looked_at(data: bytes, kind: str | None, form: str) -> None:
    outcome = check_data(data, "dispatch-rule.json", Settings(kind=kind, form=form))
    spans_are_inside(data, outcome.findings)
    asked = Settings(kind=kind, form=form)
    check = partial(check_data, file="dispatch-rule.json", settings=asked)
    mended = mend(data, check, unsafe=True)
    again = mend(mended.after, check, unsafe=True)
    assert again.after == mended.after
    if not read(data).problems:
        assert not read(mended.after).problems


@given(st.binary(max_size=200), KINDS, FORMS)
def test_any_bytes(data: bytes, kind: str | None, form: str) -> None:
    looked_at(data, kind, form)


@given(st.dictionaries(NAMES, VALUES, max_size=5), KINDS, FORMS)
def test_any_json(value: Any, kind: str | None, form: str) -> None:
    looked_at(json.dumps(value).encode(), kind, form)


VALID = [
    '{"trunk": {"name": "t", "numbers": ["+15550100"], "allowedAddresses": ["192.0.2.1"]}}',
    '{\n  "trunk": {\n    "address": "sip.example.com",\n    "numbers": ["+15550100"]\n  }\n}\n',
    '{"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "r", "pin": "4711"}}}}',
    '{"sip_trunk_id": "ST_a", "sip_call_to": "+1555", "room_name": "r", "ringingTimeout": "9s"}',
]


@given(
    st.sampled_from(VALID),
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 3), MARKS), max_size=4),
    KINDS,
    FORMS,
)
def test_valid_files_with_a_slip_of_the_hand(
    text: str, slips: list[tuple[int, int, bytes]], kind: str | None, form: str
) -> None:
    data = text.encode()
    for at, gone, put in slips:
        data = data[:at] + put + data[at + gone :]
    looked_at(data, kind, form)


def test_deep_nesting_is_a_finding_in_bounded_memory() -> None:
    tracemalloc.start()
    for opening in ('{"trunk":', "[", '{"trunk":{"headers":['):
        report = lklint.check_text(opening * 100_000, kind="inbound-trunk")
        assert [finding.effect.value for finding in report.findings] == ["rejected"]
    assert tracemalloc.get_traced_memory()[1] < 100 * 2**20
    tracemalloc.stop()


def test_a_huge_file_is_not_read() -> None:
    data = b'{"trunk": "' + b"x" * (200 * 2**20) + b'"}'
    report = lklint.check_text(data, kind="inbound-trunk")
    assert [finding.code for finding in report.findings] == ["LK015"]


LONG = 20_000
FILLINGS = [
    "x",
    "1",
    "(",
    "<",
    "{",
    ":",
    "%",
    "é",
    "w",
    "-",
    "_",
    "a.",
    "<%",
    "<sip:",
    "${a",
    "#{",
    "%(",
    "aB",
    "T1Z",
    "<sip:a@b>,",
    "1.",
    "your-",
    "A_",
    "1s",
    'a"',
    "[::",
    "n(n",
    "\u202e",
]
PLACES = {
    "inbound-trunk": """{"trunk": {"name": "@", "numbers": ["@"], "allowed_addresses": ["@"],
        "allowed_numbers": ["@"], "auth_username": "@", "auth_password": "@", "auth_realm": "@",
        "headers": {"From": "@"}, "headers_to_attributes": {"@": "a"}, "ringing_timeout": "@"}}""",
    "outbound-trunk": """{"trunk": {"address": "@", "numbers": ["@"], "from_host": "@",
        "destination_country": "@", "transport": "@", "auth_password": "@"}}""",
    "dispatch-rule": """{"dispatch_rule": {"trunk_ids": ["@"], "inbound_numbers": ["@"],
        "rule": {"dispatch_rule_direct": {"room_name": "@", "pin": "@"}}, "created_at": "@",
        "attributes": {"@": "@"}, "room_config": {"agents": [{"agent_name": "@"}]}, "@": ""}}""",
    "sip-participant": """{"sip_trunk_id": "@", "sip_call_to": "@", "sip_number": "@",
        "room_name": "@", "display_name": "@", "to_user_override": "@", "dtmf": "@",
        "destination": {"country": "@", "city": "@"}, "headers": {"To": "@"}}""",
    "call-expectations": """{"calls": [{"name": "@", "from": "@", "to": "@", "source_ip": "@",
        "from_host": "@", "pin": "@", "expect": {"answer": "@", "trunk": "@", "rule": "@",
        "room": "@", "identity": "@", "agents": ["@"], "attributes": {"@": "@"}}},
        {"to": "1", "expect": "@"}]}""",
    "phone-numbers": """{"phone_numbers": [{"number": "@", "dispatch_rule": "@"}]}""",
}


@pytest.mark.parametrize("kind", PLACES)
@pytest.mark.parametrize("filling", FILLINGS)
def test_long_values_are_read_once(kind: str, filling: str) -> None:
    """A pattern that goes back and forth over its text would hang here."""
    text = json.dumps(filling * (LONG // len(filling)))[1:-1]
    document = PLACES[kind]
    for place in range(document.count("@")):
        parts = document.split("@")
        before, after = "x".join(parts[: place + 1]), "x".join(parts[place + 1 :])
        lklint.check_text(before + text + after, kind=kind)
