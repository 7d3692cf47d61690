"""What is done otherwise for long lists is the same as for short ones."""

from __future__ import annotations

from itertools import product

import pytest
from exchanges import exchange_of
from fidelity.networks import Case, cases
from hypothesis import given
from hypothesis import strategies as st

from lklint.telephony.routing import boxes, index, route
from lklint.telephony.routing.boxes import Box, overlaps, shared

SIDE = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map(tuple)
BOXES = st.lists(st.tuples(SIDE, SIDE), max_size=6)


def plainly(claimed: list[Box]) -> list[tuple[int, int]]:
    """For each box the owner of the first of its combinations that has one."""
    owners: dict[tuple[str, ...], int] = {}
    found = []
    for place, box in enumerate(claimed):
        firsts = []
        for combination in product(*box):
            if combination in owners:
                firsts.append((place, owners[combination]))
            owners.setdefault(combination, place)
        found += firsts[:1]
    return found


@pytest.mark.parametrize("largest", [0, 2, 4096])
@given(claimed=BOXES)
def test_overlaps(largest: int, claimed: list[Box]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boxes, "LARGEST", largest)
        found = list(overlaps(len(claimed), lambda place: claimed[place]))
    assert sorted(dict(reversed(found)).items()) == plainly(claimed)
    for later, earlier in found:
        if later != earlier:
            assert set(product(*claimed[later])) & set(product(*claimed[earlier]))
            assert shared(claimed[later], claimed[earlier]) in product(*claimed[later])


@pytest.mark.parametrize("most", [0, 2])
def test_an_index_with_few_places_finds_the_same(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    networks = list(cases(5, 200))
    expected = [ways(case) for case in networks]
    monkeypatch.setattr(index, "MOST_KEYS", most)
    assert [ways(case) for case in networks] == expected


def ways(case: Case) -> list[tuple[str, str | None, str | None]]:
    """Where the calls of a network go."""
    exchange = exchange_of(case.trunks, case.rules)
    found = [route(call, exchange) for call in case.calls]
    return [(one.outcome, one.trunk_id, one.rule_id) for one in found]


def test_two_long_lists_stay_two_lists() -> None:
    numbers = [f"+1555{n:05}" for n in range(3000)]
    rule = {"sip_dispatch_rule_id": "1", "rule": {"dispatch_rule_direct": {"room_name": "r"}}}
    both = [rule | {"numbers": numbers, "inbound_numbers": numbers} for _ in range(2)]
    exchange = exchange_of([], [both[0], both[1] | {"sip_dispatch_rule_id": "2"}])
    (fault,) = exchange.rule_faults
    assert fault.other is not None
    assert (fault.rule.id, fault.other.id) == ("2", "1")
