"""Asking LiveKit's own library, through the small Go programs in `go`."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

from .generate import Case

MODULE = Path(__file__).parent / "go"

OUT_OF_REACH = re.compile(
    r"dial tcp|no such host|proxyconnect|i/o timeout|TLS handshake|connection re|download go|"
    r"toolchain not available|requires go >=|module lookup disabled|unrecognized import path"
)
"""What go says when it cannot get a module, or a newer go."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """LiveKit's answer. `by` is "reader" (the JSON) or "api" (the message), "" when accepted."""

    refused: bool
    by: str
    message: str


def unavailable(reason: str) -> NoReturn:
    """Skip, saying why; fail where LKLINT_NO_SKIP wants everything to run."""
    if os.environ.get("LKLINT_NO_SKIP"):
        pytest.fail(f"LKLINT_NO_SKIP is set, but {reason}")
    pytest.skip(reason)


def built(into: Path, name: str = "oracle", modules: str = "go.mod") -> Path:
    """Build a program with the library that a file names.

    Go's own cache makes every time but the first a matter of seconds.
    """
    go = shutil.which("go")
    if go is None:
        unavailable("there is no go on PATH to build LiveKit's library with")
    program = into / name
    apart = (MODULE / name / "go.mod").exists()  # a module of its own
    done = subprocess.run(
        [go, "build", "-modfile", modules, "-o", str(program), "." if apart else f"./{name}"],
        cwd=MODULE / name if apart else MODULE,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0 and OUT_OF_REACH.search(done.stderr):
        unavailable(f"go cannot download LiveKit's library: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr
    return program


@dataclass(frozen=True, slots=True)
class Oracle:
    """LiveKit's library, ready to be asked."""

    program: Path

    def verdicts(self, cases: Iterable[Case]) -> list[Verdict]:
        """An answer for each case, in order."""
        asked = list(cases)
        done = subprocess.run(
            [str(self.program)],
            input="\n".join(json.dumps(case.question()) for case in asked),
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        answers = [json.loads(line) for line in done.stdout.split("\n") if line]
        assert [answer["id"] for answer in answers] == [case.id for case in asked]
        return [
            Verdict(answer["refused"], answer.get("by", ""), answer.get("message", ""))
            for answer in answers
        ]
