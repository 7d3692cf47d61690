"""A counter on a terminal for runs that take a while."""

from __future__ import annotations

import sys
import time
from types import TracebackType

PATIENCE = 0.7
"""Seconds before the counter shows itself."""


class Progress:
    """Counts documents on standard error, only if that is a terminal and it takes long enough."""

    def __init__(self) -> None:
        self._shows = sys.stderr.isatty()
        self._count = 0
        self._next = time.monotonic() + PATIENCE
        self._shown = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def step(self) -> None:
        """One document more."""
        self._count += 1
        if self._shows and time.monotonic() >= self._next:
            self._shown = True
            self._next = time.monotonic() + 0.1
            sys.stderr.write(f"\rchecked {self._count:,} files ")
            sys.stderr.flush()
