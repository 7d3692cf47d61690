"""Attributes and metadata of a caller's participant, and who else writes them.

LiveKit lays the attributes of the call over those of the dispatch rule (livekit/protocol,
sip/sip.go `EvaluateDispatchRule`; livekit/sip, pkg/sip/types.go `HeadersToAttrs` and
pkg/sip/inbound.go).
"""

from __future__ import annotations

from collections.abc import Iterable

_ALWAYS = frozenset(
    ("sip.callID", "sip.callIDFull", "sip.callTag", "sip.callStatus", "sip.trunkID", "sip.ruleID")
)
_UNLESS_HIDDEN = frozenset(("sip.phoneNumber", "sip.hostname", "sip.trunkPhoneNumber"))

LARGEST_ATTRIBUTES = 64 * 1024
"""Bytes of all names and values together (livekit-server, pkg/config/config.go
`MaxAttributesSize`)."""

LARGEST_METADATA = 512 * 1024
"""Bytes of a participant's metadata (the same, `MaxMetadataSize`)."""


def is_overwritten(name: str, hidden: bool) -> bool:
    """Whether LiveKit writes an attribute itself. `hidden` is the rule's `hide_phone_number`.

    With a hidden number LiveKit leaves the three that would tell it alone.
    """
    return name in _ALWAYS or (not hidden and name in _UNLESS_HIDDEN)


def size(pairs: Iterable[tuple[str, str]]) -> int:
    """The bytes of attributes as livekit-server counts them (`CheckAttributesSize`)."""
    return sum(bytes_of(name) + bytes_of(value) for name, value in pairs)


def bytes_of(text: str) -> int:
    """The length of a text in UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))
