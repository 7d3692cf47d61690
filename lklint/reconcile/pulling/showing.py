"""A pull, for people."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from lklint.reconcile.normal import Difference
from lklint.reconcile.pulling.pull import Mark, Pull, Pulled
from lklint.reports.escaping import printable, width

Paint = Callable[[str, str], str]
"""Paints words in a style of `reports.style`."""

_SIGNS: dict[Mark, str] = {"new": "+", "changed": "~", "same": "="}
_STYLES = {"+": "added", "~": "warning", "-": "removed", "=": "quiet"}
_LONGEST = 60
"""Characters of a value or a name."""
FEW = 20
"""Lines about what stays as it is, unless all are asked for."""


def pull_lines(pull: Pull, verbose: bool, paint: Paint) -> Iterator[str]:
    """The drawing of a pull, without its last line."""
    same = sum(item.mark == "same" for item in pull.items)
    shown = [it for it in pull.items if it.mark != "same" or verbose or same <= FEW]
    rows = [_row(item) for item in shown]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for item, row in zip(shown, rows, strict=True):
        cells = zip(row, widths, strict=True)
        text = "  ".join(f"{cell}{' ' * (wide - width(cell))}" for cell, wide in cells)
        sign = _SIGNS[item.mark]
        yield f"  {paint(_STYLES[sign], sign)} {text.rstrip()}"
        for difference in item.differences:
            sign = _sign(difference)
            words = f"{printable(difference.path)}  {_words(difference)}"
            yield f"      {paint(_STYLES[sign], sign)} {words}"
    for note in pull.notes:
        yield f"  {paint('warning', '!')} {printable(note)}"
    for line in (*pull.refused, *pull.problems):
        yield f"  {paint('error', 'x')} {printable(line)}"


def summary(pull: Pull) -> str:
    """The counts of a pull, as a sentence."""
    words: dict[Mark, str] = {"new": "new", "changed": "changed", "same": "unchanged"}
    counts = [(sum(item.mark == mark for item in pull.items), word) for mark, word in words.items()]
    said = ", ".join(f"{count:,} {word}" for count, word in counts if count)
    return f"{said or 'the server has nothing'}."


def _row(item: Pulled) -> tuple[str, ...]:
    name = _short(printable(item.name))
    return item.kind.replace("-", " "), name, printable(item.id), printable(item.file)


def _sign(difference: Difference) -> str:
    if difference.before is None:
        return "+"
    return "-" if difference.after is None else "~"


def _words(difference: Difference) -> str:
    before, after = difference.before, difference.after
    if difference.hidden:
        return "(not shown)"
    if before is None:
        return _value(after)
    if after is None:
        return f"{_value(before)} is taken out"
    return f"{_value(before)} becomes {_value(after)}"


def _value(value: Any) -> str:
    return _short(printable(json.dumps(value, ensure_ascii=False)))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
