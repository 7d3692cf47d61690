"""lklint's routing against a running livekit-server 1.13.3.

Trunks and rules are created through its API, and each call is put to it over Redis with the two
questions of a SIP service (`go/live`). What create refuses must be a conflict to lklint, and calls
must go where lklint says.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections import Counter
from pathlib import Path

from lklint.telephony.message import Message
from lklint.telephony.routing import Exchange, Route, RuleFault, TrunkConflict, route
from lklint.telephony.routing.creating import rule_refusal, trunk_refusal

from .networks import Case, Json, cases
from .oracle import built
from .server import KEY, SECRET, Server, running

NETWORKS = int(os.environ.get("LKLINT_FIDELITY_LIVE_NETWORKS", "150"))
SEED = int(os.environ.get("LKLINT_FIDELITY_SEED", "1"))
VERSION = (1, 13, 3)

NO_CONFLICT = re.compile(
    r"for security, one of the fields must be set|invalid codec sample rate|"
    r"unsupported SIP Dispatch Rule|missing rule|invalid UTF-8"
)
"""Why the server refuses something for what it is, whatever is stored."""


def test_calls_go_where_the_running_server_sends_them(tmp_path: Path) -> None:
    made = [case for case in cases(SEED, NETWORKS * 3) if _harmless(case)][:NETWORKS]
    program = built(tmp_path, "live")
    with running(tmp_path) as server:
        answers = _asked(program, server, made)
    told: Counter[str] = Counter()
    wrong = []
    for case, answer in zip(made, answers, strict=True):
        exchange, problems = _created(case, answer)
        wrong += [f"{case.id}: {problem}" for problem in problems]
        told["refused"] += len(answer["refused"])
        for call, theirs in zip(case.calls, answer["calls"], strict=True):
            mine = _said(route(call, exchange, VERSION))
            told[mine["outcome"]] += 1
            if mine != _comparable(theirs):
                wrong.append(f"{case.id} {call}\n  server {_comparable(theirs)}\n  lklint {mine}")
    print(f"{len(made)} networks on the running server: {dict(told)}")
    assert not wrong, "\n".join(wrong[:5])


def _harmless(case: Case) -> bool:
    """Whether no call can crash the server (`hide_phone_number` and a caller without a number)."""
    hidden = any(rule.get("hide_phone_number") for rule in case.rules)
    return not hidden or all(call.caller for call in case.calls)


def _asked(program: Path, server: Server, made: list[Case]) -> list[Json]:
    where = ("-url", server.url, "-redis", f"127.0.0.1:{server.redis}")
    done = subprocess.run(
        [program, *where, "-key", KEY, "-secret", SECRET],
        input="\n".join(json.dumps(case.question()) for case in made),
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def _created(case: Case, answer: Json) -> tuple[Exchange, list[str]]:
    """What is in the store now, and where create did not do what lklint expects."""
    problems: list[str] = []
    trunks: list[tuple[str, Message]] = []
    for value in case.trunks:
        name, trunk = value["sip_trunk_id"], Message(value, "")
        conflict = trunk_refusal(trunk, Exchange(trunks, ()))
        problems += _judged(name, conflict, answer)
        if name in answer["ids"]:
            trunks.append((answer["ids"][name], trunk))
    rules: list[tuple[str, Message]] = []
    for value in case.rules:
        bound = [answer["ids"].get(at, at) for at in value.get("trunk_ids", ())]
        name, rule = value["sip_dispatch_rule_id"], Message(value | {"trunk_ids": bound}, "")
        problems += _judged(name, rule_refusal(rule, Exchange((), rules)), answer)
        if name in answer["ids"]:
            rules.append((answer["ids"][name], rule))
    return Exchange(trunks, rules), problems


def _judged(name: str, found: TrunkConflict | RuleFault | None, answer: Json) -> list[str]:
    refused, expected = answer["refused"].get(name, ""), "" if found is None else found.text
    if NO_CONFLICT.search(refused) or refused == expected:
        return []
    return [f"{name}: the server says {refused!r}, lklint {expected!r}"]


def _said(found: Route) -> Json:
    return {
        "outcome": found.outcome,
        "error": found.error or "",
        "trunk": found.trunk_id or "",
        "rule": "" if found.outcome == "error" else found.rule_id or "",
        "room": found.room or "",
        "identity": found.identity or "",
        "name": found.participant_name or "",
        "metadata": found.metadata,
        "attributes": found.attributes or None,
        "agents": list(found.agents) or None,
        "preset": found.room_preset,
        "krisp": found.krisp,
        "login": found.authentication,
    }


def _comparable(theirs: Json) -> Json:
    """An answer without what is random, and without what SIP services do not see."""
    said = {field: value for field, value in theirs.items() if field != "stage"}
    said["room"] = re.sub(r"_[0-9A-Za-z]{12}$", "_<random>", said["room"])
    said["error"] = re.sub(r"^twirp error \w+: ", "", said.get("error", ""))
    return said
