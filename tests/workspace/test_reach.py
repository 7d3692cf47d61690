"""Which rules no call gets to, held against calls."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

import pytest
from exchanges import Json, exchange_of
from fidelity import networks

from lklint.telephony.routing import Call, Exchange, route, trunk_conflicts
from lklint.telephony.routing.probing import Probes
from lklint.telephony.routing.reaching import misses

DEAD = ("number", "caller", "trunk", "covered")
"""Why no call at all gets to a rule. The other reasons leave some."""
KINDS = ("direct", "individual", "callee")
NUMBERS = ("+15550100", "+15550101", "reception")
CALLERS = ("+15550150", "+15550151", "anonymous")


def dead(exchange: Exchange, why: tuple[str, ...] = DEAD) -> set[str]:
    return {miss.rule.id for miss in misses(Probes(exchange)) if miss.why in why}


@pytest.mark.parametrize("seed", range(4))
def test_random_calls_never_get_to_a_rule_that_is_told_dead(seed: int) -> None:
    told = 0
    for case in networks.cases(seed, 300):
        if any(not trunk["sip_trunk_id"] for trunk in case.trunks):
            continue
        exchange = exchange_of(case.trunks, case.rules)
        unreached = dead(exchange)
        told += len(unreached)
        random = Random(case.id)
        for _ in range(100 if unreached else 0):
            call = networks.some_call(random, case.trunks, case.rules)
            found = route(call, exchange)
            if not found.answer.unasked and found.outcome in ("accept", "request-pin"):
                assert found.rule_id not in unreached, (case.id, call)
    assert told


@pytest.mark.parametrize("pins", [(), ("1234", "5678")], ids=["open rules", "rules with PINs"])
@pytest.mark.parametrize("seed", range(3))
def test_every_call_there_is(seed: int, pins: tuple[str, ...]) -> None:
    """Of small networks all sorts of calls can be made. Without PINs, it is known of each rule
    whether one gets there."""
    random = Random(f"{seed} {pins}")
    told = 0
    for exchange in small_networks(random, 250, pins):
        reached = set(reached_rules(exchange, pins))
        unreached = dead(exchange)
        assert not unreached & reached
        told += len(unreached)
        if not pins:
            told_otherwise = dead(exchange, ("shadowed",))
            assert {rule.id for rule in exchange.rules} <= reached | unreached | told_otherwise
    assert told


def small_networks(random: Random, count: int, pins: tuple[str, ...]) -> Iterator[Exchange]:
    """Networks of few values in which nothing conflicts."""
    made = 0
    while made < count:
        trunks = [some_trunk(random, f"ST_{at}") for at in range(random.randint(0, 3))]
        ids = [trunk["sip_trunk_id"] for trunk in trunks]
        rules = [some_rule(random, f"SDR_{at}", ids, pins) for at in range(random.randint(1, 4))]
        exchange = exchange_of(trunks, rules)
        if not exchange.rule_faults and not any(trunk_conflicts(exchange)):
            made += 1
            yield exchange


def some_trunk(random: Random, name: str) -> Json:
    return {
        "sip_trunk_id": name,
        "numbers": some(random, NUMBERS, 0.8),
        "allowed_numbers": some(random, CALLERS, 0.3),
    }


def some_rule(random: Random, name: str, trunks: list[str], pins: tuple[str, ...]) -> Json:
    kind: dict[str, Any] = {"pin": random.choice(["", *pins])}
    return {
        "sip_dispatch_rule_id": name,
        "rule": {f"dispatch_rule_{random.choice(KINDS)}": kind},
        "trunk_ids": some(random, tuple(trunks), 0.6) if trunks else [],
        "numbers": some(random, NUMBERS, 0.4),
        "inbound_numbers": some(random, CALLERS, 0.3),
    }


def some(random: Random, among: tuple[str, ...], often: float) -> list[str]:
    if random.random() > often:
        return []
    return random.sample(among, random.randint(1, min(2, len(among))))


def reached_rules(exchange: Exchange, pins: tuple[str, ...]) -> Iterator[str]:
    """The rules that have a call of any sort."""
    numbers = [form for number in (*NUMBERS, "other") for form in (number, f"{number} ")]
    callers = [form for number in (*CALLERS, "other") for form in (number, f"{number} ")]
    for called, caller in product(numbers, callers):
        for keys in ({}, {"no_pin": True}, *({"pin": pin} for pin in pins)):
            found = route(Call(caller, called, "203.0.113.5", **keys), exchange)  # type: ignore[arg-type]
            if found.rule_id is not None and not found.answer.unasked:
                yield found.rule_id
