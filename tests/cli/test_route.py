"""`lklint route`: which files count, how a call is read, how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import drawings
import jsonschema
import pytest
from conftest import ROOT, Run

SCHEMA = json.loads((ROOT / "schemas" / "route.json").read_text(encoding="utf-8"))
CALL = ("--from", "+15550107", "--to", "+15550100")
TRUNK = '{"trunk": {"name": "Twilio", "numbers": ["+15550100"]}}'
RULE = '{"dispatch_rule": {"name": "All", "rule": {"dispatchRuleDirect": {"roomName": "lobby"}}}}'


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


ROUTES = [case for case in drawings.CASES["cases"] if "command" not in case]


@pytest.mark.parametrize("case", ROUTES, ids=lambda case: case["name"])
def test_the_json_keeps_to_its_schema(
    lklint: Run, tmp_path: Path, case: dict[str, list[str]]
) -> None:
    drawings.write_workspace(str(case["workspace"]), tmp_path)
    done = lklint("route", *case["arguments"], "--output-format", "json")
    told = json.loads(done.stdout)
    jsonschema.validate(told, SCHEMA)
    assert told["accepted"] is (done.returncode == 0)
    assert not {"4711", "4712", "not-to-be-shown"} & set(done.stdout.split('"'))


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "203.0.113.9",
            "The call from +15550107 to +15550100 comes in by trunk Twilio (trunks/twilio.json), "
            "which asks for a login, and rule Support line (rules/support.json) takes it to room "
            "support_+15550107_<random>: the caller is connected as soon as somebody in the room "
            "publishes audio.\n",
        ),
        (
            "198.51.100.4",
            "The call from +15550107 to +15550100 comes in by no trunk, so without any login, and "
            "no dispatch rule takes it: the caller hears it ring and is rejected (404 Does not "
            "match Trunks or Dispatch Rules); to change that, add "
            '"198.51.100.4" to the allowed_addresses of Twilio (trunks/twilio.json).\n',
        ),
    ],
)
def test_a_drop_is_explained_in_one_sentence(
    lklint: Run, tmp_path: Path, source: str, sentence: str
) -> None:
    drawings.write_workspace("office", tmp_path)
    done = lklint("route", *CALL, "--source-ip", source, "--explain-drop")
    assert done.stdout == sentence


def test_a_guess_is_told_in_the_sentence_too(lklint: Run, tmp_path: Path) -> None:
    drawings.write_workspace("ids", tmp_path)
    done = lklint("route", *CALL, "--explain-drop")
    assert done.stdout.endswith(
        'Rule Assumed (rule.json) is bound to "ST_aB3xY9kLmN2p", which no file has. It is taken '
        "for trunk Twilio (trunk.json), the only one whose file has no id.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--pin", "1", "--no-pin"], "--pin and --no-pin exclude each other"),
        (["--pin", "12a"], "--pin: nobody can enter this: it has letters"),
        (["--pin", ""], "--pin: nobody can enter this: it is empty (--no-pin)"),
        (
            ["--source-ip", "203.0.113.9:5060"],
            "--source-ip 203.0.113.9:5060: no IP address, alone and without a port: 203.0.113.5",
        ),
        (
            ["--to", ""],
            "--to: nobody is called: give a number, or the user of a SIP address",
        ),
        (["--environment", "prod"], "--environment prod: there is ."),
        (["--server-version", "new"], None),
        (["nowhere"], "nowhere: there is no such file or directory"),
    ],
)
def test_a_mistake_is_one_line(
    lklint: Run, tmp_path: Path, arguments: list[str], why: str | None
) -> None:
    write(tmp_path, {"inbound-trunk.json": TRUNK})
    done = lklint("route", *CALL, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    if why is not None:
        assert done.stderr == f"lklint: {why}\n"
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("given", "taken", "told"),
    [
        ("+15550107", ["+15550107", ""], ""),
        (
            "sip:+15550107@pbx.example.com:5060;transport=tcp",
            ["+15550107", "pbx.example.com"],
            "lklint: --from: taken for +15550107 at pbx.example.com\n",
        ),
        (
            '"Anna" <sips:+15550107;npdi@[2001:db8::1]:5061>',
            ["+15550107;npdi", "[2001:db8::1]"],
            "lklint: --from: taken for +15550107;npdi at [2001:db8::1]\n",
        ),
        ("tel:+15550107;ext=1", ["+15550107", ""], "lklint: --from: taken for +15550107\n"),
        (
            "+1 (555) 0107",
            ["+1 (555) 0107", ""],
            "lklint: --from: taken as it is, marks and all; a provider would send +15550107 or the "
            "like\n",
        ),
        ("anonymous", ["anonymous", ""], ""),
        ("", ["", ""], ""),
    ],
)
def test_a_number_is_taken_as_it_is_and_an_address_apart(
    lklint: Run, tmp_path: Path, given: str, taken: list[str], told: str
) -> None:
    write(tmp_path, {"dispatch-rule.json": RULE})
    done = lklint("route", "--from", given, "--to", "+15550100", "--output-format", "json")
    call = json.loads(done.stdout)["call"]
    assert [call["from"], call["from_host"]] == taken
    assert done.stderr == told


def test_files_that_are_named_belong_together_and_folders_do_not(
    lklint: Run, tmp_path: Path
) -> None:
    files = {"one/inbound-trunk.json": TRUNK, "other/dispatch-rule.json": RULE}
    write(tmp_path, files)
    assert "yes  All " in lklint("route", *CALL, *files).stdout
    apart = lklint("route", *CALL, ".")
    assert "no rule takes the call" in apart.stdout
    assert apart.stderr == (
        "lklint: asking one, the only one of 2 environments with a trunk for the number\n"
    )


def test_of_several_environments_with_the_number_one_has_to_be_named(
    lklint: Run, tmp_path: Path
) -> None:
    for name in ("dev", "prod"):
        write(tmp_path, {f"{name}/inbound-trunk.json": TRUNK, f"{name}/dispatch-rule.json": RULE})
    open_choice = lklint("route", *CALL)
    assert (open_choice.returncode, open_choice.stdout) == (2, "")
    assert open_choice.stderr == "lklint: name one with --environment: there is dev, prod\n"
    assert "prod/inbound-trunk.json" in lklint("route", *CALL, "--environment", "prod").stdout


def test_the_configuration_is_kept(lklint: Run, tmp_path: Path) -> None:
    settings = 'server-version = "1.13.3"\nkinds = {"odd.json" = "inbound-trunk"}\n'
    write(tmp_path, {"lklint.toml": settings, "odd.json": TRUNK})
    configured, isolated = lklint("route", *CALL), lklint("route", *CALL, "--isolated")
    assert "never gets an answer" in configured.stdout
    assert "404" in isolated.stdout
    assert "404" in lklint("route", *CALL, "--server-version", "1.13.8").stdout


def test_what_livekit_refuses_is_left_out_and_told(lklint: Run, tmp_path: Path) -> None:
    write(tmp_path, {"inbound-trunk.json": TRUNK.replace("[", '"').replace('"]', '"')})
    done = lklint("route", *CALL)
    assert done.returncode == 1
    assert "lklint: left out: inbound-trunk.json is refused by LiveKit" in done.stderr
    assert "another one may take the call" in done.stdout.replace("\n", " ")


def test_nothing_to_look_at_is_told(lklint: Run) -> None:
    done = lklint("route", *CALL)
    assert done.returncode == 1
    assert done.stderr == (
        "lklint: no LiveKit telephony found: no trunk and no rule takes the call\n"
    )


def test_names_cannot_repaint_the_terminal(lklint: Run, tmp_path: Path) -> None:
    hostile = r"\u001b[31m\u202eRED\nline"
    write(
        tmp_path,
        {
            "inbound-trunk.json": TRUNK.replace("Twilio", hostile),
            "dispatch-rule.json": RULE.replace("All", hostile).replace("lobby", hostile),
        },
    )
    for more in ((), ("--explain-drop",), ("--output-format", "json"), ("-v",)):
        shown = lklint("route", "--from", "\x1b[2J", "--to", "+15550100", *more).stdout
        assert "RED" in shown
        assert all(mark.isprintable() or mark == "\n" for mark in shown)


def test_colour_is_for_terminals(lklint: Run, tmp_path: Path) -> None:
    write(tmp_path, {"inbound-trunk.json": TRUNK})
    assert "\x1b" not in lklint("route", *CALL).stdout
    assert "\x1b[31mno" in lklint("route", *CALL, FORCE_COLOR="1").stdout


def test_a_crowd_is_counted_and_not_listed(lklint: Run, tmp_path: Path) -> None:
    """10,000 trunks and as many rules: what matters is drawn, all of it only with -v."""
    trunks = [{"sip_trunk_id": f"ST_{n:012}", "numbers": [f"+1555{n:07}"]} for n in range(10_000)]
    rules = [
        {
            "sip_dispatch_rule_id": f"SDR_{n:012}",
            "trunk_ids": [f"ST_{n:012}"],
            "rule": {"dispatchRuleDirect": {"roomName": f"room-{n}"}},
        }
        for n in range(10_000)
    ]
    write(
        tmp_path,
        {
            "inbound-trunks.json": json.dumps({"items": trunks}),
            "dispatch-rules.json": json.dumps({"items": rules}),
        },
    )
    shown = lklint("route", "--from", "+15550107", "--to", "+15550007777").stdout
    assert "9,999 others do not have the number" in shown
    assert "9,999 others are bound to other trunks" in shown
    assert "room    room-7777" in shown
    assert len(shown.splitlines()) < 20


def test_check_does_not_import_the_drawings(tmp_path: Path) -> None:
    write(tmp_path, {"inbound-trunk.json": TRUNK})
    script = (
        "import sys; from lklint.__main__ import main;"
        " sys.argv = ['lklint', 'check', 'inbound-trunk.json']; main();"
        " print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert "lklint.cli.check" in done.stderr
    assert "lklint.drawing" not in done.stderr
