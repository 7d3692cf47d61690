"""A command that gets no clear answer repeats nothing, and its last line is true."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from lklint.sandbox.faults import Faults, read_fault
from lklint.sandbox.store import Store

from .conftest import Commands, served

TRUNK = '{"trunk": {"name": "Main", "numbers": ["+15105550100"]}}'
METHODS = ("CreateSIPInboundTrunk", "ListSIPInboundTrunk", "PurchasePhoneNumber")


@pytest.fixture
def faults() -> Faults:
    """What the sandbox is to do wrong; a test adds to it."""
    return Faults()


@pytest.fixture
def faulty(store: Store, faults: Faults, tmp_path: Path) -> Iterator[Commands]:
    """A sandbox with faults."""
    with served(store, faults) as url:
        yield Commands(url, tmp_path)


@pytest.mark.parametrize(
    ("fault", "made"),
    [
        ("reset-before", 0),
        ("reset-after", 1),
        ("error-before", 0),
        ("error-after", 1),
        ("garbage", 1),
        ("huge", 1),
    ],
)
def test_a_create_without_an_answer_is_never_repeated(
    fault: str, made: int, store: Store, faults: Faults, faulty: Commands
) -> None:
    faults.add(read_fault(f"{fault}:CreateSIPInboundTrunk:always", METHODS))
    done = faulty.lklint("sip", "inbound", "create", "--quiet", TRUNK)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "it may have been done or not; look before you repeat it" in done.stderr
    assert len(store.all("inbound-trunk")) == made


@pytest.mark.parametrize("fault", ["reset-before", "reset-after", "error-before"])
def test_a_list_is_asked_for_again(fault: str, faults: Faults, faulty: Commands) -> None:
    faults.add(read_fault(f"{fault}:ListSIPInboundTrunk:2", METHODS))
    assert faulty.lklint("sip", "inbound", "list").returncode == 0


def test_a_purchase_whose_answer_is_lost_is_bought_once(
    store: Store, faults: Faults, faulty: Commands
) -> None:
    faults.add(read_fault("reset-after:PurchasePhoneNumber:always", METHODS))
    done = faulty.lklint("number", "purchase", "--yes", "--numbers", "+14155550100")
    assert done.returncode == 2
    assert "it may have been done or not" in done.stderr
    assert len(store.all("phone-number")) == 1


def test_ctrl_c_while_a_create_is_under_way_says_so(faults: Faults, faulty: Commands) -> None:
    faults.add(read_fault("delay=30:CreateSIPInboundTrunk", METHODS))
    process = subprocess.Popen(
        [sys.executable, "-m", "lklint", "sip", "inbound", "create", "--quiet", TRUNK],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=faulty.folder,
        env=faulty.environ(),
    )
    while list(faults):  # until the request has come to the fault
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 2
    assert out == ""
    assert "stopped while 127.0.0.1" in err
    assert "it may have been done or not" in err.splitlines()[-1]


def test_ctrl_c_at_a_question_sends_nothing(store: Store, faulty: Commands) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "lklint", "number", "purchase", "--numbers", "+14155550100"],
        stdin=theirs,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        cwd=faulty.folder,
        env=faulty.environ(),
    )
    os.close(theirs)
    seen = b""
    try:
        while b"[y/N]" not in seen:
            seen += os.read(ours, 4096)
        process.send_signal(signal.SIGINT)
        with suppress(OSError):
            while chunk := os.read(ours, 4096):
                seen += chunk
        assert process.wait(30) == 2
    finally:
        process.kill()
        os.close(ours)
    assert seen.decode().splitlines()[-1].endswith("lklint: stopped: nothing was sent")
    assert store.all("phone-number") == []
