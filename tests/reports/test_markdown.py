"""A table for the summary of a job."""

from __future__ import annotations

import golden
import pytest
import sample
from reading import table

from lklint.reports import markdown


def test_the_counts_stand_on_top() -> None:
    assert golden.rendered("markdown").startswith("**lklint: 5 errors, 2 warnings, 1 info in 4 of")


def test_the_rows_are_sorted_by_severity_and_link_to_the_rule() -> None:
    rows = table(golden.rendered("markdown"))
    assert [row[0].text for row in rows] == ["error"] * 5 + ["warning"] * 2 + ["info"]
    assert rows[0][2] == ("LK201 wildcard-number", (sample.FINDINGS[0].url,))


def test_nothing_in_a_file_means_anything_in_the_table() -> None:
    _, place, _, what = table(golden.rendered("markdown"))[-1]
    assert place.text == "rules/été/😀`|<b>.json:1:34"
    assert "|a`b`<img src=x>&amp;*c*[d](https://evil.example)" in what.text
    assert (place.links, what.links) == ((), ())


def test_a_clean_run_is_one_line() -> None:
    shown = golden.rendered("markdown", sample.CLEAN_REPORT)
    assert shown == "lklint: 1 file, nothing to mend.\n"


def test_a_long_run_is_cut_with_a_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "MOST_BYTES", 1000)
    shown = golden.rendered("markdown")
    rows = table(shown)
    assert 0 < len(rows) < 8
    assert len(shown.encode()) < 1500
    assert shown.endswith(f"\n\n… and {8 - len(rows)} more findings.\n")


def test_the_longest_run_fits_into_what_github_takes() -> None:
    report = sample.REPORT._replace(findings=sample.FINDINGS * 1000)
    assert len(golden.rendered("markdown", report).encode()) < 2**20
