"""Histories nobody wrote by hand: the sandbox and the real server go through each step alike.

What create and update say depends on everything that is stored, and on the order of its ids. So a
sandbox is given the ids that the real server gives, and both take the same random steps among few
numbers, trunks and PINs, where nearly everything is in somebody's way.
"""

from __future__ import annotations

import json
import os
from random import Random
from typing import Any

import pytest

from lklint.sandbox.services import rules, trunks

from .asking import LISTS, Asked, Json

HISTORIES = int(os.environ.get("LKLINT_SANDBOX_HISTORIES", "60"))
STEPS = 12

NUMBERS = ("+12025550100", "1 202 555 0100", "+12025550101", "")
CALLERS = ("+13105550150", "13105550150", "")
TRUNKS = ("ST_a", "ST_b", "ST_c")


def test_every_step_has_the_same_answer(
    sandbox: Asked, livekit: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    for module in (trunks, rules):
        monkeypatch.setattr(module, "new_id", lambda prefix: given[-1])
    refused = 0
    for seed in range(HISTORIES):
        random = Random(seed)
        for server in (sandbox, livekit):
            server.empty()
        ids: dict[str, list[str]] = {"Trunk": [], "Rule": []}
        history = []
        for _ in range(STEPS):
            method, value = step(random, ids)
            history.append((method, value))
            expected = livekit.call(method, json.dumps(value).encode())
            answer = json.loads(expected[1])
            id = answer.get("sip_trunk_id") or answer.get("sip_dispatch_rule_id") or ""
            given.append(id)
            got = sandbox.call(method, json.dumps(value).encode())
            assert (got[0], json.loads(got[1])) == (expected[0], answer), history
            refused += expected[0] != 200
            if expected[0] == 200 and method.startswith("Create"):
                ids["Trunk" if "Trunk" in method else "Rule"].append(id)
        for listing in LISTS:
            assert sandbox.list(listing) == livekit.list(listing), history
    assert HISTORIES < refused < HISTORIES * STEPS - HISTORIES


def step(random: Random, ids: dict[str, list[str]]) -> tuple[str, Json]:
    """Something to do with what is there."""
    name = random.choice(("Trunk", "Rule"))
    service, field = (
        ("SIPInboundTrunk", "sip_trunk_id")
        if name == "Trunk"
        else ("SIPDispatchRule", "sip_dispatch_rule_id")
    )
    make = trunk if name == "Trunk" else rule
    what = random.choice(("create", "create", "replace", "update", "delete"))
    if what == "create" or not ids[name]:
        wrapper = "trunk" if name == "Trunk" else "dispatch_rule"
        flat = name == "Rule" and random.random() < 0.2
        return f"Create{service}", make(random) if flat else {wrapper: make(random)}
    id = random.choice(ids[name])
    if what == "delete":
        return "DeleteSIPTrunk" if name == "Trunk" else "DeleteSIPDispatchRule", {field: id}
    value = make(random) if what == "replace" else fields(random, name)
    return f"Update{service}", {field: id, what: value}


def trunk(random: Random) -> Json:
    return {
        "name": random.choice(("", "one", 'a "b"')),
        "numbers": some(random, NUMBERS),
        "allowed_numbers": some(random, CALLERS),
        "auth_username": random.choice(("", "u", "u")),
    }


def rule(random: Random) -> Json:
    pin = random.choice(("", "", "1"))
    kinds: list[Json] = [
        {"dispatch_rule_direct": {"room_name": "r", "pin": pin}},
        {"dispatch_rule_individual": {"pin": pin}},
        {"dispatch_rule_callee": {"pin": pin}},
        {},
    ]
    return {
        "name": random.choice(("", "one", 'a "b"')),
        "rule": random.choices(kinds, (4, 4, 4, 1))[0],
        "trunk_ids": some(random, TRUNKS),
        "inbound_numbers": some(random, CALLERS, 0.2),
    }


def fields(random: Random, name: str) -> Json:
    """An update of one list."""
    list_name, values = ("numbers", NUMBERS) if name == "Trunk" else ("trunk_ids", TRUNKS)
    how: Any = random.choice(("set", "add", "remove", "clear"))
    return {list_name: {how: True if how == "clear" else some(random, values, 0.9)}}


def some(random: Random, values: tuple[str, ...], likely: float = 0.6) -> list[str]:
    """None, one or two of some values."""
    if random.random() > likely:
        return []
    return random.choices(values, k=random.choice((1, 1, 2)))
