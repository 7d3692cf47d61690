"""Mermaid, DOT and SVG: no name in a file can become a part of the picture's own language."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

import pytest

from lklint.drawing import graph_dot, graph_mermaid, graph_svg
from lklint.drawing.captions import CONFLICT, DEAD, OPEN
from lklint.drawing.chart import Box, Chart

HOSTILE = [
    '"]; click n1 href "javascript:alert(1)"',
    "<img src=x onerror=alert(1)>",
    "</text></svg><script>alert(1)</script>",
    "]]>",
    "%%{init: {'securityLevel': 'loose'}}%%",
    "end",
    "1. item",
    "- item",
    "`code` **bold** _it_",
    '\\N \\G \\" \\',
    "&lt;b&gt; &amp; &#60;",
    "#60; #quot;",
    "a --> b; subgraph x",
    "日本語の電話",
]


def chart(*names: str) -> Chart:
    """A chart with a box for each name, joined by arrows one after the other."""
    marks = ((), (DEAD,), (OPEN,), (CONFLICT, OPEN))
    boxes = tuple(Box(f"b{n}", n % 4, name, (name,), marks[n % 4]) for n, name in enumerate(names))
    arrows = tuple((f"b{n}", f"b{n + 1}") for n in range(0, len(names) - 1, 4))
    return Chart("the name", boxes, arrows, "and 3 more")


MERMAID_LINE = re.compile(
    r"flowchart LR|  classDef \w+ [\w#:, -]+|  e?\d*b\d+ --> e?\d*b\d+|  end"
    r'|  subgraph e\d+\["[^"<>`;]*"\]'
    r'|  (?:e\d)?(?:b\d+|more)\["(?:[^"<>`;#*.()\[\]{}&\\%]|#\d+;|<br>)*"\](?::::\w+)?'
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_inside_of_a_mermaid_label(name: str) -> None:
    for charts in ([chart(name)], [chart(name), chart("other")]):
        lines = list(graph_mermaid.render(charts))
        assert [line for line in lines if not MERMAID_LINE.fullmatch(line)] == []
    label = re.search(r'\["(.*?)<br>', lines[2])
    assert label is not None
    assert re.sub(r"#(\d+);", lambda code: chr(int(code[1])), label[1]) == name


QUOTED = r'"(?:[^"\\]|\\.)*"'
DOT_LINE = re.compile(
    rf"digraph calls {{|\s*}}|\s*subgraph cluster_\d+ {{|  rankdir=LR;"
    rf"|  (?:node|edge) \[[^\[\]]*\];|\s*label={QUOTED}; fontname=\S+; color=\S+;"
    rf"|\s*e\d+_(?:b\d+|more) \[label={QUOTED}(?:, \w+=\"[#\w,]+\")+\];"
    r"|\s*e\d+_b\d+ -> e\d+_b\d+;"
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_inside_of_a_dot_label(name: str) -> None:
    lines = list(graph_dot.render([chart(name)]))
    assert [line for line in lines if not DOT_LINE.fullmatch(line)] == []
    [label] = re.findall(rf"e0_b0 \[label=({QUOTED})", "\n".join(lines))
    read = re.sub(r"\\(.)", lambda mark: " " if mark[1] == "n" else mark[1], label[1:-1])
    assert unescape(read.replace("&amp;", "&amp;amp;")).replace("&amp;", "&").startswith(name[:20])


def test_names_are_text_and_nothing_else_in_an_svg() -> None:
    picture = ElementTree.fromstring(graph_svg.render([chart(*HOSTILE)], ["3 dead ends."]))
    tags = {element.tag.rpartition("}")[2] for element in picture.iter()}
    assert tags == {"svg", "title", "style", "defs", "g", "rect", "text", "path"}
    titles = {element.text for element in picture.iter() if element.tag.endswith("}title")}
    assert {f"{name}; {name}" for name in HOSTILE} <= titles
    attributes = {name for element in picture.iter() for name in element.attrib}
    assert not any(name.startswith("on") or name.endswith("href") for name in attributes)


def test_texts_fit_into_the_boxes_of_an_svg() -> None:
    long = "a name that goes on and on " * 12
    picture = ElementTree.fromstring(
        graph_svg.render([chart(long, "unbroken" * 30, "電話" * 40)], [""])
    )
    for group in picture.iter("{http://www.w3.org/2000/svg}g"):
        [box] = group.findall("{http://www.w3.org/2000/svg}rect") or [None]
        if box is None:
            continue
        bottom = float(box.attrib["y"]) + float(box.attrib["height"])
        for text in group.findall("{http://www.w3.org/2000/svg}text"):
            assert float(text.attrib["y"]) < bottom


def test_what_is_wrong_is_said_in_words_in_every_format() -> None:
    drawn = chart("a", "b", "c", "d")
    for text in (
        "\n".join(graph_mermaid.render([drawn])),
        "\n".join(graph_dot.render([drawn])),
        graph_svg.render([drawn], [""]),
    ):
        for words in ("DEAD END", "OPEN DOOR", "CONFLICT, OPEN DOOR", "and 3 more"):
            assert words in text
