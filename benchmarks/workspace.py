"""What the rules about a whole workspace cost: 100,000 trunks and 100,000 rules.

    python benchmarks/workspace.py                    100,000 of each
    python benchmarks/workspace.py --count 25000      fewer, to see how it grows

The workspaces are those of `routing.py`. Memory is what the rules take beyond the resources and the
exchange that is made of them. Each workspace is measured in a process of its own.
"""

from __future__ import annotations

import time

from routing import WORKSPACES, measure_each, memory

from lklint.rules.all_rules import rules_for
from lklint.settings import Settings
from lklint.workspace.environment import DISPATCH, INBOUND, Environment
from lklint.workspace.filed import Filed


def measure(name: str, count: int) -> None:
    """Print the figures of one workspace."""
    trunks, rules = WORKSPACES[name](count)
    environment = Environment(
        name,
        {
            INBOUND: [Filed(value, "", value["sip_trunk_id"]) for value in trunks],
            DISPATCH: [Filed(value, "", value["sip_dispatch_rule_id"]) for value in rules],
        },
        stored=True,
    )
    loaded = len(environment.exchange.rules)
    before, started, found = memory(), time.perf_counter(), 0
    slowest = ("", 0.0)
    for rule in rules_for(Environment):
        start = time.perf_counter()
        found += sum(1 for _ in rule.check(environment, Settings()))
        slowest = max(slowest, (rule.code, time.perf_counter() - start), key=lambda pair: pair[1])
    print(
        f"{name:<12} {loaded:>7}  {time.perf_counter() - started:5.2f} s "
        f"(most {slowest[0]}: {slowest[1]:5.2f} s)  found {found:>6}  "
        f"memory {memory() - before:6.1f} MiB"
    )


if __name__ == "__main__":
    measure_each(measure, __file__)
