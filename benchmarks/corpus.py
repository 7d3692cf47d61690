"""Makes directories of telephony files to measure on: the same files for every tool.

Each file is well-formed and accepted by LiveKit; sizes and contents vary as real files do. A folder
holds a hundred trunks and a hundred rules that one server takes.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any


def make(folder: Path, count: int, seed: int = 1) -> None:
    """Write `count` files into folders below `folder`."""
    chance = random.Random(seed)
    for number in range(count):
        name, value = document(chance, number)
        text = json.dumps(value, indent=2) + "\n"
        place = folder / f"server-{number // 200:04d}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06d}-{name}.json").write_text(text, encoding="utf-8")


def document(chance: random.Random, number: int) -> tuple[str, dict[str, Any]]:
    """One document with the kind in its name."""
    phone = f"+4420794600{number // 2 % 100:02d}"
    if number % 2 == 0:
        trunk: dict[str, Any] = {
            "name": f"tenant {number}",
            "numbers": [phone],
            "allowedAddresses": ["192.76.120.0/29", "64.16.250.0/29"],
            "authUsername": f"tenant{number}",
            "authPassword": "${SIP_PASSWORD}",
        }
        if chance.random() < 0.3:
            trunk["krispEnabled"] = True
            trunk["headersToAttributes"] = {"X-Tenant": "tenant"}
        return "inbound-trunk", {"trunk": trunk}
    rule: dict[str, Any] = {
        "name": f"tenant {number}",
        "trunkIds": [f"ST_{number:012x}"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "roomConfig": {"agents": [{"agentName": "support", "metadata": '{"tenant": 1}'}]},
    }
    if chance.random() < 0.3:
        rule["attributes"] = {"tenant": str(number), "tier": "gold"}
    return "dispatch-rule", {"dispatch_rule": rule}
