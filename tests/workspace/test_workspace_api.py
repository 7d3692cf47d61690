"""`lklint.Workspace`: a workspace from Python."""

from __future__ import annotations

from pathlib import Path

import pytest

import lklint

TRUNK = '{"trunk": {"name": "twilio", "numbers": ["+15550100"]}}'
RULE = """{"dispatch_rule": {
  "name": "Support", "trunk_ids": ["twilio"],
  "rule": {"dispatch_rule_individual": {"room_prefix": "call"}},
  "room_config": {"agents": [{"agent_name": "helper"}]}}}"""
CALL = lklint.Call(caller="+15550199", called="+15550100", source_ip="203.0.113.9")


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_a_call_goes_through_the_files_of_a_folder(tmp_path: Path) -> None:
    folder = write(tmp_path, {"trunks/twilio.json": TRUNK, "rules/dispatch-rule.json": RULE})
    workspace = lklint.Workspace.load(folder)
    found = workspace.route(CALL)
    assert (found.outcome, found.stage) == ("accept", None)
    assert found.trunk_id == str(folder / "trunks/twilio.json")
    assert found.rule_id == str(folder / "rules/dispatch-rule.json")
    assert found.room == "call_+15550199_<random>"
    assert (found.identity, found.participant_name) == ("sip_+15550199", "Phone +15550199")
    assert found.agents == ("helper",)
    assert [step.verdict for step in found.trace.rules] == ["taken"]


def test_a_call_goes_through_resources_in_either_spelling() -> None:
    workspace = lklint.Workspace.from_resources(
        inbound_trunks=[{"sipTrunkId": "ST_1", "numbers": ["+15550100"]}],
        dispatch_rules=[
            {
                "sip_dispatch_rule_id": "SDR_1",
                "trunkIds": ["ST_1"],
                "rule": {"dispatchRuleDirect": {"roomName": "lobby", "pin": "1234"}},
            }
        ],
    )
    asked = workspace.route(CALL)
    assert (asked.outcome, asked.trunk_id, asked.rule_id) == ("request-pin", "ST_1", "SDR_1")
    assert workspace.route(CALL._replace(pin="1234")).room == "lobby"
    assert workspace.route(CALL._replace(pin="9999")).outcome == "drop"


def test_findings_name_the_id_of_a_resource_as_their_file() -> None:
    trunks = [
        {"sip_trunk_id": name, "numbers": ["+15550100"], "auth_username": "u", "auth_password": "p"}
        for name in ("ST_1", "ST_2")
    ]
    findings = lklint.Workspace.from_resources(inbound_trunks=trunks).findings()
    conflict = next(finding for finding in findings if finding.effect == "rejected")
    assert {conflict.file, *(related.file for related in conflict.related)} == {"ST_1", "ST_2"}


def test_of_several_servers_one_has_to_be_named(tmp_path: Path) -> None:
    folder = write(tmp_path, {"dev/inbound-trunk.json": TRUNK, "prod/inbound-trunk.json": TRUNK})
    workspace = lklint.Workspace.load(folder)
    with pytest.raises(ValueError, match=r"name one of the environments: .*dev, .*prod"):
        workspace.route(CALL)
    prod = next(found.name for found in workspace.environments if found.name.endswith("prod"))
    assert workspace.route(CALL, environment=prod).trunk_id == str(
        folder / "prod/inbound-trunk.json"
    )


def test_what_livekit_refuses_is_no_part_of_it(tmp_path: Path) -> None:
    broken = TRUNK.replace('["+15550100"]', '"+15550100"')
    folder = write(tmp_path, {"inbound-trunk.json": broken, "dispatch-rule.json": RULE})
    (environment,) = lklint.Workspace.load(folder).environments
    assert not environment.inbound_trunks
    assert not environment.complete


def test_a_form_that_livekit_refuses_does_not_matter(tmp_path: Path) -> None:
    bare = RULE.strip().removeprefix('{"dispatch_rule": ').removesuffix("}")
    folder = write(tmp_path, {"inbound-trunk.json": TRUNK, "dispatch-rule.json": bare})
    assert lklint.Workspace.load(folder).route(CALL).outcome == "accept"


def test_an_empty_workspace_takes_no_call(tmp_path: Path) -> None:
    assert lklint.Workspace.load(tmp_path).route(CALL).outcome == "drop"
    with pytest.raises(FileNotFoundError):
        lklint.Workspace.load(tmp_path / "nowhere")


def test_a_server_has_no_use_for_the_name_of_a_trunk() -> None:
    """In files a rule may name its trunk. What a server has stored is compared as it is."""
    workspace = lklint.Workspace.from_resources(
        inbound_trunks=[{"sip_trunk_id": "ST_1", "name": "twilio", "numbers": ["+15550100"]}],
        dispatch_rules=[
            {
                "sip_dispatch_rule_id": "SDR_1",
                "trunk_ids": ["twilio"],
                "rule": {"dispatch_rule_individual": {}},
            }
        ],
    )
    assert workspace.route(CALL).outcome == "drop"
    (finding,) = workspace.findings()
    assert (finding.code, finding.file, finding.pointer) == ("LK711", "SDR_1", "/trunk_ids/0")
    assert "is the name of a trunk, and LiveKit compares ids" in finding.headline


def test_no_pin_and_no_password_is_told() -> None:
    secret = "8273155"
    trunk = {"numbers": ["+15550100"], "auth_username": "u", "auth_password": secret}
    rule = {"rule": {"dispatch_rule_direct": {"room_name": "lobby", "pin": secret}}}
    findings = lklint.Workspace.from_resources(
        inbound_trunks=[{**trunk, "sip_trunk_id": name} for name in ("ST_1", "ST_2")],
        outbound_trunks=[
            {**trunk, "sip_trunk_id": name, "address": "sip.example.net"}
            for name in ("ST_3", "ST_4")
        ],
        dispatch_rules=[{**rule, "sip_dispatch_rule_id": name} for name in ("SDR_1", "SDR_2")],
    ).findings()
    assert {finding.code for finding in findings} >= {"LK701", "LK703", "LK746"}
    assert secret not in repr(findings)
