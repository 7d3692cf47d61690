"""The results for whatever shows JUnit results: a suite for each file, a test for each call.

A call that nobody can tell the way of is an `<error>`, JUnit's word for a test that could not be
made.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from lklint.drawing.rows import LineOf
from lklint.reports.escaping import printable
from lklint.testing.results import Result, count


def render(found: Sequence[Result], line_of: LineOf) -> Iterator[str]:
    """The lines of one XML document."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites name="lklint test" {_counts(found)}>'
    for file, calls in groupby(found, lambda result: result.trial.file):
        yield from _suite(file, list(calls), line_of)
    yield "</testsuites>"


def _suite(file: str, calls: Sequence[Result], line_of: LineOf) -> Iterator[str]:
    yield f"  <testsuite name={_quoted(file)} {_counts(calls)}>"
    met: Counter[str] = Counter()
    for result in calls:
        met[result.title] += 1  # a name that comes twice would be shown once
        again = f" ({met[result.title]})" if met[result.title] > 1 else ""
        names = f"classname={_quoted(file.removesuffix('.json'))}"
        head = f"    <testcase {names} name={_quoted(result.title + again)}"
        if result.found is None:
            yield f"{head}/>"
            continue
        word = "failure" if result.verdict == "failed" else "error"
        place = result.found.place
        line = f"{place.file}:{line_of(place.file, place.pointer)}"
        text = _text(f"{line}: {result.found.headline}. {result.found.mend}")
        yield f"{head}>"
        yield f"      <{word} message={_quoted(result.found.headline)}>{text}</{word}>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _counts(found: Sequence[Result]) -> str:
    failures, errors = count(found, "failed"), count(found, "untold")
    return f'tests="{len(found)}" failures="{failures}" errors="{errors}"'


def _text(text: str) -> str:
    """A text as XML holds it; `printable` writes out what XML 1.0 has no way to say."""
    return html.escape(printable(text))


def _quoted(text: str) -> str:
    return f'"{_text(text)}"'
