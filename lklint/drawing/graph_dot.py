"""Where all calls go, in the DOT language of Graphviz (graphviz.org/doc/info/lang.html)."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from lklint.drawing.captions import CONFLICT, DEAD, OPEN
from lklint.drawing.chart import Box, Chart

LETTERS = 36
"""Letters of a line in a box."""

_LOOKS = {
    "": 'color="#5b6b7b", fillcolor="#f4f7fa"',
    DEAD: 'color="#c62828", fillcolor="#fdecea"',
    OPEN: 'color="#b26a00", fillcolor="#fff4e0"',
    CONFLICT: 'color="#c62828", fillcolor="#fdecea", style="filled,rounded,dashed"',
}


def render(charts: Sequence[Chart]) -> Iterator[str]:
    """One graph, with a frame for each environment."""
    yield "digraph calls {"
    yield "  rankdir=LR;"
    yield '  node [shape=box, style="filled,rounded", fontname="Helvetica", fontsize=11];'
    yield '  edge [color="#5b6b7b", arrowsize=0.7];'
    for number, drawn in enumerate(charts):
        yield f"  subgraph cluster_{number} {{"
        yield f'    label={quoted(drawn.name)}; fontname="Helvetica"; color="#c5ced6";'
        yield from (f"    {line}" for line in _chart(drawn, f"e{number}_"))
        yield "  }"
    yield "}"


def _chart(drawn: Chart, prefix: str) -> Iterator[str]:
    for box in drawn.boxes:
        yield f"{prefix}{box.key} [label={quoted(*_lines(box))}, {_LOOKS[box.mark]}];"
    for begin, end in drawn.arrows:
        yield f"{prefix}{begin} -> {prefix}{end};"
    if drawn.left_out:
        yield f"{prefix}more [label={quoted(drawn.left_out)}, {_LOOKS['']}];"


def _lines(box: Box) -> list[str]:
    """The texts of a box; what is wrong with it is said in words, too."""
    texts = (box.title, *box.details, box.told)
    return [line for text in texts for line in textwrap.wrap(text, LETTERS)]


def quoted(*lines: str) -> str:
    """Lines as one quoted label, of which Graphviz reads nothing as an escape or an entity."""
    texts = (line.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(texts) + '"'
