"""Names and values of SIP headers.

livekit/protocol v1.48.2 livekit/sip_validation.go and livekit/sip.go (`validateHeaders`,
`validateAttributesToHeaders`, `validateHeaderToAttributes`). Where several headers are wrong, Go
tells any of them; the first by name is told here.
"""

from __future__ import annotations

import string
from collections.abc import Iterable
from typing import Any

_TOKEN = frozenset(string.ascii_letters + string.digits + "-.!%*_+`'~")
_PRINTABLE = frozenset(map(chr, range(0x20, 0x7F))) | {"\t"}

_RESERVED_NAMES = """
accept accept-encoding accept-language allow allow-events call-id contact content-encoding
content-length content-type cseq event expires from max-forwards record-route refer-to reply-to
k l m o r t u v
"""

_RESERVED = frozenset(_RESERVED_NAMES.split())
"""Headers that are LiveKit's own, with the short forms it knows (`FrobiddenSipHeaderNames`)."""

LONGEST_NAME, LONGEST_VALUE = 255, 1024
"""Bytes."""


def headers(message: Any) -> str | None:
    """The headers that are sent as they are."""
    for name, value in sorted(message.headers.items()):
        words = _name(name, reserved=_RESERVED)
        if words:
            return f"invalid header name: {words}"
        words = _value(name, value)
        if words:
            return f"invalid header value for {name}: {words}"
    return None


def attributes_to_headers(message: Any) -> str | None:
    """The headers that attributes become."""
    return _names(message.attributes_to_headers.values())


def headers_to_attributes(message: Any) -> str | None:
    """The headers that become attributes."""
    return _names(message.headers_to_attributes)


def _names(names: Iterable[str]) -> str | None:
    words = next(filter(None, map(_name, sorted(names))), None)
    return words and f"invalid header name: {words}"


def _name(name: str, reserved: frozenset[str] = frozenset()) -> str | None:
    if not name:
        return "header name cannot be empty"
    if len(name.encode()) > LONGEST_NAME:
        return "header name too long (max 255 characters)"
    for character in name:
        if ord(character) >= 128:
            words = (
                f"char {ord(character)} out of range, consider explicilty adding utf8 characters"
            )
            return f"header name {name} contains invalid characters: {words}"
        if character not in _TOKEN:
            words = f"char {ord(character)} not allowed"
            return f"header name {name} contains invalid characters: {words}"
    return f"header name {name} not supported" if name.lower() in reserved else None


def _value(name: str, value: str) -> str | None:
    if len(value.encode()) > LONGEST_VALUE:
        return f"header {name}: value too long (max 1024 characters)"
    for character in value:
        if ord(character) < 128 and character not in _PRINTABLE:
            return f"header {name}: value: char {ord(character)} not allowed"
    return None
