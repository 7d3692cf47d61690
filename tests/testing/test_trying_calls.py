"""`lklint test`: what it prints, and how it ends."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from conftest import Run

TRUNK = (
    '{"trunk": {"name": "twilio", "numbers": ["+442079460123"],'
    ' "allowedAddresses": ["203.0.113.0/28"]}}'
)
RULE = (
    '{"dispatch_rule": {"name": "Day", "trunk_ids": ["twilio"],'
    ' "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},'
    ' "roomConfig": {"agents": [{"agentName": "day-agent"}]}}}'
)


def call(
    name: str, expect: object, source: str = "203.0.113.5", **more: object
) -> dict[str, object]:
    numbers = {"from": "+442079460124", "to": "+442079460123", "sourceIp": source}
    return {"name": name, **numbers, **more, "expect": expect}


GOOD = call("by day", {"room": "call_*", "agents": ["day-agent"]})
STRANGER = call("a stranger", "refused", "198.51.100.7")
BAD = call("by night", {"room": "night_*"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A trunk and a rule; `write_calls` puts expectations beside them."""
    (tmp_path / "trunk.json").write_text(TRUNK)
    (tmp_path / "rule.json").write_text(RULE)
    return tmp_path


def write_calls(folder: Path, *calls: object, name: str = "calls.json") -> None:
    (folder / name).write_text(json.dumps({"calls": calls}))


def test_all_calls_go_where_they_should(lklint: Run, folder: Path) -> None:
    write_calls(folder, GOOD, STRANGER)
    done = lklint("test", COLUMNS="100")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "calls.json\n"
        "  ok      by day      room call_+442079460124_<random>, agent day-agent\n"
        "  ok      a stranger  refused (404)\n"
        "\n"
        "2 calls in 1 file: 2 passed.\n"
    )


def test_one_does_not(lklint: Run, folder: Path) -> None:
    write_calls(folder, GOOD, BAD)
    done = lklint("test", COLUMNS="100")
    assert done.returncode == 1
    assert "  FAILED  by night  room call_+442079460124_<random>, agent day-agent\n" in done.stdout
    assert 'this call should land in a room like "night_*"' in done.stdout
    assert "calls.json:1: expected here\n" in done.stdout
    assert "rule.json:1: this rule takes it\n" in done.stdout
    assert done.stdout.endswith("2 calls in 1 file: 1 passed, 1 failed.\n")


def test_the_whole_way(lklint: Run, folder: Path) -> None:
    write_calls(folder, GOOD)
    shown = lklint("test", "-v", COLUMNS="100").stdout
    assert "trunk   yes  twilio  trunk.json:1" in shown
    assert "rule    yes  Day" in shown


def test_a_file_that_is_named_is_tried_with_its_folder(lklint: Run, folder: Path) -> None:
    write_calls(folder, GOOD)
    write_calls(folder, BAD, name="night-calls.json")
    done = lklint("test", "calls.json")
    assert done.returncode == 0
    assert "night" not in done.stdout


def test_each_folder_is_a_server_of_its_own(lklint: Run, folder: Path) -> None:
    write_calls(folder, GOOD)
    (folder / "empty").mkdir()
    write_calls(folder / "empty", call("nobody", "refused"))
    done = lklint("test", ".")
    assert done.returncode == 0
    assert "2 calls in 2 files: 2 passed.\n" in done.stdout


def test_one_environment_alone(lklint: Run, folder: Path) -> None:
    """What is wrong in another one does not matter."""
    write_calls(folder, BAD)
    (folder / "prod").mkdir()
    write_calls(folder / "prod", call("nobody", "refused"))
    (folder / "dev").mkdir()
    (folder / "dev" / "calls.json").write_text('{"calls": [{"to": "1"}]}')
    done = lklint("test", "--environment", "prod")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("1 call in 1 file: 1 passed.\n")
    assert lklint("test", ".", "--environment", ".").returncode == 1
    done = lklint("test", "--environment", "staging")
    assert done.returncode == 2
    assert done.stderr.startswith("lklint: --environment staging: there is ")


def test_the_version_of_the_server(lklint: Run, folder: Path) -> None:
    write_calls(folder, call("a stranger", "silence", "198.51.100.7"))
    assert lklint("test").returncode == 1
    assert lklint("test", "--server-version", "1.13.3").returncode == 0
    (folder / "lklint.toml").write_text('server-version = "1.13.3"')
    assert lklint("test").returncode == 0


def test_a_way_that_nobody_can_tell(lklint: Run, folder: Path) -> None:
    (folder / "rule.json").write_text(RULE.replace('"twilio"', '"ST_aB3xY9kLmN2p"'))
    (folder / "other.json").write_text(TRUNK.replace("0123", "0125"))
    write_calls(folder, GOOD)
    done = lklint("test")
    assert done.returncode == 1
    assert "  UNKNOWN by day" in done.stdout
    assert "1 that nobody can tell" in done.stdout


def test_json(lklint: Run, folder: Path) -> None:
    write_calls(folder, GOOD, BAD)
    told = json.loads(lklint("test", "--output-format", "json").stdout)
    assert (told["passed"], told["failed"], told["untold"]) == (1, 1, 0)
    good, bad = told["calls"]
    assert (good["verdict"], good["message"], good["room"]) == (
        "passed",
        "",
        "call_+442079460124_<random>",
    )
    assert (bad["verdict"], bad["pointer"], bad["line"]) == ("failed", "/calls/1/expect/room", 1)
    assert (bad["answer"], bad["trunk"], bad["agents"]) == ("accepted", "trunk.json", ["day-agent"])


def test_junit(lklint: Run, folder: Path) -> None:
    write_calls(folder, GOOD, BAD, BAD | {"from": "+442079460126"})
    lklint("test", "--output-format", "junit", "-o", "out.xml")
    root = ET.fromstring((folder / "out.xml").read_text(encoding="utf-8"))
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("3", "2", "0")
    names = [case.get("name") for case in root.iter("testcase")]
    assert names == ["by day", "by night", "by night (2)"]
    assert [one.text.split(":")[0] for one in root.iter("failure") if one.text] == [
        "calls.json"
    ] * 2


@pytest.mark.parametrize(
    ("arguments", "files", "why"),
    [
        ((), {}, "no call expectations found: nothing was tried (docs/calls.md)"),
        (("trunk.json",), {}, "no call expectations found: nothing was tried (docs/calls.md)"),
        (("nowhere",), {}, "nowhere: there is no such file or directory"),
        (("-",), {}, "- (standard input) has no trunks and rules beside it: name a file"),
        ((), {"calls.json": '{"calls": [{"to": "1"}]}'},
         "calls.json: lklint cannot read it (lklint check calls.json)"),
        ((), {"calls.json": '{"calls": [{"to": "1", "expect": {"agent": "day-agent"}}]}'},
         "calls.json: lklint cannot read it (lklint check calls.json)"),
        ((), {"calls.json": '{"calls": [{"to": "1", "expect": "refused"}'},
         "calls.json: lklint cannot read it (lklint check calls.json)"),
        ((), {"calls.json": json.dumps({"calls": [GOOD]}), "x.json": '{"trunk": {"numbers": 5}}'},
         "calls.json: its calls are not tried: not all files beside it can be used"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_one_line(
    lklint: Run, folder: Path, arguments: tuple[str, ...], files: dict[str, str], why: str
) -> None:
    for name, text in files.items():
        (folder / name).write_text(text)
    done = lklint("test", *arguments)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == f"lklint: {why}"


def test_names_cannot_repaint_a_terminal(lklint: Run, folder: Path) -> None:
    write_calls(folder, call("\x1b[2J\u202eevil", {"room": "\x1b[31m"}))
    for output_format in ("text", "junit"):
        shown = lklint("test", "--output-format", output_format).stdout
        assert "\x1b" not in shown
        assert "\u202e" not in shown


def test_a_pin_is_never_shown(lklint: Run, folder: Path) -> None:
    write_calls(folder, call("with a PIN", {"room": "x"}, pin="80413"))
    for command in ("check", "test"):
        for output_format in ("text", "json", "junit"):
            done = lklint(command, "--output-format", output_format)
            assert done.returncode == 1
            assert "80413" not in done.stdout + done.stderr


def test_check_says_with_v_that_calls_are_not_tried(lklint: Run, folder: Path) -> None:
    write_calls(folder, BAD)
    assert "LK751" in lklint("check", ".").stdout
    done = lklint("check", "-v", "calls.json", "trunk.json")
    assert "LK751" not in done.stdout
    assert "calls.json: its calls are not tried, because not every file of . was looked at" in (
        done.stderr
    )
    assert lklint("check", "calls.json").stderr == ""


def test_the_rule_that_decided_is_shown_though_nothing_is_wrong_in_it(
    lklint: Run, folder: Path
) -> None:
    write_calls(folder, BAD)
    shown = lklint("check", "--select", "LK751", ".").stdout
    assert '::: rule.json:1\n 1 | {"dispatch_rule": {"name": "Day"' in shown
    assert "- this rule takes it\n" in shown
