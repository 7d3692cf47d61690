"""Credentials are found where `lk` finds them, in its order, and never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from lklint.remote.credentials import Credentials, Flags, NoCredentials, find_credentials

ENVIRONMENT = {
    "LIVEKIT_URL": "wss://env.example.com",
    "LIVEKIT_API_KEY": "env-key",
    "LIVEKIT_API_SECRET": "env-secret",
}

CONFIG = """\
default_project: staging
projects:
  - name: staging
    project_id: p_1
    url: wss://staging-abc.livekit.cloud
    api_key: staging-key
    api_secret: staging-secret
  - name: prod
    url: wss://prod-xyz.livekit.cloud
    api_key: 0123
    api_secret: prod-secret
device_name: mine
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home" / ".livekit"
    folder.mkdir(parents=True)
    (folder / "cli-config.yaml").write_text(CONFIG, encoding="utf-8")
    return folder.parent


def found(flags: Flags, environment: dict[str, str], home: Path) -> tuple[str, str, str, str]:
    one = find_credentials(flags, environment, str(home), str(home))
    return one.url, one.api_key, one.api_secret, one.source


@pytest.mark.parametrize(
    ("flags", "environment", "url", "key", "source"),
    [
        (
            Flags(project="prod"), ENVIRONMENT,
            "https://prod-xyz.livekit.cloud", "0123", "project [prod]",
        ),
        (
            Flags(subdomain="prod-xyz"), ENVIRONMENT,
            "https://prod-xyz.livekit.cloud", "0123", "project [prod]",
        ),
        (
            Flags(url="http://a:1", api_key="k", api_secret="s"), ENVIRONMENT,
            "http://a:1", "k", "",
        ),
        (
            Flags(url="http://a:1"), ENVIRONMENT,
            "http://a:1", "env-key", "api-key, api-secret from environment",
        ),
        (
            Flags(), ENVIRONMENT,
            "https://env.example.com", "env-key", "url, api-key, api-secret from environment",
        ),
        (
            Flags(api_key="k", api_secret="s"), {},
            "http://localhost:7880", "k", "",
        ),
        (Flags(dev=True), {}, "http://localhost:7880", "devkey", "dev credentials"),
        (
            Flags(dev=True), {"LIVEKIT_URL": "ws://b:2"},
            "http://b:2", "devkey", "dev credentials",
        ),
        (
            Flags(), {"LIVEKIT_API_KEY": "half"},
            "https://staging-abc.livekit.cloud", "staging-key", "project [staging]",
        ),
        (Flags(), {}, "https://staging-abc.livekit.cloud", "staging-key", "project [staging]"),
    ],
)  # fmt: skip
def test_the_order_is_that_of_lk(
    flags: Flags, environment: dict[str, str], url: str, key: str, source: str, home: Path
) -> None:
    one = find_credentials(flags, environment, str(home), str(home))
    assert (one.url, one.api_key, one.source) == (url, key, source)


def test_a_livekit_toml_goes_before_the_default_project(home: Path) -> None:
    (home / "livekit.toml").write_text('[project]\nsubdomain = "prod-xyz"\n', encoding="utf-8")
    assert found(Flags(), {}, home)[3] == "project [prod]"


@pytest.mark.parametrize(
    ("flags", "environment", "says"),
    [
        (Flags(project="prdo"), {}, "has no project prdo; it has staging, prod"),
        (Flags(project="prod", dev=True), {}, "--dev stands against"),
        (Flags(dev=True), ENVIRONMENT, "--dev stands against an API key"),
        (Flags(url="http://a:1"), {}, "--url needs"),
        (Flags(url="ftp://a"), ENVIRONMENT, "must begin with"),
        (Flags(url="https://"), ENVIRONMENT, "must begin with"),
        (Flags(url="http://a:port"), ENVIRONMENT, "must begin with"),
    ],
)
def test_what_cannot_be_meant_is_one_line(
    flags: Flags, environment: dict[str, str], says: str, home: Path
) -> None:
    with pytest.raises(NoCredentials, match=says) as refused:
        find_credentials(flags, environment, str(home), str(home))
    assert "secret" not in str(refused.value).replace("API key or secret", "").replace(
        "--api-secret", ""
    )


def test_without_any_the_line_names_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(NoCredentials, match="LIVEKIT_API_KEY and LIVEKIT_API_SECRET are not set"):
        find_credentials(Flags(), {}, str(tmp_path), str(tmp_path))


@pytest.mark.parametrize(
    "text", ["a: [", "- 1", "projects: 5", "\t", "projects: {a: &a [*a]}"], ids=repr
)
def test_a_broken_file_of_lk_is_one_line_without_its_text(text: str, tmp_path: Path) -> None:
    (tmp_path / ".livekit").mkdir()
    (tmp_path / ".livekit" / "cli-config.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(NoCredentials):
        find_credentials(Flags(project="a"), {}, str(tmp_path), str(tmp_path))


def test_neither_repr_nor_host_show_a_secret() -> None:
    one = Credentials("https://user:hunter2@livekit.example.com:1", "key", "hunter2")
    assert "hunter2" not in repr(one)
    assert one.host == "livekit.example.com:1"
    assert "hunter2" not in repr(Flags(api_secret="hunter2"))
