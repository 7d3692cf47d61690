"""Boxes in columns: they never overlap, and stand beside their neighbours where they can."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lklint.drawing.layout import centres

GAP = 10.0


@st.composite
def charts(draw: st.DrawFn) -> tuple[list[list[str]], list[tuple[str, str]], dict[str, float]]:
    """Up to four columns of boxes with arrows from each to the next."""
    columns = [[f"{letter}{n}" for n in range(draw(st.integers(0, 6)))] for letter in "ntdr"]
    arrows = [
        (begin, end)
        for left, right in pairwise(columns)
        for begin in left
        for end in right
        if draw(st.booleans())
    ]
    heights = {box: draw(st.floats(20, 90)) for column in columns for box in column}
    return columns, arrows, heights


@given(charts())
def test_boxes_of_a_column_never_overlap(
    chart: tuple[list[list[str]], list[tuple[str, str]], dict[str, float]],
) -> None:
    columns, arrows, heights = chart
    middles = centres(columns, arrows, heights, GAP)
    assert middles.keys() == heights.keys()
    for column in columns:
        ordered = sorted(column, key=middles.__getitem__)
        for above, below in pairwise(ordered):
            bottom = middles[above] + heights[above] / 2
            assert middles[below] - heights[below] / 2 >= bottom + GAP - 0.001
    tops = [middles[box] - heights[box] / 2 for box in middles]
    assert not tops or abs(min(tops)) < 0.001


def test_a_box_stands_amid_its_neighbours() -> None:
    columns = [["n1", "n2", "n3"], ["t1"]]
    arrows = [("n1", "t1"), ("n2", "t1"), ("n3", "t1")]
    middles = centres(columns, arrows, dict.fromkeys(("n1", "n2", "n3", "t1"), 30.0), GAP)
    assert middles["t1"] == middles["n2"]


def test_arrows_that_need_not_cross_do_not() -> None:
    columns = [["n1", "n2"], ["t1", "t2"]]
    arrows = [("n1", "t2"), ("n2", "t1")]
    middles = centres(columns, arrows, dict.fromkeys(("n1", "n2", "t1", "t2"), 30.0), GAP)
    assert (middles["n1"] < middles["n2"]) == (middles["t2"] < middles["t1"])
