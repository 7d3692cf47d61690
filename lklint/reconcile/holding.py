"""One apply at a time in a folder: the second one is told who is at work.

The operating system holds the lock and lets go of it when a process dies, however it dies.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

NAME = ".lklint.applying"


class Held(Exception):
    """Somebody else is applying; the text says who, where that is known."""


@contextmanager
def holding(folder: str) -> Iterator[None]:
    """Keep others out until the end of the block. Raises `Held`, or OSError."""
    path = os.path.join(folder, NAME)
    file = _taken(path)
    try:
        file.seek(0)
        file.truncate()
        file.write(f"process {os.getpid()} on {socket.gethostname()}\n")
        file.flush()
        yield
    finally:
        _remove(path)
        file.close()


def _taken(path: str) -> IO[str]:
    """The open file, locked. One that its holder removed meanwhile is left for a new one."""
    while True:
        file = open(path, "a+", encoding="utf-8")  # noqa: SIM115 (its lock lasts longer)
        try:
            _lock(file)
        except OSError:
            file.seek(0)
            who = file.read(200).strip()
            file.close()
            raise Held(who) from None
        if _is_at(path, file):
            return file
        file.close()


def _is_at(path: str, file: IO[str]) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(file.fileno()))
    except OSError:
        return False


def _remove(path: str) -> None:
    with suppress(OSError):  # Windows: an open file stays
        os.unlink(path)


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 20
    """Windows keeps others from reading what is locked; so a byte far behind the text is."""

    def _lock(file: IO[str]) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
