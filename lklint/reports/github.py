"""The report for GitHub Actions: workflow commands, which GitHub shows beside the lines.

The log of a step hides the properties of a command, so the message says the place again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lklint.findings import Finding, Report, Severity
from lklint.reports.counting import plural, summary, worst_first
from lklint.reports.escaping import printable
from lklint.reports.repository import repository_paths

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
MOST = 10
"""So many of each level does GitHub show for one step; the rest is only in the log."""


def render(report: Report) -> Iterator[str]:
    """One command a finding, the worst first, and a line for people."""
    paths = repository_paths(report)
    for finding in worst_first(report):
        yield _command(finding, printable(paths[finding.file]))
    yield summary(report) + _left_out(report)


def _command(finding: Finding, path: str) -> str:
    start, end = finding.span
    properties = {"file": path, "line": start.line, "endLine": end.line}
    if start.line == end.line:  # otherwise GitHub drops the columns, and may drop the lines too
        properties |= {"col": start.column, "endColumn": end.column}
    properties["title"] = f"{finding.code} {finding.name}"
    said = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    place = f"{path}:{start.line}:{start.column}"
    message = f"{place}: {finding.code} {printable(finding.message)}"
    return f"::{LEVELS[finding.severity]} {said}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _left_out(report: Report) -> str:
    counts = Counter(LEVELS[finding.severity] for finding in report.findings)
    more = [
        plural(counts[level] - MOST, f"more {level}")
        for level in LEVELS.values()
        if counts[level] > MOST
    ]
    if not more:
        return ""
    return (
        f" GitHub shows {MOST} errors, {MOST} warnings and {MOST} notices of a step at most;"
        f" only in this log: {', '.join(more)}."
    )
