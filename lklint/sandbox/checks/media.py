"""Codecs and time-outs (livekit/protocol v1.48.2 livekit/sip.go, `SIPMediaConfig.Validate`)."""

from __future__ import annotations

from typing import Any

LONGEST_MEDIA_TIMEOUT = 600
"""Seconds (`MaxSIPMediaTimeout`)."""


def codecs(media: Any) -> str | None:
    """The first codec that is none (`SIPCodec.Validate`)."""
    return next(filter(None, map(_codec, media.codecs)), None)


def _codec(codec: Any) -> str | None:
    if not codec.name:
        return "missing codec name"
    if any(blank in codec.name for blank in " \t\n\r"):
        return "invalid codec name"
    if "/" in codec.name:
        return "codec name must not contain '/'"
    return None if codec.rate else "invalid codec sample rate"


def media_timeout(media: Any) -> str | None:
    """How long a call may be silent."""
    nanoseconds = media.media_timeout.seconds * 10**9 + media.media_timeout.nanos
    if nanoseconds < 0:
        return "media_timeout must not be negative"
    if nanoseconds > LONGEST_MEDIA_TIMEOUT * 10**9:
        return "media_timeout must not exceed 10m0s"
    return None
