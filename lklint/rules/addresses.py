"""Family 3: the addresses that may call an inbound trunk."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.edits import Change, InsertAfter, Remove, Replace
from lklint.rules.found import Found, Proposal, at_value, listing
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.address_verdicts import NO_BRACKETS, AddressVerdict, classify, is_phone_number
from lklint.telephony.addresses import hold_everything, is_open, parse_mask
from lklint.telephony.message import Text
from lklint.telephony.resources import InboundTrunk


@rule("LK304", "open-address-list", "error", "insecure", InboundTrunk)
def open_address_list(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A list of addresses that LiveKit cannot read, and so lets everybody in.

    ## What it finds
    `allowedAddresses` in which every entry has a blank, a comma, a semicolon, a star, a plus, a
    round bracket or `://`.

    ## Why it matters
    LiveKit drops such entries without a word. When none is left the list counts as empty, and every
    address may call.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["192.0.2.0/24, 198.51.100.0/24"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"],
               "allowedAddresses": ["192.0.2.0/24", "198.51.100.0/24"]}}
    ```

    ## Fix
    Unsafe: one address an entry.

    ## Evidence
    Seen: real calls (livekit-server 1.13.3, livekit-sip 1.10.0) to trunks with nothing but two
    addresses in one text, `127.0.0.*`, `udp://127.0.0.2` or a blank in front: answered from every
    address. LiveKit protocol `sip/sip.go`, `filterInvalidAddrMasks`. Its strict matching (from
    protocol 1.54.0) lets nobody in by such a list; no livekit-server up to 1.13.11 has it.
    """
    if not is_open(trunk.allowed_addresses):
        return
    for entry, verdict in faulty(trunk, "ignored"):
        yield Found(
            at_value(entry.pointer),
            f"LiveKit drops this entry ({verdict.why}), and without it every address may call",
            advice(entry, "Write one address or range an entry, without blanks and commas."),
            fix=rewritten(entry, verdict),
        )


@rule("LK305", "ignored-address", "error", "dead", InboundTrunk)
def ignored_address(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """An address that LiveKit drops.

    ## What it finds
    An entry with a blank, a comma, a semicolon, a star, a plus, a round bracket or `://`, beside
    others that LiveKit keeps.

    ## Why it matters
    LiveKit drops it without a word: calls from there are turned away. Up to livekit-server 1.13.7
    the caller hears it ring and nothing else, since 1.13.8 the call is rejected (404).

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["192.0.2.0/24", "198.51.100.*"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"],
               "allowedAddresses": ["192.0.2.0/24", "198.51.100.0/24"]}}
    ```

    ## Fix
    Unsafe: as it was meant.

    ## Evidence
    Seen: real calls (livekit-server 1.13.3, livekit-sip 1.10.0) to a trunk with
    `["127.0.0.8, 127.0.0.9", "127.0.0.2"]`: answered from .2, silence for .8. livekit-server
    `pkg/service/ioservice_sip.go` for the 404.
    """
    if is_open(trunk.allowed_addresses):
        return
    for entry, verdict in faulty(trunk, "ignored"):
        yield Found(
            at_value(entry.pointer),
            f"LiveKit drops this entry ({verdict.why}): calls from there are turned away",
            advice(entry, "Write one address or range an entry, as in 203.0.113.0/24."),
            fix=rewritten(entry, verdict),
        )


@rule("LK306", "unmatchable-address", "error", "dead", InboundTrunk)
def unmatchable_address(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """An address that no call comes from.

    ## What it finds
    A port, `sip:`, a netmask, a range with a hyphen, `192.0.2.x`, leading zeros, IPv4 as IPv6, an
    address that no packet comes from (`0.0.0.0`), a telephone number, and IPv6 in brackets (unless
    `server-version` is newer than 1.13.11).

    ## Why it matters
    LiveKit keeps the entry and compares it; no call ever matches, and all are turned away. Up to
    livekit-server 1.13.7 the caller hears it ring and nothing else, since 1.13.8 the call is
    rejected (404).

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["192.0.2.8:5060"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["192.0.2.8"]}}
    ```

    ## Fix
    Unsafe: as it was meant.

    ## Evidence
    Seen: real calls (livekit-server 1.13.3, livekit-sip 1.10.0) to trunks with a port, `sip:`, a
    netmask, a hyphen, a leading zero, `::ffff:127.0.0.2`: silence. Brackets: the same server, asked
    as the SIP service asks it, matches none; LiveKit protocol `sip/sip.go` reads them from 1.53.2.
    livekit-server `pkg/service/ioservice_sip.go` for the 404.
    """
    server = settings.server_version
    newer = server is not None and server > NO_BRACKETS
    for entry, verdict in faulty(trunk, "unmatchable", *(() if newer else ("brackets",))):
        yield Found(
            at_value(entry.pointer),
            f"no call ever matches this address: {verdict.why}",
            advice(entry, "Write an IP address or a range, as in 203.0.113.10 or 203.0.113.0/24."),
            fix=rewritten(entry, verdict),
        )


@rule("LK307", "hostname-address", "warning", "insecure", InboundTrunk)
def hostname_address(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A host name in the list of addresses.

    ## What it finds
    A name such as `sip.example.com` among `allowedAddresses`.

    ## Why it matters
    LiveKit never looks it up. It compares the name, letter by letter, with the host that the caller
    claims to call from (the From header): the provider is turned away unless it writes this very
    name there, and anybody else can write it.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["pbx.provider.net"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["192.0.2.0/24"]}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls (livekit-server 1.13.3, livekit-sip 1.10.0) from a foreign address: answered
    with this name as From host, silence without. LiveKit protocol `sip/sip.go`, `matchAddrMasks`;
    with its strict matching (from 1.54.0, in no livekit-server up to 1.13.11) no name ever matches.
    """
    for entry, _ in faulty(trunk, "hostname"):
        yield Found(
            at_value(entry.pointer),
            "LiveKit does not look this name up: it lets in whoever claims to call from there, and"
            " nobody else",
            "List the IP addresses that your provider calls from.",
        )


@rule("LK308", "any-address", "warning", "insecure", InboundTrunk)
def any_address(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """An address list with everybody on it.

    ## What it finds
    `0.0.0.0/0`, `::/0`, and ranges that are everything together, such as `0.0.0.0/1` with
    `128.0.0.0/1`. Silent beside a complete login.

    ## Why it matters
    The list looks like a lock and is none. `::/0` lets every IPv6 address in, and no IPv4 one.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["0.0.0.0/0"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["192.0.2.0/24"]}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls (livekit-server 1.13.3, livekit-sip 1.10.0) to a trunk with `0.0.0.0/0`:
    answered from every address; with `::/0`: silence over IPv4. 2 of 14 public files; two halves in
    livekit/sip#663.
    """
    if trunk.auth_username and trunk.auth_password:
        return
    live = [entry for entry, _ in faulty(trunk, "fine", "any", "private", "host bits")]
    blocks = [(block, entry) for entry in live if (block := parse_mask(entry)) is not None]
    for version, who in ((4, "address on the internet"), (6, "IPv6 address, but no IPv4 address,")):
        if hold_everything((block for block, _ in blocks), version):
            mine = (pair for pair in blocks if pair[0].version == version)
            widest, entry = min(mine, key=lambda pair: pair[0].bits)
            label = "together with the rest of the list" if widest.bits else ""
            mend = "List the addresses of your provider."
            yield Found(at_value(entry.pointer), f"every {who} may call", mend, label)
            return


@rule("LK309", "private-address", "warning", "dead", InboundTrunk)
def private_address(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A private address, which no provider calls from.

    ## What it finds
    `10.…`, `192.168.…`, `172.16.…`, `127.…` and the like. Silent for a self-hosted server
    (`target`): a telephone system in its network calls from there.

    ## Why it matters
    Calls over the internet come from public addresses. It is often one's own server that is listed
    by mistake, and the provider's calls are turned away.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["192.168.1.10"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["192.0.2.0/24"]}}
    ```

    ## Fix
    None.

    ## Evidence
    RFC 1918, 6598, 1122, 3927, 4193. One's own server in the list: livekit/agents#4814. Calls that
    do come from a private address, of a telephone system nearby: livekit/sip#227.
    """
    if settings.target == "self-hosted":
        return
    for entry, _ in faulty(trunk, "private"):
        yield Found(
            at_value(entry.pointer),
            "calls over the internet never come from a private address",
            "List the public addresses of your provider; with a telephone system (PBX) of your own"
            " in the network of your server this is right.",
        )


@rule("LK310", "empty-address", "error", "dead", InboundTrunk)
def empty_address(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """An empty entry in the list of addresses.

    ## What it finds
    `""` among `allowedAddresses`.

    ## Why it matters
    It is not dropped: it counts, and no call matches it. Alone in the list it keeps everybody out,
    and to take it out would let everybody in.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": [""]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["192.0.2.0/24"]}}
    ```

    ## Fix
    Unsafe: takes it out. None where the list would then let everybody in.

    ## Evidence
    Seen: real calls (livekit-server 1.13.3, livekit-sip 1.10.0) to a trunk with `[""]`: silence.
    """
    alone = is_open(entry for entry in trunk.allowed_addresses if entry)
    headline, mend = "no call ever matches an empty entry", "Take it out."
    if alone:
        headline += ", and LiveKit keeps no other: nobody gets in"
        mend = "Write your provider's address here; with no entry at all every address may call."
    for entry, _ in faulty(trunk, "empty"):
        fix = None if alone else Proposal("take it out", (Remove(entry.pointer),))
        yield Found(at_value(entry.pointer), headline, mend, fix=fix)


@rule("LK311", "wide-address-range", "info", "risky", InboundTrunk)
def wide_address_range(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A range written with an address inside it.

    ## What it finds
    `192.0.2.8/24`: bits of the host are set.

    ## Why it matters
    LiveKit takes the whole range, not the one address.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["192.0.2.8/24"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["192.0.2.0/24"]}}
    ```

    ## Fix
    Safe: writes the range that holds.

    ## Evidence
    Seen: real calls (livekit-server 1.13.3, livekit-sip 1.10.0): `127.0.0.2/8` lets 127.0.0.3 in.
    """
    for entry, verdict in faulty(trunk, "host bits"):
        yield Found(
            at_value(entry.pointer),
            "the whole range may call, not only this one address",
            f"Write {verdict.suggestions[0]} if the range is meant, or the address without"
            f" {entry[entry.index('/') :]}.",
            fix=rewritten(entry, verdict, safe=True),
        )


def faulty(trunk: InboundTrunk, *faults: str) -> Iterator[tuple[Text, AddressVerdict]]:
    """The entries of a trunk's list with one of these faults."""
    for entry in trunk.allowed_addresses:
        verdict = classify(entry)
        if verdict.fault in faults:
            yield entry, verdict


def advice(entry: str, usual: str) -> str:
    """What to do about an entry that LiveKit cannot use."""
    if is_phone_number(entry):
        return 'Callers\' numbers belong in "allowedNumbers": this list is for IP addresses.'
    return usual


def rewritten(entry: Text, verdict: AddressVerdict, safe: bool = False) -> Proposal | None:
    """The fix that writes what was meant: one entry, or several in its place."""
    if not verdict.suggestions:
        return None
    first, *more = verdict.suggestions
    changes: list[Change] = [Replace(entry.pointer, first)]
    changes += [InsertAfter(entry.pointer, address) for address in more]
    return Proposal(f"write {listing(verdict.suggestions)}", tuple(changes), safe)
