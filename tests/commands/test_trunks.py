"""`lklint sip inbound|outbound`: what is sent, what is refused, and what is told before."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .conftest import Commands

GOOD = (
    '{"trunk": {"name": "Main", "numbers": ["+15105550100"], "allowedAddresses": ["192.0.2.0/24"]}}'
)
BAD = '{"trunk": {"name": "Main", "nmubers": ["+15105550100"]}}'


def listed(commands: Commands, direction: str = "inbound") -> list[dict[str, Any]]:
    done = commands.lklint("sip", direction, "list", "--json", "--show-secrets")
    items: list[dict[str, Any]] = json.loads(done.stdout).get("items", [])
    return items


@pytest.mark.parametrize(
    "text",
    [
        '{"trunk": {"name": "Main", "numbers": ["+15105550100"]}}',
        '{"name": "Main", "numbers": ["+15105550100"]}',
        '{"items": [{"sipTrunkId": "ST_aB3xY9kLmN2p", "name": "Main",'
        ' "numbers": ["+15105550100"]}]}',
    ],
    ids=["wrapped", "bare", "list"],
)
def test_every_form_is_taken_to_create_and_to_update(text: str, server: Commands) -> None:
    file = server.write("trunk.json", text)
    id = server.made("sip", "inbound", "create", file)
    assert server.made("sip", "inbound", "update", "--id", id, file) == id
    assert [trunk["name"] for trunk in listed(server)] == ["Main"]


def test_a_bad_file_is_refused_before_anything_is_sent(sandbox: Commands) -> None:
    good, bad = sandbox.write("good.json", GOOD), sandbox.write("bad.json", BAD)
    done = sandbox.lklint("sip", "inbound", "create", good, bad)
    assert done.returncode == 1
    assert "error[LK101]" in done.stderr
    assert "nothing was sent" in done.stderr
    assert done.stdout == ""
    assert listed(sandbox) == []


def test_no_verify_names_what_it_passes_over(sandbox: Commands) -> None:
    wildcard = '{"trunk": {"numbers": ["*"], "allowedAddresses": ["192.0.2.0/24"]}}'
    assert sandbox.lklint("sip", "inbound", "create", wildcard).returncode == 1
    done = sandbox.lklint("sip", "inbound", "create", wildcard, "--no-verify")
    assert done.returncode == 0
    assert "sent in spite of LK201" in done.stderr


def test_no_verify_sends_nothing_that_cannot_be_read(sandbox: Commands) -> None:
    done = sandbox.lklint("sip", "inbound", "create", '{"trunk": {', "--no-verify")
    assert done.returncode == 1
    assert listed(sandbox) == []


def test_media_in_a_file_is_sent_and_flags_override_only_what_they_say(server: Commands) -> None:
    text = (
        '{"trunk": {"numbers": ["+15105550100"], "authUsername": "acme",'
        ' "authPassword": "${SIP_PASSWORD}", "media": {"mediaTimeout": "10s",'
        ' "codecs": [{"name": "PCMU", "rate": 8000}]}}}'
    )
    server.environment["SIP_PASSWORD"] = "x9-K-b-q2Lw7-long"
    flags = ("--media-enc", "require", "--name", "Loud")
    server.made("sip", "inbound", "create", server.write("trunk.json", text), *flags)
    (trunk,) = listed(server)
    assert trunk["name"] == "Loud"
    assert trunk["media"] == {
        "codecs": [{"name": "PCMU", "rate": 8000}],
        "encryption": "SIP_MEDIA_ENCRYPT_REQUIRE",
        "mediaTimeout": "10s",
    }
    assert trunk["mediaEncryption"] == "SIP_MEDIA_ENCRYPT_REQUIRE"
    assert trunk["authPassword"] == "x9-K-b-q2Lw7-long"


def test_an_unset_variable_stops_everything_and_is_named_without_values(sandbox: Commands) -> None:
    text = (
        '{"trunk": {"numbers": ["+15105550100"],'
        ' "authUsername": "${A_USER}", "authPassword": "${A_PASSWORD}"}}'
    )
    sandbox.environment["A_USER"] = "hunter2"
    done = sandbox.lklint("sip", "inbound", "create", GOOD, text)
    assert done.returncode == 2
    assert "A_PASSWORD is not set; nothing was sent" in done.stderr
    assert "hunter2" not in done.stderr
    assert listed(sandbox) == []


def test_a_file_of_variables_fills_what_the_environment_lacks(sandbox: Commands) -> None:
    sandbox.environment["NUMBER"] = "+15105550100"
    sandbox.write("stage.env", "NUMBER=+15105550199\nLABEL='Main line'\n")
    text = '{"trunk": {"name": "${LABEL}", "numbers": ["${NUMBER}"]}}'
    sandbox.made("sip", "inbound", "create", text, "--env-file", "stage.env")
    (trunk,) = listed(sandbox)
    assert (trunk["name"], trunk["numbers"]) == ("Main line", ["+15105550100"])


def test_an_update_from_a_file_shows_what_it_would_clear(server: Commands) -> None:
    secret = "x9-K-b-q2Lw7-long"
    stored = (
        '{"trunk": {"name": "Main", "numbers": ["+15105550100"], "authUsername": "acme",'
        f' "authPassword": "{secret}", "headers": {{"X-Team": "blue", "X-Tier": "1"}}}}}}'
    )
    id = server.made("sip", "inbound", "create", stored)
    less = '{"name": "Main", "numbers": ["+15105550100"], "headers": {"X-Team": "blue"}}'

    in_a_script = server.lklint("sip", "inbound", "update", "--id", id, less)
    assert in_a_script.returncode == 1
    for field in ("auth_password", "auth_username", "headers.X-Tier"):
        assert f"  - {field}" in in_a_script.stderr
    assert secret not in in_a_script.stderr
    refused = server.lklint("sip", "inbound", "update", "--id", id, less, terminal="n\n")
    assert refused.returncode == 1
    assert listed(server)[0]["authPassword"] == secret

    agreed = server.lklint("sip", "inbound", "update", "--id", id, less, terminal="y\n")
    assert agreed.returncode == 0
    assert "authPassword" not in listed(server)[0]


def test_flags_beside_a_file_are_honoured(server: Commands) -> None:
    id = server.made("sip", "inbound", "create", GOOD)
    flags = ("--name", "Renamed", "--numbers", "+15105550101,+15105550102")
    server.made("sip", "inbound", "update", "--id", id, GOOD, *flags)
    (trunk,) = listed(server)
    assert trunk["name"] == "Renamed"
    assert trunk["numbers"] == ["+15105550101", "+15105550102"]
    assert trunk["allowedAddresses"] == ["192.0.2.0/24"]


def test_flags_alone_leave_the_rest(server: Commands) -> None:
    id = server.made("sip", "inbound", "create", GOOD)
    server.made("sip", "inbound", "update", "--id", id, "--name", "Renamed")
    (trunk,) = listed(server)
    assert (trunk["name"], trunk["allowedAddresses"]) == ("Renamed", ["192.0.2.0/24"])


def test_an_update_that_would_end_calls_is_refused(server: Commands) -> None:
    """The server itself takes it, and then refuses every call to the number."""
    first = server.made("sip", "inbound", "create", GOOD)
    other = server.made("sip", "inbound", "create", GOOD.replace("0100", "0109"))
    done = server.lklint("sip", "inbound", "update", "--id", other, "--numbers", "+15105550100")
    assert done.returncode == 1
    assert f"({first}) claims the same calls" in done.stderr
    assert "explain LK701" in done.stderr
    assert "  = lklint explain LK701" in done.stderr
    assert "nothing was sent" in done.stderr
    assert sorted(number for trunk in listed(server) for number in trunk["numbers"]) == [
        "+15105550100",
        "+15105550109",
    ]


def test_a_conflict_at_create_is_the_servers_and_is_explained(server: Commands) -> None:
    server.made("sip", "inbound", "create", GOOD)
    done = server.lklint("sip", "inbound", "create", GOOD)
    assert done.returncode == 1
    assert "LiveKit refuses it (invalid_argument): Conflicting inbound SIP Trunks" in done.stderr
    assert "  = " in done.stderr


def test_a_list_of_files_says_how_far_it_came(server: Commands) -> None:
    third = GOOD.replace("0100", "0101")
    done = server.lklint("sip", "inbound", "create", GOOD, GOOD, third)
    assert done.returncode == 1
    assert done.stdout.count("SIPTrunkID: ST_") == 1
    assert "1 of 3 were made" in done.stderr
    assert "1 were not tried" in done.stderr


def test_passwords_are_covered_unless_they_are_asked_for(server: Commands) -> None:
    secret = "x9-K-b-q2Lw7-long"
    server.made(
        "sip", "outbound", "create", "--address", "sip.example.com", "--numbers", "+15105550100",
        "--transport", "tls", "--auth-user", "acme", "--auth-pass", secret,
        "--media-enc", "require",
    )  # fmt: skip
    assert secret not in server.lklint("sip", "outbound", "list", "--json").stdout
    assert secret not in server.lklint("sip", "outbound", "list").stdout
    assert listed(server, "outbound")[0]["authPassword"] == secret
    assert listed(server, "outbound")[0]["transport"] == "SIP_TRANSPORT_TLS"


def test_a_delete_looks_before_it_deletes(server: Commands) -> None:
    inbound = server.made("sip", "inbound", "create", GOOD)
    rule = server.made("sip", "dispatch", "create", "--trunks", inbound, "--direct", "desk")
    assert server.lklint("sip", "outbound", "delete", inbound).returncode == 1
    done = server.lklint("sip", "in", "delete", inbound, "ST_gone")
    assert done.returncode == 1
    assert done.stdout == f"SIP Trunk [{inbound}] deleted\n"
    assert f"still bound to {inbound}, which is gone: {rule}" in done.stderr
    assert "requested sip trunk does not exist" in done.stderr


def test_what_a_name_holds_cannot_move_the_cursor(sandbox: Commands) -> None:
    hostile = "\x1b[2Jred\u202e"
    text = json.dumps({"trunk": {"name": hostile, "numbers": ["+15105550100"]}})
    sandbox.made("sip", "inbound", "create", "--no-verify", text)
    for arguments in ((), ("--json",)):
        printed = sandbox.lklint("sip", "inbound", "list", *arguments).stdout
        assert "\x1b" not in printed
        assert "\u202e" not in printed


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("sip", "inbound", "create"), "name a file"),
        (("sip", "inbound", "create", "gone.json"), "there is no such file"),
        (("sip", "inbound", "create", "."), "is a directory"),
        (("sip", "inbound", "update", "--quiet", GOOD), "say which one with --id"),
        (("sip", "inbound", "delete"), "name at least one id"),
        (("sip", "outbound", "create", "--transport", "quic"), "--transport: quic is none of"),
        (("sip", "inbound", "create", "--media-enc", "x"), "--media-enc: x is none of"),
        (("sip", "inbound", "create", "--codecs", "/8000"), "is not NAME/RATE"),
        (("sip", "inbound", "list", "--project", "prod"), "lk has no project prod"),
        (("sip", "inbound", "list", "--env-file", "gone.env"), "gone.env"),
        (("sip", "inbound", "list", "--dev"), "--dev stands against"),
    ],
)
def test_a_slip_at_the_command_line_is_one_line(
    arguments: tuple[str, ...], says: str, sandbox: Commands
) -> None:
    done = sandbox.lklint(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_server_that_is_not_there_is_one_line(sandbox: Commands) -> None:
    sandbox.url = "http://127.0.0.1:1"
    done = sandbox.lklint("sip", "inbound", "list", "--quiet")
    assert done.returncode == 2
    assert done.stderr == "lklint: 127.0.0.1:1 cannot be reached: Connection refused\n"
