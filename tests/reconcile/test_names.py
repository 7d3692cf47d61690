"""Names of trunks in `trunk_ids`: whatever they look like, they mean the trunk that has them."""

from __future__ import annotations

import json

import pytest

from .conftest import PASSWORD, TRUNK, Live

DIRECT = {"dispatch_rule_direct": {"room_name": "lobby"}}
AGENTS = {"agents": [{"agent_name": "bot"}]}


def _write(live: Live, name: str, entry: str) -> None:
    trunk = {"name": name, "numbers": ["+442079460199"], "allowed_addresses": ["198.51.100.0/24"]}
    rule = {"name": "Lobby", "trunk_ids": [entry], "rule": DIRECT, "room_config": AGENTS}
    live.write("trunk.json", json.dumps({"trunk": trunk}))
    live.write("rule.json", json.dumps({"dispatch_rule": rule}))


@pytest.mark.parametrize("name", ["T1", "A2", "+442079460123", "all", "example", "PN_x", "RM_1"])
def test_a_trunk_of_any_name_is_found_by_it(name: str, live: Live) -> None:
    _write(live, name, name)
    applied = live.run("apply", "--yes")
    assert applied.returncode == 0, applied.stderr
    ids = {trunk.name: trunk.sip_trunk_id for trunk in live.store.all("inbound-trunk")}
    [rule] = [it for it in live.store.all("dispatch-rule") if it.name == "Lobby"]
    assert list(rule.trunk_ids) == [ids[name]]


@pytest.mark.parametrize(
    ("entry", "code"), [("T2", "LK421"), ("t1", "LK421"), ("example", "LK127"), ("", "LK421")]
)
def test_what_no_trunk_has_for_a_name_still_stops_everything(
    entry: str, code: str, live: Live
) -> None:
    _write(live, "T1", entry)
    applied = live.run("apply", "--yes")
    assert applied.returncode == 1
    assert code in applied.stderr
    assert len(live.store.all("dispatch-rule")) == 1


def test_a_rule_follows_its_trunk_to_another_name(live: Live) -> None:
    live.run("pull", "--yes", "--env-file", "secrets.env")
    assert live.json("dispatch-rules/support.json")["dispatch_rule"]["trunk_ids"] == ["Main line"]
    live.has("inbound-trunk", {**TRUNK, "name": "Renamed"})
    pulled = live.run("pull", "--yes", "--env-file", "secrets.env")
    assert pulled.returncode == 0, pulled.stderr
    assert '["Main line"] becomes ["Renamed"]' in pulled.stdout
    assert live.json("dispatch-rules/support.json")["dispatch_rule"]["trunk_ids"] == ["Renamed"]
    planned = live.run("plan", "--env-file", "secrets.env")
    assert planned.stdout.endswith("3 unchanged. Nothing was sent.\n"), planned.stdout


def test_trunks_that_swap_their_names_keep_their_rules(live: Live) -> None:
    other = {"sip_trunk_id": "ST_two", "name": "Second", "numbers": ["+442079460124"]}
    live.has("inbound-trunk", {**other, "auth_username": "u", "auth_password": PASSWORD})
    live.run("pull", "--yes", "--env-file", "secrets.env")
    live.has("inbound-trunk", {**TRUNK, "name": "Second"})
    live.has(
        "inbound-trunk",
        {**other, "name": "Main line", "auth_username": "u", "auth_password": PASSWORD},
    )
    live.run("pull", "--yes", "--env-file", "secrets.env")
    assert live.json("dispatch-rules/support.json")["dispatch_rule"]["trunk_ids"] == ["Second"]


def test_a_name_that_another_trunk_has_too_becomes_an_id(live: Live) -> None:
    live.run("pull", "--yes", "--env-file", "secrets.env")
    other = {"sip_trunk_id": "ST_two", "name": "Main line", "numbers": ["+442079460124"]}
    live.has("inbound-trunk", {**other, "auth_username": "u", "auth_password": PASSWORD})
    pulled = live.run("pull", "--yes", "--env-file", "secrets.env")
    assert pulled.returncode == 0, pulled.stderr
    assert live.json("dispatch-rules/support.json")["dispatch_rule"]["trunk_ids"] == ["ST_main"]
