"""Family 3: the address of outgoing calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lklint.documents.edits import Add, Change, Replace
from lklint.documents.pointer import parent
from lklint.rules.found import Found, Proposal, at_brace, at_value, show
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure
from lklint.telephony.countries import country_meant, is_country
from lklint.telephony.dialling import dialling
from lklint.telephony.hosts import (
    host_of_uri,
    is_livekit,
    transport_of_uri,
    undialable,
    unusable,
)
from lklint.telephony.lookalikes import plain
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
    Seen: lk 2.18.3 refuses such a file with `no outbound address specified`; livekit-server 1.13.3
    says the same on update. protocol livekit/sip.go, SIPOutboundTrunkInfo.
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
    An `address` that begins with `sip:` or `sips:`, or has `@`, `;` or `transport=` in it.

    ## Why it matters
    LiveKit wants the bare host, with a port if need be, and refuses the rest: `trunk address should
    be a hostname or IP, not SIP URI`.

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
    Unsafe: keeps host and port, and writes the transport into its own field (`sips:` is TLS).

    ## Evidence
    Seen: lk 2.18.3 refuses each of them; protocol livekit/sip.go, validateHostnameFormat.
    """
    yield Found(
        at_value(failure.pointer),
        "the address must be a bare host, and LiveKit refuses a URI or a transport in it",
        'Write host and port only; the transport has a field of its own ("transport").',
        fix=as_host(failure, "transport"),
    )


@rule("LK334", "from-host-is-uri", "error", "rejected", Failure)
def from_host_is_uri(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A From host written as a SIP URI.

    ## What it finds
    A `fromHost` that begins with `sip:` or `sips:`, or has `@`, `;` or `transport=` in it.

    ## Why it matters
    LiveKit wants the bare host and refuses the rest: `from_host should be a hostname or IP, not SIP
    URI`.

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
    Seen: lk 2.18.3 refuses `sip:example.com` and `a@example.com`; protocol livekit/sip.go,
    validateHostnameFormat.
    """
    yield Found(
        at_value(failure.pointer),
        "the host that calls come from must be a bare host, and LiveKit refuses a URI here",
        "Write the host only.",
        fix=as_host(failure, None),
    )


@rule("LK333", "undialable-address", "error", "dead", OutboundTrunk, Participant)
def undialable_address(resource: Any, settings: Settings) -> Iterator[Found]:
    """An address that LiveKit takes and cannot dial.

    ## What it finds
    `https://…`, `SIP:…` in capitals, blanks, paths, several hosts, a range of addresses, a port
    that is no number, an IPv6 address without brackets, an IPv4 address that is none.

    ## Why it matters
    LiveKit checks little and stores it; every call then fails before it leaves LiveKit: there is no
    such host to look up, or no such port.

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
    Seen: lk 2.18.3 and livekit-server 1.13.3 store `https://…`, `SIP:…`, blanks, paths, two hosts
    and the ports `abc` and 99999. livekit/sip pkg/sip/client.go, buildLegacyURI: the address is
    only parted at its colon. Its SIP library (emiago/sipgo 1.4.0), asked to send to `::1`, answers
    `too many colons in address`.
    """
    how = dialling(resource)
    if how is not None and how.address is not None:
        mend = 'Write one host, with a port if need be, as in "sip.example.com:5060".'
        said = "no call can go out to this address"
        yield from _unusable(how.address, undialable(how.address), said, mend)


@rule("LK348", "from-host-unusable", "error", "dead", OutboundTrunk, Participant)
def from_host_unusable(resource: Any, settings: Settings) -> Iterator[Found]:
    """A From host that LiveKit takes and no call can come from.

    ## What it finds
    In `fromHost`: `https://…`, `SIP:…` in capitals, blanks, paths, several hosts, a range of
    addresses, a port that is no number, an IPv4 address that is none.

    ## Why it matters
    LiveKit checks little and stores it. Every call then says that it comes from this host. With
    `https://…`, `SIP:…` or such a port LiveKit does not even place it: `invalid From header`. The
    rest goes out as it is written, and no provider can read the address of the caller.

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.acme-telecom.net",
        "numbers": ["+442079460123"],
        "fromHost": "https://acme-telecom.net"
      }
    }
    ```

    ## Instead
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.acme-telecom.net",
        "numbers": ["+442079460123"],
        "fromHost": "acme-telecom.net"
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: a real call with a `from_host` came from `sip:+15550100@pbx.example.com`. livekit/sip
    pkg/sip/client.go, buildLegacyURI, parts host and port; its SIP library (emiago/sipgo 1.4.0)
    writes the rest as it is, as in `From: <sip:+1@a.net/x>`, but puts IPv6 into brackets.
    """
    trunk = resource.trunk if isinstance(resource, Participant) else resource
    if trunk is not None and trunk.from_host is not None:
        mend = 'Write one host, as in "sip.example.com".'
        said = "no call can come from this host"
        yield from _unusable(trunk.from_host, unusable(trunk.from_host), said, mend)


def _unusable(host: Text, why: str | None, said: str, mend: str) -> Iterator[Found]:
    """A host that no call can have, unless LK127 or LK131 speaks about its characters."""
    if why is not None and find_placeholder(host) is None and plain(host) is None:
        yield Found(at_value(host.pointer), f"{said}: {why}", mend)


@rule("LK343", "unknown-country", "warning", "dead", OutboundTrunk, Participant)
def unknown_country(resource: Any, settings: Settings) -> Iterator[Found]:
    """A destination country that LiveKit does not know.

    ## What it finds
    A `destinationCountry` that is not the two letters of a country: `USA`, `india`, `EU`, and `UK`,
    which is `GB` here.

    ## Why it matters
    LiveKit stores whatever stands there. On LiveKit Cloud a code that it does not know has no
    effect: calls go out from anywhere, and where the law wants them to start in the country, the
    provider refuses them (`403 Domestic Anchored Terms Not Met`). A self-hosted LiveKit does
    nothing with it. (A country where LiveKit has no region has no effect either. lklint does not
    speak of those: the list grows.)

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net",
        "numbers": ["+442079460123"],
        "destinationCountry": "USA",
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
    Unsafe, where the country is clear: its two letters. Calls may then leave from elsewhere.

    ## Evidence
    Seen: livekit-server 1.13.3 stores `USA` and `ZZ`, and hands them to the SIP service unchanged;
    livekit/sip does not read the field. LiveKit's pages on region pinning: a code that matches no
    region has no effect; their examples have `in`, their list of codes `gb`.
    """
    how = dialling(resource)
    country = how.country if how is not None else None
    if country is None or is_country(country) or find_placeholder(country) is not None:
        return
    meant = country_meant(country)
    fix = None
    if meant is not None:
        fix = Proposal(f"write {meant}", (Replace(country.pointer, meant),))
    yield Found(
        at_value(country.pointer),
        f"LiveKit knows no country {show(str(country))}: calls go out from anywhere",
        f'Write "{meant}".' if meant is not None else 'Write two letters, as in "US".',
        fix=fix,
    )


@rule("LK344", "address-is-livekit", "info", "risky", OutboundTrunk, Participant)
def address_is_livekit(resource: Any, settings: Settings) -> Iterator[Found]:
    """LiveKit's own address, where the provider's belongs.

    ## What it finds
    An outbound `address` that ends in `.livekit.cloud`.

    ## Why it matters
    That is where your provider sends calls to LiveKit. Calls out go to the provider; this one comes
    back to LiveKit and rings nobody's telephone. (Calling one LiveKit project from another is
    possible. Then all is well.)

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
    LiveKit's page on setting up SIP trunks gives `….sip.livekit.cloud` as the address to enter at
    the provider. Seen: livekit-server 1.13.3 stores it in an outbound trunk without a word.
    """
    how = dialling(resource)
    if how is not None and how.address is not None and is_livekit(how.address):
        yield Found(
            at_value(how.address.pointer),
            "this is LiveKit's own address: calls come back to LiveKit instead of going out",
            "Write the address that your provider gave you, unless you call another project.",
        )


def as_host(failure: Failure, transport_field: str | None) -> Proposal | None:
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
