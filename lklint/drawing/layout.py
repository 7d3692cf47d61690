"""Boxes in columns, set so that arrows are short and cross little.

The columns are given, so all of a layered drawing that is left is the order in each column, by the
mean of the neighbours (the barycentre of Sugiyama, Tagawa and Toda, 1981), and the heights: those
nearest to the neighbours at which no two boxes overlap, which is a monotone regression.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean

SWEEPS = 6
"""Times that the columns are gone through, from left to right and back."""


def centres(
    columns: Sequence[Sequence[str]],
    arrows: Iterable[tuple[str, str]],
    heights: Mapping[str, float],
    gap: float,
) -> dict[str, float]:
    """The middle of each box, from 0 down; boxes of one column are `gap` or more apart."""
    neighbours: dict[str, list[str]] = {}
    for begin, end in arrows:
        neighbours.setdefault(begin, []).append(end)
        neighbours.setdefault(end, []).append(begin)
    middle = {}
    for column in columns:
        middle.update(_apart(column, dict.fromkeys(column, 0.0), heights, gap))
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            wanted = {
                box: fmean(middle[other] for other in neighbours.get(box, (box,))) for box in column
            }
            ordered = sorted(column, key=lambda box: (wanted[box], middle[box]))
            middle.update(_apart(ordered, wanted, heights, gap))
    top = min((middle[box] - heights[box] / 2 for box in middle), default=0.0)
    return {box: at - top for box, at in middle.items()}


def _apart(
    ordered: Sequence[str], wanted: Mapping[str, float], heights: Mapping[str, float], gap: float
) -> dict[str, float]:
    """The places nearest to the wanted ones, in the given order and without overlaps.

    Boxes that would overlap stand together as a pile around the mean of what they want (the pool
    adjacent violators algorithm).
    """
    offsets: dict[str, float] = {}
    at = 0.0
    for box in ordered:
        offsets[box] = at + heights[box] / 2
        at += heights[box] + gap
    piles: list[tuple[float, list[str]]] = []
    for box in ordered:
        mean, pile = wanted[box] - offsets[box], [box]
        while piles and piles[-1][0] > mean:
            above, before = piles.pop()
            mean = (above * len(before) + mean * len(pile)) / (len(before) + len(pile))
            pile = before + pile
        piles.append((mean, pile))
    return {box: mean + offsets[box] for mean, pile in piles for box in pile}
