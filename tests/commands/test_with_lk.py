"""The real `lk` sees what lklint made, and the other way round."""

from __future__ import annotations

import json

import pytest

from .conftest import Commands

TRUNK = (
    '{"trunk": {"name": "Main line", "numbers": ["+15105550100"],'
    ' "headers": {"X-B": "2", "X-A": "1"}}}'
)
OUT = (
    '{"trunk": {"name": "Out", "address": "sip.example.com", "numbers": ["+15105550100"],'
    ' "authUsername": "u", "authPassword": "x9-K-b-q2Lw7-long"}}'
)
RULE = (
    '{"dispatch_rule": {"name": "Desk", "attributes": {"b": "2", "a": "1"}, "rule":'
    ' {"dispatchRuleCallee": {"roomPrefix": "num", "randomize": true}},'
    ' "roomConfig": {"agents": [{"agentName": "one"}, {"agentName": "two"}]}}}'
)
KINDS = [("inbound", TRUNK), ("outbound", OUT), ("dispatch", RULE)]


@pytest.mark.parametrize(("group", "text"), KINDS)
@pytest.mark.parametrize("maker", ["lk", "lklint"])
def test_both_print_the_same_table(group: str, text: str, maker: str, livekit: Commands) -> None:
    file = livekit.write("resource.json", text)
    make = livekit.by_lk if maker == "lk" else livekit.lklint
    assert make("sip", group, "create", file).returncode == 0
    ours = livekit.lklint("sip", group, "list", "--show-secrets")
    theirs = livekit.by_lk("sip", group, "list")
    assert ours.stdout == theirs.stdout


@pytest.mark.parametrize(("group", "text"), KINDS)
def test_both_print_the_same_json(group: str, text: str, livekit: Commands) -> None:
    assert livekit.by_lk("sip", group, "list", "--json").stdout.strip() == "{}"
    assert livekit.lklint("sip", group, "list", "--json").stdout.strip() == "{}"
    livekit.made("sip", group, "create", livekit.write("resource.json", text))
    ours = livekit.lklint("sip", group, "list", "--json", "--show-secrets").stdout
    theirs = livekit.by_lk("sip", group, "list", "--json").stdout
    assert json.loads(ours) == json.loads(theirs)


def test_both_print_the_same_lines(livekit: Commands) -> None:
    file = livekit.write("trunk.json", TRUNK)
    ours = livekit.lklint("sip", "inbound", "create", file)
    id = ours.stdout.split()[-1]
    assert ours.stdout == f"SIPTrunkID: {id}\n"
    assert (
        livekit.by_lk("sip", "inbound", "update", "--id", id, "--name", "A").stdout == ours.stdout
    )
    assert livekit.lklint("sip", "inbound", "update", "--id", id, "--name", "B").stdout == (
        ours.stdout
    )
    assert livekit.by_lk("sip", "inbound", "delete", id).stdout == f"SIP Trunk [{id}] deleted\n"
    assert "Using url, api-key, api-secret from environment\n" in ours.stderr
