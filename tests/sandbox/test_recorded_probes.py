"""What the real server said to documents that `lk` handed on, said by the sandbox.

`tests/recorded/probes.jsonl` holds them; those that `lk` itself refused never reach a server. What
`lk` does to a document on the way is done here: it leaves the media of a file to create at home.
"""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest

from .asking import Asked

PROBES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "recorded" / "probes.jsonl")
    .read_text(encoding="utf-8")
    .split("\n")
    if line
]
HANDED_ON = [probe for probe in PROBES if probe.get("by") != "lk"]

METHODS = {
    "inbound-trunk": ("SIPInboundTrunk", "sip_trunk_id"),
    "outbound-trunk": ("SIPOutboundTrunk", "sip_trunk_id"),
    "dispatch-rule": ("SIPDispatchRule", "sip_dispatch_rule_id"),
    "sip-participant": ("SIPParticipant", ""),
}
STORED: dict[str, dict[str, Any]] = {
    "inbound-trunk": {"trunk": {"name": "stored", "auth_username": "stored"}},
    "outbound-trunk": {"trunk": {"address": "sip.example.com", "numbers": ["+12025550100"]}},
    "dispatch-rule": {"dispatch_rule": {"rule": {"dispatch_rule_direct": {"room_name": "r"}}}},
}
"""The object that an update replaces."""

NO_TRUNK = "twirp error not_found: requested sip trunk does not exist"
"""The recorded answers to participants were to the document alone, without a trunk to call by."""


def said(server: Asked, probe: dict[str, Any]) -> str:
    """The answer as `lk` prints it, "" for one that is no refusal."""
    name, id_field = METHODS[probe["kind"]]
    text = base64.b64decode(probe["text_b64"]) if "text_b64" in probe else probe["text"].encode()
    if probe["form"] == "update":
        id = server.get(f"Create{name}", STORED[probe["kind"]])[id_field]
        document = json.loads(text)
        for spelling in (id_field, "sipTrunkId", "sipDispatchRuleId"):
            document.pop(spelling, None)  # `--id` rules over the id of the file
        body = json.dumps({id_field: id, "replace": document})
        status, answer = server.call(f"Update{name}", body.encode())
    else:
        document = json.loads(text, object_pairs_hook=_without_media)
        status, answer = server.call(f"Create{name}", json.dumps(document).encode())
    refusal = json.loads(answer)
    return "" if status == 200 else f"twirp error {refusal['code']}: {_masked(refusal['msg'])}"


def _masked(words: str) -> str:
    return re.sub(r"SDR_\w{12}", "SDR_…", words)


def _without_media(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in pairs if name != "media"}


def test_most_of_the_documents_were_handed_on() -> None:
    assert len(HANDED_ON) > 300


@pytest.mark.parametrize("probe", HANDED_ON, ids=lambda probe: str(probe["id"]))
def test_the_server_said_the_same(sandbox: Asked, probe: dict[str, Any]) -> None:
    sandbox.empty()
    answer = said(sandbox, probe)
    if probe["refused"]:
        assert answer == _masked(probe["message"])
    else:
        assert answer in ("", NO_TRUNK)
