"""Installing packages in tests: possible only where pip reaches its index."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def need_package_index(folder: Path) -> None:
    """Skip what needs an installation where nothing can be installed, and say why."""
    probe = subprocess.run(
        [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", folder, "hatchling"],
        capture_output=True,
        text=True,
        check=False,
    )
    if probe.returncode != 0:
        pytest.skip(f"pip cannot reach its index: {probe.stderr.strip().splitlines()[-1]}")
