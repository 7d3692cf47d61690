"""PINs: what a caller can enter, and what is guessed first.

LiveKit's SIP service (livekit/sip, pkg/sip/inbound.go `pinPrompt`) collects the keys that are
pressed until `#` and compares them with the PIN as text. It hangs up at the 17th key. Nothing here
returns any part of a PIN.
"""

from __future__ import annotations

LONGEST_PIN = 16
"""Keys that LiveKit collects before it gives up (`pinLimit`)."""

SHORTEST_SAFE_PIN = 4

_KEYS = frozenset("0123456789*")
"""The keys of a telephone that can be part of a PIN; `#` ends it. The tones A to D exist (RFC 4733,
section 3.2) and LiveKit reads them as small letters, but telephones have no keys for them."""


def why_not_dialable(pin: str) -> str | None:
    """Why no caller can enter a PIN ("it has letters"), or None where one can."""
    foreign = set(pin) - _KEYS
    if "#" in foreign:
        return 'it has a "#", and "#" ends the entry'
    if any(mark.isspace() for mark in foreign):
        return "it has blanks"
    if any(mark.isalpha() for mark in foreign):
        return "it has letters"
    if foreign:
        return "it has characters that no telephone has a key for"
    if len(pin) > LONGEST_PIN:
        return f"it is {len(pin)} keys long, and LiveKit hangs up after {LONGEST_PIN}"
    return None


def why_weak(pin: str) -> str | None:
    """Why a PIN is soon guessed, or None where it is not one of the first to be tried."""
    if len(pin) < SHORTEST_SAFE_PIN:
        return f"it has fewer than {SHORTEST_SAFE_PIN} digits"
    if _is_run(pin) or _is_repetition(pin) or pin in _KEYPAD_LINES:
        return "it is one of the patterns that are tried first"
    return None


_KEYPAD_LINES = frozenset(("2580", "0852", "1470", "0741", "3690", "147258", "147258369", "159753"))
"""Straight lines on the keypad."""

_RUNS = ("01234567890123456789", "98765432109876543210")


def _is_run(pin: str) -> bool:
    """Whether a PIN counts up or down, past 9 as well."""
    return any(pin in run for run in _RUNS)


def _is_repetition(pin: str) -> bool:
    """Whether a PIN is one or two or three digits over and over (0000, 1212, 123123)."""
    return any(
        len(pin) % length == 0 and pin == pin[:length] * (len(pin) // length)
        for length in (1, 2, 3)
        if len(pin) > length
    )
