"""What several tests share: the profiles of property tests, the command line as a process.

Property tests are the same on every run; `LKLINT_HYPOTHESIS=deep` looks longer and elsewhere.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "fixed",
    max_examples=150,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "deep", settings.get_profile("fixed"), max_examples=5000, derandomize=False
)
settings.load_profile(os.environ.get("LKLINT_HYPOTHESIS", "fixed"))

ROOT = Path(__file__).parent.parent
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def lklint(tmp_path: Path) -> Run:
    """Run `lklint …` in an empty directory, or in `cwd`."""

    def run(
        *arguments: str, stdin: str | bytes | None = None, cwd: Path = tmp_path, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "lklint", *arguments],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=cwd,
            env={**_plain_environment(), **environment},
            timeout=120,
            check=False,
        )
        out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        assert "Traceback" not in err, err
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    return run


def _plain_environment() -> dict[str, str]:
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS")
    }
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
