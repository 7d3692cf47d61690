"""What is looked at by mistake is told: silence must not be taken for praise."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run

GOOD = '{"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["52.215.127.0/24"]}}'


def test_a_named_file_that_is_no_telephony_is_told(lklint: Run, tmp_path: Path) -> None:
    (tmp_path / "page.json").write_text("<html></html>")
    done = lklint("check", "page.json")
    assert "page.json holds no LiveKit telephony: nothing was checked" in done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize("text", ["", "<html></html>", '{"name": "x", "version": "1"}'])
def test_standard_input_that_is_no_telephony_fails(lklint: Run, text: str) -> None:
    done = lklint("check", "-", stdin=text)
    assert "no LiveKit telephony" in done.stderr
    assert done.returncode == 2


def test_a_dangling_link_does_not_hide_the_rest(lklint: Run, tmp_path: Path) -> None:
    (tmp_path / "a.json").symlink_to("gone.json")
    (tmp_path / "inbound-trunk.json").write_text('{"trunk": {"name": "x"}}')
    done = lklint("check", "--output-format", "concise", "a.json", "inbound-trunk.json")
    assert "a.json: not checked" in done.stderr
    assert "inbound-trunk.json:1:11: error LK301" in done.stdout
    assert done.returncode == 2


def test_two_whole_documents_do_not_share_an_output(lklint: Run, tmp_path: Path) -> None:
    (tmp_path / "inbound-trunk.json").write_text(GOOD)
    done = lklint("check", "--report", "json", "--report", "sarif")
    assert done.stderr == "lklint: --report: json wants standard output for itself\n"
    assert done.returncode == 2


def test_a_family_can_be_explained(lklint: Run) -> None:
    done = lklint("explain", "LK2")
    assert "LK201  wildcard-number" in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize(
    "text",
    [
        '{"trunk": {"authPassword": ["hunter2hunter2"]}}',
        '{"trunk": {"address": "u:hunter2hunter2@sip.acme.net"}}',
        '{"trunk": {"pincode": "hunter2hunter2", "numbers": ["+442079460123"]}}',
        '{"trunk": {"headers": {"Authorization": "hunter2hunter2"}, "x": 1}}',
        '{"trunk": {"numbers": ["*"], // "auth_password": "hunter2hunter2"\n "x": 1}}',
    ],
)
@pytest.mark.parametrize("arguments", [("check",), ("fix", "--unsafe-fixes", "--diff")])
def test_no_secret_is_shown(lklint: Run, tmp_path: Path, text: str, arguments: list[str]) -> None:
    (tmp_path / "outbound-trunk.json").write_text(text)
    done = lklint(*arguments, "outbound-trunk.json")
    assert done.returncode in (0, 1)
    assert "hunter2" not in done.stdout + done.stderr
