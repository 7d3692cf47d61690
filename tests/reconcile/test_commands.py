"""`lklint plan` and `lklint apply` as a person uses them, against a sandbox."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Run
from fidelity.server import KEY, SECRET
from jsonschema import Draft7Validator
from sandbox.asking import Asked
from sandbox.conftest import served

from lklint.protocol.messages import read
from lklint.sandbox.faults import Fault, Faults
from lklint.sandbox.store import Store

PASSWORD = "hunter2-and-more"
TRUNK = {
    "name": "twilio",
    "numbers": ["+442079460123"],
    "auth_username": "u",
    "auth_password": "${PASSWORD}",
}
RULE = {
    "name": "Support line",
    "trunk_ids": ["twilio"],
    "rule": {"dispatch_rule_individual": {"room_prefix": "call"}},
    "room_config": {"agents": [{"agent_name": "helper"}]},
}


class Place:
    """A folder with files, and a sandbox."""

    def __init__(self, run: Run, folder: Path, store: Store, faults: Faults, url: str) -> None:
        self._run = run
        self.folder = folder
        self.store = store
        self.faults = faults
        self.environment = {
            "LIVEKIT_URL": url,
            "LIVEKIT_API_KEY": KEY,
            "LIVEKIT_API_SECRET": SECRET,
            "PASSWORD": PASSWORD,
            "HOME": str(folder.parent),
        }

    def at(self, folder: str) -> Place:
        """The same, seen from a folder in it."""
        url = self.environment["LIVEKIT_URL"]
        return Place(self._run, self.folder / folder, self.store, self.faults, url)

    def write(self, name: str, value: Any) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value))

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        done = self._run(*arguments, cwd=self.folder, **{**self.environment, **environment})
        assert PASSWORD not in done.stdout + done.stderr
        return done


@pytest.fixture
def place(lklint: Run, tmp_path: Path) -> Iterator[Place]:
    """A trunk and a rule, and a server that has nothing."""
    store, faults = Store(), Faults()
    folder = tmp_path / "files"
    folder.mkdir()
    with served(store, faults) as asked:
        found = Place(lklint, folder, store, faults, _url(asked))
        found.write("trunk.json", {"trunk": TRUNK})
        found.write("rule.json", {"dispatch_rule": RULE})
        yield found


def _url(asked: Asked) -> str:
    return asked.url


def test_from_nothing_to_an_applied_trunk_and_rule_and_nothing_the_second_time(
    place: Place,
) -> None:
    planned = place.run("plan")
    assert planned.returncode == 0
    assert planned.stdout.endswith(
        "\n\n  + inbound trunk  twilio        trunk.json\n"
        "  + dispatch rule  Support line  rule.json\n"
        "\n2 to create. Nothing was sent.\n"
    )
    applied = place.run("apply", "--yes")
    assert applied.returncode == 0
    assert applied.stdout.endswith("Done: 2 created.\n")
    assert PASSWORD not in (place.folder / "lklint.lock").read_text()
    [stored] = place.store.all("inbound-trunk")
    assert stored.auth_password == PASSWORD
    again = place.run("apply", "--yes")
    assert again.stdout.endswith("2 unchanged.\nDone: nothing to do.\n")


def test_a_change_is_drawn_field_by_field(place: Place) -> None:
    place.run("apply", "--yes")
    changed = {**RULE, "room_config": {"agents": [{"agent_name": "support-agent"}]}}
    place.write("rule.json", {"dispatch_rule": {**changed, "attributes": {"team": "blue"}}})
    planned = place.run("plan", PASSWORD="another-one-of-them")
    assert '~ room_config.agents[0].agent_name  "helper" becomes "support-agent"' in planned.stdout
    assert '+ attributes.team                   is set to "blue"' in planned.stdout
    assert "~ auth_password  changes (not shown)" in planned.stdout
    assert planned.stdout.endswith("2 to change. Nothing was sent.\n")


def test_files_that_livekit_refuses_are_never_sent(place: Place) -> None:
    place.write("bad.json", {"trunk": {"name": "open"}})
    done = place.run("apply", "--yes")
    assert done.returncode == 1
    assert "error[LK301]" in done.stderr
    assert done.stderr.endswith("lklint: nothing was sent\n")
    assert place.store.all("inbound-trunk") == []


def test_a_value_that_is_not_set_stops_before_anything_is_sent(place: Place) -> None:
    place.write("trunk.json", {"trunk": {**TRUNK, "auth_password": "${NOT_SET}"}})
    done = place.run("apply", "--yes")
    assert done.returncode == 1
    assert "x trunk.json: NOT_SET is not set" in done.stdout
    assert place.store.all("inbound-trunk") == []
    (place.folder / "values.env").write_text("NOT_SET=from-a-file-of-values\n")
    assert place.run("apply", "--yes", "--env-file", "values.env").returncode == 0


def test_a_value_that_waits_for_a_variable_is_no_change(place: Place) -> None:
    place.run("apply", "--yes")
    place.write("trunk.json", {"trunk": {**TRUNK, "auth_password": "${NOT_SET}"}})
    planned = place.run("plan")
    assert "! inbound trunk twilio: auth_password waits for ${NOT_SET}" in planned.stdout
    assert "2 unchanged. 1 thing stands in the way." in planned.stdout
    place.write("trunk.json", {"trunk": {**TRUNK, "auth_password": "${NOT_SET}", "metadata": "m"}})
    planned = place.run("plan")
    assert "~ auth_password  waits for ${NOT_SET}" in planned.stdout
    document = json.loads(place.run("plan", "--output-format", "json").stdout)
    schema = json.loads((ROOT / "schemas" / "plan.json").read_text())
    Draft7Validator(schema).validate(document)
    changes = {it["path"]: it for it in document["steps"][0]["changes"]}
    assert changes["auth_password"] == {
        "path": "auth_password",
        "hidden": True,
        "waits_for": ["NOT_SET"],
    }


def test_without_a_terminal_and_without_yes_nothing_is_sent(place: Place) -> None:
    done = place.run("apply")
    assert done.returncode == 2
    assert done.stderr.endswith("--yes applies without; nothing was sent\n")
    assert place.store.all("inbound-trunk") == []


@pytest.mark.parametrize(("answer", "made"), [("y\n", 1), ("n\n", 0), ("\n", 0)])
def test_at_a_terminal_somebody_is_asked(place: Place, answer: str, made: int) -> None:
    main, other = pytest.importorskip("pty").openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "lklint", "apply"],
        stdin=other,
        stdout=other,
        stderr=other,
        cwd=place.folder,
        env={**os.environ, **place.environment, "PYTHONPATH": str(ROOT)},
    )
    os.close(other)
    said = ""
    while "Apply this? [y/N]" not in said:
        assert select.select([main], [], [], 30)[0], said
        said += os.read(main, 4096).decode()
    os.write(main, answer.encode())
    assert process.wait(30) == (0 if made else 2)
    os.close(main)
    assert len(place.store.all("inbound-trunk")) == made


def test_several_environments_need_a_name(place: Place) -> None:
    place.write("prod/trunk.json", {"trunk": TRUNK})
    done = place.run("plan")
    assert done.returncode == 2
    assert "these files go to several servers: name one with --environment" in done.stderr
    done = place.run("apply", "--yes", "--environment", "prod")
    assert done.stdout.endswith("Done: 1 created.\n")
    assert (place.folder / "prod" / "lklint.lock").exists()


def test_a_call_that_is_expected_knows_the_variables_of_a_file(place: Place) -> None:
    """The one that goes wrong stops the plan, and the one that nobody can tell does not."""
    direct = {"room_name": "lobby", "pin": "${CONF_PIN}"}
    place.write("rule.json", {"dispatch_rule": {"rule": {"dispatch_rule_direct": direct}}})
    expected = {"to": "+442079460123", "pin": "80413", "expect": "accepted"}
    place.write("calls.json", {"calls": [expected]})
    for pin, told in (("80413", False), ("27756", True)):
        (place.folder / "prod.env").write_text(f"CONF_PIN={pin}\n")
        done = place.run("plan", "--env-file", "prod.env")
        assert ("LK751" in done.stderr) is told
        assert pin not in done.stdout + done.stderr
    done = place.run("plan")
    assert "LK751" not in done.stderr
    assert "rule.json: CONF_PIN is not set" in done.stdout + done.stderr


@pytest.mark.parametrize("bad", ['{"trunk": {"name": "open"}}', '{"trunk": {'])
def test_mistakes_of_another_environment_stop_nothing(place: Place, bad: str) -> None:
    place.write("prod/trunk.json", {"trunk": TRUNK})
    place.write("dev/inbound-trunk.json", {})
    (place.folder / "dev" / "inbound-trunk.json").write_text(bad)
    done = place.run("apply", "--yes", "--environment", "prod")
    assert done.stdout.endswith("Done: 1 created.\n")
    assert "dev" not in done.stdout + done.stderr
    done = place.run("plan", "--environment", "dev")
    assert done.returncode == 1
    assert "dev/inbound-trunk.json" in done.stderr
    assert done.stderr.endswith("lklint: nothing was sent\n")


@pytest.mark.parametrize(("state", "code"), [("new", 2), ("same", 0), ("bad", 1), ("gone", 1)])
def test_the_detailed_exit_code(place: Place, state: str, code: int) -> None:
    if state == "same":
        place.run("apply", "--yes")
    if state == "bad":
        place.write("bad.json", {"trunk": {"name": "open"}})
    url = {"LIVEKIT_URL": "http://127.0.0.1:9"} if state == "gone" else {}
    assert place.run("plan", "--detailed-exitcode", **url).returncode == code


def test_a_plan_for_programs_is_as_its_schema_says(place: Place) -> None:
    place.run("apply", "--yes")
    place.write("trunk.json", {"trunk": {**TRUNK, "name": "twilio", "metadata": "\x1b[31m"}})
    place.write("new.json", {"trunk": {"name": "new", "numbers": ["+442079460124"]}})
    value = json.loads(place.run("plan", "--output-format", "json").stdout)
    schema = json.loads((ROOT / "schemas" / "plan.json").read_text())
    Draft7Validator.check_schema(schema)
    Draft7Validator(schema).validate(value)
    assert [step["action"] for step in value["steps"]] == ["change", "create"]
    assert value["steps"][0]["changes"] == [
        {"path": "metadata", "hidden": False, "before": None, "after": "\x1b[31m"}
    ]


@pytest.mark.parametrize("change", ["nothing", "file", "value", "server"])
def test_a_plan_file_is_done_as_it_was_shown_or_not_at_all(place: Place, change: str) -> None:
    assert place.run("plan", "--out", "plan.out").returncode == 0
    text = (place.folder / "plan.out").read_text()
    assert PASSWORD not in text
    schema = json.loads((ROOT / "schemas" / "plan.json").read_text())
    Draft7Validator(schema).validate(json.loads(text))
    environment = {}
    if change == "file":
        place.write("trunk.json", {"trunk": {**TRUNK, "metadata": "changed"}})
    elif change == "value":
        environment = {"PASSWORD": "another-one-of-them"}
    elif change == "server":
        place.store.put("outbound-trunk", read("outbound-trunk", {"sip_trunk_id": "ST_other"}))
    done = place.run("apply", "--yes", "plan.out", **environment)
    assert done.returncode == (0 if change == "nothing" else 2)
    assert ("this plan is stale" in done.stderr) == (change != "nothing")
    assert len(place.store.all("inbound-trunk")) == (1 if change == "nothing" else 0)


def test_after_a_failure_it_says_what_was_done_and_running_again_finishes(place: Place) -> None:
    place.faults.add(Fault("reset-after", "CreateSIPInboundTrunk"))
    place.faults.add(Fault("error-before", "CreateSIPDispatchRule"))
    done = place.run("apply", "--yes")
    assert done.returncode == 2
    assert "  unknown  inbound trunk twilio: the connection to 127.0.0.1" in done.stdout
    assert "Looked on the server: it is there (ST_" in done.stdout
    assert "Recorded; nothing was done twice." in done.stdout
    assert "  unknown  dispatch rule Support line: 127.0.0.1" in done.stdout
    assert done.stdout.endswith("Run `lklint apply` again to finish: 1 step is left.\n")


def test_what_the_server_refuses_names_the_rule_that_explains_it(place: Place) -> None:
    """A codec without a rate is refused by servers older than the newest."""
    media = {"codecs": [{"name": "PCMU"}]}
    place.write("trunk.json", {"trunk": {**TRUNK, "media": media}})
    done = place.run("apply", "--yes")
    assert done.returncode == 1
    assert "  failed   inbound trunk twilio: invalid_argument: invalid codec" in done.stdout
    assert "  = lklint explain LK611\n" in done.stdout
    assert "  left     dispatch rule Support line: not tried\n" in done.stdout


def test_prune_needs_the_whole_folder_and_deletes_only_what_was_ours(place: Place) -> None:
    place.run("apply", "--yes")
    place.store.put("outbound-trunk", read("outbound-trunk", {"sip_trunk_id": "ST_theirs"}))
    refused = place.run("plan", "--prune", "trunk.json")
    assert refused.returncode == 2
    assert "--prune needs every file" in refused.stderr
    for file in ("trunk.json", "rule.json"):
        (place.folder / file).unlink()
    done = place.run("apply", "--yes", "--prune")
    assert done.stdout.endswith("Done: 2 deleted.\n")
    assert len(place.store.all("outbound-trunk")) == 1


def test_nothing_that_a_server_says_repaints_the_terminal(place: Place) -> None:
    hostile = {"sip_trunk_id": "ST_x", "name": "\x1b[2J\u202e", "numbers": ["+442079460199"]}
    place.store.put("inbound-trunk", read("inbound-trunk", hostile))
    done = place.run("plan")
    assert "\\u{1b}[2J\\u{202e}" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_phone_number_is_bought_with_a_word_about_money(place: Place) -> None:
    entry = {"number": "+14155550100", "dispatchRule": "Support line"}
    place.write("phone-numbers.json", {"phoneNumbers": [entry]})
    planned = place.run("plan")
    assert "phone-numbers.json: buying it costs money\n" in planned.stdout
    assert planned.stdout.endswith("2 to create, 1 to buy. Nothing was sent.\n")
    assert place.run("apply", "--yes").stdout.endswith("Done: 2 created, 1 bought.\n")


def test_what_is_taken_over_by_its_name_is_told(place: Place) -> None:
    theirs = {**TRUNK, "sip_trunk_id": "ST_theirs", "auth_password": "", "metadata": "theirs"}
    place.store.put("inbound-trunk", read("inbound-trunk", theirs))
    planned = place.run("plan")
    assert (
        "~ inbound trunk  twilio        ST_theirs  trunk.json: found by its name" in planned.stdout
    )


@pytest.mark.parametrize(
    "broken",
    [
        {"version": 2},
        {"made_from": 1},
        {"made_from": {"options": {"paths": 5}, "seal": ""}},
        {"made_from": {"options": {"prune": "yes"}, "seal": ""}},
        {"made_from": {"options": {"surprise": None}, "seal": ""}},
        {"made_from": {"options": {}}},
        {"made_from": {"options": {}, "seal": "", "folder": 5}},
        {"unchanged": [{"file": 5}]},
    ],
)
def test_a_plan_file_that_somebody_broke_is_one_line(place: Place, broken: Any) -> None:
    place.run("plan", "--out", "plan.out")
    value = json.loads((place.folder / "plan.out").read_text())
    place.write("plan.out", {**value, **broken})
    done = place.run("apply", "--yes", "plan.out")
    assert done.returncode == 2
    assert "plan" in done.stderr
    assert place.store.all("inbound-trunk") == []


def test_a_plan_file_is_for_the_folder_it_was_made_in(place: Place) -> None:
    """Also where another folder has files of the same names, and where it was carried away."""
    for folder in ("prod", "staging"):
        place.write(f"{folder}/trunk.json", {"trunk": TRUNK})
    prod, staging = place.at("prod"), place.at("staging")
    assert prod.run("plan", "--out", "../prod.plan").returncode == 0
    done = staging.run("apply", "--yes", "../prod.plan")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"lklint: this plan was made in {prod.folder}: go where")
    (place.folder / "away").mkdir()
    (place.folder / "prod.plan").rename(place.folder / "away" / "prod.plan")
    done = place.at("away").run("apply", "--yes", "prod.plan")
    assert (done.returncode, done.stdout) == (2, "")
    assert "this plan is about trunk.json, which is not here: " in done.stderr
    assert prod.run("apply", "--yes", "../away/prod.plan").returncode == 0
