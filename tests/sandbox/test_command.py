"""`lklint sandbox` as a person runs it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT, Run


@contextmanager
def started(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """The command on a free port, and the lines with which it begins."""
    process = subprocess.Popen(
        [sys.executable, "-m", "lklint", "sandbox", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        assert process.stdout is not None
        yield process, [process.stdout.readline().rstrip() for _ in range(2)]
    finally:
        process.kill()
        process.communicate()


def url_in(line: str) -> str:
    return line.partition("http://")[2].partition(",")[0]


def test_it_says_where_it_is_and_how_to_get_there() -> None:
    with started() as (_, lines):
        url = f"http://{url_in(lines[0])}"
        assert lines == [
            f"The sandbox is at {url}, key devkey, secret secret. It calls nobody. Ctrl-C ends it.",
            f"For lk and lklint: export LIVEKIT_URL={url} LIVEKIT_API_KEY=devkey"
            " LIVEKIT_API_SECRET=secret",
        ]
        assert url.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(url, timeout=10) as answer:
            assert answer.read() == b"OK"


def test_a_secret_of_ones_own_is_not_repeated() -> None:
    with started("--key", "mine", "--secret", "hush-hush") as (_, lines):
        assert "mine" in lines[0]
        assert "hush" not in "".join(lines)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_told_to(number: signal.Signals) -> None:
    with started() as (process, _):
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, out, err) == (0, "", "lklint: the sandbox is closed\n")


@pytest.mark.parametrize(
    ("options", "told"),
    [((), "lklint: /twirp/livekit.SIP/\\u{1b}[31m 404 bad_route\n"), (("--quiet",), "")],
)
def test_each_request_is_a_line_that_does_no_harm(options: tuple[str, ...], told: str) -> None:
    with started(*options) as (process, lines):
        path = "/twirp/livekit.SIP/%1B%5B31m"
        with pytest.raises(urllib.error.HTTPError, match="404") as raised:
            urllib.request.urlopen(f"http://{url_in(lines[0])}{path}", timeout=10)
        raised.value.close()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
        assert err == f"{told}lklint: the sandbox is closed\n"


def test_a_port_that_is_taken(lklint: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = lklint("sandbox", "--port", str(port))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"lklint: port {port} is taken; choose another with --port, or 0 for any that is free\n"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--fault", "explode"), "there is no fault explode"),
        (("--state", "missing/state.json"), "No such file or directory"),
        (("--host", "203.0.113.1"), "cannot listen on 203.0.113.1"),
        (("--port", "70000"), "65535"),
    ],
)
def test_what_cannot_be_done_is_told(lklint: Run, arguments: tuple[str, ...], words: str) -> None:
    done = lklint("sandbox", "--port", "0", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_a_state_of_something_else_is_left_alone(lklint: Run, tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text("{}x", encoding="utf-8")
    done = lklint("sandbox", "--port", "0", "--state", "state.json")
    assert (done.returncode, done.stderr) == (
        2,
        "lklint: state.json: this is not the state of a sandbox\n",
    )
    assert file.read_text(encoding="utf-8") == "{}x"


def test_check_does_not_load_it() -> None:
    code = "import sys, lklint.cli.app; print([m for m in sys.modules if 'sandbox' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
