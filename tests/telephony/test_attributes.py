"""Attributes that LiveKit writes, and their size."""

from __future__ import annotations

from lklint.telephony.attributes import is_overwritten, size


def test_what_livekit_writes() -> None:
    assert is_overwritten("sip.callID", hidden=True)
    assert is_overwritten("sip.phoneNumber", hidden=False)
    assert not is_overwritten("sip.phoneNumber", hidden=True)
    assert not is_overwritten("sip.custom", hidden=False)
    assert not is_overwritten("sip.callid", hidden=False)


def test_size_counts_bytes_of_names_and_values() -> None:
    assert size([("a", "bc"), ("é", "")]) == 5
