"""Workflow commands: what GitHub shows beside the lines of a pull request."""

from __future__ import annotations

import golden
import sample
from reading import command

from lklint.findings import Report, Severity


def commands(report: Report = sample.REPORT) -> tuple[list[str], str]:
    *lines, summary = golden.rendered("github", report).splitlines()
    return lines, summary


def many(**counts: int) -> Report:
    """A report of so many findings of each severity."""
    findings = [
        sample.FINDINGS[0]._replace(severity=Severity(name))
        for name, count in counts.items()
        for _ in range(count)
    ]
    return sample.REPORT._replace(findings=tuple(findings))


def test_errors_come_first_since_only_the_first_are_shown() -> None:
    levels = [command(line).level for line in commands()[0]]
    assert levels == ["error"] * 5 + ["warning"] * 2 + ["notice"]


def test_a_path_with_the_signs_of_commands_is_read_back() -> None:
    read = command(commands()[0][0])
    assert read.properties == {
        "file": sample.TRUNK,
        "line": "2",
        "endLine": "2",
        "col": "15",
        "endColumn": "18",
        "title": "LK201 wildcard-number",
    }
    assert read.message.startswith(f'{sample.TRUNK}:2:15: LK201 no call ever matches "*"')


def test_a_stretch_of_several_lines_has_no_columns() -> None:
    lines = [command(line) for line in commands()[0]]
    read = next(line for line in lines if "LK302" in line.properties["title"])
    assert (read.properties["line"], read.properties["endLine"]) == ("3", "6")
    assert not read.properties.keys() & {"col", "endColumn"}


def test_a_clean_run_is_one_plain_line() -> None:
    assert golden.rendered("github", sample.CLEAN_REPORT) == "1 file, nothing to mend.\n"


def test_what_fits_is_not_talked_about() -> None:
    assert "GitHub shows" not in commands(many(error=10, warning=10, info=10))[1]


def test_the_last_line_says_what_github_leaves_out() -> None:
    lines, summary = commands(many(error=13, warning=10, info=11))
    assert len(lines) == 34
    assert summary.endswith(
        "GitHub shows 10 errors, 10 warnings and 10 notices of a step at most;"
        " only in this log: 3 more errors, 1 more notice."
    )
