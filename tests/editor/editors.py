"""Asking VS Code's JSON service: one Node process (`answers.mjs`) answers for both majors."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).parent
MAJORS = (5, 6)


class Complaint(NamedTuple):
    """What the editor underlines, as 0-based offsets in characters, and what it says there."""

    begin: int
    end: int
    message: str


class Editors:
    """The running process. Files are opened in a workspace, which knows what schema is for what."""

    def __init__(self, modules: Path) -> None:
        self._process = subprocess.Popen(
            ["node", str(HERE / "answers.mjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "LKLINT_NODE_MODULES": str(modules)},
        )
        self._open: set[str] = set()

    def ask(self, question: str, **given: Any) -> Any:
        """The answer to a question."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"ask": question, **given}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "Node gave up; its words are above"
        return json.loads(answer)

    def close(self) -> None:
        self._process.communicate(timeout=60)

    def open(self, workspace: str, schemas: Callable[[], list[dict[str, Any]]]) -> str:
        """Set a workspace up, unless it is already."""
        if workspace not in self._open:
            self._open.add(workspace)
            self.ask("open", workspace=workspace, schemas=schemas())
        return workspace

    def complaints(
        self, workspace: str, text: str, major: int, file: str = "a.json"
    ) -> list[Complaint]:
        """Everything that is underlined in a file."""
        found = self.ask("diagnostics", workspace=workspace, major=major, file=file, text=text)
        return [
            Complaint(_character(text, c["begin"]), _character(text, c["end"]), c["message"])
            for c in found
        ]

    def completions(self, workspace: str, text: str, major: int) -> dict[str, dict[str, str]]:
        """What is offered at the `|` in a text, by label."""
        before, _, after = text.partition("|")
        at = len(before.encode("utf-16-le")) // 2
        given = {"workspace": workspace, "major": major, "file": "a.json"}
        found = self.ask("completions", **given, text=before + after, at=at)
        return {one["label"]: one for one in found}

    def hover(self, workspace: str, text: str, major: int) -> str:
        """What is shown for the word after the `|` in a text, as Markdown."""
        before, _, after = text.partition("|")
        at = len(before.encode("utf-16-le")) // 2
        given = {"workspace": workspace, "major": major, "file": "a.json"}
        shown: str = self.ask("hover", **given, text=before + after, at=at)
        return shown


def _character(text: str, unit: int) -> int:
    """The offset in characters of one that the editor counts in UTF-16 units."""
    return len(text.encode("utf-16-le")[: unit * 2].decode("utf-16-le"))


def modules_or_skip() -> Path:
    """Where the modules of `package.json` are; skips the tests where they are not."""
    given = os.environ.get("LKLINT_NODE_MODULES")
    folder = Path(given) if given else HERE / "node_modules"
    if shutil.which("node") is None:
        pytest.skip("needs node")
    if not (folder / "language-service-6").is_dir():
        pytest.skip("needs `npm install` in tests/editor, or LKLINT_NODE_MODULES")
    return folder


def read(file: str) -> dict[str, Any]:
    """A data file beside this one."""
    return tomllib.loads((HERE / file).read_text(encoding="utf-8"))


def table(file: str, name: str) -> list[Any]:
    """The entries of a data file, as test parameters."""
    return [pytest.param(one, id=f"{one['kind']}: {one['title']}") for one in read(file)[name]]
