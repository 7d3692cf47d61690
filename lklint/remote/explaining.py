"""The server's refusals, and the rule of lklint that explains each.

The texts are those of livekit-server 1.13.3 (`tests/fidelity/`, and the Go sources of
github.com/livekit/protocol); a pattern is looked for anywhere in what the server says, because one
refusal may be wrapped in another ("twirp error unknown: …").
"""

from __future__ import annotations

from typing import NamedTuple

from lklint.patterns import Pattern


class Explanation(NamedTuple):
    """What a refusal means: `code` is the rule whose page explains it, or "" where none does."""

    pattern: Pattern
    code: str
    advice: str = ""


_REFUSALS: tuple[Explanation, ...] = tuple(
    Explanation(Pattern(text), code, advice)
    for text, code, advice in (
        (r"Conflicting inbound SIP Trunks", "LK701", ""),
        (r"Multiple (?:default )?SIP Trunks matched", "LK702", ""),
        (r"Dispatch rule for the same trunk", "LK703", ""),
        (r"for security, one of the fields must be set", "LK301", ""),
        (r"no trunk numbers specified", "LK330", ""),
        (r"no outbound address specified", "LK331", ""),
        (r"trunk address should", "LK332", ""),
        (r"from_host should", "LK334", ""),
        (r"missing rule", "LK401", ""),
        (r"unsupported SIP Dispatch Rule", "LK402", ""),
        (r"invalid header name: header name \S+ not supported", "LK601", ""),
        (r"invalid header name", "LK603", ""),
        (r"invalid header value", "LK604", ""),
        (r"invalid codec sample rate", "LK611", ""),
        (r"codec name", "LK610", ""),
        (r"media_timeout must", "LK614", ""),
        (r"trunk ID must be empty|(?:trunk|rule) id must not be set", "LK117", ""),
        (r"missing sip trunk id", "LK350", ""),
        (r"missing sip callee number", "LK351", ""),
        (r"missing room name", "LK352", ""),
        (r"SipCallTo should be a phone number", "LK353", ""),
        (r"no outbound hostname specified|trunk hostname should", "LK358", ""),
        (r"no numbers on outbound trunk", "LK359", ""),
        (r"valid ISO 3166-1|if city is specified", "LK357", ""),
        (
            r"requested sip trunk does not exist",
            "",
            "`lklint sip inbound list` and `lklint sip outbound list` show the ids there are",
        ),
        (
            r"requested sip dispatch rule does not exist",
            "",
            "`lklint sip dispatch list` shows the ids there are",
        ),
        (
            r"no response from servers",
            "",
            "the server has no SIP service running beside it",
        ),
        (
            r"sip not connected",
            "",
            "this livekit-server runs without redis, and so without telephony",
        ),
        (
            r"no handler for path|\b404\b",
            "",
            "this server does not have this API: phone numbers are on LiveKit Cloud only",
        ),
        (
            r"permissions denied|invalid token|\b401\b",
            "",
            "the API key or its secret are not this server's",
        ),
    )
)


def explained(message: str) -> Explanation | None:
    """The explanation of what a server said, or None where it is not known."""
    return next((known for known in _REFUSALS if known.pattern.search(message)), None)


def is_conflict(message: str) -> bool:
    """Whether a server refused a trunk or a rule because another one claims the same calls."""
    known = explained(message)
    return known is not None and known.code in ("LK701", "LK703")
