"""Where all calls go, as an SVG picture for light and dark backgrounds."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import NamedTuple

import drawsvg

from lklint.drawing.captions import CONFLICT, DEAD, OPEN
from lklint.drawing.chart import COLUMNS, Box, Chart
from lklint.drawing.layout import centres
from lklint.reports.escaping import width

WIDTHS = (170, 230, 250, 250)
"""Width of the boxes of each column, in pixels."""
BETWEEN, GAP, MARGIN, PADDING = 64, 14, 28, 12
TITLE, DETAIL = 13, 11.5
"""Sizes of the letters, in pixels; a line is half as much again."""
HEAD, FOOT = 76, 40
"""Pixels above and below the boxes of an environment."""
BOLD, PLAIN = 0.62, 0.56
"""The mean width of a letter by its size, of common fonts without serifs."""
MOST_TITLE_LINES = 3

_CLASSES = {"": "", DEAD: "dead", OPEN: "open", CONFLICT: "conflict"}

STYLE = """
text { font-family: system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; fill: #1c2733; }
.paper { fill: #ffffff; stroke: #d8dfe6; }
.name { font-size: 16px; font-weight: 600; }
.column { font-size: 11px; letter-spacing: 0.08em; fill: #6a7885; }
.title { font-size: 13px; font-weight: 600; }
.detail, .verdict { font-size: 11.5px; fill: #4a5866; }
.mark { font-size: 10px; font-weight: 700; letter-spacing: 0.06em; }
.box { fill: #f5f8fa; stroke: #b6c2cc; }
.arrow { fill: none; stroke: #93a1ad; stroke-width: 1.4; }
.head { fill: #93a1ad; }
.box.dead, .box.conflict { fill: #fdeeec; stroke: #d0463b; }
.box.conflict { stroke-dasharray: 5 3; }
.box.open { fill: #fff5e2; stroke: #c67f12; }
.arrow.dead, .arrow.conflict { stroke: #d0463b; }
.head.dead, .head.conflict { fill: #d0463b; }
.arrow.open { stroke: #c67f12; }
.head.open { fill: #c67f12; }
.mark.dead, .mark.conflict { fill: #b3261e; }
.mark.open { fill: #8f5600; }
@media (prefers-color-scheme: dark) {
  text { fill: #e4eaf0; }
  .paper { fill: #12181f; stroke: #2c3742; }
  .column { fill: #8b99a6; }
  .detail, .verdict { fill: #aab7c3; }
  .box { fill: #1b242d; stroke: #45535f; }
  .arrow { stroke: #66747f; }
  .head { fill: #66747f; }
  .box.dead, .box.conflict { fill: #3a1a18; stroke: #e5695f; }
  .box.open { fill: #36280f; stroke: #d99a36; }
  .arrow.dead, .arrow.conflict { stroke: #e5695f; }
  .head.dead, .head.conflict { fill: #e5695f; }
  .arrow.open { stroke: #d99a36; }
  .head.open { fill: #d99a36; }
  .mark.dead, .mark.conflict { fill: #ff9d94; }
  .mark.open { fill: #f2bd66; }
}
"""


class _Set(NamedTuple):
    """A box with its texts broken into lines, and its place."""

    box: Box
    title: list[str]
    details: list[str]
    x: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def render(charts: Sequence[Chart], verdicts: Sequence[str]) -> str:
    """The picture: one environment below the other, each with a line on what is wrong."""
    across = 2 * MARGIN + sum(WIDTHS) + BETWEEN * (len(WIDTHS) - 1)
    pieces: list[drawsvg.DrawingElement] = []
    top = 0.0
    for drawn, verdict in zip(charts, verdicts, strict=True):
        below = _chart(pieces, drawn, verdict, top, across)
        top = below + GAP
    height = max(top - GAP, 1)
    picture = drawsvg.Drawing(across, round(height, 1), role="img")
    picture.append_title("Where calls go: " + ", ".join(drawn.name for drawn in charts))
    picture.append_css(STYLE)
    for piece in pieces:
        picture.append(piece)
    return str(picture.as_svg())


def _chart(
    pieces: list[drawsvg.DrawingElement], drawn: Chart, verdict: str, top: float, across: float
) -> float:
    """Draw an environment from a height on; returns where it ends."""
    boxes = _set(drawn, top + HEAD)
    bottom = max((at.y + at.height for at in boxes.values()), default=top + HEAD) + FOOT
    paper = drawsvg.Rectangle(
        0.5, round(top + 0.5, 1), across - 1, round(bottom - top - 1, 1), rx=10, class_="paper"
    )
    pieces.append(paper)
    pieces.append(_text(drawn.name, "name", 16, MARGIN, top + 34))
    for number, title in enumerate(COLUMNS):
        pieces.append(_text(title.upper(), "column", 11, _left(number), top + 60))
    for begin, end in drawn.arrows:
        pieces.append(_arrow(boxes[begin], boxes[end]))
    pieces.extend(map(_box, boxes.values()))
    told = f"{verdict} {drawn.left_out}".strip()
    pieces.append(_text(told, "verdict", DETAIL, MARGIN, bottom - 16))
    return bottom


def _set(drawn: Chart, top: float) -> dict[str, _Set]:
    """The boxes by their keys, each at its place."""
    texts = {box.key: _texts(box) for box in drawn.boxes}
    heights = {box.key: _height(box, *texts[box.key]) for box in drawn.boxes}
    columns = [[box.key for box in drawn.boxes if box.column == number] for number in range(4)]
    middles = centres(columns, drawn.arrows, heights, GAP)
    return {
        box.key: _Set(
            box,
            *texts[box.key],
            _left(box.column),
            round(top + middles[box.key] - heights[box.key] / 2, 1),
            heights[box.key],
        )
        for box in drawn.boxes
    }


def _left(column: int) -> float:
    return MARGIN + sum(WIDTHS[:column]) + BETWEEN * column


def _texts(box: Box) -> tuple[list[str], list[str]]:
    """The title and the details of a box, broken to its width."""
    inside = WIDTHS[box.column] - 2 * PADDING
    title = _broken(box.title, inside / (TITLE * BOLD)) or ['""']
    if len(title) > MOST_TITLE_LINES:
        title = [*title[: MOST_TITLE_LINES - 1], f"{title[MOST_TITLE_LINES - 1][:-1]}…"]
    letters = inside / (DETAIL * PLAIN)
    return title, [line for detail in box.details for line in _broken(detail, letters)]


def _broken(text: str, letters: float) -> list[str]:
    """The lines of a text; letters as wide as two of ours count so."""
    return textwrap.wrap(text, int(letters * len(text) / (width(text) or 1)) or 1)


def _height(box: Box, title: list[str], details: list[str]) -> float:
    lines = len(title) * TITLE + len(details) * DETAIL + (DETAIL if box.mark else 0)
    return round(2 * PADDING + 1.5 * lines - 4, 1)


def _box(at: _Set) -> drawsvg.Group:
    """A box with its texts; the whole of them appears under the pointer."""
    kind = _CLASSES[at.box.mark]
    group = drawsvg.Group()
    group.append_title("; ".join((at.box.title, *at.box.details)))
    group.append(
        drawsvg.Rectangle(
            at.x, at.y, WIDTHS[at.box.column], at.height, rx=6, class_=f"box {kind}".strip()
        )
    )
    x, y = at.x + PADDING, at.y + PADDING - 4
    for line in at.title:
        y += 1.5 * TITLE
        group.append(_text(line, "title", TITLE, x, y - 4))
    for line in at.details:
        y += 1.5 * DETAIL
        group.append(_text(line, "detail", DETAIL, x, y - 3))
    if at.box.mark:
        group.append(_text(at.box.told, f"mark {kind}", 10, x, y + 1.5 * DETAIL - 3))
    return group


def _arrow(begin: _Set, end: _Set) -> drawsvg.Group:
    """An arrow from the right of one box to the left of another, in the colour of where it goes."""
    kind = _CLASSES[end.box.mark]
    x, y = begin.x + WIDTHS[begin.box.column], round(begin.middle, 1)
    to_x, to_y = end.x, round(end.middle, 1)
    half = (to_x - x) / 2
    group = drawsvg.Group()
    line = drawsvg.Path(class_=f"arrow {kind}".strip())
    line.M(x, y).C(x + half, y, to_x - half, to_y, to_x - 7, to_y)
    head = drawsvg.Path(class_=f"head {kind}".strip())
    head.M(to_x - 8, round(to_y - 4, 1)).L(to_x - 1, to_y).L(to_x - 8, round(to_y + 4, 1)).Z()
    group.append(line)
    group.append(head)
    return group


def _text(text: str, kind: str, size: float, x: float, y: float) -> drawsvg.Text:
    return drawsvg.Text(text, size, round(x, 1), round(y, 1), class_=kind)
