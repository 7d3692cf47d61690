"""The report as a table, for the summary of a job (`--report markdown:$GITHUB_STEP_SUMMARY`)."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.findings import Finding, Report
from lklint.reports.counting import plural, summary, worst_first
from lklint.reports.escaping import printable

MOST_BYTES = 1_000_000
"""GitHub drops a summary of more than 1 MiB; something is left for what else the step writes."""

_MEANT = str.maketrans({sign: f"&#{ord(sign)};" for sign in "\\`*_[]<>&|~$@"})
"""Signs that Markdown gives a meaning to. Written as a number no sign has one (CommonMark 2.5)."""


def render(report: Report) -> Iterator[str]:
    """The counts, and a row for each finding, the worst first; a clean run is one line."""
    if not report.findings:
        yield f"lklint: {summary(report)}"
        return
    yield f"**lklint: {summary(report)}**"
    yield ""
    yield "| | Place | Rule | What happens |"
    yield "| --- | --- | --- | --- |"
    room = MOST_BYTES
    for told, finding in enumerate(worst_first(report)):
        row = _row(finding)
        room -= len(row.encode()) + 1
        if room < 0:
            yield ""
            yield f"… and {plural(len(report.findings) - told, 'more finding')}."
            return
        yield row
    yield ""


def _row(finding: Finding) -> str:
    start = finding.span.start
    place = f"{_harmless(finding.file)}:{start.line}:{start.column}"
    rule = f"[{finding.code}]({finding.url}) {finding.name}"
    return f"| {finding.severity.value} | {place} | {rule} | {_harmless(finding.message)} |"


def _harmless(text: str) -> str:
    """A text that means nothing but itself in a cell of a table."""
    plain = printable(text).translate(_MEANT)
    return plain.replace("://", "&#58;//").replace("www.", "www&#46;")
