"""Documentation cannot lie: pages are generated, and what README shows is what happens."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Run

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def test_the_rule_pages_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.stdout + done.stderr == ""


def shown_commands() -> list[object]:
    """Each `$ lklint …` of a console block with the output shown below it."""
    commands = []
    for file in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for block in CONSOLE.findall(file.read_text(encoding="utf-8")):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                if command.startswith("lklint "):
                    name = f"{file.name}: {command}"
                    commands.append(pytest.param(command, output, id=name))
    return commands


@pytest.mark.parametrize(("command", "output"), shown_commands())
def test_what_the_documentation_shows_is_what_happens(
    lklint: Run, tmp_path: Path, command: str, output: str
) -> None:
    """`…` alone on a line stands for what is left out. Nothing is written into the checkout."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    done = lklint(*shlex.split(command)[1:], cwd=tmp_path, COLUMNS="100")
    pieces = [re.escape(piece) for piece in re.split(r"^…\n", output, flags=re.MULTILINE)]
    pattern = r"(?:.*\n)*?".join(pieces)
    assert re.fullmatch(pattern, done.stdout + done.stderr), done.stdout + done.stderr


def test_the_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    match = re.search(r"## Tests\n.*?```sh\n(.*?)```", README, re.DOTALL)
    assert match is not None
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for step in match[1].strip().replace("\\\n", " ").split(" && "):
        words = step.strip().replace(".venv/", '"$work/venv/', 1)
        plain = re.sub(r'["\s]+', " ", words).strip()
        plain_script = re.sub(r'["\s]+', " ", script.replace("--quiet ", ""))
        if step.strip().startswith(("python3", ".venv")):
            assert plain.replace(".venv", "$work/venv") in plain_script, plain
