"""The report for people: the place, what happens on a call, the mend."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from lklint.findings import Finding, Fix, Report, Source
from lklint.reports.counting import summary
from lklint.reports.escaping import printable
from lklint.reports.frame import Mark, frame
from lklint.reports.masking import masked
from lklint.reports.preview import preview
from lklint.reports.style import Style


def render(report: Report, colour: bool = False, columns: int = 100) -> Iterator[str]:
    """The lines of a report, the summary last."""
    style = Style(colour)
    shown = {file: masked(source).split("\n") for file, source in report.sources.items()}
    for finding in report.findings:
        source = report.sources.get(finding.file)
        yield from _finding(finding, source, shown, style, columns)
        yield ""
    yield summary(report)


def _finding(
    finding: Finding,
    source: Source | None,
    shown: dict[str, list[str]],
    style: Style,
    columns: int,
) -> Iterator[str]:
    severity = finding.severity.value
    head = f"{severity}[{finding.code}]"
    title = f"{head} {finding.name}: {printable(finding.headline)}"
    first, *rest = textwrap.wrap(title, max(columns, 40), break_on_hyphens=False) or [title]
    yield style(severity, head) + style("strong", first[len(head) :])
    for line in rest:
        yield style("strong", f"    {line}")
    gutter = len(str(finding.span.start.line))
    start = finding.span.start
    yield f"{'':>{gutter}} --> {printable(finding.file)}:{start.line}:{start.column}"
    bar = f" {'':>{gutter}} |"
    if source is not None:
        yield bar
        mark = Mark(finding.span, "^", printable(finding.label))
        yield from _painted(frame(shown[finding.file], mark, columns), style, severity)
        for related in finding.related:
            place = f"{printable(related.file)}:{related.span.start.line}"
            yield f" {'':>{gutter}} ::: {place}"
            other = Mark(related.span, "-", printable(related.message))
            yield from frame(shown.get(related.file, []), other, columns, context=0)
        yield bar
    yield from _noted("mend: ", printable(finding.mend), gutter, columns)
    if finding.fix is not None and source is not None:
        yield from _fix(finding.fix, source, style, gutter)
    yield f" {'':>{gutter}} = lklint explain {finding.code}"


def _painted(lines: Iterator[str], style: Style, severity: str) -> Iterator[str]:
    last = ""
    for line in lines:
        if last:
            yield last
        last = line
    yield style(severity, last)


def _noted(word: str, text: str, gutter: int, columns: int) -> Iterator[str]:
    if not text:
        return
    head = f" {'':>{gutter}} = {word}"
    yield from textwrap.wrap(
        text,
        max(columns, 40),
        initial_indent=head,
        subsequent_indent=" " * len(head),
        break_on_hyphens=False,
        break_long_words=False,
    )


def _fix(fix: Fix, source: Source, style: Style, gutter: int) -> Iterator[str]:
    flag = "--fix" if fix.applicability.value == "safe" else "--fix --unsafe-fixes"
    yield f" {'':>{gutter}} = fix ({fix.applicability.value}, {flag}): {printable(fix.title)}"
    rows = list(preview(fix, source))
    digits = max((len(str(number)) for sign, number, _ in rows if sign), default=1)
    for sign, number, line in rows:
        body = f" {'':>{gutter}}   {number:>{digits}} {sign} {line}" if sign else f"     {line}"
        yield style({"+": "added", "-": "removed"}.get(sign, "quiet"), body)
