"""Which configuration holds for a file: the nearest one, one that was named, or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run

DEAD = '{"trunk": {"name": "t", "numbers": ["*"], "allowedNumbers": ["+442079460199"]}}'
SILENT, SPEAKING = 'ignore = ["LK201"]\n', "# nothing\n"
FILES = ("a.json", "blue/a.json", "red/a.json", "red/deep/er/a.json")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(DEAD)
    return tmp_path


def told(lklint: Run, *arguments: str, cwd: Path) -> list[str]:
    """The files of which the dead number is told."""
    done = lklint("check", "--output-format", "concise", *arguments, cwd=cwd)
    assert done.returncode in (0, 1), done.stderr
    return [line.split(":")[0] for line in done.stdout.splitlines() if " LK201 " in line]


@pytest.mark.parametrize(
    ("configurations", "files"),
    [
        ({}, FILES),
        ({"lklint.toml": SILENT}, ()),
        ({"pyproject.toml": f"[tool.lklint]\n{SILENT}"}, ()),
        ({"red/lklint.toml": SILENT}, ("a.json", "blue/a.json")),
        (
            {"lklint.toml": SILENT, "red/lklint.toml": SPEAKING},
            ("red/a.json", "red/deep/er/a.json"),
        ),
        ({"lklint.toml": SILENT, "red/deep/lklint.toml": SPEAKING}, ("red/deep/er/a.json",)),
        # A shared file that says nothing to lklint is passed over.
        ({"lklint.toml": SILENT, "red/pyproject.toml": "[tool.ruff]\n"}, ()),
        ({"lklint.toml": SILENT, "red/pyproject.toml": '[project]\nname = "lklint-red"\n'}, ()),
        (
            {"lklint.toml": SILENT, "red/pyproject.toml": "[tool.lklint]\n"},
            ("red/a.json", "red/deep/er/a.json"),
        ),
        # In one folder the file of its own goes before the shared one.
        ({"lklint.toml": SILENT, "pyproject.toml": "[tool.lklint]\n"}, ()),
        ({"pyproject.toml": "not TOML, and none of our business"}, FILES),
    ],
)
def test_the_nearest_configuration_holds(
    lklint: Run, folder: Path, configurations: dict[str, str], files: tuple[str, ...]
) -> None:
    for name, text in configurations.items():
        (folder / name).write_text(text)
    assert told(lklint, cwd=folder) == sorted(files, key=FILES.index)
    assert told(lklint, *FILES, cwd=folder) == sorted(files, key=FILES.index)


def test_it_does_not_matter_where_lklint_is_run(lklint: Run, folder: Path) -> None:
    (folder / "lklint.toml").write_text('[per-file-ignores]\n"red/deep/" = ["LK201"]\n')
    assert told(lklint, "red", cwd=folder) == ["red/a.json"]
    assert told(lklint, cwd=folder / "red") == ["a.json"]
    assert told(lklint, cwd=folder / "red" / "deep") == []
    assert told(lklint, "../red", cwd=folder / "blue") == ["../red/a.json"]


def test_a_configuration_that_is_named_holds_for_all_files(lklint: Run, folder: Path) -> None:
    (folder / "lklint.toml").write_text(SILENT)
    (folder / "blue" / "strict.toml").write_text(SPEAKING)
    assert told(lklint, "--config", "blue/strict.toml", cwd=folder) == list(FILES)


def test_globs_of_a_configuration_that_is_named_start_where_we_are(
    lklint: Run, folder: Path
) -> None:
    shared = folder / "shared" / "lklint.toml"
    shared.parent.mkdir()
    shared.write_text('[per-file-ignores]\n"/a.json" = ["LK201"]\n')
    assert told(lklint, "--config", "../shared/lklint.toml", cwd=folder / "red") == [
        "deep/er/a.json"
    ]


def test_isolated_reads_no_configuration(lklint: Run, folder: Path) -> None:
    lklint("baseline", "write", cwd=folder)
    (folder / "lklint.toml").write_text("this is not TOML")
    assert told(lklint, "--isolated", cwd=folder) == list(FILES)


def test_the_name_of_standard_input_has_a_configuration_too(lklint: Run, folder: Path) -> None:
    (folder / "red" / "lklint.toml").write_text(SILENT)
    arguments = ("check", "-", "--stdin-filename")
    assert "LK201" not in lklint(*arguments, "red/new.json", stdin=DEAD, cwd=folder).stdout
    assert "LK201" in lklint(*arguments, "blue/new.json", stdin=DEAD, cwd=folder).stdout


def test_a_monorepo_with_two_configurations(lklint: Run, folder: Path) -> None:
    """Each team decides for itself when a run fails; one failing is enough."""
    lone = '{"trunk": {"name": "t", "numbers": ["+442079460123"]}}'
    (folder / "red" / "a.json").write_text(lone)
    (folder / "blue" / "a.json").write_text(lone)
    (folder / "red" / "lklint.toml").write_text('fail-on = "warning"\n')
    (folder / "blue" / "lklint.toml").write_text('[severity]\nLK302 = "info"\n')
    assert lklint("check", "red/a.json", cwd=folder).returncode == 1
    assert lklint("check", "blue", cwd=folder).returncode == 0
    both = lklint("check", "--output-format", "concise", "red/a.json", "blue", cwd=folder)
    assert both.stdout.splitlines()[-1].startswith("1 warning, 1 info in 2 of 2 files")
    assert both.returncode == 1
    assert lklint("check", "--fail-on", "error", "red/a.json", cwd=folder).returncode == 0


def test_config_shows_what_holds_and_who_said_so(lklint: Run, folder: Path) -> None:
    (folder / "lklint.toml").write_text('target = "cloud"\n')
    (folder / "red" / "pyproject.toml").write_text('[tool.lklint]\nfail-on = "info"\n')
    done = lklint("config", "--output-format", "json", "red/deep/er/a.json", cwd=folder)
    shown = json.loads(done.stdout)
    assert shown["fail-on"] == {"value": "info", "origin": "red/pyproject.toml"}
    assert shown["target"] == {"value": None, "origin": "default"}
    text = lklint("config", "blue", cwd=folder).stdout.splitlines()
    assert text[0] == "lklint.toml"
    assert any(line.split() == ["target", '"cloud"', "(lklint.toml)"] for line in text)
    nothing = lklint("config", "--isolated", "blue", cwd=folder).stdout
    assert nothing.startswith("no configuration: every value is lklint's own\n")
    missing = lklint("config", "nowhere.json", cwd=folder)
    assert missing.stderr == "lklint: nowhere.json: there is no such file or directory\n"
    assert missing.returncode == 2
