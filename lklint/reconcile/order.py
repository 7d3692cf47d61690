"""An order of changes in which no two things ever claim the same calls.

A server takes one change after the other, and between two of them calls come in: a number that
moves from one trunk to another must leave the first before the second has it. What a thing claims
is a box (`telephony.routing.boxes`); two that overlap are a conflict.

Each move happens once and at once. So a move must come after another exactly where it claims
something that the other gives up, and an order without a conflict exists exactly where no moves
wait for each other in a ring.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from lklint.telephony.routing.boxes import LARGEST, Box, Side


class Move(NamedTuple):
    """A change: what the thing claims before and after, None for nothing.

    Only moves of one `space` are held against each other. `after` are the places of moves that must
    come before it for other reasons; of those that are free to go, the lowest `rank` goes first.
    """

    space: str
    old: Box | None
    new: Box | None
    after: tuple[int, ...] = ()
    rank: int = 0


class Order(NamedTuple):
    """Moves by their places: those of a stage may go in any order, and at the same time.

    `waiting` are the rings of moves of which each waits for the next; they and what waits for them
    are in no stage.
    """

    stages: tuple[tuple[int, ...], ...]
    waiting: tuple[tuple[int, ...], ...]


def order(moves: Sequence[Move]) -> Order:
    """The order of moves, as far as there is one."""
    before = [set(move.after) | found for move, found in zip(moves, _given_up(moves), strict=True)]
    left = set(range(len(moves)))
    behind: dict[int, list[int]] = {}
    for place, others in enumerate(before):
        for other in others:
            behind.setdefault(other, []).append(place)
    free = {place for place in left if not before[place]}
    stages = []
    while free:
        rank = min(moves[place].rank for place in free)
        stage = tuple(sorted(place for place in free if moves[place].rank == rank))
        stages.append(stage)
        free.difference_update(stage)
        left.difference_update(stage)
        for done in stage:
            for place in behind.get(done, ()):
                before[place].discard(done)
                if not before[place]:
                    free.add(place)
    return Order(tuple(stages), tuple(_rings(left, before)))


def needed(moves: Sequence[Move], wanted: Collection[int]) -> frozenset[int]:
    """Some moves, and all that have to come before them."""
    given_up = _given_up(moves)
    found: set[int] = set()
    todo = [*wanted]
    while todo:
        place = todo.pop()
        if place not in found:
            found.add(place)
            todo += (*moves[place].after, *given_up[place])
    return frozenset(found)


def _given_up(moves: Sequence[Move]) -> list[set[int]]:
    """For each move, the others that hold before them what it claims after it."""
    holders: dict[tuple[str, Side], list[int]] = {}
    large: list[int] = []
    for place, move in enumerate(moves):
        if move.old is not None and _is_large(move.old):
            large.append(place)
        elif move.old is not None:
            for combination in product(*move.old):
                holders.setdefault((move.space, combination), []).append(place)
    found = []
    for place, move in enumerate(moves):
        met: Iterable[int] = ()
        if move.new is not None and _is_large(move.new):
            met = (other for other, it in enumerate(moves) if _meet(move, it))
        elif move.new is not None:
            near = (holders.get((move.space, it), ()) for it in product(*move.new))
            far = (other for other in large if _meet(move, moves[other]))
            met = (*(other for group in near for other in group), *far)
        found.append(set(met) - {place})
    return found


def _is_large(box: Box) -> bool:
    return prod(map(len, box)) > LARGEST


def _meet(later: Move, earlier: Move) -> bool:
    """Whether a move claims something that another gives up."""
    if later.space != earlier.space or later.new is None or earlier.old is None:
        return False
    sides = zip(later.new, earlier.old, strict=True)
    return not any(set(mine).isdisjoint(other) for mine, other in sides)


def _rings(left: set[int], before: Sequence[set[int]]) -> Iterator[tuple[int, ...]]:
    """A ring for each group of moves that wait for each other; each move is in one at most."""
    seen: set[int] = set()
    for start in sorted(left):
        path: dict[int, None] = {}
        place = start
        while place not in path and place not in seen:
            path[place] = None
            place = min(before[place])
        seen.update(path)
        if place in path:
            walked = list(path)
            yield tuple(walked[walked.index(place) :])
