"""The real `lk` takes a sandbox for LiveKit: every command of its documentation, and its words."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from fidelity.server import program

from .asking import Asked

NUMBER = "+14155550100"

Lk = Callable[..., str]

TRUNK = {
    "trunk": {
        "name": "My trunk",
        "numbers": ["+15105550100"],
        "allowedNumbers": ["+13105550100", "+17145550100"],
        "krispEnabled": True,
    }
}
RULES = {
    "Individual (Caller)": {"dispatchRuleIndividual": {"roomPrefix": "call-"}},
    "Direct": {"dispatchRuleDirect": {"roomName": "safe-room", "pin": "12345"}},
    "Callee": {"dispatchRuleCallee": {"roomPrefix": "number-"}},
}


@pytest.fixture
def lk(fresh: Asked, tmp_path: Path) -> Lk:
    """Runs `lk …` against a sandbox, and gives what it prints; `fails` for a command that must."""
    path = program("LKLINT_LK", "lk")

    def run(*arguments: str, fails: bool = False) -> str:
        done = subprocess.run(
            [path, *arguments],
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            timeout=60,
            check=False,
            env={
                "HOME": str(tmp_path),
                "LIVEKIT_URL": fresh.url,
                "LIVEKIT_API_KEY": fresh.key,
                "LIVEKIT_API_SECRET": fresh.secret,
            },
        )
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stderr if fails else done.stdout

    return run


def id_in(text: str) -> str:
    found = re.search(r"(?:ST|SDR|PN)_\w{12}", text)
    assert found is not None, text
    return found[0]


def dispatch_rule(kind: dict[str, object]) -> str:
    agents = {"agents": [{"agentName": "inbound-agent", "metadata": "job dispatch metadata"}]}
    rule = {"rule": kind, "name": "My dispatch rule", "roomConfig": agents}
    return json.dumps({"dispatch_rule": rule})


def test_a_number_from_the_search_to_its_release(lk: Lk) -> None:
    assert NUMBER in lk("number", "search", "--country-code", "US", "--area-code", "415")
    limited = lk("number", "search", "--country-code", "US", "--area-code", "415", "--limit", "10")
    assert limited.count("San Francisco") == 10
    assert len(json.loads(lk("number", "search", "--area-code", "415", "--json"))["items"]) == 50

    answer = lk("number", "purchase", "--numbers", NUMBER)
    id = id_in(answer)
    assert answer == f"Successfully purchased 1 phone numbers:\n  {NUMBER} ({id}) - ACTIVE\n"
    assert "already_exists" in lk("number", "purchase", "--numbers", NUMBER, fails=True)

    rule = id_in(lk("sip", "dispatch", "create", dispatch_rule(RULES["Individual (Caller)"])))
    updated = lk("number", "update", "--id", id, "--sip-dispatch-rule-id", rule)
    assert f"SIP Dispatch Rules: {rule}" in updated
    for named in (("--id", id), ("--number", NUMBER)):
        details = lk("number", "get", *named)
        assert f"  ID: {id}\n  E164 Format: {NUMBER}\n  Country: US\n" in details
    listed = lk("number", "list", "--sip-dispatch-rule-id", rule)
    assert listed.startswith("Total phone numbers: 1\n")
    assert all(text in listed for text in (id, NUMBER, "LOCAL", "voice", "ACTIVE", rule))

    assert lk("number", "release", "--ids", id).startswith("Successfully released 1 phone numbers")
    assert lk("number", "list").startswith("Total phone numbers: 0\n")
    both = lk("number", "list", "--status", "active", "--status", "released", "--json")
    assert [item["status"] for item in json.loads(both)["items"]] == [
        "PHONE_NUMBER_STATUS_RELEASED"
    ]


def test_numbers_page_by_page(lk: Lk) -> None:
    numbers = [f"+1415555010{last}" for last in range(5)]
    lk("number", "purchase", "--numbers", ",".join(numbers))
    page = lk("number", "list", "--limit", "2", "--offset", "2")
    assert "Total phone numbers: 5\nShowing results from offset 2\n" in page
    assert "More results available. Use --offset 4 to see the next page.\n" in page
    assert [number for number in numbers if number in page] == numbers[2:4]


def test_an_inbound_trunk_by_file_and_by_flags(lk: Lk, tmp_path: Path) -> None:
    (tmp_path / "inbound-trunk.json").write_text(json.dumps(TRUNK), encoding="utf-8")
    id = id_in(lk("sip", "inbound", "create", "inbound-trunk.json"))
    table = lk("sip", "inbound", "list")
    assert all(text in table for text in (id, "My trunk", "+15105550100", "+13105550100"))
    lk("sip", "inbound", "update", "--id", id, "--name", "Renamed")
    [item] = json.loads(lk("sip", "inbound", "list", "--json"))["items"]
    assert item == {**TRUNK["trunk"], "sipTrunkId": id, "name": "Renamed", "media": {}}
    (tmp_path / "bare.json").write_text('{"numbers": ["+15105550101"]}', encoding="utf-8")
    lk("sip", "inbound", "update", "--id", id, "bare.json")
    [item] = json.loads(lk("sip", "inbound", "list", "--json"))["items"]
    assert item == {"sipTrunkId": id, "numbers": ["+15105550101"]}
    assert lk("sip", "inbound", "delete", id) == f"SIP Trunk [{id}] deleted\n"
    assert lk("sip", "inbound", "list", "--json").strip() == "{}"


def test_an_outbound_trunk_and_a_call_through_it(lk: Lk) -> None:
    trunk = '{"trunk": {"name": "Out", "address": "sip.example.com", "numbers": ["+15105550100"]}}'
    id = id_in(lk("sip", "outbound", "create", trunk))
    assert id in lk("sip", "outbound", "list")
    lk("sip", "outbound", "update", "--id", id, "--transport", "tls")
    [item] = json.loads(lk("sip", "outbound", "list", "--json"))["items"]
    assert item["transport"] == "SIP_TRANSPORT_TLS"
    dial = ("--trunk", id, "--call", "+13105550100", "--room", "lobby", "--identity", "callee")
    said = lk("sip", "participant", "create", *dial)
    assert "ParticipantIdentity: callee\nRoomName: lobby\n" in said
    who = ("--room", "lobby", "--identity", "callee", "--to", "tel:+13105550101")
    lk("sip", "participant", "transfer", *who)
    assert "participant does not exist" in lk("sip", "participant", "transfer", *who, fails=True)


@pytest.mark.parametrize("name", RULES)
def test_a_dispatch_rule_of_each_kind(lk: Lk, tmp_path: Path, name: str) -> None:
    (tmp_path / "dispatch-rule.json").write_text(dispatch_rule(RULES[name]), encoding="utf-8")
    id = id_in(lk("sip", "dispatch", "create", "dispatch-rule.json"))
    table = lk("sip", "dispatch", "list")
    assert all(text in table for text in (id, "My dispatch rule", name, "inbound-agent"))
    lk("sip", "dispatch", "update", "--id", id, "--trunks", "[]")
    [item] = json.loads(lk("sip", "dispatch", "list", "--json"))["items"]
    assert (item["rule"], item["trunkIds"]) == (RULES[name], ["[]"])
    assert lk("sip", "dispatch", "delete", id) == f"SIPDispatchRuleID: {id}\n"


def test_the_words_of_a_refusal(lk: Lk) -> None:
    first = id_in(lk("sip", "inbound", "create", json.dumps(TRUNK)))
    again = {"trunk": {"numbers": ["15105550100"], "allowedNumbers": ["+17145550100"]}}
    said = lk("sip", "inbound", "create", json.dumps(again), fails=True)
    assert said.splitlines()[-1] == (
        f'twirp error invalid_argument: Conflicting inbound SIP Trunks: "<new>" and "{first}", '
        'using the same number(s) ["15105550100"] and AllowedNumber "+17145550100"'
    )


def test_the_old_lists(lk: Lk) -> None:
    id = id_in(lk("sip", "inbound", "create", json.dumps(TRUNK)))
    assert id in lk("list-sip-trunk")
    rule = id_in(lk("sip", "dispatch", "create", dispatch_rule(RULES["Callee"])))
    assert rule in lk("list-sip-dispatch-rule")


def test_a_wrong_secret(lk: Lk) -> None:
    said = lk("sip", "inbound", "list", "--api-secret", "wrong" * 8, fails=True)
    assert "twirp error unauthenticated" in said
