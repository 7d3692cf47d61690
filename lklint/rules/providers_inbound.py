"""Family 8: what an inbound trunk asks of the provider that calls it."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.edits import InsertAfter
from lklint.rules.found import Found, Proposal, at_key, at_value, listing
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.providers.sources import Listed, no_calls_from, providers_in, ranges_of
from lklint.telephony.resources import InboundTrunk


@rule("LK319", "login-twilio-never-gives", "info", "dead", InboundTrunk)
def login_twilio_never_gives(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A login on a trunk for Twilio, which answers no question for one.

    ## What it finds
    A complete login on an inbound trunk that is Twilio's by its name, or by an address of Twilio in
    `allowedAddresses`.

    ## Why it matters
    LiveKit asks each call for the login (407). Elastic SIP Trunking, the usual way from Twilio to
    LiveKit, knows no login for such calls, and they end there. Calls that TwiML places
    (`<Dial><Sip username=… password=…>`) bring one. Then all is well.

    ## Example
    ```json inbound-trunk
    {
      "trunk": {
        "name": "Twilio",
        "numbers": ["+442079460123"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Instead
    ```json inbound-trunk
    {
      "trunk": {
        "name": "Twilio",
        "numbers": ["+442079460123"],
        "allowedAddresses": [
          "54.172.60.0/30", "54.244.51.0/30", "54.171.127.192/30", "35.156.191.128/30",
          "54.65.63.192/30", "54.169.127.128/30", "54.252.254.64/30", "177.71.206.192/30"
        ]
      }
    }
    ```

    ## Fix
    None: without the login somebody must write the list of addresses.

    ## Evidence
    LiveKit's page on inbound trunks (2026-08-28): no login with Twilio's Elastic SIP Trunking.
    Seen: a real call without a login to a trunk with one: 407 (livekit-sip 1.10.0). livekit/sip#520
    has such a trunk, and 3 of 17 public files with a login.
    """
    if trunk.auth_username is None or trunk.auth_password is None:
        return
    by_address = any(
        known.provider.logins is not None and known.provider.logins.incoming == "never"
        for entry in trunk.allowed_addresses
        for known in ranges_of(entry)
    )
    if by_address or "twilio" in (trunk.name or "").lower():
        addresses = trunk.message.spelled("allowed_addresses")
        yield Found(
            at_key(trunk.auth_username.pointer),
            "Twilio's Elastic SIP Trunking gives no login: LiveKit asks for it, and the call ends",
            f'Take the login out and list the addresses of Twilio in "{addresses}". For calls that'
            " TwiML places with a login this is right.",
        )


@rule("LK804", "missing-source-ranges", "warning", "risky", InboundTrunk)
def missing_source_ranges(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """Some of the addresses that a provider calls from, and not the others.

    ## What it finds
    `allowedAddresses` with a part of the ranges that Twilio or Plivo publish for calls, or with one
    of the two addresses that Telnyx has in a region. (One region, and all of it, is LK806.)

    ## Why it matters
    Calls of Twilio and Plivo come from the region that suits them, and from another one when that
    fails; both ask to allow all. Telnyx calls from the second address of a region when the first
    one fails. Where the address is not listed LiveKit turns them away: some calls get through, and
    others ring on or end with 404.

    ## Example
    ```json inbound-trunk
    {
      "trunk": {
        "numbers": ["+442079460123"],
        "allowedAddresses": ["54.172.60.0/30", "54.244.51.0/30"]
      }
    }
    ```

    ## Instead
    ```json inbound-trunk
    {
      "trunk": {
        "numbers": ["+442079460123"],
        "allowedAddresses": [
          "54.172.60.0/30", "54.244.51.0/30", "54.171.127.192/30", "35.156.191.128/30",
          "54.65.63.192/30", "54.169.127.128/30", "54.252.254.64/30", "177.71.206.192/30"
        ]
      }
    }
    ```

    ## Fix
    Unsafe: adds the ranges that are missing.

    ## Evidence
    twilio.com/docs/sip-trunking/ip-addresses (2026-07-21), plivo.com/docs/sip-trunking (as of
    August 2026; 14 ranges, of which an older page has 8), sip.telnyx.com (2026-08-21).
    livekit/sip#520 has 2 of Twilio's 8 ranges, and calls that match no trunk. Seen: a real call
    from an address that is not listed (livekit-server 1.13.3, livekit-sip 1.10.0): silence.
    """
    for listed in providers_in(trunk.allowed_addresses):
        if listed.missing and not listed.is_one_region:
            name, wanted = listed.provider.name, len(listed.wanted)
            yield Found(
                at_key(trunk.message.at("allowed_addresses")),
                f"{name} also calls from {_count(listed)} not listed here, and LiveKit turns those"
                " calls away",
                f"Add {_blocks(listed)} (as {name} listed them in {_month(listed)}).",
                f"{wanted - len(listed.missing)} of {wanted}",
                fix=_added(trunk, listed),
            )


@rule("LK806", "single-source-region", "info", "risky", InboundTrunk)
def single_source_region(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """The addresses of one region, of a provider that calls from all.

    ## What it finds
    `allowedAddresses` with all that Twilio or Plivo publish for one region, and nothing for the
    others.

    ## Why it matters
    Calls come from any region, unless the provider is told otherwise. Those from elsewhere are
    turned away. (With `edge=…` in the origination URI of Twilio, or numbers of India at Plivo, one
    region may be right.)

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["54.171.127.192/30"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {
      "trunk": {
        "numbers": ["+442079460123"],
        "allowedAddresses": [
          "54.172.60.0/30", "54.244.51.0/30", "54.171.127.192/30", "35.156.191.128/30",
          "54.65.63.192/30", "54.169.127.128/30", "54.252.254.64/30", "177.71.206.192/30"
        ]
      }
    }
    ```

    ## Fix
    Unsafe: adds the ranges of the other regions.

    ## Evidence
    The lists of LK804. twilio.com/docs/sip-trunking/ip-addresses (2026-07-21): without `edge=…` a
    call leaves from the region where it arrived.
    """
    for listed in providers_in(trunk.allowed_addresses):
        if listed.missing and listed.is_one_region:
            name = listed.provider.name
            yield Found(
                at_key(trunk.message.at("allowed_addresses")),
                f"{name} also calls from other regions than {listing(tuple(listed.regions))}, and"
                " LiveKit turns those calls away",
                f"Unless {name} is told to call from there only, add {_blocks(listed)} (as {name}"
                f" listed them in {_month(listed)}).",
                fix=_added(trunk, listed),
            )


@rule("LK805", "no-source-of-calls", "warning", "dead", InboundTrunk)
def no_source_of_calls(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """Addresses of the provider that no call comes from.

    ## What it finds
    In `allowedAddresses`, ranges that Twilio and Telnyx publish for their audio, and Telnyx for
    webhooks.

    ## Why it matters
    The list is about who may call. LiveKit takes the audio of a call from anywhere, so that these
    entries let nobody in; alone in the list they keep every call of the provider out.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["168.86.128.0/18"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {
      "trunk": {
        "numbers": ["+442079460123"],
        "allowedAddresses": [
          "54.172.60.0/30", "54.244.51.0/30", "54.171.127.192/30", "35.156.191.128/30",
          "54.65.63.192/30", "54.169.127.128/30", "54.252.254.64/30", "177.71.206.192/30"
        ]
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    Read, not tried. twilio.com/docs/sip-trunking/ip-addresses (2026-07-21), sip.telnyx.com
    (2026-08-21) and developers.telnyx.com/docs/voice/sip-trunking/network-configuration (as of
    August 2026): signalling and media have lists of their own. LiveKit compares the list with the
    address that the INVITE comes from (LiveKit protocol `sip/sip.go`, `matchAddrMasks`).
    """
    for entry in trunk.allowed_addresses:
        known = no_calls_from(entry)
        if known is None or known.provider.ranges is None:
            continue
        yield Found(
            at_value(entry.pointer),
            f"{known.provider.name} sends {known.what} from here, and no call ever comes from"
            " there",
            f"Take it out, and list the addresses that {known.provider.name} calls from"
            f" ({known.provider.ranges.source.page}).",
            f"for {known.what}",
        )


def _count(listed: Listed) -> str:
    """How much a list lacks: 2 ranges."""
    alone = all(known.first == known.last for known in listed.missing)
    one, many = ("address", "addresses") if alone else ("range", "ranges")
    return f"1 {one}" if len(listed.missing) == 1 else f"{len(listed.missing)} {many}"


def _blocks(listed: Listed) -> str:
    blocks = tuple(str(known.block) for known in listed.missing)
    return listing(blocks, most=len(blocks))


def _month(listed: Listed) -> str:
    ranges = listed.provider.ranges
    return ranges.source.date[:7] if ranges is not None else ""


def _added(trunk: InboundTrunk, listed: Listed) -> Proposal:
    """The fix that adds what is missing behind the last address of the provider."""
    last = trunk.allowed_addresses[listed.entries[-1]]
    changes = tuple(InsertAfter(last.pointer, str(known.block)) for known in listed.missing)
    return Proposal(f"add {_count(listed)}", changes)
