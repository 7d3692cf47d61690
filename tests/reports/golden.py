"""The sample in every format, and the files that it is compared with.

    python tests/reports/golden.py

writes these files anew, `tests/reports/golden/sample.*`. Read the difference before you keep it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))

import sample

from lklint.findings import Report

FOLDER = Path(__file__).parent / "golden"
FORMATS = {
    "text": "txt",
    "concise": "concise.txt",
    "as_json": "json",
    "github": "github.txt",
    "sarif": "sarif",
    "gitlab": "gitlab.json",
    "junit": "xml",
    "markdown": "md",
}
"""The modules of the reports, with the endings of their files."""


def rendered(name: str, report: Report = sample.REPORT) -> str:
    """A report as it is printed at the root of a repository, with the rules of the sample."""
    module = import_module(f"lklint.reports.{name}")
    with (
        at_a_root(),
        patch("lklint.reports.sarif.all_rules", lambda: sample.RULES),
        patch("lklint.reports.sarif.__version__", "1.2.3"),
    ):
        return "".join(f"{line}\n" for line in module.render(report))


@contextmanager
def at_a_root() -> Iterator[None]:
    """Be at the root of an empty repository, on a machine of nobody's continuous integration."""
    here = Path.cwd()
    plain = dict.fromkeys(("CI_PROJECT_DIR", "GITHUB_WORKSPACE"), "")
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, plain):
        (Path(folder) / ".git").mkdir()
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(here)


def golden(name: str) -> Path:
    """The file that a report is compared with."""
    return FOLDER / f"sample.{FORMATS[name]}"


if __name__ == "__main__":
    for name in FORMATS:
        golden(name).write_text(rendered(name), encoding="utf-8", newline="\n")
        print(golden(name).relative_to(Path.cwd()))
