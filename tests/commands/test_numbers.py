"""`lklint number` and `lklint setup inbound`: money is spent only when somebody says so."""

from __future__ import annotations

import json

import pytest

from .conftest import Commands


def owned(commands: Commands) -> list[str]:
    done = commands.lklint("number", "list", "--json")
    return [one["e164Format"] for one in json.loads(done.stdout).get("items", [])]


def test_a_purchase_says_that_it_costs_and_asks(
    sandbox: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lklint.sandbox.server.NAME", "LiveKit")
    wanted = ("number", "purchase", "--numbers", "+14155550100")
    in_a_script = sandbox.lklint(*wanted)
    assert in_a_script.returncode == 1
    assert "costs money" in in_a_script.stderr
    assert "--yes" in in_a_script.stderr
    no = sandbox.lklint(*wanted, terminal="\n")
    assert no.returncode == 1
    assert "Buy 1 phone number: +14155550100? [y/N]" in no.stderr
    assert owned(sandbox) == []
    yes = sandbox.lklint(*wanted, "--yes")
    assert yes.returncode == 0
    assert yes.stdout.startswith("Successfully purchased 1 phone numbers:\n  +14155550100 (PN_")
    assert owned(sandbox) == ["+14155550100"]


def test_a_script_need_not_say_yes_where_nothing_costs(sandbox: Commands) -> None:
    number = ("--numbers", "+14155550100")
    bought = sandbox.lklint("number", "purchase", *number)
    assert bought.returncode == 0
    assert "This is a sandbox: it bills nothing." in bought.stderr
    assert "money" not in bought.stderr
    assert owned(sandbox) == ["+14155550100"]
    assert sandbox.lklint("number", "release", *number).returncode == 0
    assert owned(sandbox) == []


def test_nothing_is_bought_for_a_rule_that_is_not_there(sandbox: Commands) -> None:
    rule = ("--sip-dispatch-rule-id", "SDR_gone")
    done = sandbox.lklint("number", "purchase", "--yes", "--numbers", "+14155550100", *rule)
    assert done.returncode == 1
    assert "no dispatch rule on the server is SDR_gone" in done.stderr
    assert owned(sandbox) == []


def test_a_rule_may_be_named(sandbox: Commands) -> None:
    rule = sandbox.made("sip", "dispatch", "create", "--name", "Desk", "--caller", "desk")
    number = ("--numbers", "+14155550100,+14155550101")
    sandbox.lklint("number", "purchase", "--yes", *number, "--sip-dispatch-rule-id", "Desk")
    done = sandbox.lklint("number", "get", "--number", "+14155550101")
    assert f"  SIP Dispatch Rules: {rule}\n" in done.stdout


def test_a_release_asks(sandbox: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lklint.sandbox.server.NAME", "LiveKit")
    sandbox.lklint("number", "purchase", "--yes", "--numbers", "+14155550100")
    wanted = ("number", "release", "--numbers", "+14155550100")
    assert sandbox.lklint(*wanted).returncode == 1
    assert owned(sandbox) == ["+14155550100"]
    done = sandbox.lklint(*wanted, terminal="y\n")
    assert done.stdout == "Successfully released 1 phone numbers: +14155550100\n"


def test_pages_of_numbers(sandbox: Commands) -> None:
    numbers = ",".join(f"+141555501{last:02}" for last in range(3))
    sandbox.lklint("number", "purchase", "--yes", "--numbers", numbers)
    first = sandbox.lklint("number", "list", "--limit", "2")
    assert first.stdout.startswith(
        "Total phone numbers: 3\nMore results available. Use --offset 2 to see the next page.\n"
    )
    second = sandbox.lklint("number", "list", "--limit", "2", "--offset", "2").stdout
    assert "Showing results from offset 2\n" in second
    assert second.count("+1415555") == 1


def test_the_open_server_has_no_numbers_and_that_is_said(livekit: Commands) -> None:
    done = livekit.lklint("number", "list", "--quiet")
    assert done.returncode == 1
    assert "phone numbers are on LiveKit Cloud only" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("purchase", "--yes"), "name at least one number"),
        (("purchase", "--yes", "--numbers", "415"), "415 is no number in E.164"),
        (("purchase", "--yes", "--numbers", "+14155550100,+14155550100"), "named twice"),
        (("list", "--status", "nope"), "--status: nope is none of"),
        (("get",), "give --id or --number"),
        (("get", "--id", "PN_a", "--number", "+14155550100"), "not both"),
        (("update", "--id", "PN_a"), "--sip-dispatch-rule-id"),
        (("release", "--yes"), "give --ids or --numbers"),
    ],
)
def test_a_slip_is_one_line(arguments: tuple[str, ...], says: str, sandbox: Commands) -> None:
    done = sandbox.lklint("number", *arguments)
    assert done.returncode == 2
    assert says in done.stderr


SETUP = ("setup", "inbound", "--country-code", "US", "--area-code", "415", "--agent", "desk")


@pytest.mark.parametrize(
    ("name", "says"), [("LiveKit", "A phone number costs money"), (None, "This is a sandbox")]
)
def test_setting_up_shows_its_plan_first(
    name: str | None, says: str, sandbox: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name is not None:
        monkeypatch.setattr("lklint.sandbox.server.NAME", name)
    done = sandbox.lklint(*SETUP)
    assert done.returncode == 1
    assert f"+ number  +14155550100, to be bought. {says}" in done.stdout
    assert "+ rule    Inbound calls, to be made" in done.stdout
    assert owned(sandbox) == []


def test_setting_up_twice_buys_once(sandbox: Commands) -> None:
    assert sandbox.lklint(*SETUP, "--yes").returncode == 0
    again = sandbox.lklint(*SETUP, "--yes")
    assert again.returncode == 0
    assert "yours already" in again.stdout
    assert owned(sandbox) == ["+14155550100"]
    (number,) = json.loads(sandbox.lklint("number", "list", "--json").stdout)["items"]
    (rule,) = json.loads(sandbox.lklint("sip", "dispatch", "list", "--json").stdout)["items"]
    assert number["sipDispatchRuleIds"] == [rule["sipDispatchRuleId"]]
    assert rule["roomConfig"]["agents"] == [{"agentName": "desk"}]


def test_setting_up_asks_for_what_it_needs_at_a_terminal(sandbox: Commands) -> None:
    done = sandbox.lklint("setup", "inbound", terminal="desk\nUS\n2\ny\n")
    assert done.returncode == 0, done.stderr
    assert len(owned(sandbox)) == 1
    for question in ("The name your agent runs under", "The country", "Which one", "Do this?"):
        assert question in done.stderr


def test_setting_up_takes_a_rule_from_a_file(sandbox: Commands) -> None:
    rule = '{"dispatch_rule": {"name": "Night", "rule": {"dispatchRuleDirect": {"roomName": "n"}}}}'
    file = sandbox.write("rule.json", rule)
    number = ("--number", "+14155550107")
    done = sandbox.lklint("setup", "inbound", "--file", file, *number, "--yes")
    assert done.returncode == 0, done.stderr
    assert owned(sandbox) == ["+14155550107"]
