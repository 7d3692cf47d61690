"""LiveKit's answers on networks and calls, and lklint's in the same words."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from exchanges import exchange_of

from lklint.telephony.routing import Exchange, Route, route, trunk_conflicts
from lklint.telephony.routing.media import CallMedia
from lklint.telephony.routing.versions import Version

from .networks import Case, Json


def livekits(program: Path, cases: Sequence[Case]) -> list[Json]:
    """What LiveKit's library says to each case."""
    done = subprocess.run(
        [str(program)],
        input="\n".join(json.dumps(case.question()) for case in cases),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    answers: list[Json] = [json.loads(line) for line in done.stdout.split("\n") if line]
    assert [answer.pop("id") for answer in answers] == [case.id for case in cases]
    return answers


def ours(case: Case, version: Version | None) -> Json:
    """What lklint says."""
    exchange = exchange_of(case.trunks, case.rules)
    return {
        "calls": [_said(route(call, exchange, version)) for call in case.calls],
        "conflicts": _conflicts(exchange),
    }


def _said(found: Route) -> Json:
    said: Json = {
        "outcome": found.outcome,
        "trunk": found.trunk_id,
        "rule": found.rule_id,
        "room": found.room or "",
        "identity": found.identity or "",
        "name": found.participant_name or "",
        "metadata": found.metadata,
        "attributes": found.attributes or None,
        "agents": list(found.agents) or None,
        "preset": found.room_preset,
        "krisp": found.krisp,
        "media": None if found.media is None else _media(found.media),
        "login": found.authentication,
    }
    if found.stage is not None:
        said |= {"stage": found.stage, "error": found.error}
    return said


def _media(media: CallMedia) -> Json:
    return {
        "encryption": media.encryption,
        "only": media.only_listed_codecs,
        "codecs": [f"{name}/{rate}" for name, rate in media.codecs] or None,
        "timeout": media.timeout,
    }


def _conflicts(exchange: Exchange) -> Json:
    """In LiveKit's words; like LiveKit, no further than a rule without a kind."""
    trunks = [found for found in trunk_conflicts(exchange) if found.when == "create"]
    faults = exchange.rule_faults
    pairs = []
    for fault in faults:
        if fault.other is None:
            break
        pairs.append([fault.rule.id, fault.other.id])
    return {
        "trunks": trunks[0].text if trunks else "",
        "rules": faults[0].text if faults else "",
        "trunk_pairs": [
            [f.trunk.id, f.other.id, "CalledNumber" if f.caller is None else "CallingNumber"]
            for f in trunks
        ],
        "rule_pairs": pairs,
    }


def sorted_pairs(said: Json) -> Json:
    """An answer whose conflicts stand in one order, each once."""
    conflicts = {
        name: sorted({tuple(pair) for pair in found or ()}) if name.endswith("pairs") else found
        for name, found in said["conflicts"].items()
    }
    return said | {"conflicts": conflicts}
