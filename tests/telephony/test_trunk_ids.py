"""What stands in `trunk_ids`."""

from __future__ import annotations

import pytest

from lklint.telephony.trunk_ids import classify_trunk_id, ids_in, what_id_names


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("ST_aB3xY9kLmN2p", "fine"),
        ("PN_aB3xY9kLmN2p", "fine"),
        ("PN_PPN_aB3xY9kLmN2p", "fine"),
        ("ST_short", "fine"),
        ("", "empty"),
        (" \t", "empty"),
        (" ST_aB3xY9kLmN2p", "padded"),
        ("ST_aB3xY9kLmN2p\n", "padded"),
        ("ST_aB3xY9kLmN2p,ST_bC4xY9kLmN2p", "several"),
        ("ST_aB3xY9kLmN2p PN_bC4xY9kLmN2p", "several"),
        ("SDR_aB3xY9kLmN2p", "other"),
        ("[]", "brackets"),
        ('["ST_aB3xY9kLmN2p"]', "padded"),
        ('["ST_aB3xY9kLmN2p", "ST_bC4xY9kLmN2p"]', "several"),
        ("'ST_aB3xY9kLmN2p',", "padded"),
        ("*", "any"),
        ("Any", "any"),
        ("+15550100", "number"),
        ("1 (555) 010-0100", "number"),
        ("twilio", "name"),
        ("st_aB3xY9kLmN2p", "name"),
        ("ST_", "name"),
        ("ST-aB3xY9kLmN2p", "name"),
        ("ST_aB3xY9kLmN2p, twilio", "name"),
        ("SIP_TRUNK", "name"),
    ],
)
def test_classify(text: str, fault: str) -> None:
    assert classify_trunk_id(text) == fault


def test_ids_in_a_text() -> None:
    assert ids_in("ST_a1, PN_b2;ST_c3") == ["ST_a1", "PN_b2", "ST_c3"]
    assert ids_in("ST_a1 and ST_b2") == []


def test_what_other_ids_name() -> None:
    assert what_id_names("SDR_aB3xY9kLmN2p") == "a dispatch rule"
    assert what_id_names("ZZ_aB3xY9kLmN2p") == "something else"
