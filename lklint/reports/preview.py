"""What a fix would change, as a few lines of a diff."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from lklint.documents.edits import apply
from lklint.findings import Fix, Source
from lklint.reports.counting import plural
from lklint.reports.escaping import printable
from lklint.reports.masking import masked, touches_secret

MOST_LINES = 6
LONGEST_LINE = 160


def preview(fix: Fix, source: Source) -> Iterator[tuple[str, int, str]]:
    """(sign, line number, line) for the lines a fix takes out ("-") and puts in ("+").

    Lines that only move in or out are counted, not shown, and so is what does not fit, in last
    rows without a sign. Secrets are covered.
    """
    from difflib import SequenceMatcher

    if touches_secret(fix, source):
        return
    text = masked(source)
    edits = tuple(sorted((edit.begin, edit.end, edit.text) for edit in fix.edits))
    before, after = text.split("\n"), apply(text, edits).split("\n")
    rows: list[tuple[str, int, str]] = []
    moved = 0
    old, new = ([line.strip() for line in lines] for lines in (before, after))
    for kind, b0, b1, a0, a1 in SequenceMatcher(None, old, new, False).get_opcodes():
        if kind == "equal":
            pairs = zip(before[b0:b1], after[a0:a1], strict=True)
            moved += sum(one != other and bool(one.strip()) for one, other in pairs)
        else:
            rows.extend(("-", b0 + at + 1, line) for at, line in enumerate(before[b0:b1]))
            rows.extend(("+", a0 + at + 1, line) for at, line in enumerate(after[a0:a1]))
    shown = [printable(line.rstrip("\r").replace("\t", "    ")) for _, _, line in rows[:MOST_LINES]]
    for (sign, number, _), line in zip(rows, _cropped(shown), strict=False):
        yield sign, number, line
    if len(rows) > MOST_LINES:
        yield "", 0, f"… and {plural(len(rows) - MOST_LINES, 'line')} more"
    if moved:
        yield "", 0, f"… and {plural(moved, 'line')} indented to fit"


def _cropped(lines: list[str]) -> list[str]:
    """Long lines cut to where they differ, with a sign that something was left out."""
    if all(len(line) <= LONGEST_LINE for line in lines):
        return lines
    shared = (len(set(marks)) == 1 for marks in zip(*lines, strict=False))
    left = max(0, sum(takewhile(bool, shared)) - LONGEST_LINE // 4)
    return [
        ("…" if left else "")
        + line[left : left + LONGEST_LINE]
        + ("…" if len(line) > left + LONGEST_LINE else "")
        for line in lines
    ]
