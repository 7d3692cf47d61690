"""A sandbox with a file goes on where it was."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from lklint.documents.identity import identify
from lklint.sandbox.state import BadState
from lklint.sandbox.store import Store

from .asking import LISTS, Asked
from .conftest import served
from .test_calls import dial, transfer
from .test_numbers import NUMBER, RULE, bought, done, numbers_of

TRUNK = {"trunk": {"numbers": ["+12025550100"], "auth_username": "u", "auth_password": "hush"}}


def filled(server: Asked) -> None:
    server.get("CreateSIPInboundTrunk", TRUNK)
    rule = server.get("CreateSIPDispatchRule", RULE)["sip_dispatch_rule_id"]
    bought(server, NUMBER, sip_dispatch_rule_id=rule)
    dial(server, participant_identity="callee")


def test_everything_survives_a_restart(tmp_path: Path) -> None:
    file = str(tmp_path / "sandbox.json")
    with served(Store(file)) as server:
        filled(server)
        before = [server.list(listing) for listing in LISTS]
    with served(Store(file)) as server:
        assert [server.list(listing) for listing in LISTS] == before
        assert numbers_of(done(server, "ListPhoneNumbers")) == [NUMBER]
        assert transfer(server, "callee") == (200, {})
        status, _ = server.call("CreateSIPInboundTrunk", b'{"trunk":{"numbers":["+12025550100"]}}')
        assert status == 400  # the conflict is still one


def test_what_is_deleted_stays_so(tmp_path: Path) -> None:
    file = str(tmp_path / "sandbox.json")
    with served(Store(file)) as server:
        filled(server)
        server.empty()
    assert Store(file).all("inbound-trunk") == []
    assert len(Store(file).all("phone-number")) == 1


def test_only_its_owner_reads_the_file(tmp_path: Path) -> None:
    file = tmp_path / "sandbox.json"
    with served(Store(str(file))) as server:
        filled(server)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["sandbox.json"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "this is not the state of a sandbox"),
        (b"[]", "this is not the state of a sandbox"),
        (b'{"trunks": []}', "this is not the state of a sandbox"),
        (b'{"inbound-trunk": 1}', "this is not the state of a sandbox"),
        (b'{"inbound-trunk": [{"nname": "hush"}]}', "no such field"),
        (b'{"inbound-trunk": [{"auth_password": ["hush"]}]}', "a text is needed here"),
        (b'{"lklint_sandbox": 2}', "this is not the state of a sandbox"),
        (b"\xff", "it is not UTF-8"),
    ],
)
def test_a_file_that_is_no_state_is_one_line_and_left_alone(
    tmp_path: Path, content: bytes, words: str
) -> None:
    file = tmp_path / "sandbox.json"
    file.write_bytes(content)
    with pytest.raises(BadState, match=words) as raised:
        Store(str(file))
    assert "\n" not in str(raised.value)
    assert "hush" not in str(raised.value)
    assert file.read_bytes() == content


def test_a_place_that_cannot_be_written_is_told_at_once(tmp_path: Path) -> None:
    file = str(tmp_path / "missing" / "sandbox.json")
    with pytest.raises(FileNotFoundError) as raised:
        Store(file)
    assert raised.value.filename == file


def test_the_file_is_not_taken_for_files_of_trunks_and_rules(tmp_path: Path) -> None:
    file = tmp_path / "sandbox.json"
    with served(Store(str(file))) as server:
        filled(server)
    assert identify(json.loads(file.read_text()), "sandbox.json") is None


def test_a_file_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    file = tmp_path / "sandbox.json"
    file.write_text('{"inbound-trunk": [{"sip_trunk_id": "ST_a", "name": "Main"}]}')
    assert Store(str(file)).get("inbound-trunk", "ST_a").name == "Main"


def test_a_file_that_can_no_longer_be_written_is_an_internal_error(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    with served(Store(str(folder / "sandbox.json"))) as server:
        (folder / "sandbox.json").unlink()
        folder.rmdir()
        status, body = server.call("CreateSIPInboundTrunk", json.dumps(TRUNK).encode())
    assert status == 500
    assert json.loads(body) == {
        "code": "internal",
        "msg": "the state of the sandbox was not written: No such file or directory",
    }
