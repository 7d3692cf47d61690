"""`lklint init editor`: what it writes makes the editor use the right schema for each file."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

from .editors import MAJORS, Complaint, Editors, modules_or_skip

GOOD = '{"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["52.215.127.0/24"]}}'


def as_vscode_reads_them(folder: Path) -> list[dict[str, Any]]:
    """The entries of `json.schemas`: VS Code takes a url with a dot from the opened folder on."""
    settings = json.loads((folder / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    return [
        {"fileMatch": entry["fileMatch"], "uri": (folder / entry["url"]).resolve().as_uri()}
        for entry in settings["json.schemas"]
    ]


@pytest.fixture
def project(lklint: Run, tmp_path: Path) -> Path:
    """A folder where the command ran."""
    (tmp_path / "telephony").mkdir()
    done = lklint("init", "editor", "--folder", "telephony")
    assert (done.returncode, done.stderr) == (0, "")
    return tmp_path


@pytest.mark.parametrize("major", MAJORS)
@pytest.mark.parametrize(
    ("file", "schema"),
    [
        ("inbound-trunk.json", "inbound"),
        ("trunks/twilio_inbound_trunk-2.json", "inbound"),
        ("telephony/outbound-trunk.json", "outbound"),
        ("a/b/dispatch-rule.json", "dispatch"),
        ("telephony/night-dispatch-rule.json", "dispatch"),
        ("sip-participant.json", "call"),
        ("telephony/calls.json", "expectations"),
        ("night-calls.json", "expectations"),
        ("phone-numbers.json", "numbers"),
        ("telephony/night.json", "any"),
        ("telephony/a/b/c.json", "any"),
        ("package.json", None),
        (".vscode/lklint/inbound.json", None),
    ],
)
def test_each_file_has_one_schema(
    editors: Editors, project: Path, file: str, schema: str | None, major: int
) -> None:
    name = editors.open(str(project), lambda: as_vscode_reads_them(project))
    found = editors.ask("schemas", workspace=name, major=major, file=file, text="{}")
    folder = project.resolve() / ".vscode" / "lklint"
    assert found == ([] if schema is None else [(folder / f"{schema}.json").as_uri()])


@pytest.mark.parametrize("major", MAJORS)
def test_the_editor_finds_the_schemas(editors: Editors, project: Path, major: int) -> None:
    name = editors.open(str(project), lambda: as_vscode_reads_them(project))
    bad = GOOD.replace("numbers", "number")
    assert editors.complaints(name, GOOD, major, "inbound-trunk.json") == []
    told = editors.complaints(name, bad, major, "inbound-trunk.json")
    assert Complaint(11, 19, "Did you mean numbers? (LK101)") in told
    assert editors.complaints(name, bad, major, "telephony/main.json") == told


@pytest.mark.parametrize("major", MAJORS)
def test_a_schema_key_is_flagged_by_the_schema_it_names(
    editors: Editors, project: Path, major: int
) -> None:
    """It takes the place of all associations; where it names ours, ours says what it does."""
    name = editors.open(str(project), lambda: as_vscode_reads_them(project))
    ours = (project / ".vscode" / "lklint" / "inbound.json").as_uri()
    text = f'{{"$schema": "{ours}", {GOOD[1:]}'
    told = editors.complaints(name, text, major, "inbound-trunk.json")
    assert {(one.begin, one.end) for one in told} == {(1, 10)}
    assert told[0].message.startswith("Take this out: LiveKit refuses a file with $schema.")


def test_what_is_printed(lklint: Run, tmp_path: Path) -> None:
    shown = lklint("init", "editor").stdout
    assert shown.startswith("written    .vscode/lklint/inbound.json\n")
    assert "written    .vscode/settings.json\n" in shown
    for editor in ("VS Code", "JetBrains", "Neovim", "lklint.toml"):
        assert f"\n{editor}" in shown


def test_a_second_run_changes_nothing(lklint: Run, project: Path) -> None:
    before = {file: file.read_bytes() for file in project.rglob("*") if file.is_file()}
    shown = lklint("init", "editor", "--folder", "./telephony/").stdout
    assert {file: file.read_bytes() for file in project.rglob("*") if file.is_file()} == before
    assert "written" not in shown
    assert "changed " not in shown.replace("unchanged ", "")


def test_lklint_does_not_take_the_schemas_for_telephony(lklint: Run, project: Path) -> None:
    shown = lklint("check", "--output-format", "json", ".", *map(str, schema_files(project)))
    assert json.loads(shown.stdout)["findings"] == []


def schema_files(project: Path) -> list[Path]:
    return sorted((project / ".vscode" / "lklint").iterdir())


def test_files_to_update(lklint: Run, tmp_path: Path) -> None:
    lklint("init", "editor", "--form", "update")
    written = (tmp_path / ".vscode" / "lklint" / "inbound.json").read_text(encoding="utf-8")
    assert written == lklint("schema", "inbound-trunk", "--form", "update").stdout


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        (b'{"a": 1', ".vscode/settings.json: line 1, column 1: cut off; mend it first"),
        (b'{"a": "\xff"}', ".vscode/settings.json: it is not UTF-8"),
    ],
)
def test_settings_that_cannot_be_read_stop_it(
    lklint: Run, tmp_path: Path, settings: bytes, why: str
) -> None:
    (tmp_path / ".vscode").mkdir()
    (tmp_path / ".vscode" / "settings.json").write_bytes(settings)
    done = lklint("init", "editor")
    assert done.returncode == 2
    assert done.stderr == f"lklint: {why}, it is left as it is\n".replace("UTF-8, it", "UTF-8, and")
    assert [file.name for file in (tmp_path / ".vscode").iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    ("folder", "why"),
    [
        ("nowhere", "--folder nowhere: there is no such folder"),
        ("..", "--folder ..: it lies outside of the folder that the editor opens"),
    ],
)
def test_a_folder_that_cannot_be_meant(lklint: Run, folder: str, why: str) -> None:
    done = lklint("init", "editor", "--folder", folder)
    assert (done.returncode, done.stderr) == (2, f"lklint: {why}\n")


def test_the_combined_schema_goes_by_name(lklint: Run) -> None:
    assert lklint("schema", "--combined").stdout == lklint("schema").stdout
    done = lklint("schema", "--combined", "inbound-trunk")
    assert done.returncode == 2
    assert "it is for all kinds; leave the kind out" in done.stderr


def test_taplo_reads_the_schema_of_the_configuration(project: Path) -> None:
    """As `lklint init editor` and `docs/editors.md` say: by a first line in the file."""
    taplo = modules_or_skip() / ".bin" / "taplo"
    if not taplo.exists():
        pytest.skip("needs @taplo/cli in the modules")
    first = "#:schema ./.vscode/lklint/configuration.json\n"
    for keys, code in (('fail-on = "warning"\n', 0), ('fail-on = "nothing"\n', 1)):
        (project / "lklint.toml").write_text(first + keys, encoding="utf-8")
        done = subprocess.run(
            [str(taplo), "lint", "lklint.toml"], cwd=project, capture_output=True, text=True
        )
        assert done.returncode == code, done.stderr
