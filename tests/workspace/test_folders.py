"""Which files go to one server: what the configuration says, else a folder each."""

from __future__ import annotations

import pytest

from lklint.workspace.folders import environment_folder

ROOT = "/repository"


@pytest.mark.parametrize(
    ("file", "environments", "folder"),
    [
        ("inbound-trunk.json", (), "/repository"),
        ("support/dispatch-rule.json", (), "/repository/support"),
        ("support/trunks/twilio.json", (), "/repository/support"),
        ("support/trunks/inbound/twilio.json", (), "/repository/support"),
        ("support/Dispatch_Rules/line.json", (), "/repository/support"),
        ("trunks/twilio.json", (), "/repository"),
        ("prod/trunks/twilio.json", ("dev", "prod"), "/repository/prod"),
        ("prod/eu/line.json", ("dev", "prod"), "/repository/prod"),
        ("test/eu/line.json", ("dev", "prod"), "/repository/test/eu"),
        ("tenants/acme/eu/line.json", ("tenants/*",), "/repository/tenants/acme"),
        ("tenants/line.json", ("tenants/*",), "/repository/tenants"),
        ("a/b/live/c/line.json", ("**/live",), "/repository/a/b/live"),
        ("live/line.json", ("**/live",), "/repository/live"),
        ("a/b/line.json", (".",), "/repository"),
        ("a/b/line.json", (".", "a"), "/repository/a"),
        ("prod/line.json", ("./prod/",), "/repository/prod"),
    ],
)
def test_a_file_goes_to_the_server_of(
    file: str, environments: tuple[str, ...], folder: str
) -> None:
    assert environment_folder(f"{ROOT}/{file}", ROOT, environments) == folder


def test_without_a_configuration_there_is_no_end_upwards() -> None:
    assert environment_folder("/home/support/trunks/twilio.json", "") == "/home/support"
