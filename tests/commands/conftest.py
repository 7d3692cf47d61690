"""Servers to run commands against: the sandbox, and the real livekit-server where it is."""

from __future__ import annotations

import asyncio
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fidelity.server import KEY, SECRET
from fidelity.server import running as running_server

from lklint.sandbox.faults import Faults
from lklint.sandbox.server import serving
from lklint.sandbox.store import Store

ROOT = Path(__file__).parent.parent.parent


@dataclass
class Commands:
    """Runs programs against one server, in one folder."""

    url: str
    folder: Path
    lk: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    def lklint(
        self, *arguments: str, stdin: str = "", terminal: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """`lklint …`; with `terminal` somebody sits there and types that."""
        command = [sys.executable, "-m", "lklint", *arguments]
        done = (
            self._at_terminal(command, terminal)
            if terminal is not None
            else self._run(command, stdin)
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def made(self, *arguments: str) -> str:
        """The id that a command prints."""
        done = self.lklint(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout.split()[-1]

    def by_lk(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The real `lk …`."""
        return self._run([self.lk, *arguments], "")

    def write(self, name: str, text: str) -> str:
        """A file in the folder."""
        (self.folder / name).write_text(text, encoding="utf-8")
        return name

    def environ(self) -> dict[str, str]:
        """The variables that programs see."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "NO_COLOR": "1",
            "LIVEKIT_URL": self.url,
            "LIVEKIT_API_KEY": KEY,
            "LIVEKIT_API_SECRET": SECRET,
            **self.environment,
        }

    def _run(self, command: list[str], stdin: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            cwd=self.folder,
            env=self.environ(),
            timeout=60,
            check=False,
        )

    def _at_terminal(self, command: list[str], typed: str) -> subprocess.CompletedProcess[str]:
        ours, theirs = pty.openpty()
        try:
            os.write(ours, typed.encode())
            done = subprocess.run(
                command,
                stdin=theirs,
                stdout=subprocess.PIPE,
                stderr=theirs,
                encoding="utf-8",
                cwd=self.folder,
                env=self.environ(),
                timeout=60,
                check=False,
            )
            os.close(theirs)
            seen = b""
            try:
                while chunk := os.read(ours, 65536):
                    seen += chunk
            except OSError:  # the other end is closed
                pass
            return subprocess.CompletedProcess(
                done.args, done.returncode, done.stdout, seen.decode().replace("\r\n", "\n")
            )
        finally:
            os.close(ours)


@contextmanager
def served(store: Store, faults: Faults | None = None) -> Iterator[str]:
    """A sandbox in a thread of its own; gives its address."""
    started = threading.Event()
    addresses: list[str] = []
    running: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def serve() -> None:
        stopped = asyncio.Event()
        async with serving(store, faults, keys={KEY: SECRET}) as url:
            running.append((asyncio.get_running_loop(), stopped))
            addresses.append(url)
            started.set()
            await stopped.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    try:
        assert started.wait(10)
        yield addresses[0]
    finally:
        loop, stopped = running[0]
        loop.call_soon_threadsafe(stopped.set)
        thread.join(10)


@pytest.fixture
def store() -> Store:
    """What the sandbox holds at first."""
    return Store()


@pytest.fixture
def sandbox(store: Store, tmp_path: Path) -> Iterator[Commands]:
    """An empty sandbox."""
    with served(store) as url:
        yield Commands(url, tmp_path)


@pytest.fixture(scope="session")
def running_livekit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The real livekit-server with redis, for all tests."""
    with running_server(tmp_path_factory.mktemp("livekit")) as server:
        yield server


@pytest.fixture
def livekit(running_livekit: Any, tmp_path: Path) -> Commands:
    """The real server, emptied, with the real `lk` beside it."""
    running_livekit._empty()
    return Commands(running_livekit.url, tmp_path, running_livekit.lk)


@pytest.fixture(params=["sandbox", "livekit"])
def server(request: pytest.FixtureRequest) -> Commands:
    """Both, one after the other."""
    commands: Commands = request.getfixturevalue(request.param)
    return commands
