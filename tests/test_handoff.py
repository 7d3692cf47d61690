"""From files to a server, as README says it, word for word, but for the port."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
WAIT = """for _ in $(seq 100); do
  (echo > /dev/tcp/127.0.0.1/PORT) 2> /dev/null && break
  sleep 0.1
done"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.skipif(shutil.which("bash") is None, reason="README is written for a shell: no bash")
def test_the_commands_of_the_readme_hand_files_to_the_sandbox(tmp_path: Path) -> None:
    section = README.split("## From files to a server")[1]
    commands, shown = re.findall(r"^```(?:sh|text)\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)[
        :2
    ]
    port = str(free_port())
    first, *rest = commands.replace("7880", port).splitlines()
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    script = "\n".join(["set -e", first, WAIT.replace("PORT", port), *rest])
    command = tmp_path / "bin" / "lklint"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m lklint "$@"\n')
    command.chmod(0o755)
    environment = {"PATH": f"{command.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    said = ""
    with subprocess.Popen(
        ["bash", "-c", script],
        cwd=tmp_path,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as shell:
        assert shell.stdout is not None
        # The sandbox holds the pipe open: it is ended when the last command has said its word.
        for line in shell.stdout:
            said += line
            if line.startswith("└"):
                break
        ended = shell.wait(timeout=60)
        os.killpg(shell.pid, signal.SIGTERM)
    assert ended == 0, said
    ids = re.compile(r"\b(ST|SDR)_\w+")
    assert ids.sub(r"\1_…", shown) in ids.sub(r"\1_…", said)
    assert "3 unchanged" in said
    assert "Support line" in said.rpartition("3 unchanged")[2]
