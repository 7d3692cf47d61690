"""`lklint graph`: what is drawn, and where to."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import drawings
import pytest
from conftest import ROOT, Run


@pytest.mark.parametrize("format", ["tree", "mermaid", "dot", "svg"])
def test_a_picture_goes_to_a_file(lklint: Run, tmp_path: Path, format: str) -> None:
    drawings.write_workspace("office", tmp_path)
    printed = lklint("graph", "--format", format)
    written = lklint("graph", "--format", format, "-o", "picture")
    assert (written.returncode, written.stdout) == (0, "")
    assert written.stderr == "lklint: written: picture\n"
    assert (tmp_path / "picture").read_text(encoding="utf-8") == printed.stdout


@pytest.mark.parametrize("format", ["tree", "mermaid", "dot", "svg"])
def test_no_secret_and_no_terminal_code_is_drawn(lklint: Run, tmp_path: Path, format: str) -> None:
    drawings.write_workspace("office", tmp_path)
    rule = tmp_path / "rules" / "conference.json"
    rule.write_text(rule.read_text().replace("Conference", r"\u001b[31m\u202eRED"))
    shown = lklint("graph", "--format", format).stdout
    assert "RED" in shown
    assert all(mark.isprintable() or mark == "\n" for mark in shown)
    assert "4711" not in shown
    assert "not-to-be-shown" not in shown


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["nowhere"], "nowhere: there is no such file or directory"),
        (["empty"], "no inbound trunk and no dispatch rule: there is nothing to draw"),
        (["--environment", "prod"], "--environment prod: there is ."),
        (["-o", "nowhere/picture"], "nowhere/picture: No such file or directory"),
    ],
)
def test_a_mistake_is_one_line(lklint: Run, tmp_path: Path, arguments: list[str], why: str) -> None:
    (tmp_path / "empty").mkdir()
    drawings.write_workspace("back-door", tmp_path)
    done = lklint("graph", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"lklint: {why}\n")


@pytest.mark.parametrize("format", ["tree", "mermaid", "dot", "svg"])
def test_a_crowd_is_counted(lklint: Run, tmp_path: Path, format: str) -> None:
    trunks = [
        {"sip_trunk_id": f"ST_{n:012}", "name": f"t{n}", "numbers": [f"+1555{n:07}"]}
        for n in range(2000)
    ]
    (tmp_path / "inbound-trunks.json").write_text(json.dumps({"items": trunks}))
    shown = lklint("graph", "--format", format).stdout
    assert "more (-v draws all)" in shown or "more #40;-v draws all#41;" in shown
    assert len(shown) < 60_000
    assert "t1999" in lklint("graph", "--format", format, "--number", "+15550001999").stdout


def test_the_picture_of_the_readme_is_that_of_the_example(lklint: Run) -> None:
    done = lklint("graph", "--format", "svg", "examples/office", cwd=ROOT)
    picture = ROOT / "docs" / "images" / "office.svg"
    assert picture.read_text(encoding="utf-8") == done.stdout
    ElementTree.fromstring(done.stdout)


def test_the_library_that_draws_is_loaded_for_pictures_alone(tmp_path: Path) -> None:
    drawings.write_workspace("office", tmp_path)
    for format, loaded in (("tree", False), ("svg", True)):
        script = (
            "import sys\nfrom lklint.__main__ import main\n"
            f"sys.argv = ['lklint', 'graph', '--format', '{format}']\n"
            "try: main()\nfinally: print(*sys.modules, file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=False,
        )
        assert ("drawsvg" in done.stderr.split()) is loaded
