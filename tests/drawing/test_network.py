"""Where all calls go: what is drawn is what `route` says."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from fidelity import networks

import lklint
from lklint.drawing.network import Line, Network, network
from lklint.drawing.ways import way_of
from lklint.telephony.phone_numbers import can_be_sent, normalize_number
from lklint.telephony.routing import Call, Route


def drawn(case: networks.Case) -> Network:
    workspace = lklint.Workspace.from_resources(
        inbound_trunks=case.trunks, dispatch_rules=case.rules
    )
    return network(workspace.environments[0], None)


def may_come(call: Call) -> bool:
    """Whether both numbers of a call are in a form in which somebody sends them."""
    caller = normalize_number(call.caller)
    return can_be_sent(call.called) and (not caller or can_be_sent(caller))


def is_ipv4(source: str) -> bool:
    """Whether a call is known to come from an address that a list can name."""
    return "." in source and ":" not in source


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_call_that_gets_somewhere_is_on_a_line(seed: int) -> None:
    """Of IPv4, where trunks do not conflict, with numbers spelled as a trunk or a rule has them."""
    random, seen = Random(seed), 0
    for case in networks.cases(seed, 150):
        found = drawn(case)
        if found.trunk_conflicts:
            continue
        lines = {(line.trunk and line.trunk.id, at.id) for line in found.lines for at in line.rules}
        headings = {number for line in found.lines for number in line.numbers}
        compared = set(map(normalize_number, headings))
        for _ in range(30):
            call = networks.some_call(random, case.trunks, case.rules)
            last = way_of(call, found.environment.exchange, None).last
            if last.rule is not None and may_come(call) and is_ipv4(call.source_ip):
                if call.called not in headings and normalize_number(call.called) in compared:
                    continue  # spelled as nobody has it
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
            assert set(trunk.numbers) <= set(map(normalize_number, held))
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
            told = [bool(line.rules), isinstance(line.ending, Route), bool(line.never)]
            assert told.count(True) == 1


def heard(found: Network, line: Line, number: str) -> set[str]:
    """The rules that calls to a number get to by the trunk of a line, as `route` says."""
    exchange, reached = found.environment.exchange, set()
    rules = exchange.rules
    trunk_callers = [] if line.trunk is None else line.trunk.message.texts("allowed_numbers")
    callers = [*trunk_callers, *(at for rule in rules for at in rule.callers), "+15550199"]
    for caller in {*callers, *(caller.lstrip("+") for caller in callers)}:
        call = Call(caller, number, "" if line.trunk is not None else "192.0.2.1", "elsewhere")
        for pin in (None, *(rule.pin for rule in rules)):
            entered = call._replace(pin=pin or None, no_pin=pin == "")
            last = way_of(entered, exchange, None).last
            if may_come(call) and last.trunk is line.trunk and last.rule is not None:
                reached.add(last.rule.id)
    return reached


@pytest.mark.parametrize("seed", [4, 5])
def test_what_hangs_on_a_number_is_what_route_says_of_calls_to_it(seed: int) -> None:
    """Letter by letter, as the heading writes it. Trunks are without lists of addresses here."""
    seen = 0
    for case in networks.cases(seed, 250):
        for trunk in case.trunks:
            trunk.pop("allowed_addresses", None)
            trunk.pop("allowedAddresses", None)
        found = drawn(case)
        if found.trunk_conflicts:
            continue
        for line in found.lines:
            for number in line.numbers:
                seen += 1
                reached = heard(found, line, number)
                drawn_rules = {rule.id for rule in line.rules}
                assert drawn_rules <= reached
                assert drawn_rules == reached or line.is_open  # "any number" is another heading
    assert seen > 100


TRUNK = {"sip_trunk_id": "ST_1", "name": "Main", "numbers": ["+442079460123"]}
RULE = {
    "sip_dispatch_rule_id": "SDR_1",
    "name": "All",
    "trunk_ids": ["ST_1"],
    "rule": {"dispatch_rule_direct": {"room_name": "lobby"}},
}


@pytest.mark.parametrize(
    ("trunk", "rule", "lines", "dead_ends"),
    [
        ({}, {}, ["+442079460123: All"], 0),
        (
            {},
            {"numbers": ["442079460123"]},
            ["+442079460123: no rule", "442079460123: All"],
            1,
        ),
        ({"numbers": ["442079460123"]}, {"numbers": ["442079460123"]}, ["442079460123: All"], 0),
        ({}, {"inbound_numbers": ["*"]}, ["+442079460123: no rule"], 2),
        ({}, {"inbound_numbers": ["+442079460500"]}, ["+442079460123: All"], 0),
        ({"numbers": ["*"]}, {}, ["*: never"], 2),
        ({"allowed_numbers": ["*"]}, {}, ["+442079460123: never"], 2),
        ({"allowed_numbers": ["+44 20 7946 0500"]}, {}, ["+442079460123: All"], 0),
        ({"allowed_addresses": ["203.0.113.5:5060"]}, {}, ["+442079460123: never"], 2),
        ({"numbers": []}, {"numbers": ["442079460123"]}, [": no rule", "442079460123: All"], 1),
    ],
)
def test_a_heading_is_a_number_as_it_is_called(
    trunk: dict[str, Any], rule: dict[str, Any], lines: list[str], dead_ends: int
) -> None:
    workspace = lklint.Workspace.from_resources([TRUNK | trunk], dispatch_rules=[RULE | rule])
    found = network(workspace.environments[0], None)
    told = []
    for line in found.lines:
        ends = [str(at.name) for at in line.rules] or ["never" if line.never else "no rule"]
        told.append(f"{', '.join(line.numbers)}: {', '.join(ends)}")
    assert (told, found.dead_ends) == (lines, dead_ends)
