"""Questions at a terminal. Where there is none, nobody is asked and nothing is assumed."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress


def at_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def agreed(question: str) -> bool:
    """Ask for a yes; anything else, and the end of the input, is a no."""
    return asked(f"{question} [y/N] ").strip().lower() in ("y", "yes")


def asked(prompt: str) -> str:
    """A line from the terminal, "" at the end of the input."""
    with _interruptible():
        print(prompt, end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().rstrip("\n")


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl-C ends a question at once, where an event loop would only take note of it."""
    before = None
    with suppress(ValueError):  # not in the main thread
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)
