"""Family 3: the address of outgoing calls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lklint.documents.edits import Add, Change, Replace
from lklint.documents.pointer import parent
from lklint.rules.found import Found, Proposal, at_brace, at_value, show
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure
from lklint.telephony.hosts import host_of_uri, is_livekit, transport_of_uri, undialable
from lklint.telephony.message import Text
from lklint.telephony.placeholders import find_placeholder
from lklint.telephony.resources import OutboundTrunk, Participant


@rule("LK331", "no-address", "error", "rejected", Failure)
def no_address(failure: Failure, settings: Settings) -> Iterator[Found]:
    """An outbound trunk without an address.

    ## What it finds
    An outbound trunk whose `address` is missing or empty.

    ## Why it matters
    There is nobody to send the call to: `no outbound address specified`.

    ## Example
    ```json outbound-trunk
    {"trunk": {"numbers": ["+442079460123"]}}
    ```

    ## Instead
    ```json outbound-trunk
    {"trunk": {"address": "sip.example.net", "numbers": ["+442079460123"]}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: the real `lk`.
    """
    yield Found(
        at_brace(failure.pointer),
        "this trunk does not say where calls go, and LiveKit refuses it",
        'Add the "address" of your provider, as in "sip.example.com".',
    )


@rule("LK332", "address-is-uri", "error", "rejected", Failure)
def address_is_uri(failure: Failure, settings: Settings) -> Iterator[Found]:
    """An address written as a SIP URI.

    ## What it finds
    An `address` with `sip:`, `@`, `;` or `transport=`.

    ## Why it matters
    LiveKit wants the bare host and refuses the rest: `should be a hostname or IP, not SIP URI`.

    ## Example
    ```json outbound-trunk
    {"trunk": {"address": "sip:sip.example.net;transport=tcp", "numbers": ["+442079460123"]}}
    ```

    ## Instead
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net",
        "transport": "SIP_TRANSPORT_TCP",
        "numbers": ["+442079460123"]
      }
    }
    ```

    ## Fix
    Unsafe: keeps host and port, and writes the transport into its own field.

    ## Evidence
    Seen: the real `lk`; protocol livekit/sip.go, validateHostnameFormat.
    """
    yield Found(
        at_value(failure.pointer),
        "the address must be a bare host, and LiveKit refuses a URI or a transport in it",
        'Write host and port only; the transport has a field of its own ("transport").',
        fix=_as_host(failure, "transport"),
    )


@rule("LK334", "from-host-is-uri", "error", "rejected", Failure)
def from_host_is_uri(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A From host written as a SIP URI.

    ## What it finds
    A `fromHost` with `sip:`, `@`, `;` or `transport=`.

    ## Why it matters
    LiveKit wants the bare host and refuses the rest.

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net",
        "numbers": ["+442079460123"],
        "fromHost": "sip:example.net"
      }
    }
    ```

    ## Instead
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net",
        "numbers": ["+442079460123"],
        "fromHost": "example.net"
      }
    }
    ```

    ## Fix
    Unsafe: keeps the host.

    ## Evidence
    Seen: the real `lk`; protocol livekit/sip.go.
    """
    yield Found(
        at_value(failure.pointer),
        "the From host must be a bare host, and LiveKit refuses a URI",
        "Write the host only.",
        fix=_as_host(failure, None),
    )


@rule("LK333", "undialable-address", "error", "dead", OutboundTrunk, Participant)
def undialable_address(resource: Any, settings: Settings) -> Iterator[Found]:
    """An address that LiveKit takes and cannot dial.

    ## What it finds
    `https://…`, `SIP:…` in capitals, blanks, paths, several hosts, a port that is no number, an
    IPv6 address without brackets.

    ## Why it matters
    LiveKit checks little and stores it; every call then fails when the host is looked up.

    ## Example
    ```json outbound-trunk
    {"trunk": {"address": "https://sip.example.net", "numbers": ["+442079460123"]}}
    ```

    ## Instead
    ```json outbound-trunk
    {"trunk": {"address": "sip.example.net", "numbers": ["+442079460123"]}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: accepted by livekit-server (server.md 2d).
    """
    address = _address(resource)
    if address is None or find_placeholder(address) is not None:
        return
    why = undialable(address)
    if why is not None:
        yield Found(
            at_value(address.pointer),
            f"no call can go out to this address: {why}",
            'Write one host, with a port if need be, as in "sip.example.com:5060".',
        )


@rule("LK343", "unknown-country", "warning", "dead", OutboundTrunk)
def unknown_country(trunk: OutboundTrunk, settings: Settings) -> Iterator[Found]:
    """A destination country that LiveKit cannot read.

    ## What it finds
    A `destinationCountry` that is not two capital letters of ISO 3166-1.

    ## Why it matters
    LiveKit stores it and cannot choose a region by it: the call goes out from anywhere.

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net",
        "numbers": ["+442079460123"],
        "destinationCountry": "us",
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Instead
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net",
        "numbers": ["+442079460123"],
        "destinationCountry": "US",
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    Safe: capital letters.

    ## Evidence
    Seen: livekit-server stores us, USA and ZZ (server.md 2d).
    """
    country = trunk.destination_country
    if country is None or re.fullmatch("[A-Z]{2}", country):
        return
    upper = country.upper()
    better = {"USA": "US", "GBR": "GB", "UK": "GB", "IND": "IN", "DEU": "DE"}.get(upper, upper)
    fix = None
    if re.fullmatch("[A-Z]{2}", better):
        fix = Proposal(f"write {better}", (Replace(country.pointer, better),), safe=True)
    yield Found(
        at_value(country.pointer),
        f"LiveKit does not understand the country {show(str(country))} and goes on without it",
        'Write two capital letters, as in "US".',
        fix=fix,
    )


@rule("LK344", "address-is-livekit", "warning", "dead", OutboundTrunk)
def address_is_livekit(trunk: OutboundTrunk, settings: Settings) -> Iterator[Found]:
    """LiveKit's own address, where the provider's belongs.

    ## What it finds
    An outbound `address` that ends in `.sip.livekit.cloud`.

    ## Why it matters
    That is where your provider sends calls to LiveKit. Calls out go to the provider; this one comes
    back to LiveKit.

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "abc123.sip.livekit.cloud",
        "numbers": ["+442079460123"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Instead
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net",
        "numbers": ["+442079460123"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    LiveKit's pages on providers: the two addresses are easily swapped.
    """
    if trunk.address is not None and is_livekit(trunk.address):
        yield Found(
            at_value(trunk.address.pointer),
            "this is LiveKit's own address: the call would come back instead of going out",
            "Write the address that your provider gave you.",
        )


def _address(resource: OutboundTrunk | Participant) -> Text | None:
    if isinstance(resource, OutboundTrunk):
        return resource.address
    return resource.trunk.hostname if resource.trunk is not None else None


def _as_host(failure: Failure, transport_field: str | None) -> Proposal | None:
    """The fix that leaves the bare host, and writes the transport where it belongs."""
    if not isinstance(failure.value, str):
        return None
    host = host_of_uri(failure.value)
    if host is None or not host:
        return None
    changes: list[Change] = [Replace(failure.pointer, host)]
    transport = transport_of_uri(failure.value)
    if transport is not None and transport_field is not None:
        changes.append(Add(parent(failure.pointer), transport_field, transport))
    return Proposal("keep the host only", tuple(changes))
