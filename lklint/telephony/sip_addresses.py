"""An address as From and To headers have it, taken apart (RFC 3261, sections 19.1 and 20.10)."""

from __future__ import annotations

import re
from typing import NamedTuple

from lklint.patterns import Pattern

_SCHEME = Pattern(r"(sips?|tel):", re.IGNORECASE)
_IN_BRACKETS = Pattern(r"[^<]*<([^>]*)>.*")


class SipAddress(NamedTuple):
    """The user part, and the host without its port; "" where there is none."""

    user: str
    host: str = ""


def sip_address(text: str) -> SipAddress:
    """The user and the host of `sip:+15550100@host`, `"Name" <sip:…>` or `tel:…`.

    A text without a scheme is a user part already. Nothing is decoded: livekit-sip takes the user
    part as it was sent, parameters in it (`;npdi`) and all.
    """
    bracketed = _IN_BRACKETS.fullmatch(text.strip())
    uri = bracketed[1] if bracketed is not None else text.strip()
    scheme = _SCHEME.match(uri)
    if scheme is None:
        return SipAddress(text)
    rest = uri[scheme.end() :]
    if scheme[1].lower() == "tel":
        return SipAddress(rest.partition(";")[0])
    user, at, host = rest.rpartition("@")
    if not at:
        return SipAddress("", _host(rest))
    return SipAddress(user.partition(":")[0], _host(host))


def _host(text: str) -> str:
    """A host without its port, parameters and headers."""
    host = re.split("[;?]", text, maxsplit=1)[0]
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]
