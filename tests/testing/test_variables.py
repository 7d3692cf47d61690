"""`"${NAME}"` in trunks, rules and expected calls: filled in where a way is asked for."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

PIN, OTHER = "80413", "27756"
NUMBER, CALLER = "+442079460123", "+442079460124"
SET = {"CONF_PIN": PIN, "MAIN_NUMBER": NUMBER, "ROOM": "lobby", "CALLER": CALLER}
TRUNK = {"name": "main", "numbers": [NUMBER], "allowedAddresses": ["203.0.113.0/28"]}


def rule(room: str = "lobby", pin: str = "${CONF_PIN}", **more: Any) -> dict[str, Any]:
    direct = {"roomName": room, "pin": pin}
    return {"name": "Conference", "rule": {"dispatchRuleDirect": direct}, **more}


def write(folder: Path, *calls: dict[str, Any], rule: dict[str, Any], **trunk: Any) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "trunk.json").write_text(json.dumps({"trunk": {**TRUNK, **trunk}}))
    (folder / "rule.json").write_text(json.dumps({"dispatch_rule": rule}))
    if calls:
        (folder / "calls.json").write_text(json.dumps({"calls": calls}))


def call(expect: object = "accepted", **more: Any) -> dict[str, Any]:
    return {"from": CALLER, "to": NUMBER, "pin": PIN, "expect": expect, **more}


def verdicts(lklint: Run, **variables: str) -> list[str]:
    done = lklint("test", "--output-format", "json", **variables)
    assert PIN not in done.stdout + done.stderr
    return [one["verdict"] for one in json.loads(done.stdout)["calls"]]


def found(done: subprocess.CompletedProcess[str]) -> set[str]:
    """The codes about expected calls among what `check` prints."""
    assert PIN not in done.stdout + done.stderr
    return {word for word in done.stdout.split() if word.startswith("LK75")}


CASES = [
    pytest.param(rule(), call(), {}, "CONF_PIN", id="the PIN of a rule"),
    pytest.param(rule(pin=PIN), call(pin="${CONF_PIN}"), {}, "CONF_PIN", id="of a call"),
    pytest.param(rule(), call(pin="${CONF_PIN}"), {}, "CONF_PIN", id="of both"),
    pytest.param(
        rule(), call("refused", pin=OTHER), {}, "CONF_PIN", id="a PIN that is to be wrong"
    ),
    pytest.param(
        rule(pin=PIN), call(), {"numbers": ["${MAIN_NUMBER}"]}, "MAIN_NUMBER",
        id="the number of a trunk",
    ),
    pytest.param(
        rule("${ROOM}", PIN), call({"room": "lobby"}), {}, "ROOM", id="the room of a rule"
    ),
    pytest.param(rule(pin=PIN), call({"room": "${ROOM}"}), {}, "ROOM", id="an expected room"),
    pytest.param(
        rule(pin=PIN, inbound_numbers=[CALLER]), call(**{"from": "${CALLER}"}), {}, "CALLER",
        id="a caller",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("bound", "expected", "trunk", "name"), CASES)
def test_a_value_is_filled_in_or_nobody_can_tell(
    lklint: Run,
    tmp_path: Path,
    bound: dict[str, Any],
    expected: dict[str, Any],
    trunk: dict[str, Any],
    name: str,
) -> None:
    write(tmp_path, expected, rule={**bound, "trunk_ids": ["main"]}, **trunk)
    assert verdicts(lklint, **SET) == ["passed"]
    assert found(lklint("check", ".", **SET)) == set()
    assert verdicts(lklint) == ["untold"]
    checked = lklint("check", "--select", "LK75", ".")
    assert (found(checked), checked.returncode) == ({"LK752"}, 0)
    assert f"it depends on {name}, which is not set" in " ".join(checked.stdout.split())
    shown = lklint("test", "-v").stdout
    assert f"not known without {name}" in shown
    assert "wrong" not in shown


def test_the_way_is_drawn_with_what_is_filled_in(lklint: Run, tmp_path: Path) -> None:
    write(tmp_path, call(), rule=rule("${ROOM}"))
    drawn = lklint("test", "-v", **SET).stdout
    assert "room    lobby" in drawn
    assert "wrong" not in drawn


def test_another_value_is_a_wrong_pin(lklint: Run, tmp_path: Path) -> None:
    write(tmp_path, call(), call("refused", pin=OTHER), rule=rule())
    assert verdicts(lklint, CONF_PIN=OTHER) == ["failed", "failed"]
    assert found(lklint("check", ".", CONF_PIN=OTHER)) == {"LK751"}


@pytest.mark.parametrize(
    "one",
    [
        {"from": CALLER, "to": NUMBER, "expect": "asked-for-pin"},
        {"from": CALLER, "to": NUMBER, "noPin": True, "expect": "refused"},
    ],
)
def test_what_depends_on_no_value_is_told(lklint: Run, tmp_path: Path, one: dict[str, Any]) -> None:
    write(tmp_path, one, rule=rule())
    assert verdicts(lklint) == ["passed"]


def test_a_call_that_fails_for_another_reason_fails(lklint: Run, tmp_path: Path) -> None:
    write(tmp_path, call({"room": "attic"}, pin=None), rule=rule(pin=""), metadata="${UNSET}")
    assert verdicts(lklint) == ["failed"]


def test_a_pin_of_an_unset_variable_is_no_pin_that_nobody_can_enter(
    lklint: Run, tmp_path: Path
) -> None:
    write(tmp_path, call(pin="${CONF_PIN}"), rule=rule())
    assert "LK755" not in lklint("check", ".").stdout


def route(lklint: Run, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    done = lklint("route", "--from", CALLER, "--to", NUMBER, *arguments, **variables)
    assert OTHER not in done.stdout + done.stderr
    return done


def test_route_fills_it_in_too(lklint: Run, tmp_path: Path) -> None:
    write(tmp_path, rule=rule())
    (tmp_path / "prod.env").write_text(f"CONF_PIN={OTHER}\n")
    assert route(lklint, "--pin", PIN, CONF_PIN=PIN).returncode == 0
    assert route(lklint, "--pin", PIN, CONF_PIN=OTHER).returncode == 1
    assert route(lklint, "--pin", PIN, "--env-file", "prod.env").returncode == 1
    assert route(lklint, "--pin", PIN, "--env-file", "prod.env", CONF_PIN=PIN).returncode == 0
    assert route(lklint).returncode == 0  # asked for a PIN


def test_route_says_what_it_would_need(lklint: Run, tmp_path: Path) -> None:
    write(tmp_path, rule=rule())
    done = route(lklint, "--pin", PIN)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "lklint: nobody can tell where this call goes: it depends on CONF_PIN, which is not set\n"
    )


def test_a_graph_shows_the_numbers_and_no_pin(lklint: Run, tmp_path: Path) -> None:
    write(tmp_path, rule=rule(), numbers=["${MAIN_NUMBER}"])
    drawn = lklint("graph", **SET).stdout
    assert NUMBER in drawn
    assert PIN not in drawn
