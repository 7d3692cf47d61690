"""Which rules speak, how loudly, and in which files."""

from __future__ import annotations

from pathlib import Path

import pytest
from checking import check_in_folder
from conftest import Run

from lklint.config.profile import Layers
from lklint.config.selection import speaking
from lklint.rules.all_rules import all_rules

DEFAULT = {code for code, rule in all_rules().items() if rule.default}
OFF = min(set(all_rules()) - DEFAULT)
"""A rule that is off by default."""


def family(prefix: str) -> set[str]:
    return {code for code in all_rules() if code.startswith(prefix)}


@pytest.mark.parametrize(
    ("select", "extend", "ignore", "expected"),
    [
        (None, [], [], DEFAULT),
        (["ALL"], [], [], set(all_rules())),
        (["all"], [], [], set(all_rules())),
        (["LK2"], [], [], family("LK2")),
        (["lk201", "number-only-trunk"], [], [], {"LK201", "LK302"}),
        ([], [], [], set()),
        ([], ["LK2"], [], family("LK2")),
        (None, [OFF], [], DEFAULT | {OFF}),
        (None, [], ["LK2"], DEFAULT - family("LK2")),
        (None, [], ["wildcard_number"], DEFAULT - {"LK201"}),
        # The more exact word decides, whichever way it goes.
        (["LK2"], [], ["LK201"], family("LK2") - {"LK201"}),
        (["LK201"], [], ["LK2"], {"LK201"}),
        (["LK20"], [], ["LK2"], family("LK20")),
        (["LK2", "LK201"], [], ["LK20"], family("LK2") - family("LK20") | {"LK201"}),
        (["LK3"], ["LK201"], ["ALL"], family("LK3") | {"LK201"}),
        (None, [], ["ALL"], set()),
        # A code is as exact as a name; where both are as exact, the silent one wins.
        (["LK201"], [], ["wildcard-number"], set()),
        (["LK2"], [], ["LK2"], set()),
    ],
)
def test_the_rules_that_speak(
    select: list[str] | None, extend: list[str], ignore: list[str], expected: set[str]
) -> None:
    assert speaking(select, extend, ignore, str) == expected


TRUNK = '{"trunk": {"name": "t", "numbers": ["*", "+442079460123"]}}'
"""LK201 (error) and, as one number is real, LK302 (warning)."""


def codes(configuration: str, name: str = "t.json", text: str = TRUNK) -> dict[str, str]:
    """Code and severity of what is found under a configuration."""
    report = check_in_folder({"lklint.toml": configuration, name: text})
    return {finding.code: finding.severity.value for finding in report.findings}


def test_without_a_word_both_speak() -> None:
    assert codes("") == {"LK201": "error", "LK302": "warning"}


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        ('ignore = ["LK2"]', {"LK302"}),
        ('select = ["LK2"]', {"LK201"}),
        ("select = []", set()),
        ('select = ["LK2"]\nextend-select = ["number-only-trunk"]', {"LK201", "LK302"}),
        ('[per-file-ignores]\n"t.json" = ["LK2"]', {"LK302"}),
        ('[per-file-ignores]\n"*.json" = ["LK201"]\n"t.*" = ["LK302"]', set()),
        ('[per-file-ignores]\n"sub/" = ["ALL"]', {"LK201", "LK302"}),
        ('[per-file-ignores]\n"*.json" = ["ALL"]\n"!t.json" = []', {"LK201", "LK302"}),
        # Nothing silences what is unignorable.
        ('ignore = ["ALL"]\nunignorable = ["LK201"]', {"LK201"}),
        ('select = ["LK3"]\nunignorable = ["wildcard-number"]', {"LK201", "LK302"}),
        ('unignorable = ["LK2"]\n[per-file-ignores]\n"**" = ["ALL"]', {"LK201"}),
    ],
)
def test_a_configuration_decides_which_rules_speak(configuration: str, expected: set[str]) -> None:
    assert set(codes(configuration)) == expected


def test_a_rule_that_is_off_speaks_where_it_is_unignorable(tmp_path: Path) -> None:
    (tmp_path / "lklint.toml").write_text(f'unignorable = ["{OFF}"]\n')
    settings = Layers({}).of(str(tmp_path / "a.json")).settings
    assert settings.wants(OFF, default=False)
    assert not Layers({}, isolated=True).of("a.json").settings.wants(OFF, default=False)


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        ('LK201 = "info"', "info"),
        ('wildcard-number = "warning"', "warning"),
        ('LK2 = "info"', "info"),
        ('ALL = "info"', "info"),
        ('ALL = "info"\nLK2 = "warning"', "warning"),
        ('LK201 = "warning"\nLK2 = "info"\nALL = "error"', "warning"),
        ('LK201 = "warning"\nwildcard-number = "info"', "info"),
        ('LK3 = "info"', "error"),
    ],
)
def test_a_severity_is_the_one_of_the_most_exact_word(severity: str, expected: str) -> None:
    assert codes(f"[severity]\n{severity}\n")["LK201"] == expected


@pytest.mark.parametrize(
    ("configuration", "arguments", "code"),
    [
        ("", (), 1),
        ('ignore = ["LK2"]', (), 0),
        ('ignore = ["LK2"]\nfail-on = "warning"', (), 1),
        ('ignore = ["LK2"]\nfail-on = "warning"', ("--fail-on", "error"), 0),
        ('[severity]\nLK201 = "warning"', (), 0),
        ('[severity]\nLK302 = "error"', ("--ignore", "LK201"), 1),
    ],
)
def test_when_a_run_fails(
    lklint: Run, tmp_path: Path, configuration: str, arguments: tuple[str, ...], code: int
) -> None:
    (tmp_path / "lklint.toml").write_text(configuration)
    (tmp_path / "t.json").write_text(TRUNK)
    assert lklint("check", *arguments).returncode == code


def test_the_command_line_adds_to_the_configuration(lklint: Run, tmp_path: Path) -> None:
    (tmp_path / "lklint.toml").write_text('ignore = ["LK302"]\n')
    (tmp_path / "t.json").write_text(TRUNK)
    assert lklint("check", "--ignore", "LK201").stdout == "1 file, nothing to mend.\n"
    assert "LK302" not in lklint("check", "--select", "LK3").stdout
    assert "LK302" in lklint("check", "--select", "LK3,number-only-trunk", "--isolated").stdout


def test_nothing_on_the_command_line_silences_what_is_unignorable(
    lklint: Run, tmp_path: Path
) -> None:
    (tmp_path / "lklint.toml").write_text('unignorable = ["LK201"]\n')
    (tmp_path / "t.json").write_text(TRUNK)
    for arguments in (("--ignore", "LK201"), ("--select", "LK3"), ("--ignore", "ALL")):
        assert "LK201" in lklint("check", *arguments).stdout
