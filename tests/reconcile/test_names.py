"""Names of trunks in `trunk_ids`: whatever they look like, they mean the trunk that has them."""

from __future__ import annotations

import json

import pytest

from .conftest import Live

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
