"""The cases of `drawing/cases.toml` drawn, and the files that they are compared with.

    python tests/drawings.py

writes these files anew, `tests/drawing/golden/*`. Read the difference before you keep it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = Path(__file__).parent / "drawing"
GOLDEN = FOLDER / "golden"
CASES = tomllib.loads((FOLDER / "cases.toml").read_text(encoding="utf-8"))
COLUMNS = 100


def write_workspace(name: str, folder: Path) -> None:
    """Put the files of a workspace into a folder."""
    for file, text in CASES["workspaces"][name].items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text.strip() + "\n", encoding="utf-8")


def drawn(case: dict[str, Any], folder: Path) -> subprocess.CompletedProcess[str]:
    """What `lklint route`, or the command of a case, says of it in an empty folder."""
    write_workspace(case["workspace"], folder)
    columns = str(case.get("columns", COLUMNS))
    return subprocess.run(
        [sys.executable, "-m", "lklint", case.get("command", "route"), *case["arguments"]],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "COLUMNS": columns, "PYTHONUTF8": "1", "NO_COLOR": "1"},
        check=False,
    )


def golden(case: dict[str, Any]) -> Path:
    """The file that a drawing is compared with."""
    return GOLDEN / f"{case['name']}.txt"


if __name__ == "__main__":
    for case in CASES["cases"]:
        with tempfile.TemporaryDirectory() as folder:
            text = drawn(case, Path(folder)).stdout
        golden(case).write_text(text, encoding="utf-8", newline="\n")
        print(golden(case).relative_to(Path.cwd()))
