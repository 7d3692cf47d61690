"""Which trunk an entry of `trunk_ids` means."""

from __future__ import annotations

from typing import Any

import pytest

from lklint.workspace.environment import DISPATCH, INBOUND, OUTBOUND, Environment
from lklint.workspace.filed import Filed

RULE = {"dispatch_rule_direct": {"room_name": "lobby"}}


def environment(
    inbound: list[dict[str, Any]], entries: list[str], outbound: list[dict[str, Any]] | None = None
) -> Environment:
    def filed(name: str, values: list[dict[str, Any]]) -> list[Filed]:
        return [Filed(value, "", f"{name}-{at}.json") for at, value in enumerate(values)]

    rules = [{"rule": RULE, "trunk_ids": entries}]
    return Environment(
        "test",
        {
            INBOUND: filed("inbound", inbound),
            OUTBOUND: filed("outbound", outbound or []),
            DISPATCH: filed("rule", rules),
        },
    )


TWILIO = {"name": "twilio", "numbers": ["+15550100"]}
TELNYX = {"name": "telnyx", "numbers": ["+15550101"]}
STORED = {**TWILIO, "sip_trunk_id": "ST_stored000001"}


@pytest.mark.parametrize(
    ("inbound", "entry", "meaning", "bound_to"),
    [
        ([STORED], "ST_stored000001", "id", "ST_stored000001"),
        ([STORED], "twilio", "name", "ST_stored000001"),
        ([TWILIO, TELNYX], "telnyx", "name", "inbound-1.json"),
        ([TWILIO, TWILIO], "twilio", "several", "twilio"),
        ([TWILIO], "Twilio", "unknown", "Twilio"),
        ([TWILIO], "ST_elsewhere001", "assumed", "inbound-0.json"),
        ([TWILIO, TELNYX], "ST_elsewhere001", "unknown", "ST_elsewhere001"),
        ([STORED], "ST_elsewhere001", "unknown", "ST_elsewhere001"),
        ([TWILIO], "PN_phone0000001", "phone-number", "PN_phone0000001"),
    ],
)
def test_an_entry_means(
    inbound: list[dict[str, Any]], entry: str, meaning: str, bound_to: str
) -> None:
    found = environment(inbound, [entry])
    assert [reference.meaning for reference in found.references()] == [meaning]
    assert [rule.trunk_ids for rule in found.exchange.rules] == [[bound_to]]


@pytest.mark.parametrize("entry", ["ST_outbound0001", "carrier"])
def test_an_outbound_trunk_is_known_as_one(entry: str) -> None:
    carrier = {"name": "carrier", "sip_trunk_id": "ST_outbound0001", "address": "sip.example.com"}
    found = environment([TWILIO], [entry], [carrier])
    assert [reference.meaning for reference in found.references()] == ["outbound"]


@pytest.mark.parametrize(
    ("inbound", "entry", "sure"),
    [
        ([TWILIO, TELNYX], "ST_elsewhere001", False),
        ([TWILIO], "ST_elsewhere001", False),
        ([STORED], "ST_elsewhere001", True),
        ([TWILIO, TELNYX], "twilio", True),
        ([TWILIO, TELNYX], "nobody", True),
    ],
)
def test_an_id_that_no_file_has_leaves_it_open_who_is_meant(
    inbound: list[dict[str, Any]], entry: str, sure: bool
) -> None:
    assert environment(inbound, [entry]).sure_of_trunks is sure


def test_what_stands_in_a_workspace_twice_has_two_ids() -> None:
    found = environment([STORED, STORED], [])
    ids = [trunk.id for trunk in found.exchange.trunks]
    assert ids == ["ST_stored000001", "ST_stored000001 (2)"]
