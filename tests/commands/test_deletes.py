"""`lklint sip … delete`: a person is asked, a script goes on as with `lk`."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lklint.sandbox.store import Store

from .conftest import Commands

TRUNK = json.dumps(
    {"trunk": {"name": "Main", "numbers": ["+442079460123"], "allowed_addresses": ["192.0.2.0/24"]}}
)


def _rules(commands: Commands) -> list[Any]:
    listed = commands.lklint("sip", "dispatch", "list", "--json")
    found: list[Any] = json.loads(listed.stdout).get("items", [])
    return found


@pytest.mark.parametrize(("answer", "left"), [("y\n", 0), ("n\n", 1), ("\n", 1)])
def test_somebody_at_a_terminal_sees_which_rules_need_a_trunk_and_is_asked(
    answer: str, left: int, store: Store, sandbox: Commands
) -> None:
    trunk = sandbox.made("sip", "inbound", "create", TRUNK)
    made = ("sip", "dispatch", "create", "--name", "Desk", "--trunks", trunk, "--direct", "desk")
    rule = sandbox.made(*made)
    done = sandbox.lklint("sip", "inbound", "delete", trunk, terminal=answer)
    assert f"dispatch rule Desk ({rule}) is bound to {trunk}; it takes no call" in done.stderr
    assert f"Delete inbound trunk Main ({trunk})? [y/N]" in done.stderr
    assert done.returncode == left
    assert len(store.all("inbound-trunk")) == left


def test_somebody_at_a_terminal_sees_which_numbers_need_a_rule(
    store: Store, sandbox: Commands
) -> None:
    rule = sandbox.made("sip", "dispatch", "create", "--direct", "desk")
    found = sandbox.lklint("number", "search", "--country-code", "US", "--json")
    number = json.loads(found.stdout)["items"][0]["e164Format"]
    bought = ("number", "purchase", "--numbers", number, "--sip-dispatch-rule-id", rule, "--yes")
    sandbox.lklint(*bought)
    done = sandbox.lklint("sip", "dispatch", "delete", rule, terminal="n\n")
    assert f"{number} is assigned to {rule}" in done.stderr
    assert "nothing was deleted" in done.stderr
    assert len(store.all("dispatch-rule")) == 1


def test_a_server_without_phone_numbers_is_asked_about_nothing_else(livekit: Commands) -> None:
    rule = livekit.made("sip", "dispatch", "create", "--direct", "desk")
    assert livekit.lklint("sip", "dispatch", "delete", rule, terminal="y\n").returncode == 0
    assert _rules(livekit) == []


def test_what_is_not_there_is_told_before_anything_is_asked(sandbox: Commands) -> None:
    trunk = sandbox.made("sip", "inbound", "create", TRUNK)
    done = sandbox.lklint("sip", "inbound", "delete", trunk, "ST_gone", terminal="y\n")
    assert done.returncode == 1
    assert "Delete" not in done.stderr


@pytest.mark.parametrize("more", [(), ("--yes",)])
def test_a_script_goes_on_as_with_lk(more: tuple[str, ...], sandbox: Commands) -> None:
    rule = sandbox.made("sip", "dispatch", "create", "--direct", "desk", *more)
    done = sandbox.lklint("sip", "dispatch", "delete", rule, *more)
    assert (done.returncode, done.stdout) == (0, f"SIPDispatchRuleID: {rule}\n")
    assert sandbox.lklint("sip", "dispatch", "list", *more).returncode == 0


def test_yes_is_taken_at_a_terminal_too(sandbox: Commands) -> None:
    rule = sandbox.made("sip", "dispatch", "create", "--direct", "desk")
    done = sandbox.lklint("sip", "dispatch", "delete", "-y", rule, terminal="")
    assert done.returncode == 0
    assert _rules(sandbox) == []
