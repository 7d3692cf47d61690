"""Knowing a finding again in a later run, wherever its line has moved to."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator

from lklint.documents.pointer import without_indices
from lklint.findings import Report, Span
from lklint.reports.masking import MASK, masked


def fingerprints(report: Report, paths: dict[str, str]) -> Iterator[str]:
    """One for each finding, all of them different.

    Made of the rule, the path, the pointer without the numbers of list items, the marked
    characters where they stand on one line, and how often all that came before. So a line, or an
    item of a list, can move; and who has dismissed a finding has not dismissed the next value at
    its place. Secrets are left out: their hash could be guessed back.
    """
    lines = {file: masked(source).split("\n") for file, source in report.sources.items()}
    met: Counter[str] = Counter()
    for finding in report.findings:
        place = without_indices(finding.pointer)
        marked = _marked(lines.get(finding.file, []), finding.span)
        known = json.dumps([finding.code, paths[finding.file], place, marked])
        met[known] += 1
        yield hashlib.sha256(f"{known} {met[known]}".encode()).hexdigest()[:32]


def _marked(lines: list[str], span: Span) -> str:
    """The marked characters without blanks; a covered secret is one sign, however long it is."""
    start, end = span
    if start.line != end.line or start.line > len(lines):
        return ""
    text = lines[start.line - 1][start.column - 1 : end.column - 1]
    return re.sub(f"{re.escape(MASK)}+", MASK, "".join(text.split()))
