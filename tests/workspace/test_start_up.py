"""One plain file is checked without anything that is for whole workspaces."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

RULE = '{"dispatch_rule": {"trunk_ids": ["%s"], "rule": {"dispatchRuleIndividual": {}}}}'
SCRIPT = """
import sys
from lklint.__main__ import main
sys.argv = ["lklint", "check", *sys.argv[1:]]
try:
    main()
finally:
    print(*sorted(name for name in sys.modules if name.startswith("lklint.")), file=sys.stderr)
"""


def imported(folder: Path, files: dict[str, str]) -> set[str]:
    """The modules of lklint that checking some files loads."""
    for name, text in files.items():
        (folder / name).write_text(text)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *files],
        capture_output=True,
        cwd=folder,
        text=True,
        check=False,
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "text",
    [
        RULE % "ST_aB3xY9kLmN2p",
        json.dumps({"trunk": {"numbers": ["+442079460123"]}}),
        json.dumps({"trunk": {"address": "sip.example.net", "numbers": ["+442079460123"]}}),
    ],
)
def test_one_file(text: str, tmp_path: Path) -> None:
    modules = imported(tmp_path, {"file.json": text})
    assert "lklint.checker.run" in modules
    heavy = ("lklint.telephony.routing", "lklint.workspace.environment", "lklint.rules.workspace")
    assert [name for name in modules if name.startswith(heavy)] == []


def test_what_shows_only_together_is_looked_at(tmp_path: Path) -> None:
    one = {"rule.json": RULE % "twilio"}
    assert "lklint.rules.workspace_references" in imported(tmp_path, one)
    two = {"a.json": RULE % "ST_aB3xY9kLmN2p", "b.json": RULE % "ST_bC4xY9kLmN2p"}
    assert "lklint.rules.workspace_conflicts" in imported(tmp_path, two)
