"""SIP headers as LiveKit treats them (protocol livekit/sip_validation.go, RFC 3261)."""

from __future__ import annotations

import re

NAME_ADDRESS_HEADERS = frozenset(
    [
        "from",
        "to",
        "contact",
        "route",
        "record-route",
        "reply-to",
        "p-asserted-identity",
        "referred-by",
    ]
)
"""Headers whose value is the address of somebody (RFC 3261, section 20.10; RFC 3325; RFC 3892)."""

COMMON_HEADERS = frozenset(
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
    ]
)
"""Names that can only be meant as SIP headers."""

_ADDRESS = re.compile(
    r'(?:"(?:[^"\\]|\\.)*"|[-.!%*_+`\'~0-9A-Za-z \t]*)\s*<(?:sips?|tel):[^<>\s]+>'
)
_BARE_ADDRESS = re.compile(r"(?:sips?|tel):[^,?\s<>]+", re.IGNORECASE)


def is_address(value: str) -> bool:
    """Whether a header value is a name-addr or an addr-spec (RFC 3261, section 25.1)."""
    return bool(_ADDRESS.fullmatch(value.strip()) or _BARE_ADDRESS.fullmatch(value))


def looks_like_header(name: str) -> bool:
    """Whether a text can only be meant as the name of a SIP header."""
    return name[:2] in ("X-", "x-") or name.lower() in COMMON_HEADERS
