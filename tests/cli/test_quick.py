"""The short way into `check` and Typer read the same command line the same way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer.main

from lklint.cli import check as check_module
from lklint.cli import quick
from lklint.cli.app import app
from lklint.cli.options import CheckOptions

LINES = [
    "check",
    "check a.json b.json",
    "check --form update a.json",
    "check --form=any --kind dispatch-rule -",
    "check -q -v --statistics --fail-on warning x",
    "check --fix --unsafe-fixes --diff x",
    "check --fix-only --output-format json -o out.json x",
    "check --output-format=concise --output-file=o --stdin-filename n -",
    "check -- --odd.json",
]


def by_typer(line: str, monkeypatch: pytest.MonkeyPatch) -> CheckOptions:
    seen: list[CheckOptions] = []

    def run(options: CheckOptions) -> int:
        seen.append(options)
        return 0

    monkeypatch.setattr(check_module, "run", run)
    with pytest.raises(SystemExit):
        app(line.split(), standalone_mode=True)
    return seen[0]


@pytest.mark.parametrize("line", LINES)
def test_both_read_the_same(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert quick.read(line.split()) == by_typer(line, monkeypatch)


@pytest.mark.parametrize(
    "line",
    ["", "--help", "check --help", "check --form wrong", "check --form", "check --agent a x",
     "check -qv x", "check --qui x", "explain LK101", "check -o=x y"],
)  # fmt: skip
def test_what_the_short_way_does_not_know_goes_to_typer(line: str) -> None:
    assert quick.read(line.split()) is None


def test_every_option_of_the_short_way_is_typers_too() -> None:
    command: Any = typer.main.get_command(app)
    names = {name for option in command.commands["check"].params for name in option.opts}
    assert set(quick.VALUES) | set(quick.FLAGS) <= names


HEAVY = ("typer", "click", "rich", "pydantic", "jsonschema", "asyncio", "inspect", "argparse")


def modules_after(arguments: list[str], cwd: Path) -> set[str]:
    program = (
        "import sys, runpy\n"
        f"sys.argv = ['lklint', *{arguments!r}]\n"
        "try:\n    runpy.run_module('lklint', run_name='__main__')\n"
        "except SystemExit:\n    pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=cwd, check=True
    )
    return set(done.stderr.split())


def test_a_plain_check_loads_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "rule.json").write_text('{"dispatch_rule": {"rule": {}}}')
    loaded = modules_after(["check", "rule.json"], tmp_path)
    assert loaded & set(HEAVY) - {"inspect"} == set()


def test_importing_lklint_loads_nothing_of_it() -> None:
    program = "import sys, lklint; print('\\n'.join(m for m in sys.modules if 'lklint' in m))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert set(done.stdout.split()) == {"lklint", "lklint.version"}
