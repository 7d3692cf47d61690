"""What a sandbox does wrong when it is told to, so that a client can be seen to bear it.

A fault is written `KIND[=SECONDS][:METHOD][:COUNT]`, as in `reset-after:CreateSIPInboundTrunk`,
`delay=2:ListSIPDispatchRule:always` or `none::3`. It waits for the next request of its method, or
of any, and is used up after COUNT of them (1 where nothing is said). Faults that wait for the same
request go one after the other, in the order they were given; nothing is left to chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

KINDS = {
    "none": "all goes well: for the requests before the one that is to fail",
    "delay": "the request waits, and then is done and answered",
    "delay-after": "the request is done, and the answer waits",
    "reset-before": "the connection breaks, and nothing is done",
    "reset-after": "the request is done, and the connection breaks: the answer is lost",
    "error-before": "a proxy answers 502, and nothing is done",
    "error-after": "the request is done, and a proxy answers 502",
    "garbage": "the request is done, and the answer cannot be read",
    "huge": "the request is done, and the answer does not end for 256 MiB",
}
"""Each kind, and what happens."""

DEFAULT_DELAY = 1.0
"""Seconds."""

_WRITTEN = re.compile(
    r"(?P<kind>[a-z-]+)(?:=(?P<seconds>\d+(?:\.\d+)?))?"
    r"(?::(?P<method>[A-Za-z]*))?(?::(?P<count>\d{1,9}|always))?"
)


class NoFault(ValueError):
    """A text that says no fault; the message is one line."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a kind, for a method ("" for any); `count` of None never is used up."""

    kind: str
    method: str = ""
    count: int | None = 1
    seconds: float = DEFAULT_DELAY

    def __str__(self) -> str:
        seconds = f"={self.seconds:g}" if self.kind.startswith("delay") else ""
        return (
            f"{self.kind}{seconds}:{self.method}:{'always' if self.count is None else self.count}"
        )


def read_fault(text: str, methods: Iterable[str]) -> Fault:
    """The fault that a text says. Raises `NoFault`."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise NoFault(f"{text}: a fault is written KIND[=SECONDS][:METHOD][:COUNT]")
    kind, method, count = found["kind"], found["method"] or "", found["count"]
    if kind not in KINDS:
        raise NoFault(f"{text}: there is no fault {kind}; there are {', '.join(KINDS)}")
    if found["seconds"] and not kind.startswith("delay"):
        raise NoFault(f"{text}: seconds are for delays")
    if method and method not in methods:
        raise NoFault(f"{text}: there is no method {method}")
    if count == "0":
        raise NoFault(f"{text}: a fault that never happens; leave it out")
    return Fault(
        kind,
        method,
        None if count == "always" else int(count or 1),
        float(found["seconds"] or DEFAULT_DELAY),
    )


class Faults:
    """The faults that are still to come."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._waiting = list(faults)

    def __iter__(self) -> Iterator[Fault]:
        return iter(tuple(self._waiting))

    def add(self, *faults: Fault) -> None:
        """More, behind those that wait."""
        self._waiting += faults

    def clear(self) -> None:
        """All goes well from now on."""
        self._waiting.clear()

    def take(self, method: str) -> Fault:
        """What happens to a request of a method."""
        for place, fault in enumerate(self._waiting):
            if fault.method in ("", method):
                self._use_up(place, fault)
                return fault
        return Fault("none")

    def _use_up(self, place: int, fault: Fault) -> None:
        if fault.count is not None:
            left = fault.count - 1
            rest = [Fault(fault.kind, fault.method, left, fault.seconds)] if left else []
            self._waiting[place : place + 1] = rest
