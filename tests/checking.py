"""Checking a document as the command line does it, with a configuration beside it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from lklint.cli.options import CheckOptions
from lklint.cli.session import Run
from lklint.config import finding as configurations
from lklint.findings import Report


def check_in_folder(files: Mapping[str, str | bytes], *paths: str) -> Report:
    """What `lklint check PATHS` finds in a folder that holds nothing but these files."""
    here = Path.cwd()
    configurations.forget()
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            file = Path(folder) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        os.chdir(folder)
        try:
            run = Run(CheckOptions(paths=paths))
            run.all()
            return run.report
        finally:
            os.chdir(here)
            configurations.forget()
