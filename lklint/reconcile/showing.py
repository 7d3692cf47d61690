"""A plan, and what came of it, for people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from lklint.reconcile.applying import Ended, Outcome
from lklint.reconcile.normal import Difference, waiting_words
from lklint.reconcile.plan import Plan, Step
from lklint.remote.explaining import explained
from lklint.reports.escaping import printable, width

Paint = Callable[[str, str], str]
"""Paints words in a style of `reports.style`."""

_MARKS = {"create": "+", "buy": "+", "change": "~", "assign": "~", "delete": "-"}
_STYLES = {"+": "added", "~": "warning", "-": "removed", "=": "quiet", "?": "quiet"}
_TO_DO = {
    "create": "to create",
    "buy": "to buy",
    "change": "to change",
    "assign": "to assign",
    "delete": "to delete",
}
_DONE = {
    "create": "created",
    "buy": "bought",
    "change": "changed",
    "assign": "assigned",
    "delete": "deleted",
}
FEW = 20
"""Lines about what stays as it is, unless all are asked for."""
_LONGEST = 60
"""Characters of a value, or a name."""
_WIDEST = 40
"""Columns that are kept for a name."""


class _Line(NamedTuple):
    mark: str
    kind: str
    name: str
    id: str
    remark: str
    step: Step | None = None


def plan_lines(plan: Plan, verbose: bool, paint: Paint, can_prune: bool = True) -> Iterator[str]:
    """The drawing of a plan, without its last line."""
    lines = [*map(_step_line, plan.steps), *_rest(plan, verbose, can_prune)]
    rows = [(line.kind, line.name, line.id) for line in lines]
    widths = [min(_WIDEST, max(map(width, column))) for column in zip(*rows, strict=True)]
    for line, row in zip(lines, rows, strict=True):
        cells = zip(row, widths, strict=True)
        text = "  ".join(_padded(cell, wide) for cell, wide in cells if wide)
        remark = f"  {line.remark}" if line.remark else ""
        yield f"  {paint(_STYLES[line.mark], line.mark)} {(text + remark).rstrip()}"
        if line.step is not None:
            yield from _details(line.step, paint)
    for note in plan.notes:
        yield f"  {paint('warning', '!')} {printable(note)}"
    for problem in plan.problems:
        yield f"  {paint('error', 'x')} {printable(problem)}"


def summary(plan: Plan) -> str:
    """The counts of a plan, as a sentence."""
    counts = _counted((step.action for step in plan.steps), _TO_DO)
    counts += [f"{len(plan.kept):,} unchanged"] if plan.kept else []
    counts += [f"{len(plan.unmanaged):,} unmanaged"] if plan.unmanaged else []
    said = f"{', '.join(counts) or 'nothing to do'}."
    if plan.problems:
        count = len(plan.problems)
        said += f" {count:,} {'thing stands' if count == 1 else 'things stand'} in the way."
    return said


def ended_lines(ended: Ended) -> Iterator[str]:
    """What came of a step, as it ends."""
    step = ended.step
    title = printable(step.title)
    id = f" ({printable(ended.id)})" if ended.id else ""
    message = f": {printable(ended.message)}" if ended.message else ""
    if ended.word == "done":
        yield f"  {_DONE[step.action]:<8} {title}{id}{message}"
    elif ended.word == "failed":
        yield f"  {'failed':<8} {title}{id}{message}"
        known = explained(ended.message)
        if known is not None:
            yield f"  = {known.advice or f'lklint explain {known.code}'}"
    else:
        yield f"  {'unknown':<8} {title}{message}"
        if ended.word == "found":
            seen = "gone" if step.action == "delete" else f"there{id}, as the file has it"
            yield f"Looked on the server: it is {seen}. Recorded; nothing was done twice."


def outcome_lines(outcome: Outcome) -> Iterator[str]:
    """What was not done, and what to do about it; the truth in the last line."""
    for step in outcome.left[:FEW]:
        yield f"  {'left':<8} {printable(step.title)}: not tried"
    if len(outcome.left) > FEW:
        yield f"  {'left':<8} {len(outcome.left) - FEW:,} more: not tried"
    done = [ended for ended in outcome.ended if ended.word in ("done", "found")]
    unknown = sum(ended.word == "unknown" for ended in outcome.ended)
    left = len(outcome.left) + len(outcome.ended) - len(done)
    if outcome.unrecorded:
        yield (
            f"The ids above could not be recorded ({printable(outcome.unrecorded)}). Mend that and"
            " run `lklint apply` again: it looks before it creates anything."
        )
    if outcome.whole:
        counts = _counted((ended.step.action for ended in done), _DONE)
        yield f"Done: {', '.join(counts) or 'nothing to do'}."
        return
    if outcome.stopped:
        yield "Stopped."
    if unknown:
        yield "What is unknown may be done or not; the next run looks before it repeats anything."
    if left:
        steps = "1 step is" if left == 1 else f"{left:,} steps are"
        yield f"Run `lklint apply` again to finish: {steps} left."


def _counted(actions: Iterable[str], words: Mapping[str, str]) -> list[str]:
    """How often each action is done, in words."""
    found = Counter(actions)
    return [f"{found[action]:,} {word}" for action, word in words.items() if found[action]]


def _step_line(step: Step) -> _Line:
    name = _short(printable(step.number or step.name or step.file or step.id))
    file = printable(step.file) if step.file else "in no file"
    remark = f"{file}: {printable(step.why)}" if step.why else file
    if step.action == "delete" and step.why:
        remark = printable(step.why)
    return _Line(_MARKS[step.action], _kind(step.kind), name, printable(step.id), remark, step)


def _rest(plan: Plan, verbose: bool, can_prune: bool) -> Iterator[_Line]:
    """What stays as it is; the sentence at the end counts what is left out here."""
    if verbose or len(plan.kept) <= FEW:
        for kept in plan.kept:
            remark = "found by its name" if kept.found else ""
            name = _short(printable(kept.name or kept.file))
            yield _Line("=", _kind(kept.kind), name, printable(kept.id), remark)
    for other in plan.unmanaged if verbose else plan.unmanaged[:FEW]:
        way = "--prune" if other.ours else "--prune-all"
        hint = f" ({way} deletes it)" if can_prune and other.kind != "phone-number" else ""
        remark = f"on the server, in no file: left alone{hint}"
        name = _short(printable(other.name))
        yield _Line("?", _kind(other.kind), name, printable(other.id), remark)


def _details(step: Step, paint: Paint) -> Iterator[str]:
    wide = max((width(printable(it.path)) for it in step.differences), default=0)
    for difference in step.differences:
        mark = "+" if difference.before is None else "-" if difference.after is None else "~"
        path = _padded(printable(difference.path), min(wide, _WIDEST))
        yield f"      {paint(_STYLES[mark], mark)} {path}  {_words(difference)}"
    for path in step.lost:
        yield (
            f"      {paint('removed', '-')} field {printable(path)}, which this lklint has no name"
            " for, would be lost"
        )


def _words(difference: Difference) -> str:
    before, after = difference.before, difference.after
    if difference.waits_for:
        return waiting_words(difference)
    if difference.hidden:
        if before is None:
            return "is set (not shown)"
        return "would be lost (not shown)" if after is None else "changes (not shown)"
    if before is None:
        return f"is set to {_value(after)}"
    if after is None:
        return f"{_value(before)} would be lost: LiveKit replaces the whole"
    if isinstance(before, list) and isinstance(after, list):
        return _list_words(before, after)
    return f"{_value(before)} becomes {_value(after)}"


def _list_words(before: list[Any], after: list[Any]) -> str:
    more = [entry for entry in after if entry not in before]
    less = [entry for entry in before if entry not in after]
    words = [f"adds {_value(more)}"] if more else []
    words += [f"drops {_value(less)}"] if less else []
    return ", ".join(words) or f"{_value(before)} becomes {_value(after)}"


def _value(value: Any) -> str:
    return _short(printable(json.dumps(value, ensure_ascii=False)))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _kind(kind: str) -> str:
    return kind.replace("-", " ")


def _padded(text: str, wide: int) -> str:
    return text + " " * (wide - width(text))
