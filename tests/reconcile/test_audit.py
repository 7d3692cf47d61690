"""`lklint audit` and `lklint route --live`: what a server has now, judged and followed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lklint.protocol.messages import MESSAGES
from lklint.sandbox.faults import Fault

from .conftest import OUTBOUND, PASSWORD, RULE, TRUNK, Live

NUMBER = {
    "id": "PN_1",
    "e164_format": "+15102345678",
    "status": "PHONE_NUMBER_STATUS_ACTIVE",
}


def codes(live: Live, *arguments: str) -> list[tuple[str, str]]:
    """The rules that find something, each with its document."""
    done = live.run("audit", "--output-format", "json", *arguments)
    return [(it["code"], it["file"]) for it in json.loads(done.stdout)["findings"]]


def test_a_finding_shows_the_server_s_json_and_no_secret(live: Live) -> None:
    live.has("inbound-trunk", {**TRUNK, "auth_username": "", "metadata": "m"})
    done = live.run("audit", "--select", "LK303")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0].startswith("error[LK303] half-credentials:")
    assert "--> ST_main (Main line):8:3" in done.stdout
    assert f'8 |   "auth_password": "{"*" * len(PASSWORD)}"' in done.stdout
    assert lines[-1] == "1 error in 1 of 3 resources."


def test_a_server_where_all_is_well_is_one_line(live: Live) -> None:
    live.has("dispatch-rule", {**RULE, "room_config": {"agents": [{"agent_name": "helper"}]}})
    done = live.run("audit", "--ignore", "LK128,LK410,LK505")
    assert (done.returncode, done.stdout) == (0, "3 resources, nothing to mend.\n")


FOUND: list[tuple[str, dict[str, Any], tuple[str, str]]] = [
    (
        "dispatch-rule",
        {**RULE, "trunk_ids": ["ST_aB3xY9kLmN2p"]},
        ("LK712", "SDR_support (Support)"),
    ),
    ("dispatch-rule", {**RULE, "trunk_ids": ["Main line"]}, ("LK711", "SDR_support (Support)")),
    ("dispatch-rule", {**RULE, "trunk_ids": ["ST_out"]}, ("LK714", "SDR_support (Support)")),
    (
        "inbound-trunk",
        {**TRUNK, "sip_trunk_id": "ST_z", "name": ""},
        ("LK701", "ST_z"),
    ),
    ("inbound-trunk", {**TRUNK, "numbers": ["*"]}, ("LK201", "ST_main (Main line)")),
    (
        "inbound-trunk",
        {**TRUNK, "auth_password": "${SIP_PASSWORD}"},
        ("LK127", "ST_main (Main line)"),
    ),
    ("outbound-trunk", {**OUTBOUND, "address": "${HOST}"}, ("LK127", "ST_out (Way out)")),
    ("phone-number", NUMBER, ("LK764", "phone numbers")),
    ("phone-number", {**NUMBER, "sip_dispatch_rule_id": "SDR_gone"}, ("LK762", "phone numbers")),
]


@pytest.mark.parametrize(("kind", "value", "found"), FOUND)
def test_what_only_the_server_shows(
    kind: Any, value: dict[str, Any], found: tuple[str, str], live: Live
) -> None:
    live.has(kind, value)
    assert found in codes(live)


def test_what_is_only_about_files_is_not_said(live: Live) -> None:
    times = {"created_at": "2026-01-31T12:00:00Z", "updated_at": "2026-01-31T12:00:00Z"}
    live.has("inbound-trunk", {**TRUNK, **times, "media": {"encryption": 1}})
    assert {code for code, _ in codes(live)}.isdisjoint(
        ("LK111", "LK117", "LK118", "LK125", "LK129", "LK715")
    )


def test_the_configuration_of_the_folder_holds(live: Live) -> None:
    live.write("lklint.toml", '[severity]\nLK410 = "error"\n')
    assert live.run("audit", "--select", "LK410").returncode == 1
    assert live.run("audit", "--select", "LK410", "--isolated").returncode == 0
    assert live.run("audit", "--select", "LK410", "--isolated", "--fail-on", "info").returncode == 1


@pytest.mark.parametrize(
    "name", ["text", "concise", "json", "github", "sarif", "gitlab", "junit", "markdown"]
)
def test_every_format_takes_a_server(name: str, live: Live) -> None:
    live.has("dispatch-rule", {**RULE, "name": "x\x1b[31m\u202e"})
    done = live.run("audit", "--output-format", name, "--fail-on", "info")
    assert done.returncode == 1
    assert "LK410" in done.stdout
    assert "\x1b" not in done.stdout


def test_what_the_lock_has_and_the_server_has_not_is_named(live: Live) -> None:
    live.run("pull")
    live.store.remove("outbound-trunk", "ST_out")
    done = live.run("audit")
    assert "way-out.json: the outbound trunk ST_out of lklint.lock is not on the" in done.stderr


def test_a_field_that_nobody_can_name_is_told(live: Live) -> None:
    message = live.store.get("inbound-trunk", "ST_main")
    newer = MESSAGES["inbound-trunk"].FromString(message.SerializeToString() + b"\xf8\x3f\x01")
    live.store.put("inbound-trunk", newer)
    assert "ST_main: nobody looked at field 1023" in live.run("audit").stderr


def test_an_answer_that_is_none_is_one_line(live: Live) -> None:
    live.faults.add(Fault("garbage", count=None))
    done = live.run("audit")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 2


CALL = ("route", "--live", "--from", "+15105550107", "--to", "+442079460123")


def test_a_call_is_followed_through_what_the_server_has(live: Live) -> None:
    done = live.run(*CALL)
    assert done.returncode == 0
    assert "ST_main (Main line)" in done.stdout
    assert "SDR_support (Support)" in done.stdout
    assert "asked for a PIN" in done.stdout
    told = json.loads(live.run(*CALL, "--output-format", "json").stdout)
    assert told["accepted"]
    live.has("dispatch-rule", {**RULE, "trunk_ids": ["Main line"]})
    dropped = live.run(*CALL)
    assert dropped.returncode == 1
    assert 'Next: Write "ST_main" in the trunk_ids of rule Support (SDR_support).' in dropped.stdout
    live.has("dispatch-rule", {**RULE, "trunk_ids": ["ST_gone"]})
    assert 'the server has no "ST_gone"' in " ".join(live.run(*CALL).stdout.split())


def test_the_version_of_the_server_is_as_it_is_said(live: Live) -> None:
    live.has("dispatch-rule", {**RULE, "trunk_ids": ["ST_other1234567"]})
    older = live.run(*CALL, "--server-version", "1.13.3")
    live.write("lklint.toml", 'server-version = "1.13.3"\n')
    assert live.run(*CALL).stdout == older.stdout
    assert live.run(*CALL, "--isolated").stdout != older.stdout


def test_files_and_a_server_are_not_asked_at_once(live: Live) -> None:
    done = live.run(*CALL, "trunks")
    assert done.returncode == 2
    assert "--live asks the server, and looks at no files" in done.stderr
