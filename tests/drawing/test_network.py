"""Where all calls go: what is drawn is what `route` says."""

from __future__ import annotations

from random import Random

import pytest
from fidelity import networks

import lklint
from lklint.drawing.network import Network, network
from lklint.drawing.ways import way_of
from lklint.telephony.phone_numbers import normalize_number
from lklint.telephony.routing import Route


def drawn(case: networks.Case) -> Network:
    workspace = lklint.Workspace.from_resources(
        inbound_trunks=case.trunks, dispatch_rules=case.rules
    )
    return network(workspace.environments[0], None)


def is_plain(number: str) -> bool:
    """Whether a number is in the form in which providers send it."""
    return number == normalize_number(number)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_call_that_gets_somewhere_is_on_a_line(seed: int) -> None:
    """Of IPv4, where trunks do not conflict, and with numbers in the form that calls have."""
    random, seen = Random(seed), 0
    for case in networks.cases(seed, 150):
        found = drawn(case)
        if found.trunk_conflicts:
            continue
        lines = {(line.trunk and line.trunk.id, at.id) for line in found.lines for at in line.rules}
        for _ in range(30):
            call = networks.some_call(random, case.trunks, case.rules)
            last = way_of(call, found.environment.exchange, None).last
            if last.rule is not None and is_plain(call.called) and ":" not in call.source_ip:
                seen += 1
                assert (last.trunk_id, last.rule.id) in lines, call
    assert seen > 100


def test_lines_hold_every_number_of_every_trunk_once() -> None:
    for case in networks.cases(7, 100):
        found = drawn(case)
        for trunk in found.environment.exchange.trunks:
            own = [line for line in found.lines if line.trunk is trunk]
            held = [number for line in own for number in line.numbers]
            assert len(held) == len(set(held))
            assert set(trunk.numbers) <= set(held)
            assert bool(trunk.numbers) is not any(not line.numbers for line in own)


def test_every_rule_is_drawn() -> None:
    for case in networks.cases(8, 100):
        found = drawn(case)
        on_lines = {rule.id for line in found.lines for rule in line.rules}
        apart = {at.rule.id for at in found.apart}
        assert on_lines | apart == {rule.id for rule in found.environment.exchange.rules}
        assert not on_lines & apart


def test_a_line_without_a_rule_says_what_becomes_of_its_calls() -> None:
    for case in networks.cases(9, 100):
        for line in drawn(case).lines:
            assert isinstance(line.ending, Route) is not bool(line.rules)
