"""`lklint sip dispatch`: trunks by name, rules for every trunk, and PINs that stay."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .conftest import Commands

TRUNK = '{"trunk": {"name": "Main line", "numbers": ["+15105550100"]}}'


def listed(commands: Commands) -> list[dict[str, Any]]:
    done = commands.lklint("sip", "dispatch", "list", "--json", "--show-secrets")
    items: list[dict[str, Any]] = json.loads(done.stdout).get("items", [])
    return items


def test_trunks_may_be_named(server: Commands) -> None:
    trunk = server.made("sip", "inbound", "create", TRUNK)
    rule = (
        '{"dispatch_rule": {"trunk_ids": ["Main line"],'
        ' "rule": {"dispatchRuleDirect": {"roomName": "desk"}}}}'
    )
    server.made("sip", "dispatch", "create", server.write("rule.json", rule))
    assert listed(server)[0]["trunkIds"] == [trunk]


def test_a_name_that_no_trunk_has_is_not_sent(server: Commands) -> None:
    trunk = server.made("sip", "inbound", "create", TRUNK)
    done = server.lklint("sip", "dispatch", "create", "--trunks", "Main lime", "--direct", "desk")
    assert done.returncode == 1
    assert f"no trunk on the server is called Main lime; did you mean Main line ({trunk})?" in (
        done.stderr
    )
    assert listed(server) == []


def test_an_id_that_no_trunk_has_is_told(server: Commands) -> None:
    done = server.lklint(
        "sip", "dispatch", "create", "--trunks", "ST_aB3xY9kLmN2p", "--direct", "a"
    )
    assert done.returncode == 0
    assert "no inbound trunk on the server has the id ST_aB3xY9kLmN2p" in done.stderr


def test_empty_brackets_make_a_rule_for_every_trunk(server: Commands) -> None:
    """`lk` stores the two characters as the id of a trunk, and the rule matches no call."""
    trunk = server.made("sip", "inbound", "create", TRUNK)
    rule = server.made("sip", "dispatch", "create", "--trunks", trunk, "--direct", "desk")
    server.made("sip", "dispatch", "update", "--id", rule, "--trunks", "[]")
    assert "trunkIds" not in listed(server)[0]


@pytest.mark.parametrize(
    ("flags", "kind"),
    [
        (("--direct", "desk"), {"dispatchRuleDirect": {"roomName": "desk", "pin": "739164"}}),
        (("--caller", "x"), {"dispatchRuleIndividual": {"roomPrefix": "x", "pin": "739164"}}),
        (
            ("--callee", "x", "--randomize"),
            {"dispatchRuleCallee": {"roomPrefix": "x", "pin": "739164", "randomize": True}},
        ),
    ],
)
def test_another_kind_of_rule_keeps_the_pin(
    flags: tuple[str, ...], kind: Any, server: Commands
) -> None:
    """With `lk` the PIN is gone, and the room stands open."""
    rule = '{"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "a", "pin": "739164"}}}}'
    id = server.made("sip", "dispatch", "create", rule)
    server.made("sip", "dispatch", "update", "--id", id, *flags)
    assert listed(server)[0]["rule"] == kind


def test_pins_are_covered_unless_they_are_asked_for(server: Commands) -> None:
    rule = '{"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "a", "pin": "739164"}}}}'
    server.made("sip", "dispatch", "create", rule)
    for arguments in ((), ("--json",)):
        covered = server.lklint("sip", "dispatch", "list", *arguments).stdout
        assert "739164" not in covered
        assert "****" in covered
        shown = server.lklint("sip", "dispatch", "list", "--show-secrets", *arguments).stdout
        assert "739164" in shown


def test_an_update_that_would_end_every_call_is_refused(server: Commands) -> None:
    one = server.made("sip", "inbound", "create", TRUNK)
    two = server.made("sip", "inbound", "create", TRUNK.replace("0100", "0101"))
    server.made("sip", "dispatch", "create", "--trunks", one, "--direct", "a")
    second = server.made("sip", "dispatch", "create", "--trunks", two, "--direct", "b")
    done = server.lklint("sip", "dispatch", "update", "--id", second, "--trunks", one)
    assert done.returncode == 1
    assert "LiveKit would take this update, and then end calls" in done.stderr
    assert {tuple(rule["trunkIds"]) for rule in listed(server)} == {(one,), (two,)}


@pytest.mark.parametrize("place", range(4))
def test_a_conflict_names_the_other_rule_whichever_came_first(place: int, server: Commands) -> None:
    rules = [
        server.made("sip", "dispatch", "create", "--name", f"Desk {n}", "--trunks", f"ST_{n}",
                    "--direct", f"desk-{n}")
        for n in range(4)
    ]  # fmt: skip
    other = (place + 1) % 4
    done = server.lklint(
        "sip", "dispatch", "update", "--id", rules[place], "--trunks", f"ST_{other}"
    )
    assert done.returncode == 1
    assert f"dispatch rule Desk {other} ({rules[other]}) claims the same calls" in done.stderr
    assert rules[place] not in done.stderr


def test_a_refused_create_names_the_rule_it_is_about(server: Commands) -> None:
    made = ("sip", "dispatch", "create", "--direct", "desk", "--trunks")
    server.made(*made, "ST_1")
    for trunk in ("ST_2", "ST_3"):
        rule = server.made(*made, trunk, "--name", f"Desk on {trunk}")
        done = server.lklint(*made, trunk)
        assert done.returncode == 1
        assert f"dispatch rule Desk on {trunk} ({rule}) claims the same calls" in done.stderr
        assert "already exists in dispatch rule" in done.stderr


def test_a_flat_file_with_flags_loses_nothing(server: Commands) -> None:
    """`lk` throws the whole file away and stores a rule for everybody."""
    trunk = server.made("sip", "inbound", "create", TRUNK)
    flat = json.dumps({"name": "Night", "trunk_ids": [trunk], "attributes": {"team": "blue"}})
    server.made("sip", "dispatch", "create", server.write("rule.json", flat), "--caller", "night")
    (rule,) = listed(server)
    assert (rule["name"], rule["trunkIds"], rule["attributes"]) == (
        "Night",
        [trunk],
        {"team": "blue"},
    )


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (("--direct", "a", "--caller", "b"), "three kinds of rule"),
        (("--randomize", "--direct", "a"), "--randomize goes with --callee"),
    ],
)
def test_flags_that_contradict_each_other(
    flags: tuple[str, ...], says: str, sandbox: Commands
) -> None:
    done = sandbox.lklint("sip", "dispatch", "create", *flags)
    assert done.returncode == 2
    assert says in done.stderr
