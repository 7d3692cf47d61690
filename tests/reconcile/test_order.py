"""The order of changes: nothing is ever in conflict on the way, if there is such a way at all."""

from __future__ import annotations

import asyncio
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lklint.reconcile.order import Move, Order, needed, order

from .site import Site, sandbox_site, trunk

Numbers = frozenset[str]


def move(old: str, new: str, after: tuple[int, ...] = (), rank: int = 0) -> Move:
    """A trunk that has some numbers, a letter each, and is to have others; "" is no trunk."""
    boxes = [((*letters,), ("",)) if letters else None for letters in (old, new)]
    return Move("trunk", boxes[0], boxes[1], after, rank)


def flat(found: Order) -> list[int]:
    return [place for stage in found.stages for place in stage]


def test_what_gives_up_a_number_goes_before_what_takes_it() -> None:
    assert flat(order([move("b", "ab"), move("ac", "c")])) == [1, 0]


def test_a_deletion_goes_first_only_where_its_number_is_needed() -> None:
    assert order([move("", "a"), move("a", "", rank=9), move("b", "", rank=9)]).stages == (
        (1, 2),
        (0,),
    )
    assert order([move("", "c"), move("a", "", rank=9)]).stages == ((0,), (1,))


def test_what_does_not_meet_goes_at_the_same_time() -> None:
    assert order([move("a", "b"), move("c", "d"), move("", "e")]).stages == ((0, 1, 2),)


def test_a_chain_is_walked_from_its_end() -> None:
    assert flat(order([move("a", "b"), move("b", "c"), move("c", "d")])) == [2, 1, 0]


def test_a_swap_has_no_order_and_what_waits_for_it_neither() -> None:
    found = order([move("a", "b"), move("b", "a"), move("", "c"), move("", "d", after=(0,))])
    assert found.stages == ((2,),)
    assert [set(ring) for ring in found.waiting] == [{0, 1}]


def test_spaces_do_not_meet() -> None:
    rules = Move("rule", (("a",), ("",)), (("b",), ("",)))
    assert order([move("b", "c"), rules]).stages == ((0, 1),)


def test_a_box_of_many_combinations_is_held_against_all() -> None:
    many = tuple(f"n{number}" for number in range(5000))
    wide = Move("trunk", None, (many, ("",)))
    assert flat(order([wide, Move("trunk", (("n7",), ("",)), None)])) == [1, 0]
    leaving = Move("trunk", (many, ("",)), None)
    assert flat(order([Move("trunk", None, (("n7",), ("",))), leaving])) == [1, 0]


def test_a_target_brings_along_what_has_to_come_before_it() -> None:
    moves = [move("a", "b"), move("b", "c"), move("x", "y"), move("", "z", after=(2,))]
    assert needed(moves, [0]) == {0, 1}
    assert needed(moves, [3]) == {2, 3}


def disjoint(sets: list[Numbers]) -> bool:
    return sum(map(len, sets)) == len(frozenset().union(*sets))


def first_claims(numbers: list[Numbers]) -> list[Numbers]:
    """The same, but each number only where it comes first."""
    seen: set[str] = set()
    kept = []
    for some in numbers:
        kept.append(some - seen)
        seen |= some
    return kept


@st.composite
def changes(draw: Any) -> list[tuple[Numbers, Numbers]]:
    """What each of some trunks has and is to have; none are in conflict before or after.

    An empty set is no trunk.
    """
    count = draw(st.integers(1, 5))
    some = st.lists(
        st.frozensets(st.sampled_from("abcdef"), max_size=3), min_size=count, max_size=count
    )
    return list(zip(first_claims(draw(some)), first_claims(draw(some)), strict=True))


def has_way(pairs: list[tuple[Numbers, Numbers]]) -> bool:
    """Whether any order at all is without a moment of conflict: every one is tried."""
    return any(is_way(pairs, way) for way in permutations(range(len(pairs))))


def is_way(pairs: list[tuple[Numbers, Numbers]], way: tuple[int, ...] | list[int]) -> bool:
    held = [old for old, _ in pairs]
    for place in way:
        held[place] = pairs[place][1]
        if not disjoint(held):
            return False
    return True


@given(changes())
def test_if_any_order_is_without_conflict_ours_is(pairs: list[tuple[Numbers, Numbers]]) -> None:
    moves = [move("".join(sorted(old)), "".join(sorted(new))) for old, new in pairs]
    found = order(moves)
    assert bool(found.waiting) != has_way(pairs)
    if not found.waiting:
        assert is_way(pairs, flat(found))
    for stage in found.stages:
        before = flat(found)[: flat(found).index(stage[0])]
        for way in permutations(stage):
            assert is_way(pairs, [*before, *way]) or found.waiting


NUMBERS = {letter: f"+1202555010{place}" for place, letter in enumerate("abcdef")}


def wanted(site: Site, sets: list[Numbers]) -> None:
    """Files for trunks with these numbers."""
    site.files = {
        f"{place}.json": trunk(str(place), *(NUMBERS[letter] for letter in sorted(letters)))
        for place, letters in enumerate(sets)
        if letters
    }


@given(changes())
def test_the_server_refuses_nothing_on_the_way(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[Numbers, Numbers]]
) -> None:
    """The server's own check holds against every step; where there is no way, the plan says so."""

    async def run() -> None:
        from lklint.reconcile.planning import Choice

        async with sandbox_site(tmp_path_factory.mktemp("site")) as site:
            wanted(site, [old for old, _ in pairs])
            assert (await site.apply()).whole
            wanted(site, [new for _, new in pairs])
            plan = await site.plan(Choice(prune=True))
            assert bool(plan.problems) != has_way(pairs)
            if plan.problems:
                return
            assert (await site.carry_out(plan)).whole
            stored = await site.server.list("inbound-trunk")
            have = {trunk.name: set(trunk.numbers) for trunk in stored}  # type: ignore[attr-defined]
            assert have == {
                str(place): {NUMBERS[letter] for letter in new}
                for place, (_, new) in enumerate(pairs)
                if new
            }

    asyncio.run(run())
