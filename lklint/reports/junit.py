"""The report for whatever shows JUnit results: a suite for each file, a test for each finding.

A finding that the file must be mended for is a `<failure>`. What breaks the text itself (LK0…) is
an `<error>`, JUnit's word for a test that could not be made: LiveKit never gets to read the
document, and what else may be wrong in it is not certain. JUnit knows no hints: a finding that only
informs is a test that passes, with its words as output.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator

from lklint.findings import Effect, Finding, Report, Severity
from lklint.reports.escaping import printable


def render(report: Report) -> Iterator[str]:
    """The lines of one XML document."""
    found: dict[str, list[Finding]] = {checked.file: [] for checked in report.checked}
    for finding in report.findings:
        found.setdefault(finding.file, []).append(finding)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    tests = sum(max(len(findings), 1) for findings in found.values())
    yield f'<testsuites name="lklint" tests="{tests}" {_counts(report.findings)}>'
    for file, findings in found.items():
        yield from _suite(file, findings)
    yield "</testsuites>"


def _suite(file: str, findings: list[Finding]) -> Iterator[str]:
    head = f"<testsuite name={_quoted(file)}"
    yield f'  {head} tests="{max(len(findings), 1)}" {_counts(findings)}>'
    if not findings:
        yield f"    <testcase {_names(file, 'nothing to mend')}/>"
    met: Counter[str] = Counter()
    for finding in findings:
        name = f"{finding.code} {finding.name} {finding.pointer}".rstrip()
        met[name] += 1  # a name that comes twice would be shown once
        again = f" ({met[name]})" if met[name] > 1 else ""
        yield f"    <testcase {_names(file, name + again)}>"
        yield f"      {_outcome(finding)}"
        yield "    </testcase>"
    yield "  </testsuite>"


def _names(file: str, name: str) -> str:
    """Jenkins takes what follows the last dot of a class for its name: the ending goes."""
    return f"classname={_quoted(file.removesuffix('.json'))} name={_quoted(name)}"


def _outcome(finding: Finding) -> str:
    start = finding.span.start
    place = f"{finding.file}:{start.line}:{start.column}"
    text = _text(f"{place}: {finding.severity.value} {finding.code}: {finding.message}")
    word = _word(finding)
    if not word:
        return f"<system-out>{text}</system-out>"
    message = _quoted(finding.headline)
    return f'<{word} type="{finding.code}" message={message}>{text}</{word}>'


def _word(finding: Finding) -> str:
    if finding.severity is Severity.INFO:
        return ""
    broken = finding.code.startswith("LK0") and finding.effect is Effect.REJECTED
    return "error" if broken else "failure"


def _counts(findings: list[Finding] | tuple[Finding, ...]) -> str:
    words = Counter(map(_word, findings))
    return f'failures="{words["failure"]}" errors="{words["error"]}"'


def _text(text: str) -> str:
    """A text as XML holds it; `printable` writes out what XML 1.0 has no way to say."""
    return html.escape(printable(text))


def _quoted(text: str) -> str:
    return f'"{_text(text)}"'
