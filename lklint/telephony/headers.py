"""SIP headers as LiveKit treats them (protocol livekit/sip_validation.go, RFC 3261)."""

from __future__ import annotations

import re

from lklint.patterns import Pattern

ADDRESS_HEADERS = frozenset(
    [
        "route",
        "p-asserted-identity",
        "p-preferred-identity",
        "referred-by",
        "diversion",
        "remote-party-id",
    ]
)
"""Headers that LiveKit sends for you and whose value is the address of somebody (RFC 3261, section
20.10; RFC 3325; RFC 3892; RFC 5806)."""

SINGLE_HEADERS = frozenset(
    [
        "from",
        "to",
        "via",
        "call-id",
        "cseq",
        "max-forwards",
        "contact",
        "content-length",
        "content-type",
    ]
)
"""Headers that LiveKit writes into each message itself (RFC 3261, section 8.1.1)."""

_ONLY_HEADERS = frozenset(
    [
        "from",
        "to",
        "via",
        "contact",
        "call-id",
        "cseq",
        "user-agent",
        "diversion",
        "subject",
        "date",
        "route",
        "require",
        "supported",
        "p-asserted-identity",
        "p-preferred-identity",
        "remote-party-id",
        "privacy",
        "referred-by",
        "history-info",
        "call-info",
        "alert-info",
        "user-to-user",
        "session-id",
    ]
)

_NAMED = (
    r'[ \t]*(?:"(?:[^"\\]|\\.)*"[ \t]*|[-.!%*_+`\'~0-9A-Za-z][-.!%*_+`\'~0-9A-Za-z \t]*)?'
    r'<(?:sips?|tel):[^<>\s]+>[ \t]*(?:;(?:[^,"<>]|"(?:[^"\\]|\\.)*")*)?'
)
_BARE = r"[ \t]*(?:sips?|tel):[^,?\s<>]+[ \t]*"
_ADDRESSES = Pattern(f"(?:{_NAMED}|{_BARE})(?:,(?:{_NAMED}|{_BARE}))*", re.IGNORECASE)
_TOKEN = Pattern(r"[-.!%*_+`'~0-9A-Za-z]+")


def is_address(value: str) -> bool:
    """Whether a header value is an address, or several: `"Name" <sip:…>;parameter` or `sip:…`.

    RFC 3261, section 25.1 (name-addr and addr-spec).
    """
    return _ADDRESSES.fullmatch(value) is not None


def is_left_out(attribute: str, included: str | None) -> bool:
    """Whether an attribute stands for a header that `include_headers` does not keep."""
    if not attribute.startswith("sip.h.") or included == "SIP_ALL_HEADERS":
        return False
    return included != "SIP_X_HEADERS" or not attribute.lower().startswith("sip.h.x-")


def is_swapped(header: str, attribute: str) -> bool:
    """Whether what stands as a header must be an attribute, and the other way round."""
    if not _TOKEN.fullmatch(header):
        return False  # LiveKit refuses it anyway
    return _can_only_be_header(attribute) and not _may_be_header(header)


def _can_only_be_header(name: str) -> bool:
    """Lower-case words such as "from" and "date" are good names of attributes, too."""
    if name[:2] in ("X-", "x-", "P-"):
        return True
    return name.lower() in _ONLY_HEADERS and ("-" in name or name[0].isupper())


def _may_be_header(name: str) -> bool:
    return name[:1].isupper() or name[:2] in ("x-", "p-") or name.lower() in _ONLY_HEADERS
