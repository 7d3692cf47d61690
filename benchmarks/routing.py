"""What routing costs in a large workspace: 100,000 trunks and 100,000 rules.

    python benchmarks/routing.py                    100,000 of each
    python benchmarks/routing.py --count 25000      fewer, to see that it grows no faster than that

Four workspaces, because they are hard in different ways: tenants with a number and a rule each; one
trunk with a rule for every number; a room for every PIN; and a store that update has filled with
conflicts. Each is measured in a process of its own; memory is what it takes beyond an interpreter
that has imported lklint.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from lklint.telephony.message import Message
from lklint.telephony.routing import Call, Exchange, route, trunk_conflicts

Json = dict[str, Any]
Workspace = Callable[[int], tuple[Iterator[Json], Iterator[Json]]]

CALLS = 2000


def number(index: int) -> str:
    """A number that nobody has."""
    return f"+1555{index:07}"


def tenants(count: int) -> tuple[Iterator[Json], Iterator[Json]]:
    """Each tenant has a trunk with a number, and a rule that is bound to it."""
    trunks = (
        {
            "sip_trunk_id": f"ST_{index:06}",
            "name": f"tenant {index}",
            "numbers": [number(index)],
            "allowed_addresses": [f"203.0.113.{index % 256}/32"],
        }
        for index in range(count)
    )
    rules = (
        {
            "sip_dispatch_rule_id": f"SDR_{index:06}",
            "trunk_ids": [f"ST_{index:06}"],
            "rule": {"dispatch_rule_individual": {"room_prefix": f"tenant-{index}"}},
            "room_config": {"agents": [{"agent_name": "receptionist"}]},
        }
        for index in range(count)
    )
    return trunks, rules


def one_trunk(count: int) -> tuple[Iterator[Json], Iterator[Json]]:
    """One trunk has every number, and a rule for each."""
    trunks = [{"sip_trunk_id": "ST_1", "numbers": [number(index) for index in range(count)]}]
    rules = (
        {
            "sip_dispatch_rule_id": f"SDR_{index:06}",
            "trunk_ids": ["ST_1"],
            "numbers": [number(index)],
            "rule": {"dispatch_rule_callee": {"room_prefix": "desk"}},
        }
        for index in range(count)
    )
    return iter(trunks), rules


def conferences(count: int) -> tuple[Iterator[Json], Iterator[Json]]:
    """One number, and a room for each PIN."""
    rules = (
        {
            "sip_dispatch_rule_id": f"SDR_{index:06}",
            "rule": {"dispatch_rule_direct": {"room_name": f"room-{index}", "pin": f"{index:07}"}},
        }
        for index in range(count)
    )
    return iter([{"sip_trunk_id": "ST_1", "numbers": [number(0)]}]), rules


def broken(count: int) -> tuple[Iterator[Json], Iterator[Json]]:
    """Two trunks share each number, and two rules each trunk."""
    trunks, rules = tenants(count)
    return (
        (trunk | {"numbers": [number(index // 2)]} for index, trunk in enumerate(trunks)),
        (rule | {"trunk_ids": [f"ST_{index // 2:06}"]} for index, rule in enumerate(rules)),
    )


WORKSPACES: dict[str, Workspace] = {
    "tenants": tenants,
    "one-trunk": one_trunk,
    "conferences": conferences,
    "broken": broken,
}


def measure(name: str, count: int) -> None:
    """Print the figures of one workspace."""
    before = memory()
    started = time.perf_counter()
    trunks, rules = WORKSPACES[name](count)
    exchange = Exchange(
        ((value["sip_trunk_id"], Message(value, "")) for value in trunks),
        ((value["sip_dispatch_rule_id"], Message(value, "")) for value in rules),
    )
    loaded = time.perf_counter()
    route(Call("+15550150", number(0), "203.0.113.0"), exchange)  # the indexes are made here
    indexed = time.perf_counter()
    taken = []
    for index in range(CALLS):
        call = Call("+15550150", number(index * 7919 % count), f"203.0.113.{index % 256}")
        if name == "conferences":
            call = call._replace(called=number(0), pin=f"{index * 7919 % count:07}")
        start = time.perf_counter()
        route(call, exchange)
        taken.append(time.perf_counter() - start)
    found = time.perf_counter()
    conflicts = sum(1 for _ in trunk_conflicts(exchange)) + len(exchange.rule_faults)
    done = time.perf_counter()
    print(
        f"{name:<12} {count:>7}  load {loaded - started:5.2f} s  index {indexed - loaded:5.2f} s  "
        f"call {statistics.median(taken) * 1e6:6.1f} us (worst {max(taken) * 1e3:6.2f} ms)  "
        f"conflicts {done - found:5.2f} s ({conflicts})  memory {memory() - before:6.1f} MiB"
    )


def memory() -> float:
    """The most memory this process has had so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_each(measure: Callable[[str, int], None], script: str) -> None:
    """Measure every workspace, each in a process of its own."""
    parser = argparse.ArgumentParser(description="Measures large workspaces.")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--only", choices=WORKSPACES)
    arguments = parser.parse_args()
    if arguments.only:
        measure(arguments.only, arguments.count)
        return
    for name in WORKSPACES:
        command = [sys.executable, script, "--only", name, "--count", str(arguments.count)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    measure_each(measure, __file__)
