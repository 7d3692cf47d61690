"""Audio codecs that LiveKit's SIP service has (livekit/sip pkg/sip/media_codecs.go, media-sdk).

By name and by the rate that SDP has for them, in Hz. G722 samples at 16,000 and says 8,000
(RFC 3551, section 4.5.2).
"""

from __future__ import annotations

CODECS = {"PCMU": 8000, "PCMA": 8000, "G722": 8000, "AMR-WB": 16000}
EVENTS = "telephone-event"
"""Not a voice: the keys that are pressed during a call."""


def is_known(name: str, rate: int | None) -> bool:
    """Whether a codec of this name and rate takes part in calls."""
    return name.lower() == EVENTS or is_audio(name, rate)


def is_audio(name: str, rate: int | None) -> bool:
    """Whether a codec of this name and rate can carry the voices of a call."""
    known = CODECS.get(name.upper())
    return known is not None and (not rate or rate == known)


def rate_of(name: str) -> int | None:
    """The rate that a codec has, however its name is written; None for one LiveKit has not."""
    return 8000 if name.lower() == EVENTS else CODECS.get(name.upper())


def has_default_rate(name: str) -> bool:
    """Whether LiveKit knows the rate of a codec that is listed without one. Capitals matter."""
    return name in CODECS
