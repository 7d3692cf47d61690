"""The Python API: small, typed, and quiet about what is not its business."""

from __future__ import annotations

from pathlib import Path

import pytest

import lklint

FLAT = '{"name": "r", "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}}'


def test_check_text_reports_findings_with_places() -> None:
    report = lklint.check_text(FLAT)
    [finding] = [finding for finding in report.findings if finding.effect == "rejected"]
    assert (finding.code, finding.name) == ("LK110", "flat-dispatch-rule")
    assert (finding.file, finding.pointer) == ("<text>", "")
    assert (finding.span.start.line, finding.span.start.column) == (1, 1)
    assert finding.fix is not None
    assert [checked.file for checked in lklint.check_text(FLAT).checked] == ["<text>"]
    assert report.refused == ("<text>",)


def test_the_form_and_the_kind_are_the_callers_to_choose() -> None:
    assert not lklint.check_text(FLAT, form="update").refused
    assert not lklint.check_text(FLAT, form="any").refused
    assert lklint.check_text(FLAT, kind="inbound-trunk", form="any").refused
    with pytest.raises(ValueError, match="form must be"):
        lklint.check_text(FLAT, form="delete")
    with pytest.raises(ValueError, match="kind must be"):
        lklint.check_text(FLAT, kind="trunk")


def test_bytes_and_text_are_the_same() -> None:
    assert lklint.check_text(FLAT) == lklint.check_text(FLAT.encode())


def test_check_reads_files_and_directories(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    file = tmp_path / "a" / "rule.json"
    file.write_text(FLAT)
    assert lklint.check(tmp_path).refused == (str(file),)
    assert lklint.check([file]).refused == (str(file),)
    assert lklint.check(str(file), form="update").refused == ()
    with pytest.raises(FileNotFoundError):
        lklint.check([tmp_path / "nowhere"])
