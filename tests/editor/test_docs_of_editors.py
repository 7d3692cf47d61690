"""What `docs/editors.md` shows is what happens: its commands, entries, tables and messages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import Run

from .conftest import Workspace
from .editors import MAJORS, Editors

PAGE = (Path(__file__).parents[2] / "docs" / "editors.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(.+?)` \| `?(.+?)`? \|$", PAGE, re.MULTILINE)
MESSAGES = [row for row in ROWS if row[1].endswith(")")]
MAPPINGS = {file: pattern for file, pattern in ROWS if file.startswith(".vscode")}


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def written(folder: Path) -> dict[str, object]:
    settings = json.loads((folder / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    return {
        entry["url"].removeprefix("./"): entry["fileMatch"] for entry in settings["json.schemas"]
    }


@pytest.fixture
def project(lklint: Run, tmp_path: Path) -> Path:
    """A folder where every command of the page ran."""
    (tmp_path / "telephony").mkdir()
    for command in "".join(blocks("sh")).splitlines():
        program, *arguments = command.split()
        assert program == "lklint"
        assert lklint(*arguments).returncode == 0
    return tmp_path


def test_the_entries_are_those_that_are_written(project: Path) -> None:
    (shown,) = blocks("json")
    assert json.loads(shown) == json.loads((project / ".vscode" / "settings.json").read_text())


def test_the_mappings_and_the_lua_are_the_same_entries(project: Path) -> None:
    kinds = {file: match for file, match in written(project).items() if "any.json" not in file}
    assert {file: [pattern] for file, pattern in MAPPINGS.items()} == kinds
    (lua,) = blocks("lua")
    entries = re.findall(r'fileMatch = \{ "(.+?)" \}, url = here \.\. "(.+?)"', lua)
    assert {f".vscode/lklint/{file}": [pattern] for pattern, file in entries} == kinds


def test_the_configuration_names_a_file_that_is_written(project: Path) -> None:
    (toml,) = blocks("toml")
    name = re.match(r"#:schema (\S+)\n", toml)
    assert name is not None
    assert (project / name[1]).is_file()


@pytest.mark.parametrize("major", MAJORS)
@pytest.mark.parametrize(("member", "words"), MESSAGES)
def test_the_messages_are_what_the_editor_says(
    editors: Editors, workspace: Workspace, member: str, words: str, major: int
) -> None:
    text = f'{{"trunk": {{{member}}}}}'
    told = editors.complaints(workspace("inbound-trunk"), text, major)
    assert words in [complaint.message for complaint in told]


def test_there_are_messages_and_mappings() -> None:
    assert len(MESSAGES) == 5
    assert len(MAPPINGS) == 6
