"""Family 3: the addresses that may call an inbound trunk."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.edits import Change, InsertAfter, Remove, Replace
from lklint.rules.found import Found, Proposal, at_key, at_value, listing
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.addresses import AddressVerdict, classify
from lklint.telephony.message import Text
from lklint.telephony.resources import InboundTrunk


@rule("LK304", "open-address-list", "error", "insecure", InboundTrunk)
def open_address_list(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A list of addresses that LiveKit cannot read, and so lets everybody in.

    ## What it finds
    `allowedAddresses` in which every entry has a blank, a comma, a star or `://`.

    ## Why it matters
    LiveKit drops such entries without a word. When none is left the list counts as empty, and every
    address may call.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["8.8.8.0/24, 8.8.4.0/24"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["8.8.8.0/24", "8.8.4.0/24"]}}
    ```

    ## Fix
    Unsafe: one address an entry.

    ## Evidence
    Seen: real calls from a foreign address: answered.
    """
    verdicts = [(entry, classify(entry)) for entry in trunk.allowed_addresses]
    if not verdicts or any(verdict.fault != "ignored" for _, verdict in verdicts):
        return
    for entry, verdict in verdicts:
        yield Found(
            at_value(entry.pointer),
            f"LiveKit drops this entry ({verdict.why}), and without it every address may call",
            "Write one address or range an entry, without blanks and commas.",
            fix=rewritten(entry, verdict),
        )


@rule("LK305", "ignored-address", "warning", "dead", InboundTrunk)
def ignored_address(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """An address that LiveKit drops.

    ## What it finds
    An entry with a blank, a comma, a star or `://`, beside others that are good.

    ## Why it matters
    LiveKit drops it without a word: calls from there are turned away in silence.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["8.8.8.0/24", "8.8.4.*"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["8.8.8.0/24", "8.8.4.0/24"]}}
    ```

    ## Fix
    Unsafe: as it was meant.

    ## Evidence
    Seen: real calls: the good entry works, the others do not.
    """
    verdicts = [(entry, classify(entry)) for entry in trunk.allowed_addresses]
    if all(verdict.fault == "ignored" for _, verdict in verdicts):
        return
    for entry, verdict in verdicts:
        if verdict.fault == "ignored":
            yield Found(
                at_value(entry.pointer),
                f"LiveKit drops this entry ({verdict.why}): calls from there are turned away",
                "Write one address or range an entry, as in 203.0.113.0/24.",
                fix=rewritten(entry, verdict),
            )


@rule("LK306", "unmatchable-address", "error", "dead", InboundTrunk)
def unmatchable_address(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """An address that no call comes from.

    ## What it finds
    A port, `sip:`, a netmask, a range with a hyphen, leading zeros.

    ## Why it matters
    LiveKit keeps the entry and compares it; no call ever matches, and all are turned away in
    silence.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["8.8.8.8:5060"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["8.8.8.8"]}}
    ```

    ## Fix
    Unsafe: as it was meant.

    ## Evidence
    Seen: real calls with each of these forms: silence.
    """
    for entry, verdict in faulty(trunk, "unmatchable"):
        yield Found(
            at_value(entry.pointer),
            f"no call ever matches this address: {verdict.why}",
            "Write an IP address or a range, as in 203.0.113.10 or 203.0.113.0/24.",
            fix=rewritten(entry, verdict),
        )


@rule("LK307", "hostname-address", "warning", "dead", InboundTrunk)
def hostname_address(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A host name in the list of addresses.

    ## What it finds
    A name such as `sip.example.com` among `allowedAddresses`.

    ## Why it matters
    LiveKit never looks it up. Old servers compare it with what the caller claims to be, which
    anybody can write; new ones match nothing.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["pbx.provider.net"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["8.8.8.0/24"]}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls: only a forged From host gets in. protocol v1.54.0: never matches.
    """
    for entry, verdict in faulty(trunk, "hostname"):
        yield Found(
            at_value(entry.pointer),
            "LiveKit does not look host names up: no call gets in by this, or only a forged one",
            "List the IP addresses that your provider calls from.",
            fix=rewritten(entry, verdict),
        )


@rule("LK308", "any-address", "warning", "insecure", InboundTrunk)
def any_address(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """An address list with everybody on it.

    ## What it finds
    `0.0.0.0/0`, `::/0`.

    ## Why it matters
    The list looks like a lock and is none.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["0.0.0.0/0"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["8.8.8.0/24"]}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls from any address: answered. 2 of 14 public files.
    """
    for entry, verdict in faulty(trunk, "any"):
        yield Found(
            at_value(entry.pointer),
            "every address on the internet may call",
            "List the addresses of your provider.",
            fix=rewritten(entry, verdict),
        )


@rule("LK309", "private-address", "warning", "dead", InboundTrunk)
def private_address(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A private address, which no provider calls from.

    ## What it finds
    `10.…`, `192.168.…`, `172.16.…`, `127.…` and the like.

    ## Why it matters
    Calls over the internet come from public addresses. It is often one's own server that is listed
    by mistake.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["192.168.1.10"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["8.8.8.0/24"]}}
    ```

    ## Fix
    None.

    ## Evidence
    agents#4814; fine with a PBX in the same network.
    """
    for entry, verdict in faulty(trunk, "private"):
        yield Found(
            at_value(entry.pointer),
            "calls over the internet never come from a private address",
            "List the public addresses of your provider; with your own PBX this is right.",
            fix=rewritten(entry, verdict),
        )


@rule("LK310", "empty-address", "error", "dead", InboundTrunk)
def empty_address(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """An empty entry in the list of addresses.

    ## What it finds
    `""` among `allowedAddresses`.

    ## Why it matters
    It is not dropped: it counts, and no call matches it.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": [""]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["8.8.8.0/24"]}}
    ```

    ## Fix
    Unsafe: takes it out.

    ## Evidence
    Seen: server.md section 1, row 32.
    """
    for entry, _ in faulty(trunk, "empty"):
        yield Found(
            at_value(entry.pointer),
            "an empty entry matches no call; with nothing else in the list nobody gets in",
            "Take it out.",
            fix=Proposal("take it out", (Remove(entry.pointer),)),
        )


@rule("LK311", "wide-address-range", "info", "risky", InboundTrunk)
def wide_address_range(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A range written with an address inside it.

    ## What it finds
    `8.8.8.8/24`: bits of the host are set.

    ## Why it matters
    LiveKit takes the whole range, not the one address.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["8.8.8.8/24"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["8.8.8.0/24"]}}
    ```

    ## Fix
    Safe: writes the range that holds.

    ## Evidence
    Seen: real calls, `127.0.0.2/8` lets 127.0.0.3 in.
    """
    for entry, verdict in faulty(trunk, "host bits"):
        yield Found(
            at_value(entry.pointer),
            "the whole range may call, not only this one address",
            f"Write {listing(verdict.suggestions, 'or')}." if verdict.suggestions else "",
            fix=rewritten(entry, verdict, safe=True),
        )


@rule("LK313", "cloud-addresses-gated", "info", "risky", InboundTrunk)
def cloud_addresses_gated(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """An address list on LiveKit Cloud, which support must switch on.

    ## What it finds
    `allowedAddresses` where the target is LiveKit Cloud.

    ## Why it matters
    LiveKit Cloud honours the list only after support has enabled it for the project.

    ## Example
    ```json inbound-trunk target=cloud
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["8.8.8.0/24"]}}
    ```

    ## Instead
    ```json inbound-trunk target=cloud
    {
      "trunk": {
        "numbers": ["+442079460123"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    LiveKit's documentation of inbound trunks.
    """
    if settings.target == "cloud" and trunk.allowed_addresses:
        yield Found(
            at_key(trunk.message.at("allowed_addresses")),
            "LiveKit Cloud honours this list only once support has switched it on for the project",
            "Ask support, or use a login.",
        )


def faulty(trunk: InboundTrunk, fault: str) -> Iterator[tuple[Text, AddressVerdict]]:
    """The entries of a trunk's list with one fault."""
    for entry in trunk.allowed_addresses:
        verdict = classify(entry)
        if verdict.fault == fault:
            yield entry, verdict


def rewritten(entry: Text, verdict: AddressVerdict, safe: bool = False) -> Proposal | None:
    """The fix that writes what was meant: one entry, or several in its place."""
    if not verdict.suggestions:
        return None
    first, *more = verdict.suggestions
    changes: list[Change] = [Replace(entry.pointer, first)]
    changes += [InsertAfter(entry.pointer, address) for address in more]
    return Proposal(f"write {listing(verdict.suggestions)}", tuple(changes), safe)
