"""Fixes: applied until nothing changes, with everything else left byte for byte."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from conftest import Run

from lklint.checker.run import check_data
from lklint.fixes.apply import Mended
from lklint.fixes.apply import mend as mend_with
from lklint.fixes.write import NotWritten, write
from lklint.settings import Settings


def mend(data: bytes, unsafe: bool = False) -> Mended:
    return mend_with(data, lambda text: check_data(text, "rule.json", Settings()), unsafe)


FLAT = b"""{
\t"name":   "Support",\r
\t"rule": { "dispatchRuleIndividual": {"roomPrefix": "call"} },
\t"trunk_ids": [ "ST_abcdefgh1234" ], // bound
\t"room_config": {"agents": [{"agent_name": "support"}]},
}
"""


def test_several_passes_mend_what_stands_in_each_others_way() -> None:
    mended = mend(FLAT)
    value = json.loads(mended.after)
    assert list(value) == ["dispatch_rule"]
    assert value["dispatch_rule"]["trunk_ids"] == ["ST_abcdefgh1234"]
    assert {finding.code for finding in mended.applied} == {"LK002", "LK003", "LK110"}


def test_formatting_outside_the_edits_is_kept() -> None:
    mended = mend(FLAT)
    assert b'"name":   "Support",\r\n' in mended.after
    assert b'[ "ST_abcdefgh1234" ],' in mended.after


def test_mending_what_is_mended_changes_nothing() -> None:
    once = mend(FLAT, unsafe=True).after
    assert mend(once, unsafe=True).after == once


def test_unsafe_fixes_wait_to_be_asked() -> None:
    text = b'{"dispatch_rule": {"rule": {"dispatchRuleIndividual": {"roomPrefix": "call-"}}}}'
    assert not mend(text).changed
    assert b'"call"' in mend(text, unsafe=True).after


def test_a_file_keeps_its_mode_and_its_link(tmp_path: Path) -> None:
    file, link = tmp_path / "real.json", tmp_path / "link.json"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    write(str(link), b"old", b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.json", "real.json"]


def test_a_file_that_changed_underneath_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(b"somebody else's work")
    with pytest.raises(NotWritten, match="changed"):
        write(str(file), b"what was read", b"mended")
    assert file.read_bytes() == b"somebody else's work"


def test_a_read_only_file_is_reported(lklint: Run, tmp_path: Path) -> None:
    file = tmp_path / "rule.json"
    file.write_bytes(FLAT)
    file.chmod(0o444)
    done = lklint("fix", "rule.json")
    assert "rule.json: not mended: it is read-only" in done.stderr
    assert done.returncode == 2


def test_fix_writes_and_reports_the_rest(lklint: Run, tmp_path: Path) -> None:
    file = tmp_path / "rule.json"
    file.write_bytes(FLAT)
    done = lklint("fix", "rule.json")
    assert "lklint: mended 1 file (" in done.stderr
    assert done.returncode == 0
    assert json.loads(file.read_bytes())["dispatch_rule"]["name"] == "Support"


def test_diff_shows_and_writes_nothing(lklint: Run, tmp_path: Path) -> None:
    file = tmp_path / "rule.json"
    file.write_bytes(FLAT)
    done = lklint("check", "--diff", "rule.json")
    assert '+  "dispatch_rule": {' in done.stdout.replace("\t", "  ").replace("    ", "  ")
    assert done.returncode == 1
    assert file.read_bytes() == FLAT


def test_standard_input_is_mended_onto_standard_output(lklint: Run) -> None:
    done = lklint("check", "--fix", "-", "--stdin-filename", "rule.json", stdin=FLAT)
    assert json.loads(done.stdout)["dispatch_rule"]["name"] == "Support"
