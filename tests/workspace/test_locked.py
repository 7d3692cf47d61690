"""The ids of `lklint.lock`, where files are only looked at."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

import lklint
from lklint.reconcile.lock import Entry, Lock
from lklint.workspace.locked import locked_ids

HERE, THERE = "http://127.0.0.1:7880", "https://there.example.com"
ID, OTHER = "ST_aB3xY9kLmN2p", "ST_bC4xY9kLmN2p"
CALL = ("--from", "+442079460500", "--to", "+442079460123")


def entry(id: str, place: str = "trunk.json", kind: str = "inbound-trunk") -> dict[str, str]:
    return {"kind": kind, "name": "Main", "place": place, "id": id}


def write_lock(folder: Path, servers: Any) -> None:
    text = json.dumps({"version": 1, "servers": servers})
    (folder / "lklint.lock").write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two trunks without ids, and a rule that is bound to the id of the first."""
    rule = {"name": "All", "trunk_ids": [ID], "rule": {"dispatchRuleDirect": {"roomName": "lobby"}}}
    files = {
        "trunk.json": {"trunk": {"name": "Main", "numbers": ["+442079460123"]}},
        "other.json": {"trunk": {"name": "Other", "numbers": ["+442079460124"]}},
        "rule.json": {"dispatch_rule": rule},
    }
    for name, value in files.items():
        (tmp_path / name).write_text(json.dumps(value), encoding="utf-8")
    return tmp_path


def test_what_apply_writes_is_read(tmp_path: Path) -> None:
    lock = Lock(str(tmp_path / "lklint.lock"), HERE)
    lock.keep(Entry("inbound-trunk", "Main", "trunk.json", ID))
    lock.keep(Entry("inbound-trunk", "Second", "list.json#/items/1", OTHER))
    lock.note(Entry("dispatch-rule", "All", "rule.json", sent="2026-01-31T12:00:00.000+00:00"))
    lock.save()
    assert locked_ids(str(tmp_path)) == {
        ("inbound-trunk", "trunk.json"): ID,
        ("inbound-trunk", "list.json#/items/1"): OTHER,
    }


@pytest.mark.parametrize(
    ("url", "id"),
    [
        ("", None),
        ("http://127.0.0.1:7880", ID),
        ("ws://127.0.0.1:7880/", ID),
        ("wss://there.example.com", OTHER),
        ("https://nobody.example.com", None),
        ("http://[", None),
    ],
)
def test_of_several_servers_that_of_the_address_counts(
    tmp_path: Path, url: str, id: str | None
) -> None:
    write_lock(tmp_path, {HERE: [entry(ID)], THERE: [entry(OTHER)]})
    assert locked_ids(str(tmp_path), url).get(("inbound-trunk", "trunk.json")) == id


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<<<<<<< ours",
        "[" * 100_000,
        "[]",
        '{"servers": []}',
        '{"servers": {"http://127.0.0.1:7880": 1}}',
        '{"servers": {"http://127.0.0.1:7880": [1]}}',
        '{"servers": {"http://127.0.0.1:7880": [{"id": "ST_1"}]}}',
        '{"servers": {"http://127.0.0.1:7880": [{"kind": [], "place": {}, "id": 1}]}}',
    ],
)
def test_a_lock_that_cannot_be_read_is_passed_over(tmp_path: Path, text: str) -> None:
    (tmp_path / "lklint.lock").write_text(text, encoding="utf-8")
    assert locked_ids(str(tmp_path)) == {}


def test_a_place_with_two_ids_has_none(tmp_path: Path) -> None:
    write_lock(tmp_path, {HERE: [entry(ID), entry(OTHER)]})
    assert locked_ids(str(tmp_path)) == {}


def test_route_follows_the_id(lklint: Run, folder: Path) -> None:
    assert "no file has" in lklint("route", *CALL).stdout
    write_lock(folder, {HERE: [entry(ID)]})
    done = lklint("route", *CALL)
    assert "room    lobby" in done.stdout
    assert "no file has" not in done.stdout


def test_route_asks_for_the_server_of_its_address(lklint: Run, folder: Path) -> None:
    write_lock(folder, {HERE: [entry(OTHER)], THERE: [entry(ID)]})
    assert lklint("route", *CALL).returncode == 1
    assert lklint("route", *CALL, "--url", "wss://there.example.com").returncode == 0
    assert lklint("route", *CALL, LIVEKIT_URL="wss://there.example.com").returncode == 0


def test_graph_and_test_follow_it_too(lklint: Run, folder: Path) -> None:
    call = {"from": CALL[1], "to": CALL[3], "expect": {"room": "lobby", "trunk": "Main"}}
    (folder / "calls.json").write_text(json.dumps({"calls": [{"name": "one", **call}]}))
    write_lock(folder, {HERE: [entry(ID)]})
    assert "1 passed" in lklint("test").stdout
    drawn = lklint("graph").stdout
    assert drawn.count("rule All") == 1
    assert "Not everything was looked at" not in drawn


def test_from_python(folder: Path) -> None:
    write_lock(folder, {HERE: [entry(ID)]})
    found = lklint.Workspace.load(folder).route(lklint.Call("+442079460500", "+442079460123"))
    assert (found.trunk_id, found.room) == (ID, "lobby")


def test_an_id_in_a_file_counts_and_not_that_of_the_lock(folder: Path) -> None:
    trunk = {"items": [{"sipTrunkId": OTHER, "name": "Main", "numbers": ["+442079460123"]}]}
    (folder / "trunk.json").write_text(json.dumps(trunk))
    write_lock(folder, {HERE: [entry(ID, "trunk.json#/items/0")]})
    environment = lklint.Workspace.load(folder).environments[0]
    [(meaning, trunks)] = [(at.meaning, at.trunks) for at in environment.references()]
    assert (meaning, len(trunks)) == ("assumed", 1)


def test_check_knows_the_id(lklint: Run, folder: Path) -> None:
    (folder / "other.json").unlink()
    assert "LK716" in lklint("check").stdout
    write_lock(folder, {HERE: [entry(ID)]})
    assert "LK716" not in lklint("check").stdout
