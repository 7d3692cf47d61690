"""Where all calls go, as Mermaid flowcharts (mermaid.js.org/syntax/flowchart)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lklint.drawing.captions import CONFLICT, DEAD, OPEN
from lklint.drawing.chart import Box, Chart

_CLASSES = {
    DEAD: "dead", OPEN: "open", CONFLICT: "conflict",
}  # fmt: skip
_STYLES = (
    "classDef dead fill:#fdecea,stroke:#c62828,color:#7f1d1d",
    "classDef open fill:#fff4e0,stroke:#b26a00,color:#6b3f00",
    "classDef conflict fill:#fdecea,stroke:#c62828,color:#7f1d1d,stroke-dasharray:4 3",
)
_PLAIN = frozenset(" +-_,:")


def render(charts: Sequence[Chart]) -> Iterator[str]:
    """One flowchart, with a frame for each environment where there are several."""
    yield "flowchart LR"
    for number, drawn in enumerate(charts):
        prefix = f"e{number + 1}" if len(charts) > 1 else ""
        if prefix:
            yield f'  subgraph {prefix}["{escaped(drawn.name)}"]'
        yield from _chart(drawn, prefix)
        if prefix:
            yield "  end"
    yield from (f"  {style}" for style in _STYLES)


def _chart(drawn: Chart, prefix: str) -> Iterator[str]:
    for box in drawn.boxes:
        mark = f":::{_CLASSES[box.mark]}" if box.mark else ""
        yield f'  {prefix}{box.key}["{_label(box)}"]{mark}'
    for begin, end in drawn.arrows:
        yield f"  {prefix}{begin} --> {prefix}{end}"
    if drawn.left_out:
        yield f'  {prefix}more["{escaped(drawn.left_out)}"]'


def _label(box: Box) -> str:
    """The texts of a box, a line each; what is wrong with it is said in words, too."""
    lines = [box.title, *box.details, *filter(None, [box.told])]
    return "<br>".join(map(escaped, lines))


def escaped(text: str) -> str:
    """A text of which Mermaid and the page around it read nothing as their own.

    Letters and digits stay; the rest goes into Mermaid's entity codes (`#35;`).
    """
    return "".join(mark if mark.isalnum() or mark in _PLAIN else f"#{ord(mark)};" for mark in text)
