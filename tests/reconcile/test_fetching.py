"""What an earlier run left: how long it may still be on its way, and what becomes of its notes."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from lklint.protocol.messages import read
from lklint.reconcile.fetching import clear_up, unsettled_seconds
from lklint.reconcile.lock import Entry, Lock
from lklint.reconcile.wanted import Wants
from lklint.remote import phone_numbers, twirp

NOTHING = Wants(".", ())


def lock(*entries: Entry) -> Lock:
    found = Lock("lklint.lock", "u")
    for entry in entries:
        found.keep(entry) if entry.id else found.note(entry)
    return found


def note(kind: str, ago: float, name: str = "") -> Entry:
    """A note that was written so many seconds ago."""
    sent = (datetime.now(timezone.utc) - timedelta(seconds=ago)).isoformat()
    return Entry(kind, name, "place", sent=sent)  # type: ignore[arg-type]


def test_what_was_sent_a_moment_ago_is_waited_for_beyond_every_deadline() -> None:
    fresh = note("outbound-trunk", 0), note("phone-number", 0)
    assert unsettled_seconds(lock(fresh[0])) > twirp.DEADLINE_SECONDS
    assert unsettled_seconds(lock(*fresh)) > phone_numbers._PURCHASE_SECONDS


@pytest.mark.parametrize(
    "old", [note("outbound-trunk", 60), note("inbound-trunk", -60), note("phone-number", 600)]
)
def test_what_is_old_or_of_another_clock_is_not_waited_for(old: Entry) -> None:
    assert unsettled_seconds(lock(old)) == 0


def test_a_note_that_nobody_can_read_is_old() -> None:
    assert unsettled_seconds(lock(Entry("inbound-trunk", "", "place", sent="yesterday"))) == 0


def test_what_a_deleted_file_left_behind_is_ours_by_its_name() -> None:
    held = lock(note("inbound-trunk", 60, "t"))
    stored = {"inbound-trunk": {"ST_1": read("inbound-trunk", {"name": "t"})}}
    assert clear_up(held, NOTHING, stored) == ()  # type: ignore[arg-type]
    assert held.made("ST_1") is not None
    assert held.notes() == ()


def test_what_a_deleted_file_may_have_left_behind_without_a_name_is_told() -> None:
    held = lock(note("inbound-trunk", 60))
    [line] = clear_up(held, NOTHING, {"inbound-trunk": {}})
    assert "place is gone, and a create of it was cut off" in line


def test_what_the_server_no_longer_has_is_forgotten() -> None:
    held = lock(Entry("inbound-trunk", "t", "t.json", "ST_1"))
    clear_up(held, NOTHING, {"inbound-trunk": {}})
    assert [*held] == []
