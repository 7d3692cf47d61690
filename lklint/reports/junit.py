"""The report for whatever shows JUnit results: a suite for each file, a test for each finding.

A finding that makes the run fail is a `<failure>`: the report and the exit code say the same thing.
What breaks the text itself (LK0…) is an `<error>`, JUnit's word for a test that could not be made:
LiveKit never gets to read the document, and what else may be wrong in it is not certain. JUnit has
no warnings: a finding that fails nothing is a test that passes, with its words as output.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lklint.findings import Effect, Finding, Report, Severity
from lklint.reports.escaping import printable

Fails = Callable[[Finding], bool]
"""Whether a finding makes the run fail."""


def is_error(finding: Finding) -> bool:
    """Whether a finding makes a run fail where nobody said anything else."""
    return finding.severity is Severity.ERROR


def render(report: Report, fails: Fails = is_error) -> Iterator[str]:
    """The lines of one XML document."""
    found: dict[str, list[_Test]] = {checked.file: [] for checked in report.checked}
    for finding in report.findings:
        found.setdefault(finding.file, []).append(_Test(finding, _word(finding, fails)))
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    tests = [test for held in found.values() for test in held]
    count = sum(max(len(held), 1) for held in found.values())
    yield f'<testsuites name="lklint" tests="{count}" {_counts(tests)}>'
    for file, held in found.items():
        yield from _suite(file, held)
    yield "</testsuites>"


class _Test(NamedTuple):
    """A finding as a test, and the element that says how it came out, "" where it passes."""

    finding: Finding
    word: str


def _suite(file: str, tests: list[_Test]) -> Iterator[str]:
    head = f"<testsuite name={_quoted(file)}"
    yield f'  {head} tests="{max(len(tests), 1)}" {_counts(tests)}>'
    if not tests:
        yield f"    <testcase {_names(file, 'nothing to mend')}/>"
    met: Counter[str] = Counter()
    for test in tests:
        finding = test.finding
        name = f"{finding.code} {finding.name} {finding.pointer}".rstrip()
        met[name] += 1  # a name that comes twice would be shown once
        again = f" ({met[name]})" if met[name] > 1 else ""
        yield f"    <testcase {_names(file, name + again)}>"
        yield f"      {_outcome(test)}"
        yield "    </testcase>"
    yield "  </testsuite>"


def _names(file: str, name: str) -> str:
    """Jenkins takes what follows the last dot of a class for its name: the ending goes."""
    return f"classname={_quoted(file.removesuffix('.json'))} name={_quoted(name)}"


def _outcome(test: _Test) -> str:
    finding, word = test
    start = finding.span.start
    place = f"{finding.file}:{start.line}:{start.column}"
    text = _text(f"{place}: {finding.severity.value} {finding.code}: {finding.message}")
    if not word:
        return f"<system-out>{text}</system-out>"
    message = _quoted(finding.headline)
    return f'<{word} type="{finding.code}" message={message}>{text}</{word}>'


def _word(finding: Finding, fails: Fails) -> str:
    if not fails(finding):
        return ""
    broken = finding.code.startswith("LK0") and finding.effect is Effect.REJECTED
    return "error" if broken else "failure"


def _counts(tests: list[_Test]) -> str:
    words = Counter(test.word for test in tests)
    return f'failures="{words["failure"]}" errors="{words["error"]}"'


def _text(text: str) -> str:
    """A text as XML holds it; `printable` writes out what XML 1.0 has no way to say."""
    return html.escape(printable(text))


def _quoted(text: str) -> str:
    return f'"{_text(text)}"'
