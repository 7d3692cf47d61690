"""Family 8: the address of outgoing calls, held against what its provider publishes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from lklint.documents.edits import Replace
from lklint.rules.found import Found, Proposal, at_value, listing, show
from lklint.rules.putting import put
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.dialling import Dialling, dialling
from lklint.telephony.hosts import split
from lklint.telephony.message import Text
from lklint.telephony.placeholders import find_placeholder
from lklint.telephony.providers.facts import Provider
from lklint.telephony.providers.hosts import judge_host, provider_at, where_calls_go
from lklint.telephony.resources import OutboundTrunk, Participant


class Called(NamedTuple):
    """A provider that calls go out to, and how. `address` is that of `how`."""

    provider: Provider
    how: Dialling
    address: Text


def called(resource: OutboundTrunk | Participant) -> Called | None:
    """The provider that a trunk, or the trunk inside a call, dials; None where it is not known."""
    how = dialling(resource)
    if how is None or how.address is None or find_placeholder(how.address) is not None:
        return None
    provider = provider_at(how.address)
    return None if provider is None else Called(provider, how, how.address)


@rule("LK801", "wrong-provider-host", "warning", "dead", OutboundTrunk, Participant)
def wrong_provider_host(resource: Any, settings: Settings) -> Iterator[Found]:
    """A host of the provider that puts no calls through.

    ## What it finds
    An `address` that is Twilio's, Telnyx', Plivo's, Wavix' or Sinch's, and not where they take
    calls from trunks: `….sip.twilio.com`, `pstn.twilio.com` without a trunk, an IP address of
    Twilio, `….sip.telnyx.com`, `….wavix.com`, `trunk.pstn.sinch.com`, the host of an API.

    ## Why it matters
    LiveKit sends the call there, and the provider does not know what trunk it is for, or has nobody
    who listens. A domain such as `acme.sip.twilio.com` is one of Programmable Voice: it runs a
    program of yours and calls no number by itself. (Where such a program places the call, all is
    well.)

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "acme.sip.twilio.com",
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
        "address": "acme.pstn.twilio.com",
        "numbers": ["+442079460123"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    Unsafe, where one host is meant: writes it, and keeps the port.

    ## Evidence
    Read, not tried. twilio.com/docs/sip-trunking (2026-07-21) and LiveKit's page on Twilio
    (2026-08-24): the domain ends in `pstn.twilio.com`; livekit/sip#583 has a trunk on
    `….sip.twilio.com`. LiveKit's page on troubleshooting (2026-08-24): anything in front of
    `sip.telnyx.com` gives 503. plivo.com/docs/sip-trunking and docs.wavix.com (both as of August
    2026). Sinch: `trunk.pstn.sinch.com` answered 404, by the word of a third party.
    """
    found = called(resource)
    if found is None:
        return
    provider, _, address = found
    verdict = judge_host(provider, address)
    if verdict.fault != "other":
        return
    host, port = split(address)
    fix, meant = None, verdict.suggestion
    if meant is not None:
        whole = meant if port is None else f"{meant}:{port}"
        fix = Proposal(f"write {whole}", (Replace(address.pointer, whole),))
    yield Found(
        at_value(address.pointer),
        f"calls to {show(host)} ring no telephone: {verdict.why}",
        f"Write {show(meant or where_calls_go(provider)[0])}.",
        fix=fix,
    )


@rule("LK802", "unknown-provider-region", "warning", "dead", OutboundTrunk, Participant)
def unknown_provider_region(resource: Any, settings: Settings) -> Iterator[Found]:
    """A region that the provider does not have.

    ## What it finds
    A region in the `address` that is on no list of Twilio's (`acme.pstn.london.twilio.com`),
    Telnyx' (`sip.telnyx.de`) or Wavix' (`uk.wavix.net`). Twilio's former names (`us1`) and its
    private lines (`london-ix`) are fine.

    ## Why it matters
    There is no such host, and every call fails before it is placed. (Or the provider has opened a
    region since the date below. Then all is well.)

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "acme.pstn.london.twilio.com",
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
        "address": "acme.pstn.dublin.twilio.com",
        "numbers": ["+442079460123"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    Read, not tried. twilio.com/docs/sip-trunking (2026-07-21), sip.telnyx.com (2026-08-21, the
    Middle East by the word of a third party), docs.wavix.com, "Wavix IP addresses" (as of August
    2026).
    """
    found = called(resource)
    if found is None:
        return
    provider, _, address = found
    verdict = judge_host(provider, address)
    if verdict.fault != "region":
        return
    regions = provider.hosts.regions
    here = f"one of its regions: {listing(regions, 'or', len(regions))}"
    if not any("{trunk}" in form for form in provider.hosts.forms):
        here = listing(where_calls_go(provider), "or")
    yield Found(
        at_value(address.pointer),
        f"{provider.name} lists no region {show(verdict.region)}, and no call reaches such a host",
        f"Write {here} (as of {provider.hosts.source.date}).",
    )


@rule("LK803", "provider-transport", "warning", "dead", OutboundTrunk, Participant)
def provider_transport(resource: Any, settings: Settings) -> Iterator[Found]:
    """A transport or a port that the provider does not have.

    ## What it finds
    UDP to Exotel, which takes TCP and TLS only (without `transport` LiveKit speaks UDP). A port
    that Twilio, Telnyx, Plivo or Exotel does not have for this transport. (Port 5061 without TLS,
    and 5060 with it, is LK340.)

    ## Why it matters
    Nobody listens there: the call rings nowhere and fails after a while.

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "acme.pstn.twilio.com:5080",
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
        "address": "acme.pstn.twilio.com",
        "numbers": ["+442079460123"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    Unsafe: writes the port of the transport, or the transport TCP where there is no UDP.

    ## Evidence
    Read, not tried. twilio.com/docs/sip-trunking/ip-addresses (2026-07-21), sip.telnyx.com
    (2026-08-21), plivo.com/docs/sip-trunking (as of August 2026): 5060 for UDP and TCP, 5061 for
    TLS. developer.exotel.com/docs/vsip (as of August 2026): TCP at 5070, TLS at 443. livekit/sip
    pkg/sip/client.go, setUriTransport, adds no transport for AUTO.
    """
    found = called(resource)
    if found is None or found.provider.transports is None:
        return
    provider, how, address = found
    host, port = split(address)
    if (port == "5061" and not how.encrypted) or (port == "5060" and how.encrypted):
        return  # LK340
    if judge_host(provider, address).fault != "fine":
        return  # another host, and perhaps another port
    name = (how.transport or "").rpartition("_")[2]
    name = name if name in ("TCP", "TLS") else "UDP"
    right = getattr(found.provider.transports, name.lower())
    if right is None:
        yield Found(
            at_value((how.transport or address).pointer),
            f"{provider.name} takes no calls over UDP, which LiveKit speaks unless told otherwise",
            'Set "transport": "SIP_TRANSPORT_TCP".',
            fix=Proposal("speak TCP", (put(how.message, "transport", "SIP_TRANSPORT_TCP"),)),
        )
    elif port is not None and int(port) != right:
        yield Found(
            at_value(address.pointer),
            f"{provider.name} takes calls over {name} at port {right}, and none at port {port}",
            f"Write port {right}{', or take the port off' if right in (5060, 5061) else ''}.",
            fix=Proposal(f"write port {right}", (Replace(address.pointer, f"{host}:{right}"),)),
        )
