"""Trunks (livekit/protocol v1.48.2 livekit/sip.go)."""

from __future__ import annotations

from typing import Any

from lklint.sandbox.refusals import Refusal, from_inside


def trunk_is_given(request: Any) -> str | None:
    """A create names a trunk (`CreateSIPInboundTrunkRequest.Validate` and its outbound twin)."""
    return None if request.HasField("trunk") else "missing trunk"


def trunk_has_no_id(request: Any) -> str | None:
    """A new trunk gets its id from the server."""
    return "trunk id must not be set" if request.trunk.sip_trunk_id else None


def is_closed_somehow(trunk: Any) -> str | None:
    """An inbound trunk is not open to every call (`SIPInboundTrunkInfo.Validate`)."""
    closed = trunk.auth_username or trunk.auth_password or trunk.allowed_addresses or trunk.numbers
    return None if closed else OPEN_TRUNK


OPEN_TRUNK = (
    "for security, one of the fields must be set: AuthUsername+AuthPassword, AllowedAddresses or"
    " Numbers"
)


def has_numbers(trunk: Any) -> str | None:
    """An outbound trunk calls from a number (`SIPOutboundTrunkInfo.Validate`)."""
    return None if trunk.numbers else "no trunk numbers specified"


def has_address(trunk: Any) -> str | None:
    """An outbound trunk calls through a host."""
    return None if trunk.address else "no outbound address specified"


def address_is_host(trunk: Any) -> str | None:
    """The address of an outbound trunk is no SIP URI."""
    return _host(trunk.address, "trunk address")


def from_host_is_host(message: Any) -> str | None:
    """The host of the caller is no SIP URI."""
    return _host(message.from_host, "from_host")


def has_hostname(config: Any) -> str | None:
    """A trunk inside a call has a host (`SIPOutboundConfig.Validate`)."""
    return None if config.hostname else "no outbound hostname specified"


def hostname_is_host(config: Any) -> str | None:
    """It is no SIP URI."""
    return _host(config.hostname, "trunk hostname")


def _host(value: str, field: str) -> str | None:
    """`validateHostnameFormat`."""
    if "transport=" in value:
        return f"{field} should not contain transport parameter"
    if any(mark in value for mark in "@;") or value.startswith(("sip:", "sips:")):
        return f"{field} should be a hostname or IP, not SIP URI"
    return None


def after_an_update(words: str) -> Refusal:
    """What is said to a trunk or rule that an update of single fields made wrong.

    The server finds out late, and passes the error on as it is: most are code `unknown` then, and
    the one about open trunks keeps the code of its own kind.
    """
    if words == OPEN_TRUNK:
        return from_inside("invalid_argument", words)
    return Refusal("unknown", words)
