"""The way of a call, with the second step that a PIN adds."""

from __future__ import annotations

from typing import NamedTuple

from lklint.telephony.routing import Call, Exchange, Route, route
from lklint.telephony.routing.versions import Version


class Way(NamedTuple):
    """What becomes of a call: when it comes in, and after the PIN where it is asked for one.

    `unused_pin` tells that a PIN was given, and nobody asks this call for one.
    """

    first: Route
    second: Route | None = None
    unused_pin: bool = False

    @property
    def last(self) -> Route:
        """What the call comes to in the end."""
        return self.second or self.first

    @property
    def accepted(self) -> bool:
        """Whether the caller gets into a room, or is asked for the PIN to it."""
        return self.last.answer.end in ("joins", "asked")

    @property
    def steps(self) -> tuple[Route, ...]:
        """What LiveKit decides, one after the other."""
        return (self.first,) if self.second is None else (self.first, self.second)


def way_of(call: Call, exchange: Exchange, version: Version | None) -> Way:
    """The way of a call on a livekit-server of a version, None for the newest."""
    found = route(call, exchange, version)
    if not (call.pin or call.no_pin):
        return Way(found)
    first = route(call._replace(pin=None, no_pin=False), exchange, version)
    if first.answer.end != "asked":
        return Way(first, unused_pin=True)
    return Way(first, found)
