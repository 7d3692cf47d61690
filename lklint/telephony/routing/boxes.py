"""Which of many things claim the same combination of values.

A trunk claims each of its numbers together with each of its callers, a dispatch rule each
combination of PIN, trunk, caller and number (livekit/protocol sip/sip.go `ValidateTrunksIter`,
`DispatchRuleValidator`). What one thing claims is a box: one list of values for each side.
"""

from collections.abc import Callable, Iterator
from itertools import product
from math import prod
from typing import NamedTuple

Side = tuple[str, ...]
Box = tuple[Side, ...]

LARGEST = 4096
"""Combinations that are written out one by one. A box with more is held against the others side by
side, so that the product of two long lists never stands in memory."""


class Overlap(NamedTuple):
    """Two boxes, by their places, with a combination in common; `earlier` claimed it first.

    They are one and the same where a box claims a combination twice.
    """

    later: int
    earlier: int


def overlaps(count: int, box: Callable[[int], Box]) -> Iterator[Overlap]:
    """The boxes at places 0 to `count` - 1 that claim what has been claimed already.

    They come in the order of the later box. The first overlap of a box is with the owner of the
    first of its combinations that has one.
    """
    owners: dict[Side, int] = {}
    large: dict[int, tuple[frozenset[str], ...]] = {}
    for place in range(count):
        mine = box(place)
        met = [other for other, sides in large.items() if _meet(sides, mine)]
        if prod(map(len, mine)) > LARGEST:
            large[place] = sides = tuple(map(frozenset, mine))
            met = [other for other in range(place) if _meet(sides, box(other))]
            met += [place] if sum(map(len, sides)) < sum(map(len, mine)) else []
        else:
            for combination in product(*mine):
                if combination in owners:
                    met.append(owners[combination])
                else:
                    owners[combination] = place
        met = list(dict.fromkeys(met))
        if large and len(met) > 1:
            boxes = {other: box(other) if other != place else None for other in met}
            met.sort(key=lambda other: (_place(mine, boxes[other]), other))
        for other in met:
            yield Overlap(place, other)


def shared(mine: Box, other: Box) -> Side:
    """The first combination of a box that another has too. The two must overlap."""
    return tuple(side[at] for side, at in zip(mine, _place(mine, other), strict=True))


def _meet(sides: tuple[frozenset[str], ...], box: Box) -> bool:
    return not any(held.isdisjoint(side) for held, side in zip(sides, box, strict=True))


def _place(mine: Box, other: Box | None) -> tuple[int, ...]:
    """Where among its combinations a box first meets another, or itself (None)."""
    if other is not None:
        held = tuple(map(frozenset, other))
        return tuple(
            next(at for at, value in enumerate(side) if value in values)
            for side, values in zip(mine, held, strict=True)
        )
    # The innermost list that says something twice does so first.
    at = [0] * len(mine)
    for index in reversed(range(len(mine))):
        side = mine[index]
        again = [place for place, value in enumerate(side) if value in side[:place]]
        if again:
            at[index] = again[0]
            break
    return tuple(at)
