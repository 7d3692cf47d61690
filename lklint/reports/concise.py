"""The report of one line a finding, for editors and for reading logs."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.findings import Finding, Report
from lklint.reports.counting import summary
from lklint.reports.escaping import printable
from lklint.reports.style import Style


def render(report: Report, colour: bool = False) -> Iterator[str]:
    """The lines of a report, the summary last."""
    style = Style(colour)
    for finding in report.findings:
        yield line(finding, style)
    yield summary(report)


def line(finding: Finding, style: Style) -> str:
    """`file:line:column: severity LKnnn name: what happens`."""
    start = finding.span.start
    place = f"{printable(finding.file)}:{start.line}:{start.column}"
    severity = finding.severity.value
    word = style(severity, f"{severity} {finding.code}")
    return f"{place}: {word} {finding.name}: {printable(finding.headline)}"
