"""`lklint pull` and `lklint import` as a person uses them, against a sandbox."""

from __future__ import annotations

import os
import subprocess

import pytest

from lklint.protocol.messages import MESSAGES, Kind
from lklint.sandbox.faults import Fault

from .conftest import OUTBOUND, PASSWORD, PIN, RULE, TRUNK, Live

NUMBER = {
    "id": "PN_1",
    "e164_format": "+12025550100",
    "status": "PHONE_NUMBER_STATUS_ACTIVE",
    "sip_dispatch_rule_ids": ["SDR_support"],
}
SET = {"MAIN_LINE_PASSWORD": PASSWORD, "SUPPORT_PIN": PIN}


def plan(live: Live, **variables: str) -> str:
    """The last line of a plan."""
    done = live.run("plan", **{**SET, **variables})
    assert done.stdout, done.stderr
    return done.stdout.splitlines()[-1]


def test_from_a_server_to_files_and_a_plan_that_has_nothing_to_do(live: Live) -> None:
    live.has("phone-number", NUMBER)
    done = live.run("pull")
    assert done.returncode == 0, done.stderr
    assert live.files() == [
        "dispatch-rules/support.json",
        "inbound-trunks/main-line.json",
        "outbound-trunks/way-out.json",
        "phone-numbers.json",
    ]
    assert live.json("inbound-trunks/main-line.json") == {
        "trunk": {
            "name": "Main line",
            "numbers": ["+442079460123"],
            "auth_username": "acme",
            "auth_password": "${MAIN_LINE_PASSWORD}",
        }
    }
    rule = live.json("dispatch-rules/support.json")["dispatch_rule"]
    assert rule["trunk_ids"] == ["Main line"]
    assert rule["rule"]["dispatch_rule_direct"]["pin"] == "${SUPPORT_PIN}"
    assert live.json("phone-numbers.json") == {
        "phone_numbers": [{"number": "+12025550100", "dispatch_rule": "Support"}]
    }
    assert "to be set in the environment, or with --env-file: MAIN_LINE_PASSWORD" in done.stderr
    assert plan(live) == "4 unchanged. Nothing was sent."
    again = live.run("pull", **SET)
    assert again.stdout.endswith("4 unchanged.\n")
    assert again.stderr.count("\n") == 1, "only which server was used"


def test_secrets_go_where_they_are_asked_for_and_for_their_owner_alone(live: Live) -> None:
    path = live.write("own.env", "OTHER=1")
    live.run("pull", "--env-file", "own.env")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text().splitlines() == [
        "OTHER=1",
        f"MAIN_LINE_PASSWORD='{PASSWORD}'",
        f"SUPPORT_PIN='{PIN}'",
    ]
    assert live.run("plan", "--env-file", "own.env").returncode == 0
    live.run("pull", "--env-file", "own.env")
    assert path.read_text().count("SUPPORT_PIN") == 1


def test_a_dry_run_writes_nothing(live: Live) -> None:
    done = live.run("pull", "--dry-run", "new")
    assert done.stdout.endswith("3 new. Nothing was written.\n")
    assert not (live.folder / "new").exists()


def test_a_file_that_is_there_keeps_its_layout_and_all_that_is_the_same(live: Live) -> None:
    before = (
        '{ "trunk": {\n'
        '    "numbers":   [ "${NUMBER}" ],\n'
        '    "name": "Main line", "metadata": "old",\n'
        '    "authUsername":"acme",   "authPassword": "${SIP_PASSWORD}",\n'
        '    "ringingTimeout": "20s"\n'
        "}}\n"
    )
    path = live.write("trunks/here.json", before)
    done = live.run("pull", "--yes", NUMBER="+442079460123")
    assert done.returncode == 0, done.stderr
    after = before.replace(' "metadata": "old",', "", 1).replace(
        ',\n    "ringingTimeout": "20s"', ""
    )
    assert path.read_text().replace(" ", "") == after.replace(" ", "")
    assert '"numbers":   [ "${NUMBER}" ]' in path.read_text()
    assert '- metadata  "old" is taken out' in done.stdout
    assert "trunks/here.json" in done.stdout
    assert "inbound-trunks/main-line.json" not in live.files()
    assert plan(live, NUMBER="+442079460123", SIP_PASSWORD=PASSWORD).startswith("3 unchanged")


def test_new_files_are_spelt_and_placed_as_those_that_are_there(live: Live) -> None:
    live.write(
        "out.json",
        '{"trunk": {"name": "Way out", "address": "sip.example.net",'
        ' "numbers": ["+442079460123"], "authUsername": "gone"}}',
    )
    live.run("pull", "--yes")
    assert live.files() == ["main-line.json", "out.json", "support.json"]
    assert "trunkIds" in live.json("support.json")["dispatch_rule"]


def test_a_change_that_git_does_not_have_is_asked_about(live: Live) -> None:
    live.run("pull")
    path = live.folder / "outbound-trunks/way-out.json"
    path.write_text(path.read_text().replace("sip.example.net", "sip.example.org"))
    refused = live.run("pull", **SET)
    assert refused.returncode == 2
    assert "nothing was written" in refused.stderr
    assert "sip.example.org" in path.read_text()

    def git(*arguments: str) -> None:
        name = ("-c", "user.name=a", "-c", "user.email=a@example.com")
        subprocess.run(["git", *name, *arguments], cwd=live.folder, check=True, capture_output=True)

    git("init")
    git("add", ".")
    git("commit", "-m", "all")
    assert live.run("pull", **SET).returncode == 0
    assert "sip.example.net" in path.read_text()


def test_what_only_a_file_has_is_left(live: Live) -> None:
    path = live.write("rule.json", '{"dispatch_rule": {"name": "Mine", "rule": '
        '{"dispatch_rule_individual": {"room_prefix": "call"}}}}')  # fmt: skip
    before = path.read_text()
    done = live.run("pull")
    assert "rule.json: the server has no such dispatch rule; it is left" in done.stdout
    assert path.read_text() == before


def test_nothing_is_written_beside_files_that_nobody_can_read(live: Live) -> None:
    live.write("trunk.json", '{"trunk": {"name": "Main line", "nmubers": []}}')
    done = live.run("pull")
    assert done.returncode == 2
    assert "left out: trunk.json is refused by LiveKit" in done.stderr
    assert live.files() == ["trunk.json"]


def test_a_part_of_an_environment_is_not_taken_for_all_of_it(live: Live) -> None:
    live.run("pull", "prod")
    done = live.run("pull", "prod/inbound-trunks")
    assert done.returncode == 2
    assert "prod/inbound-trunks is a part of prod: name that" in done.stderr


HOSTILE = [
    ("../../../outside", "outside.json"),
    ("CON", "inbound-trunk.json"),
    ("a" * 400, f"{'a' * 60}.json"),
    ("..", "inbound-trunk.json"),
    ("x\x00\x1b[31m\u202e.json", "x-31m-json.json"),
    ("\u0430dmin", "dmin.json"),
    ("Ärzte – Notdienst", "arzte-notdienst.json"),
    ("", "inbound-trunk.json"),
    ("outbound", "inbound-trunk.json"),
    ("phone numbers", "inbound-trunk-phone-numbers.json"),
]


@pytest.mark.parametrize(("name", "file"), HOSTILE)
def test_no_name_leads_out_of_the_folder_or_paints_a_terminal(
    name: str, file: str, live: Live
) -> None:
    (live.folder / "flat.json").write_text(
        '{"dispatch_rule": {"name": "Support", "rule": {"dispatch_rule_individual": {}}}}'
    )
    live.has("inbound-trunk", {**TRUNK, "name": name})
    done = live.run("pull", "--yes")
    assert done.returncode == 0, done.stderr
    assert file in live.files()
    assert "\x1b" not in done.stdout + done.stderr
    assert "\u202e" not in done.stdout + (live.folder / file).read_text("utf-8")
    assert live.json(file)["trunk"].get("name", "") == name
    assert plan(live, **{f"{stem}_PASSWORD": PASSWORD for stem in _stems(live, file)}) == (
        "3 unchanged. Nothing was sent."
    )
    assert sorted(os.listdir(live.folder.parent)) == ["files"]


def _stems(live: Live, file: str) -> list[str]:
    reference = live.json(file)["trunk"]["auth_password"]
    return [str(reference).removeprefix("${").removesuffix("_PASSWORD}")]


def test_names_that_differ_in_capitals_get_files_that_differ_otherwise(live: Live) -> None:
    others = [
        {**OUTBOUND, "sip_trunk_id": f"ST_{n}", "name": name}
        for n, name in enumerate(("WAY OUT", "way-out"))
    ]
    live.has("outbound-trunk", *others)
    live.run("pull")
    names = [file for file in live.files() if file.startswith("outbound")]
    assert len({name.casefold() for name in names}) == 3
    assert plan(live).startswith("5 unchanged")


def test_texts_that_look_like_references_mean_themselves(live: Live) -> None:
    live.has("inbound-trunk", {**TRUNK, "metadata": "costs $${X} or ${Y}, ${z}"})
    live.run("pull")
    assert plan(live, X="1", Y="2").startswith("3 unchanged")


def test_a_password_inside_of_an_address_is_a_secret(live: Live) -> None:
    url = f"https://acme:{PASSWORD}@example.net/hook, sip:alice@example.net"
    live.has("outbound-trunk", {**OUTBOUND, "metadata": url})
    live.run("pull")
    held = live.json("outbound-trunks/way-out.json")["trunk"]["metadata"]
    assert held == "https://acme:${WAY_OUT_PASSWORD}@example.net/hook, sip:alice@example.net"
    assert plan(live, WAY_OUT_PASSWORD=PASSWORD).startswith("3 unchanged")


def test_no_secret_takes_the_name_of_a_variable_that_says_something_else(live: Live) -> None:
    live.has("dispatch-rule", {**RULE, "name": "LiveKit", "attributes": {"api_secret": PASSWORD}})
    live.run("pull", MAIN_LINE_PASSWORD="something else")
    rule = live.json("dispatch-rules/livekit.json")["dispatch_rule"]
    assert rule["attributes"] == {"api_secret": "${SIP_LIVEKIT_API_SECRET}"}
    trunk = live.json("inbound-trunks/main-line.json")["trunk"]
    assert trunk["auth_password"] == "${MAIN_LINE_PASSWORD_2}"


def test_a_secret_that_was_changed_on_the_server_is_to_be_set_anew(live: Live) -> None:
    live.run("pull")
    live.has("inbound-trunk", {**TRUNK, "auth_password": "another-long-secret"})
    done = live.run("pull", "--env-file", "new.env", **SET)
    assert "another-long-secret" not in done.stdout + done.stderr
    assert (live.folder / "new.env").read_text() == "MAIN_LINE_PASSWORD='another-long-secret'\n"


def test_what_the_installed_packages_cannot_name_is_in_no_file(live: Live) -> None:
    message = live.store.get("inbound-trunk", "ST_main")
    newer = MESSAGES["inbound-trunk"].FromString(message.SerializeToString() + b"\xf8\x3f\x01")
    live.store.put("inbound-trunk", newer)
    done = live.run("pull")
    assert done.returncode == 1
    assert "inbound trunk Main line (ST_main): livekit-protocol" in done.stdout
    assert "has no name for the field 1023, and a file would lose it" in done.stdout
    assert live.files() == ["dispatch-rules/support.json", "outbound-trunks/way-out.json"]
    assert live.json("dispatch-rules/support.json")["dispatch_rule"]["trunk_ids"] == ["ST_main"]


def test_a_rule_that_is_bound_to_a_trunk_that_is_gone_stays_bound_to_it(live: Live) -> None:
    live.has("dispatch-rule", {**RULE, "trunk_ids": ["ST_gone1234567"]})
    live.run("pull")
    assert live.json("dispatch-rules/support.json")["dispatch_rule"]["trunk_ids"] == [
        "ST_gone1234567"
    ]
    assert plan(live).startswith("3 unchanged")


NUMBERS = '{"phoneNumbers": [{"number": "+12025550100", "dispatchRule": "Support"}]}\n'


def test_phone_numbers_are_changed_and_added_in_their_file(live: Live) -> None:
    other = {**RULE, "sip_dispatch_rule_id": "SDR_other", "name": "Other", "trunk_ids": ["PN_1"]}
    live.has("dispatch-rule", other)
    live.has(
        "phone-number",
        {**NUMBER, "sip_dispatch_rule_ids": ["SDR_other"]},
        {**NUMBER, "id": "PN_2", "e164_format": "+12025550101", "sip_dispatch_rule_ids": []},
        {
            **NUMBER,
            "id": "PN_3",
            "e164_format": "+12025550102",
            "sip_dispatch_rule_ids": ["SDR_gone"],
        },
    )
    path = live.write("phone-numbers.json", NUMBERS)
    done = live.run("pull", "--yes")
    assert path.read_text() == (
        '{"phoneNumbers": [{"number": "+12025550100", "dispatchRule": "Other"},'
        ' {"number": "+12025550101"}]}\n'
    )
    assert '~ dispatch_rule  "Support" becomes "Other"' in done.stdout
    assert "+12025550102 is left out: it has the rule SDR_gone, which is not there" in done.stdout


def test_a_number_that_the_project_does_not_have_is_left(live: Live) -> None:
    path = live.write("phone-numbers.json", NUMBERS)
    done = live.run("pull")
    assert "+12025550100 is none of the project's numbers" in done.stdout
    assert path.read_text() == NUMBERS


@pytest.mark.parametrize("fault", ["garbage", "huge"])
def test_an_answer_that_is_none_is_one_line(fault: str, live: Live) -> None:
    live.faults.add(Fault(fault, count=None))
    done = live.run("pull")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2
    assert live.files() == []


def test_import_writes_one_resource(live: Live) -> None:
    done = live.run("import", "SDR_support", "rules/mine.json")
    assert done.returncode == 0, done.stderr
    assert live.files() == ["rules/mine.json"]
    assert live.json("rules/mine.json")["dispatch_rule"]["trunk_ids"] == ["ST_main"]
    assert plan(live).startswith("1 unchanged, 2 unmanaged")


def test_import_looks_at_all_of_the_environment_of_its_file(live: Live) -> None:
    live.run("import", "ST_main", "prod/inbound-trunks/main.json")
    done = live.run("import", "SDR_support", "prod/dispatch-rules/support.json")
    assert done.returncode == 0, done.stderr
    assert live.json("prod/dispatch-rules/support.json")["dispatch_rule"]["trunk_ids"] == [
        "Main line"
    ]
    assert live.run("import", "ST_main", "prod/inbound-trunks/main.json").returncode == 0
    assert live.run("plan", "prod", **SET).stdout.splitlines()[-1].startswith("2 unchanged")


def test_import_ties_a_file_that_is_there_and_leaves_it_as_it_is(live: Live) -> None:
    live.has("outbound-trunk", {**OUTBOUND, "sip_trunk_id": "ST_twin"})
    path = live.write(
        "out.json",
        '{"trunk": {"name": "Way out", "address": "sip.example.org", "numbers": ["*"]}}',
    )
    before = path.read_text()
    assert "`lklint import ID` says which" in live.run("plan").stdout
    done = live.run("import", "ST_twin", "out.json")
    assert done.stdout == (
        "out.json is the outbound trunk ST_twin from now on;"
        " `lklint plan` shows where they differ.\n"
    )
    assert path.read_text() == before
    planned = live.run("plan").stdout
    assert "~ outbound trunk  Way out    ST_twin" in planned
    assert '"sip.example.net" becomes "sip.example.org"' in planned


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("ST_nobody",), "the server has no trunk and no dispatch rule ST_nobody"),
        (("PN_1",), "`lklint pull` writes them all"),
        (("ST_main", "rule.json"), "ST_main is an inbound trunk, and rule.json holds none"),
        (("ST_main", "own.json"), "own.json says itself that it is ST_other"),
    ],
)
def test_an_import_that_cannot_be_is_one_line(
    arguments: tuple[str, ...], line: str, live: Live
) -> None:
    live.write("rule.json", '{"dispatch_rule": {"rule": {"dispatch_rule_individual": {}}}}')
    live.write("own.json", '{"sip_trunk_id": "ST_other", "numbers": ["+442079460123"]}')
    done = live.run("import", *arguments)
    assert done.returncode == 2
    assert line in done.stderr
    assert not (live.folder / "lklint.lock").exists()


def test_every_kind_that_is_pulled_is_known_by_its_folder() -> None:
    from lklint.reconcile.pulling.placing import FOLDERS
    from lklint.reconcile.wanted import KINDS
    from lklint.workspace.folders import environment_folder

    kinds: tuple[Kind, ...] = KINDS
    assert set(FOLDERS) == set(kinds)
    for folder in FOLDERS.values():
        assert environment_folder(f"/a/{folder}/x.json", "/a") == "/a"
