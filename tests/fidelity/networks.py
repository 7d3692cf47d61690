"""Trunks, rules and calls that meet, the same ones for the same seed.

The values are few on purpose, so that trunks share numbers, rules claim the same, and calls find
more than one of either. `python -m tests.fidelity.networks --count 20` prints questions to the
program in `go/routing`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from lklint.telephony.routing.calls import Call

Json = dict[str, Any]

NUMBERS = (
    "+15550100", "+15550100", "+15550101", "+15550102", "15550100", "15550101", "+1 (555) 0100",
    "1-555-0101", "5550100",
)  # fmt: skip
ODD_NUMBERS = (
    "", " ", "+", "-", "++15550100", "+1.555.0100", "0015550100", "*", "+1555*", "sip:+15550100@x",
    "alice", "Alice", " +15550100", "+15550100 ", "\u00a0+15550100", "+1555\u20110100", "٠١٥٥٥",
    "+15550100\n", "1234", "12", "5", "日本語テスト", "é", "e\u0301", "abc😀", "😀", "\ufb01\uffff",
    'say "hi"\\', "\x00", "\x7f", "\u202e1", "+15550100;ext=5",
)  # fmt: skip
CALLERS = ("+15550150", "+15550151", "15550150", "+1 555 0150", "anonymous", "+15550100", "")
MASKS = (
    "203.0.113.5", "203.0.113.0/24", "203.0.113.9/24", "0.0.0.0/0", "::/0", "2001:db8::1",
    "[2001:db8::1]", "[2001:db8::]/32", "2001:db8::/32", "sip.example.com", "SIP.example.com",
    "203.0.113.5:5060", "203.0.113.5, 203.0.113.6", "203.0.113.*", " 203.0.113.5", "udp://x", "",
    "203.0.113.0/33", "203.0.113.0/024", "::ffff:203.0.113.5", "fe80::1%eth0", "203.0.113.05",
    "[203.0.113.5]", "203.0.113.5/", "[::1", "2001:DB8:0::1", "1.2.3.4/8/8", "2001:db8::1%a/64",
)  # fmt: skip
SOURCES = (
    "203.0.113.5", "203.0.113.5", "203.0.113.77", "198.51.100.1", "2001:db8::1", "2001:db8::ffff",
    "::ffff:203.0.113.5", "fe80::1%eth0", "fe80::1", "",
)  # fmt: skip
ADDRESS_PIECES = (
    "203", "0", "113", "5", ".", ".", ":", "::", "%", "eth0", "256", "00", "1", "ffff", "12345",
    "g", "[", "]", "/", " ", "é", "-1", "2001", "db8",
)  # fmt: skip
HOSTS = ("sip.example.com", "sip.example.com", "203.0.113.5", "203.0.113.0/24", "::/0", "", "x")
PINS = ("1234", "4321", " 1234", "é", "#")
ROOMS = ("", "a", "B", "b", "call", "call-", "é", "e\u0301", "\ufb01", "😀", "\uffff", "a b", "zz")
RULE_IDS = "0123456789ABCabcÀé😀\uffff"
ENCRYPTIONS = tuple(f"SIP_MEDIA_ENCRYPT_{name}" for name in ("DISABLE", "ALLOW", "REQUIRE"))
ATTRIBUTES = ("a", "sip.phoneNumber", "sip.trunkID", "sip.hostname", "sip.callID", "provider")
CODECS = ({"name": "PCMU", "rate": 8000}, {"name": "G722", "rate": 8000}, {"name": "opus"})
CALLS = 4


@dataclass(frozen=True, slots=True)
class Case:
    """A network and calls to it."""

    id: str
    trunks: list[Json]
    rules: list[Json]
    calls: list[Call]

    def question(self) -> Json:
        """The case as a line for the program in `go/routing`."""
        calls = [call._asdict() | {"pin": call.pin or ""} for call in self.calls]
        return {"id": self.id, "trunks": self.trunks, "rules": self.rules, "calls": calls}


def cases(seed: int, count: int) -> Iterator[Case]:
    """So many cases; case n of a seed is always the same one."""
    return (case(seed, index) for index in range(count))


def case(seed: int, index: int) -> Case:
    """One case of a seed."""
    random = Random(f"network {seed}:{index}")
    odd = random.choice((0.0, 0.0, 0.1, 0.4))
    numbers = random.choice((2, 4, len(NUMBERS)))
    some = _Some(random, odd, NUMBERS[:numbers])
    trunks = [some.trunk(f"ST_{at}") for at in random.sample("abcdefgh", random.randint(0, 5))]
    ids = [trunk["sip_trunk_id"] for trunk in trunks]
    rules = [
        some.rule(f"SDR_{at}", ids)
        for at in random.sample(RULE_IDS, random.choice((0, 1, 2, 3, 5, 8)))
    ]
    if trunks and random.random() < 0.02:
        trunks[0]["sip_trunk_id"] = ""
    if random.random() < 0.7:
        rules = _without_clashes(rules)
    calls = [some.call(trunks, rules) for _ in range(CALLS)]
    return Case(f"{seed}:{index}", trunks, rules, calls)


def some_call(random: Random, trunks: Sequence[Json], rules: Sequence[Json]) -> Call:
    """A call that likely has to do with some trunks and rules."""
    return _Some(random, 0.2, NUMBERS).call(trunks, rules)


@dataclass(frozen=True, slots=True)
class _Some:
    random: Random
    odd: float
    """How often a number is an odd one."""
    numbers: Sequence[str]

    def trunk(self, name: str) -> Json:
        made: Json = {"sip_trunk_id": name}
        if self.chance(0.75):
            made["numbers"] = self.some_numbers(self.numbers)
        if self.chance(0.35):
            made["allowed_numbers"] = self.some_numbers(CALLERS)
        if self.chance(0.4):
            made["allowed_addresses"] = self.several(MASKS)
        if self.chance(0.4):
            made["auth_username"] = self.random.choice(("u", ""))
            made["auth_password"] = self.random.choice(("p", ""))
        if self.chance(0.3):
            made["name"] = self.random.choice(("Main line", "ST_a", 'a "b"', "é"))
        self.audio(made)
        return made

    def rule(self, name: str, trunks: Sequence[str]) -> Json:
        made: Json = {"sip_dispatch_rule_id": name}
        if self.chance(0.98):
            made["rule"] = self.kind()
        if self.chance(0.55):
            known = [*trunks, *trunks, *trunks, "ST_gone", "Main line", "", "[]"]
            made["trunk_ids"] = self.several(known)
        if self.chance(0.3):
            made["inbound_numbers"] = self.some_numbers(CALLERS)
        if self.chance(0.35):
            made["numbers"] = self.some_numbers(self.numbers)
        if self.chance(0.3):
            made["hide_phone_number"] = True
        if self.chance(0.4):
            made["name"] = self.random.choice(("desk", 'a "b"\\', "é\u202e", "\x00", "line\nbreak"))
        if self.chance(0.2):
            made["metadata"] = self.random.choice(("{}", "x"))
        if self.chance(0.3):
            made["attributes"] = dict.fromkeys(self.several(ATTRIBUTES), "rule")
        if self.chance(0.3):
            agents = [{"agent_name": at} if at else {} for at in self.several(("bot", "Bot", ""))]
            made["room_config"] = {"name": "kept out", "agents": agents}
        if self.chance(0.1):
            made["room_preset"] = "preset"
        self.audio(made)
        return made

    def kind(self) -> Json:
        room, pin = self.random.choice(ROOMS), self.random.choice(PINS) if self.chance(0.3) else ""
        name = self.random.choice(("direct", "direct", "individual", "individual", "callee"))
        inside: Json = {"room_name" if name == "direct" else "room_prefix": room}
        if pin:
            inside["pin"] = pin
        if name != "direct" and self.chance(0.5):
            inside["no_randomness" if name == "individual" else "randomize"] = True
        if self.chance(0.3):
            inside = {_camel(key): value for key, value in inside.items()}
        return {f"dispatch_rule_{name}": inside}

    def audio(self, made: Json) -> None:
        if self.chance(0.15):
            made["krisp_enabled"] = True
        if self.chance(0.2):
            made["media_encryption"] = self.random.choice((*ENCRYPTIONS, 1, 99))
        if self.chance(0.25):
            media: Json = {}
            if self.chance(0.4):
                media["encryption"] = self.random.choice((*ENCRYPTIONS, 0, 2))
            if self.chance(0.3):
                media["only_listed_codecs"] = True
            if self.chance(0.3):
                media["codecs"] = self.several(CODECS)
            if self.chance(0.3):
                media["media_timeout"] = self.random.choice(("2s", "0s", "30.5s"))
            made["media"] = media

    def call(self, trunks: Sequence[Json], rules: Sequence[Json]) -> Call:
        random = self.random
        called = [number for trunk in trunks for number in trunk.get("numbers", ())]
        called += [number for rule in rules for number in rule.get("numbers", ())]
        callers = [number for trunk in trunks for number in trunk.get("allowed_numbers", ())]
        callers += [number for rule in rules for number in rule.get("inbound_numbers", ())]
        pins = [pin for rule in rules if (pin := _pin(rule))]
        pin = random.choice([*pins, *pins, "0000"]) if self.chance(0.3) else None
        pieces = "".join(self.several(ADDRESS_PIECES, 8))
        return Call(
            random.choice(callers) if callers and self.chance(0.5) else self.one(CALLERS),
            random.choice(called) if called and self.chance(0.6) else self.one(self.numbers),
            pieces if self.chance(0.04) else random.choice(SOURCES),
            random.choice(HOSTS),
            pin,
            self.chance(0.1),
            random.choice(("", "SCL_1")),
            {"provider": "call"} if self.chance(0.2) else {},
        )

    def some_numbers(self, usual: Sequence[str]) -> list[str]:
        return [self.one(usual) for _ in range(self.random.choice((1, 1, 1, 2, 2, 4)))]

    def one(self, usual: Sequence[str]) -> str:
        return self.random.choice(ODD_NUMBERS if self.chance(self.odd) else usual)

    def several(self, among: Sequence[Any], most: int = 3) -> list[Any]:
        return self.random.choices(among, k=self.random.randint(1, most))

    def chance(self, how_often: float) -> bool:
        return self.random.random() < how_often


def _camel(key: str) -> str:
    head, *rest = key.split("_")
    return head + "".join(map(str.capitalize, rest))


def _pin(rule: Json) -> str:
    return next((kind.get("pin", "") for kind in rule.get("rule", {}).values()), "")


def _without_clashes(rules: list[Json]) -> list[Json]:
    """The rules of which none claims plainly what another does, so that calls get past them."""
    kept, taken = [], set()
    for rule in rules:
        lists = (rule.get(name) or [""] for name in ("trunk_ids", "inbound_numbers", "numbers"))
        keys = [[entry.strip("+ ") for entry in entries] for entries in lists]
        claims = [(_pin(rule), a, b, c) for a in keys[0] for b in keys[1] for c in keys[2]]
        if len(set(claims)) == len(claims) and taken.isdisjoint(claims) and "rule" in rule:
            kept.append(rule)
            taken.update(claims)
    return kept


def main() -> None:
    """Print questions as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20)
    arguments = parser.parse_args()
    for one in cases(arguments.seed, arguments.count):
        print(json.dumps(one.question()))


if __name__ == "__main__":
    main()
