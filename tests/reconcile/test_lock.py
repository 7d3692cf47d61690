"""The lock: what stands in it, how it merges, and who may write it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from lklint.reconcile.holding import Held, holding
from lklint.reconcile.lock import BadLock, Entry, read_lock

URL = "https://example.livekit.cloud"
TWILIO = Entry("inbound-trunk", "twilio", "trunk.json", "ST_twilio")
RULE = Entry("dispatch-rule", "Support line", "rules/support.json", "SDR_support")
NOTE = Entry("outbound-trunk", "", "out.json", sent="2026-01-31T12:00:00.000+00:00")


def test_an_entry_is_a_line_and_the_lines_are_sorted(tmp_path: Path) -> None:
    lock = read_lock(str(tmp_path / "lklint.lock"), URL)
    for entry in (TWILIO, RULE):
        lock.keep(entry)
    lock.note(NOTE)
    lock.save()
    assert (tmp_path / "lklint.lock").read_text() == (
        '{"version": 1, "servers": {\n'
        '"https://example.livekit.cloud": [\n'
        '{"kind": "dispatch-rule", "name": "Support line", "place": "rules/support.json",'
        ' "id": "SDR_support"},\n'
        '{"kind": "inbound-trunk", "name": "twilio", "place": "trunk.json", "id": "ST_twilio"},\n'
        '{"kind": "outbound-trunk", "place": "out.json",'
        ' "sent": "2026-01-31T12:00:00.000+00:00"}\n'
        "]\n}}\n"
    )


def test_what_is_written_is_read_again_and_other_servers_are_left_alone(tmp_path: Path) -> None:
    path = str(tmp_path / "lklint.lock")
    for url, entry in ((URL, TWILIO), ("http://127.0.0.1:7880", RULE)):
        lock = read_lock(path, url)
        assert [*lock] == []
        lock.keep(entry)
        lock.save()
    assert [*read_lock(path, URL)] == [TWILIO]
    assert [*read_lock(path, "http://127.0.0.1:7880")] == [RULE]


def test_an_id_takes_the_place_of_the_note(tmp_path: Path) -> None:
    lock = read_lock(str(tmp_path / "lklint.lock"), URL)
    lock.note(NOTE)
    lock.keep(NOTE._replace(id="ST_out", sent=""))
    assert lock.notes() == ()
    assert lock.made("ST_out") is not None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "cannot be read as a lock"),
        ('{"version": 2, "servers": {}}', "another version"),
        ('{"version": 1, "servers": {"u": [{"id": 1}]}}', "cannot be read as a lock"),
        ('{"version": 1, "servers": {\n<<<<<<< ours\n', "a conflict of git"),
        ("\udcff", "not UTF-8"),
    ],
)
def test_a_broken_lock_is_one_line(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "lklint.lock"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BadLock, match=says):
        read_lock(str(path), URL)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_the_rights_of_the_file_stay_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    lock = read_lock(str(tmp_path / "lklint.lock"), URL)
    lock.save()
    (tmp_path / "lklint.lock").chmod(0o640)
    lock.save()
    assert stat.S_IMODE((tmp_path / "lklint.lock").stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["lklint.lock"]


def test_one_apply_keeps_others_out_and_leaves_nothing_behind(tmp_path: Path) -> None:
    told = pytest.raises(Held, match=f"process {os.getpid()} on ")
    with holding(str(tmp_path)), told, holding(str(tmp_path)):
        pass
    with holding(str(tmp_path)):
        pass
    assert list(tmp_path.iterdir()) == []
