"""Where outgoing calls are sent: what LiveKit's SIP service can dial.

LiveKit checks an address for five things (validateHostnameFormat, protocol livekit/sip.go); the
SIP service then splits host and port and looks the host up (livekit/sip pkg/sip/client.go).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable

from lklint.patterns import Pattern

_HOST = Pattern(
    r"(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62}))*\.?"
)
_URI = Pattern(r"^(?:sips?:)?(?://)?(?:[^@;]*@)?([^@;?<>\s]+)", re.IGNORECASE)
_SCHEME = Pattern(r"^[<\s]*(?:sips?|tel):(?://)?", re.IGNORECASE)
_TRANSPORT = Pattern(r"transport=([A-Za-z]+)")


def undialable(address: str) -> str | None:
    """Why no call can go to an address that LiveKit accepts, in words; None where one can."""
    bare = "an IPv6 address must stand in [ ]" if _is_ipv6(address) else None
    return unusable(address) or bare


def unusable(host: str) -> str | None:
    """Why a host, with or without a port, that LiveKit accepts is none; None where it is one.

    An IPv6 address may lack its brackets: in a From header LiveKit adds them.
    """
    if re.search(r"\s", host):
        return "it has a blank in it"
    if "," in host:
        return "it names several hosts, and only one can be used"
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", host):
        return "it is a web address"
    if re.match(r"sips?:", host, re.IGNORECASE):
        return "it starts with sip:"
    if re.fullmatch(r"[0-9A-Fa-f.:]+/[0-9.]+", host):
        return "it is a range of addresses, and only one can be used"
    if "/" in host or "?" in host:
        return "it has a path"
    if _is_ipv6(host):
        return None
    name, port = split(host)
    if port is not None and not (re.fullmatch("[0-9]{1,5}", port) and 0 < int(port) < 65536):
        return "its port is no number from 1 to 65535"
    return None if _is_host(name) else "it is no host name and no IP address"


def _is_ipv6(text: str) -> bool:
    """Whether a text is an IPv6 address without brackets."""
    return _is_address(ipaddress.IPv6Address, text)


def _is_host(host: str) -> bool:
    if host.startswith("[") and host.endswith("]"):
        return _is_ipv6(host[1:-1])
    if host.rpartition(".")[2].isdigit():  # no name ends in a number (RFC 1123, 2.1)
        return _is_address(ipaddress.IPv4Address, host)
    return _HOST.fullmatch(host) is not None


def _is_address(kind: Callable[[str], object], text: str) -> bool:
    try:
        kind(text)
    except ValueError:
        return False
    return True


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


def is_uri(user: str) -> bool:
    """Whether a text that should be the user alone is a whole address: `sip:…`, `tel:…`, `…@…`."""
    return "@" in user or _SCHEME.match(user) is not None


def user_of_uri(uri: str) -> str:
    """The user or number in a SIP or tel URI: `+442079460100` of `sip:+442079460100@host`."""
    return re.split("[@:;>]", _SCHEME.sub("", uri.strip()), maxsplit=1)[0].strip()


def transport_of_uri(uri: str) -> str | None:
    """The transport that a URI asks for, as LiveKit's enum has it; `sips:` asks for TLS."""
    match = _TRANSPORT.search(uri)
    name = match[1].upper() if match is not None else ""
    if re.match(r"[<\s]*sips:", uri, re.IGNORECASE):
        name = "TLS"
    return f"SIP_TRANSPORT_{name}" if name in ("UDP", "TCP", "TLS") else None


def is_livekit(address: str) -> bool:
    """Whether a host is one of LiveKit Cloud's own."""
    return split(address)[0].rstrip(".").lower().endswith(".livekit.cloud")
