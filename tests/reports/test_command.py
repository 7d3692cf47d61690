"""The reports, asked for on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import golden
import pytest
from conftest import Run

OPEN = '{"trunk": {"name": "t", "krispEnabled": true}}'
NOWHERE = {"CI_PROJECT_DIR": "", "GITHUB_WORKSPACE": "", "GITHUB_STEP_SUMMARY": ""}


@pytest.fixture
def trunk(tmp_path: Path) -> str:
    (tmp_path / "trunk.json").write_text(OPEN)
    return "trunk.json"


@pytest.mark.parametrize("name", ["github", "sarif", "gitlab", "junit", "markdown"])
def test_every_format_can_be_asked_for(lklint: Run, trunk: str, name: str) -> None:
    done = lklint("check", trunk, "--output-format", name, **NOWHERE)
    assert (done.returncode, done.stderr) == (1, "")
    assert "LK301" in done.stdout
    assert trunk in done.stdout


def test_several_reports_come_of_one_run(lklint: Run, trunk: str, tmp_path: Path) -> None:
    files = {"sarif": "out.sarif", "gitlab": "quality.json", "junit": "junit.xml"}
    asked = [word for name in files for word in ("--report", f"{name}:{files[name]}")]
    done = lklint("check", trunk, *asked, "--report", "github:-", **NOWHERE)
    assert done.stdout.startswith("::error file=trunk.json,line=1,")
    assert json.loads((tmp_path / "out.sarif").read_text())["version"] == "2.1.0"
    assert json.loads((tmp_path / "quality.json").read_text())[0]["check_name"] == "LK301"
    assert ElementTree.parse(tmp_path / "junit.xml").getroot().tag == "testsuites"


def test_the_summary_of_a_job_is_added_to(lklint: Run, trunk: str, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("# Built\n")
    for _ in range(2):
        environment = {**NOWHERE, "GITHUB_STEP_SUMMARY": str(summary)}
        lklint("check", trunk, "--report", f"markdown:{summary}", **environment)
    shown = summary.read_text()
    assert shown.startswith("# Built\n")
    assert shown.count("| Place | Rule | What happens |") == 2


def test_a_report_is_loaded_when_it_is_asked_for(trunk: str, tmp_path: Path) -> None:
    script = (
        "import sys; from lklint.__main__ import main;"
        f" sys.argv = ['lklint', 'check', '--output-format', 'concise', '{trunk}']; main();"
        " print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    room = "lklint.reports."
    loaded = {module.removeprefix(room) for module in done.stderr.split() if room in module}
    assert loaded & golden.FORMATS.keys() == {"concise"}
