"""Files that LiveKit never sees: it is lklint that cannot read them, and LiveKit refuses none."""

from __future__ import annotations

import json
from typing import Any

import pytest
from checking import check_in_folder
from hypothesis import given
from hypothesis import strategies as st

import lklint
from lklint.documents.own_kinds import OWN_KINDS
from lklint.findings import Effect, Finding

CALL = '{"to": "+442079460123", "expect": "refused"}'
BROKEN = [
    f'{{"calls": [{CALL},]}}',
    f'{{"calls": [{CALL}] /* day */}}',
    f'{{"calls": [], "calls": [{CALL}]}}',
    f"{{'calls': [{CALL}]}}",
    f'{{"calls": {CALL}}}',
    f'{{"calls": [{CALL}], "note": "day"}}',
    '{"calls": [{"to": 442079460123, "expect": "refused"}]}',
    '{"calls": [{"to": "+442079460123", "expect": "Refused"}]}',
    '{"calls": [{"to": "+442079460123", "expect": {"status": 9}}]}',
    '{"calls": [{"to": "1", "source_ip": "a", "sourceIp": "a", "expect": "refused"}]}',
    '{"calls": [{"to": "1", "pin": "1", "noPin": true, "expect": "refused"}]}',
    '{"phoneNumbers": [{"number": "+442079460123", "rule": "Day", "dispatchRule": "Day"}]}',
    '{"phoneNumbers": [{"number": 442079460123, "dispatchRule": "Day"}',
]
LINES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
)
MEMBERS = st.sampled_from(
    ["calls", "to", "from", "expect", "room", "agents", "attributes", "number", "phoneNumbers"]
)


def assert_told_as_ours(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        assert finding.effect is not Effect.REJECTED
        if finding.code.startswith(("LK0", "LK1")):
            assert "LiveKit" not in finding.message


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_broken_lklint_cannot_read(text: str) -> None:
    report = lklint.check_text(text)
    assert report.findings
    assert report.refused == ()
    assert_told_as_ours(report.findings)


@given(st.sampled_from(OWN_KINDS), st.dictionaries(MEMBERS, LINES | st.lists(
    st.dictionaries(MEMBERS, LINES), max_size=3)))  # fmt: skip
def test_whatever_stands_in_one(kind: str, value: dict[str, Any]) -> None:
    assert_told_as_ours(lklint.check_text(json.dumps(value), kind=kind).findings)


def test_a_schema_key_is_no_mistake() -> None:
    text = f'{{"$schema": "./calls.schema.json", "calls": [{CALL}]}}'
    assert lklint.check_text(text).findings == ()


def test_a_misspelt_word_is_mended() -> None:
    (finding,) = lklint.check_text('{"calls": [{"to": "1", "expect": "refuzed"}]}').findings
    assert finding.fix is not None
    assert finding.fix.edits[0].text == '"refused"'


RULE = '{"dispatch_rule": {"trunk_ids": ["nobody"], "rule": {"dispatchRuleDirect": {"roomName": "a"}}}}'  # noqa: E501


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_one_hides_nothing_of_the_rest(text: str) -> None:
    """What is said of trunks and rules is the same with it and without."""
    with_it = check_in_folder({"rule.json": RULE, "own.json": text})
    without = check_in_folder({"rule.json": RULE})
    told = [finding for finding in with_it.findings if finding.file == "rule.json"]
    assert told == list(without.findings)
