"""Ids as LiveKit makes them (livekit/protocol v1.48.2 utils/guid/id.go)."""

from __future__ import annotations

import secrets

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
"""Without characters that look alike (github.com/lithammer/shortuuid)."""

TRUNK, RULE, CALL, NUMBER, PARTICIPANT = "ST_", "SDR_", "SCL_", "PN_", "PA_"


def new_id(prefix: str) -> str:
    """A prefix and twelve random characters."""
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(12))
