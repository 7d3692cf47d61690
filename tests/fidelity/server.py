"""The real `lk` and the real livekit-server with redis, on free ports of the loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .generate import Case
from .oracle import Verdict, unavailable

KEY, SECRET = "devkey", "only_for_tests_on_the_loopback_0123456789"

COMMAND = {
    "inbound-trunk": "inbound",
    "outbound-trunk": "outbound",
    "dispatch-rule": "dispatch",
    "sip-participant": "participant",
}

STORED = {
    "inbound-trunk": '{"trunk": {"name": "stored", "auth_username": "stored"}}',
    "outbound-trunk": '{"trunk": {"address": "sip.example.com", "numbers": ["+12025550100"]}}',
    "dispatch-rule": '{"dispatch_rule": {"rule": {"dispatch_rule_direct": {"room_name": "r"}}}}',
}
"""The object that an update replaces."""

TAKEN = ("requested sip trunk does not exist", "no response from servers")
"""Refusals that come after the document itself was found good: the trunk a call names is not
stored, and no SIP node answers."""

START_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Server:
    """A running livekit-server with an empty store."""

    lk: str
    url: str
    redis: int
    folder: Path

    def verdict(self, case: Case) -> Verdict:
        """What `lk … create` or `lk … update` says to a document when nothing else is stored."""
        self._empty()
        path = self.folder / "document.json"
        data = case.text if isinstance(case.text, bytes) else case.text.encode()
        path.write_bytes(data)
        command = ["sip", COMMAND[case.kind], case.form]
        if case.form == "update":
            command += ["--id", self._store(case.kind)]
        done = self._run(*command, str(path))
        said = (done.stderr + done.stdout).replace("\u00a0", " ").strip()
        if done.returncode == 0 or any(words in said for words in TAKEN):
            return Verdict(False, "", said)
        by = "reader" if "could not read request" in said else "api"
        return Verdict(True, by, said.splitlines()[-1] if said else "")

    def _store(self, kind: str) -> str:
        path = self.folder / "stored.json"
        path.write_text(STORED[kind], encoding="utf-8")
        done = self._run("sip", COMMAND[kind], "create", str(path))
        assert done.returncode == 0, done.stderr
        return done.stdout.split()[-1]

    def _empty(self) -> None:
        with socket.create_connection(("127.0.0.1", self.redis), timeout=5) as redis:
            redis.sendall(b"FLUSHALL\r\n")
            assert redis.recv(16).startswith(b"+OK")

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.lk, *arguments],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=60,
            check=False,
            env={
                "HOME": str(self.folder),
                "LIVEKIT_URL": self.url,
                "LIVEKIT_API_KEY": KEY,
                "LIVEKIT_API_SECRET": SECRET,
            },
        )


def program(variable: str, name: str) -> str:
    """The program named by an environment variable, or found on PATH; else the test skips."""
    found = os.environ.get(variable) or shutil.which(name)
    if not found or not Path(found).exists():
        unavailable(f"there is no {name} on PATH, and {variable} names none")
    return found


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Start redis and livekit-server; both are gone afterwards, whatever happens."""
    lk = program("LKLINT_LK", "lk")
    livekit = program("LKLINT_LIVEKIT_SERVER", "livekit-server")
    redis = program("LKLINT_REDIS_SERVER", "redis-server")
    store, api, tcp = _free_ports(3)
    config = folder / "livekit.yaml"
    config.write_text(
        f"port: {api}\n"
        'bind_addresses: ["127.0.0.1"]\n'
        f"rtc: {{tcp_port: {tcp}, port_range_start: 50000, port_range_end: 50100,"
        " use_external_ip: false}\n"
        f"redis: {{address: '127.0.0.1:{store}'}}\n"
        f"keys: {{{KEY}: {SECRET}}}\n",
        encoding="utf-8",
    )
    options = ("--port", str(store), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder))
    with (
        _process([redis, *options], folder / "redis.log", store),
        _process([livekit, "--config", str(config)], folder / "livekit.log", api),
    ):
        yield Server(lk, f"http://127.0.0.1:{api}", store, folder)


@contextmanager
def _process(command: list[str], log: Path, port: int) -> Iterator[None]:
    """A process that listens on a port, until the end of the block."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        try:
            _wait(process, log, port)
            yield
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], log: Path, port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(log.read_text(encoding="utf-8", errors="replace"))


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports
