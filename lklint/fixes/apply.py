"""Applying the fixes of a document until nothing changes."""

from collections.abc import Callable
from typing import NamedTuple

from lklint.checker.run import Outcome
from lklint.documents.decoding import decode
from lklint.documents.edits import apply
from lklint.documents.reading import read
from lklint.findings import Applicability, Finding, Fix

MOST_PASSES = 25
"""Fixes that stand in each other's way wait for the next pass; more passes than this never help."""


class Mended(NamedTuple):
    """A document after its fixes: what it was, what it is, what was done and what is left."""

    before: bytes
    after: bytes
    applied: tuple[Finding, ...]
    outcome: Outcome

    @property
    def changed(self) -> bool:
        """Whether anything was mended."""
        return self.before != self.after


def mend(data: bytes, check: Callable[[bytes], Outcome], unsafe: bool = False) -> Mended:
    """Apply every safe fix that `check` finds, and with `unsafe` every other one too, pass by pass.

    The result never reads worse than the document did: a pass after which the text has more
    syntax problems is taken back, and the mending ends.
    """
    before = data
    applied: list[Finding] = []
    seen = {data}
    outcome = check(data)
    for _ in range(MOST_PASSES):
        chosen = _choose(outcome.findings, unsafe)
        if not chosen:
            break
        mended = _with_fixes(data, chosen)
        if mended in seen or len(read(mended).problems) > len(read(data).problems):
            break
        seen.add(mended)
        applied.extend(chosen)
        data = mended
        outcome = check(data)
    return Mended(before, data, tuple(applied), outcome)


def applicable(fix: Fix | None, unsafe: bool) -> bool:
    """Whether a fix may be applied."""
    return fix is not None and (unsafe or fix.applicability is Applicability.SAFE)


def _choose(findings: tuple[Finding, ...], unsafe: bool) -> list[Finding]:
    """The fixes of one pass: in reading order, none touching what another one changes."""
    chosen: list[Finding] = []
    taken: list[tuple[int, int]] = []
    for finding in findings:
        fix = finding.fix
        if fix is None or not applicable(fix, unsafe):
            continue
        places = [(edit.begin, edit.end) for edit in fix.edits]
        if any(_touch(place, other) for place in places for other in taken):
            continue
        chosen.append(finding)
        taken.extend(places)
    return chosen


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _with_fixes(data: bytes, findings: list[Finding]) -> bytes:
    text, _ = decode(data)
    edits = [
        (edit.begin, edit.end, edit.text)
        for finding in findings
        if finding.fix is not None
        for edit in finding.fix.edits
    ]
    edits.sort(key=lambda edit: edit[:2])  # several at one place stay in their order
    return apply(text, tuple(edits)).encode("utf-8", "replace")
