"""Where the real livekit-server 1.13.3 sent calls, asked again of lklint.

`routed.jsonl` holds one answer a line: the trunks and rules in its store, a call as a SIP service
tells it to the server, and what the server said when it was asked as a SIP service asks it, first
for the trunk and its login, then for the rule. Ids are made short, and `<random>` stands for the
random part of a room. Of 199 recorded questions one stayed out: it names a trunk that the server
itself would not have named.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from exchanges import exchange_of

from lklint.telephony.routing import Call, Route, route
from lklint.telephony.routing.media import CallMedia

SERVER = (1, 13, 3)
ANSWERS = [
    json.loads(line)
    for line in Path(__file__).with_name("routed.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("answer", ANSWERS, ids=[answer["id"] for answer in ANSWERS])
def test_the_call_goes_where_the_server_sent_it(answer: dict[str, Any]) -> None:
    exchange = exchange_of(answer["trunks"], answer["rules"])
    found = route(Call(**answer["call"]), exchange, SERVER)
    said = told(found)
    assert {field: said.get(field) for field in answer["said"]} == answer["said"]
    assert found.trunk_id == answer["said"].get("trunk")


def told(found: Route) -> dict[str, Any]:
    """A route in the words of the answers."""
    trunk = None if found.trunk is None else found.trunk.resource
    return {
        "outcome": found.outcome,
        "stage": found.stage,
        # The server that crashed could say no more.
        "error": None if found.stage == "evaluate" else found.error,
        "trunk": found.trunk_id,
        "login": found.authentication,
        "rule": found.rule_id,
        "room": found.room,
        "identity": found.identity,
        "name": found.participant_name,
        "metadata": found.metadata,
        "attributes": found.attributes,
        "agents": list(found.agents),
        "preset": found.room_preset,
        "features": ["KRISP_ENABLED"] if found.krisp else [],
        "media": None if found.media is None else _media(found.media),
        "ringing_timeout": trunk and _seconds(trunk.ringing_timeout),
        "max_call_duration": trunk and _seconds(trunk.max_call_duration),
    }


def _media(media: CallMedia) -> dict[str, Any]:
    """As protobuf writes it: what is unset is not there."""
    encryption = media.encryption
    written = {
        "encryption": int(encryption) if encryption and encryption.isdigit() else encryption,
        "onlyListedCodecs": media.only_listed_codecs,
        "codecs": [{"name": name, "rate": rate} for name, rate in media.codecs],
        "mediaTimeout": _seconds(media.timeout),
    }
    return {field: value for field, value in written.items() if value}


def _seconds(value: float | None) -> str | None:
    return None if value is None else f"{value:g}s"


def test_the_answers_are_of_every_kind() -> None:
    outcomes = [answer["said"]["outcome"] for answer in ANSWERS]
    stages = {answer["said"].get("stage") for answer in ANSWERS}
    assert min(outcomes.count(kind) for kind in ("accept", "drop", "request-pin", "error")) >= 5
    assert stages == {None, "source", "match-trunk", "match-rule", "evaluate"}
