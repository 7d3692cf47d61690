"""Where outgoing calls are sent: what LiveKit's SIP service can dial.

LiveKit checks an address for five things (validateHostnameFormat, protocol livekit/sip.go); the
SIP service then splits host and port and looks the host up (livekit/sip pkg/sip/client.go).
"""

from __future__ import annotations

import ipaddress
import re

_HOST = re.compile(
    r"(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62}))*\.?"
)
_URI = re.compile(r"^(?:sips?:)?(?://)?(?:[^@;]*@)?([^@;?<>\s]+)", re.IGNORECASE)
_TRANSPORT = re.compile(r"transport=([A-Za-z]+)")


def undialable(address: str) -> str | None:
    """Why no call can go to an address that LiveKit accepts, in words; None where one can."""
    if address != address.strip() or re.search(r"\s", address):
        return "it has a blank in it"
    if "," in address:
        return "it names several hosts, and only one can be dialled"
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", address):
        return "it is a web address"
    if re.match(r"sips?:", address, re.IGNORECASE):
        return "it starts with sip:"
    if "/" in address or "?" in address:
        return "it has a path"
    if address.count(":") > 1 and not address.startswith("["):
        return "an IPv6 address must stand in [ ]"
    host, port = split(address)
    if port is not None and not (port.isdigit() and port.isascii() and 0 < int(port) < 65536):
        return "its port is no number from 1 to 65535"
    return None if _is_host(host) else "it is no name of a host"


def _is_host(host: str) -> bool:
    if host.startswith("[") and host.endswith("]"):
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError:
            return False
        return True
    return _HOST.fullmatch(host) is not None


def split(address: str) -> tuple[str, str | None]:
    """Host and port of an address; the port is None where there is none."""
    if address.startswith("["):
        host, bracket, rest = address.partition("]")
        return host + bracket, rest[1:] if rest.startswith(":") else None
    host, colon, port = address.partition(":")
    return host, port if colon else None


def host_of_uri(uri: str) -> str | None:
    """The host and port inside a SIP URI, None where none can be found."""
    match = _URI.match(uri.strip("<> "))
    return match[1] if match is not None and "=" not in match[1] else None


def transport_of_uri(uri: str) -> str | None:
    """The transport that a URI asks for, as LiveKit's enum has it."""
    match = _TRANSPORT.search(uri)
    name = match[1].upper() if match is not None else ""
    return f"SIP_TRANSPORT_{name}" if name in ("UDP", "TCP", "TLS") else None


def is_livekit(address: str) -> bool:
    """Whether a host is LiveKit's own SIP endpoint."""
    return split(address)[0].rstrip(".").lower().endswith(".sip.livekit.cloud")
