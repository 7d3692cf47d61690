"""The way of a call, drawn for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from lklint.drawing.bindings import Bindings
from lklint.drawing.remarks import next_step, remarks
from lklint.drawing.rows import Picture, Row, blocks
from lklint.reports.escaping import printable, width
from lklint.reports.style import Style
from lklint.telephony.routing.words import summary

_TITLE, _MARK = 8, 5
_REASON = _TITLE + _MARK + 2
"""The column at which a reason begins that stands below its trunk or rule."""
LONGEST_NAME = 28
"""Columns of a name, which is cut where it is longer."""
NARROWEST = 36
"""Columns that reasons need beside their places; with less they all go below."""
WIDEST_PROSE = 90
"""Columns beyond which sentences are hard to read."""


def render(picture: Picture, colour: bool = False, columns: int = 100) -> Iterator[str]:
    """The lines of the drawing, what it comes to, and the next step."""
    style = Style(colour)
    for block in blocks(picture):
        yield from _block(block, style, columns)
        yield ""
    way = picture.way
    yield from _wrapped(summary(way.last), columns)
    for remark in remarks(way, picture.environment, Bindings(picture.environment)):
        yield from _wrapped(remark, columns)
    step = next_step(way, picture.environment)
    if step is not None:
        yield from _wrapped(f"Next: {step}", columns, style)


def _block(rows: Iterable[Row], style: Style, columns: int) -> Iterator[str]:
    rows = [Row(*map(printable, row)) for row in rows]
    rows = [row._replace(name=_cut(row.name)) for row in rows]
    name = max((width(row.name) for row in rows), default=0)
    place = max((width(row.place) for row in rows), default=0)
    beside = _TITLE + _MARK + name + 2 + place + 2
    for row in rows:
        head = style("strong", f"{row.title:<{_TITLE}}")
        at = _TITLE
        if row.mark or not row.title:
            tone = "added" if row.mark == "yes" else "removed"
            head += style(tone, f"{row.mark:<{_MARK}}") if row.mark else " " * _MARK
            at += _MARK
        if row.name:
            body = f"{_padded(row.name, name)}  {_padded(row.place, place)}"
            head += style("quiet", body) if row.mark == "no" else body
            if columns - beside < NARROWEST:
                yield head.rstrip()
                head, at = " " * _REASON, _REASON
            else:
                head, at = f"{head}  ", beside
        first, *rest = _lines(row.words, columns - at) or [""]
        yield f"{head}{first}"
        yield from (" " * at + line for line in rest)


def _lines(text: str, columns: int) -> list[str]:
    return textwrap.wrap(
        text, max(columns, NARROWEST), break_on_hyphens=False, break_long_words=False
    )


def _wrapped(text: str, columns: int, style: Style | None = None) -> Iterator[str]:
    for line in _lines(printable(text), min(columns, WIDEST_PROSE)):
        yield style("strong", line) if style is not None else line


def _padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


def _cut(name: str) -> str:
    return name if width(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
