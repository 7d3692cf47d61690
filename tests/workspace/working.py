"""Workspaces that work: every trunk, number and rule has its calls, and every call its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any, NamedTuple

Json = dict[str, Any]


class Working(NamedTuple):
    """What a server lists."""

    inbound_trunks: list[Json]
    dispatch_rules: list[Json]
    outbound_trunks: list[Json]


def workspaces(seed: int, count: int) -> Iterator[Working]:
    """So many; each is made of a few tenants that have nothing to do with each other."""
    for index in range(count):
        random = Random(f"working {seed}:{index}")
        made = _Made(random)
        for _ in range(random.randint(1, 4)):
            random.choice(_TENANTS)(made)
        for found in (made.trunks, made.rules, made.outbound):
            random.shuffle(found)
        yield Working(made.trunks, made.rules, made.outbound)


class _Made:
    """What has been made so far, with numbers and ids that nobody else has."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.trunks: list[Json] = []
        self.rules: list[Json] = []
        self.outbound: list[Json] = []
        self._ids = iter(random.sample(range(10**6), 100))
        self._numbers = iter(random.sample(range(100), 100))

    def number(self) -> str:
        return f"+155501{next(self._numbers):02}"

    def id(self, prefix: str) -> str:
        return f"{prefix}_{next(self._ids):012}"

    def trunk(self, numbers: list[str], **more: Any) -> str:
        name = self.id("ST")
        gate = self.random.choice(
            (
                {"allowed_addresses": ["203.0.113.0/24"]},
                {"auth_username": "u", "auth_password": "a long pass phrase"},
                {},
            )
        )
        if not numbers:
            gate = {"auth_username": "u", "auth_password": "a long pass phrase"}
        made = {"sip_trunk_id": name, "name": f"line {name[-6:]}", "numbers": numbers}
        self.trunks.append({**made, **gate, **more})
        return name

    def rule(self, trunks: list[str], pin: str = "", **more: Any) -> None:
        name = self.id("SDR")
        kind = self.random.choice(("individual", "callee"))
        inside: Json = {"room_prefix": f"room-{name[-6:]}", "pin": pin}
        if kind == "callee":
            inside["randomize"] = True
        made: Json = {"sip_dispatch_rule_id": name, "name": f"rule {name[-6:]}"}
        made["rule"] = {f"dispatch_rule_{kind}": inside}
        made["room_config"] = {"agents": [{"agent_name": f"agent-{name[-6:]}"}]}
        self.rules.append({**made, "trunk_ids": trunks, **more})


def one_line(made: _Made) -> None:
    """A trunk and its rule."""
    made.rule([made.trunk([made.number() for _ in range(made.random.randint(1, 3))])])


def two_lines_one_rule(made: _Made) -> None:
    """Two trunks lead to one rule."""
    made.rule([made.trunk([made.number()]), made.trunk([made.number()])])


def rule_for_each_number(made: _Made) -> None:
    """A trunk with several numbers, a rule for each, and perhaps one for whatever is left."""
    numbers = [made.number() for _ in range(3)]
    trunk = made.trunk(numbers)
    for number in numbers:
        made.rule([trunk], numbers=[number])
    if made.random.random() < 0.5:
        made.rule([trunk])


def conference(made: _Made) -> None:
    """One number, and a room for each PIN."""
    trunk = made.trunk([made.number()])
    for pin in ("82731", "55190", "40268"):
        made.rule([trunk], pin)


def known_callers(made: _Made) -> None:
    """A rule for some callers, and one for all others."""
    trunk = made.trunk([made.number()])
    made.rule([trunk], inbound_numbers=[made.number(), made.number()])
    made.rule([trunk])


def closed_group(made: _Made) -> None:
    """A trunk that takes some callers, and a rule for one of them."""
    callers = [made.number(), made.number()]
    trunk = made.trunk([made.number()], allowed_numbers=callers)
    made.rule([trunk], inbound_numbers=callers[:1])
    made.rule([trunk])


def two_groups(made: _Made) -> None:
    """One number by two trunks, each for callers of its own."""
    number = made.number()
    for _ in range(2):
        made.rule([made.trunk([number], allowed_numbers=[made.number()])])


def calls_out(made: _Made) -> None:
    """An outbound trunk."""
    name = made.id("ST")
    made.outbound.append(
        {
            "sip_trunk_id": name,
            "name": f"carrier {name[-6:]}",
            "address": f"sip{name[-6:]}.example.net",
            "numbers": [made.number()],
        }
    )


_TENANTS: tuple[Callable[[_Made], None], ...] = (
    one_line,
    two_lines_one_rule,
    rule_for_each_number,
    conference,
    known_callers,
    closed_group,
    two_groups,
    calls_out,
)
