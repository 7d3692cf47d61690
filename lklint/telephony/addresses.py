"""Addresses of `allowed_addresses` as LiveKit reads them, and what can be wrong with one.

The first half is LiveKit's own matching (livekit/protocol 1.54.0, sip/sip.go `isValidMask`,
`parseIPMask`, `matchAddrMasks`, `matchAddrMasksStrict`; livekit/sip.go `ParseSIPAllowedAddress`)
over Go's net/netip, whose addresses have no leading zeros and may have a zone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from lklint.telephony.lookalikes import first_lookalike, plain
from lklint.telephony.placeholders import find_placeholder

BITS = {4: 32, 6: 128}
"""The length of an address, by its IP version."""


class Address(NamedTuple):
    """An IP address (netip.Addr): `value` is its bits as a number. An IPv4-mapped one is IPv6."""

    version: int
    value: int
    zone: str = ""


class Block(NamedTuple):
    """The addresses that share the first `bits` bits of `value` (netip.Prefix).

    `value` is the address as it was written, host bits and all.
    """

    version: int
    value: int
    bits: int

    @property
    def first(self) -> int:
        """The first address of the block, as a number."""
        shift = BITS[self.version] - self.bits
        return self.value >> shift << shift

    @property
    def last(self) -> int:
        """The last address of the block, as a number."""
        return self.first | ((1 << (BITS[self.version] - self.bits)) - 1)

    @property
    def has_host_bits(self) -> bool:
        """Whether the address as written is not the first one of its block."""
        return self.value != self.first

    def holds(self, address: Address) -> bool:
        """netip.Prefix.Contains: never an address with a zone, nor one of the other IP version."""
        if address.zone or address.version != self.version:
            return False
        return self.first <= address.value <= self.last

    def lies_in(self, other: Block) -> bool:
        """Whether every address of this block is one of the other."""
        same = self.version == other.version
        return same and other.first <= self.first and self.last <= other.last

    def __str__(self) -> str:
        """The block from its first address (RFC 4632, RFC 4291); alone without `/`."""
        from ipaddress import IPv4Address, IPv6Address

        kind = IPv4Address if self.version == 4 else IPv6Address
        text = str(kind(self.first))
        return text if self.bits == BITS[self.version] else f"{text}/{self.bits}"


def parse_address(text: str) -> Address | None:
    """netip.ParseAddr, None where it fails."""
    from ipaddress import AddressValueError, IPv4Address, IPv6Address

    address, percent, zone = text.partition("%")
    try:
        if ":" in address:
            if percent and not zone:
                return None
            return Address(6, int(IPv6Address(address)), zone)
        return None if percent else Address(4, int(IPv4Address(address)))
    except AddressValueError:
        return None


def parse_block(text: str) -> Block | None:
    """netip.ParsePrefix, None where it fails: no zone, no sign or leading zero in the length."""
    before, slash, length = text.rpartition("/")
    address = parse_address(before) if slash else None
    if address is None or address.zone:
        return None
    if not (length.isascii() and length.isdigit()) or (len(length) > 1 and length[0] == "0"):
        return None
    if len(length) > 3 or int(length) > BITS[address.version]:
        return None
    return Block(address.version, address.value, int(length))


def is_ignored(mask: str) -> bool:
    """Whether LiveKit drops an entry of the list before it looks (`isValidMask`)."""
    return any(mark in mask for mark in "()+*;, \t\n\r") or "://" in mask


def parse_mask(mask: str) -> Block | None:
    """The addresses an entry stands for, None where LiveKit takes it for a host name.

    An IPv6 address may stand in brackets (`parseIPMask`; livekit-server 1.13.3 takes none).
    """
    address, slash, bits = mask.partition("/")
    if address.startswith("[") and address.endswith("]"):
        address = address[1:-1]
    if slash:
        return parse_block(f"{address}/{bits}")
    parsed = parse_address(address)
    return None if parsed is None else Block(parsed.version, parsed.value, BITS[parsed.version])


def allows(masks: Iterable[str], source: str, from_host: str) -> bool:
    """Whether a trunk's list lets a call through (`matchAddrMasks`).

    `source` is the address the call comes from, `from_host` the host in its From header, which the
    caller writes. A list that is empty, or of which nothing is left after the ignored entries, lets
    every call through; so does a source that is no address.
    """
    address = parse_address(source)
    kept = [mask for mask in masks if not is_ignored(mask)]
    if address is None or not kept:
        return True
    return any(_lets_in(mask, address, from_host) for mask in kept)


def _lets_in(mask: str, address: Address, from_host: str) -> bool:
    block = parse_mask(mask)
    return mask == from_host if block is None else block.holds(address)


def allows_strictly(masks: Collection[str], source: str) -> bool:
    """The same with LiveKit's strict matching (`matchAddrMasksStrict`), a server's choice."""
    if not masks:
        return True
    address = parse_address(source)
    if address is None:
        return False
    if is_mapped(address.version, address.value):
        address = Address(4, address.value & 0xFFFFFFFF)
    blocks = map(parse_allowed_address, masks)
    return any(block is not None and block.holds(address) for block in blocks)


def parse_allowed_address(text: str) -> Block | None:
    """`ParseSIPAllowedAddress`: no brackets, no zones, no IPv4-mapped IPv6. None where it fails."""
    if "/" in text:
        block = parse_block(text)
    else:
        address = parse_address(text)
        if address is None or address.zone:
            return None
        block = Block(address.version, address.value, BITS[address.version])
    return None if block is None or is_mapped(block.version, block.value) else block


def is_mapped(version: int, value: int) -> bool:
    """Whether an address is IPv4 written as IPv6: `::ffff:192.0.2.1` (RFC 4291, 2.5.5.2)."""
    return version == 6 and value >> 32 == 0xFFFF


@cache
def _known(*texts: str) -> tuple[Block, ...]:
    return tuple(block for text in texts if (block := parse_block(text)) is not None)


def is_private(block: Block) -> bool:
    """Whether no address of a block is reachable from the internet.

    RFC 1918, RFC 6598 (carriers), RFC 1122 (loopback), RFC 3927, RFC 4291 (link-local), RFC 4193.
    """
    private = _known(
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8",
        "169.254.0.0/16", "::1/128", "fc00::/7", "fe80::/10",
    )  # fmt: skip
    return any(block.lies_in(known) for known in private)


def is_documentation(block: Block) -> bool:
    """Whether a block is kept for examples (RFC 5737, RFC 3849, RFC 9637)."""
    examples = _known(
        "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"
    )
    return any(block.lies_in(known) for known in examples)


def is_never_a_source(block: Block) -> bool:
    """Whether no packet comes from a block: unspecified, multicast, reserved (RFC 6890)."""
    nowhere = _known("0.0.0.0/8", "224.0.0.0/3", "::/128", "ff00::/8")
    return any(block.lies_in(known) for known in nowhere)


AddressFault = Literal[
    "fine",
    "empty",
    "placeholder",
    "lookalike",
    "ignored",
    "unmatchable",
    "hostname",
    "any",
    "private",
    "host bits",
]


class AddressVerdict(NamedTuple):
    """The one thing that is wrong with an entry of `allowed_addresses`.

    - fine: addresses a call may come from;
    - empty: the empty text, which matches only a caller that leaves out the host of From;
    - placeholder, lookalike: see those modules;
    - ignored: LiveKit drops the entry, and with no other one left it lets everybody in;
    - unmatchable: kept, and no call matches it;
    - hostname: compared with the From host, which the caller writes; never looked up;
    - any: every address there is, of one IP version;
    - private: addresses no provider calls from over the internet;
    - host bits: an address inside a block, where the whole block is let in.

    `suggestions` is what to write instead, `why` completes "…, because": "it has a port".
    """

    fault: AddressFault
    suggestions: tuple[str, ...] = ()
    why: str = ""


@lru_cache(maxsize=20_000)
def classify(mask: str) -> AddressVerdict:
    """What is wrong with an entry of `allowed_addresses`."""
    if not mask:
        return AddressVerdict("empty")
    if find_placeholder(mask, machine=True) is not None:
        return AddressVerdict("placeholder")
    read = plain(mask)
    if read is not None:
        return AddressVerdict("lookalike", (read.strip(),), f"it has {first_lookalike(mask)}")
    if is_ignored(mask):
        return AddressVerdict("ignored", meant(mask), _what_drops(mask))
    block = parse_mask(mask)
    if block is not None:
        return _block(block)
    if _HOST_NAME.fullmatch(mask):
        return AddressVerdict("hostname")
    return AddressVerdict("unmatchable", meant(mask), _what_breaks(mask))


def _block(block: Block) -> AddressVerdict:
    if block.bits == 0:
        return AddressVerdict("any")
    if is_mapped(block.version, block.value) and block.bits >= 96:
        text = str(Block(4, block.value & 0xFFFFFFFF, block.bits - 96))
        return AddressVerdict("unmatchable", (text,), "it is IPv4 written as IPv6")
    if is_never_a_source(block):
        return AddressVerdict("unmatchable", (), "no packet comes from there")
    if is_private(block):
        return AddressVerdict("private")
    if block.has_host_bits:
        return AddressVerdict("host bits", (str(block),))
    return AddressVerdict("fine")


_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?"
_HOST_NAME = re.compile(rf"(?:{_LABEL}\.)*(?=[A-Za-z0-9_-]*[A-Za-z]){_LABEL}\.?")
"""A host name (RFC 1123, section 2.1); its last label has a letter, or it is a broken address."""


def _what_drops(mask: str) -> str:
    if "://" in mask:
        return 'it has "://"'
    if "," in mask or ";" in mask:
        return "it is several addresses in one text" if meant(mask)[1:] else "it has a comma"
    if mask != mask.strip():
        return "it has a blank around it"
    if "*" in mask:
        return 'it has a "*"'
    return "it has blanks or brackets"


def _what_breaks(mask: str) -> str:
    if re.match(r"(?:sips?|tel):", mask, re.IGNORECASE):
        return "it is a SIP address"
    if "@" in mask:
        return "it has a user name"
    if _PORT.fullmatch(mask):
        return "it has a port"
    if re.search(r"/[0-9]+\.", mask):
        return "it has a netmask"
    if re.fullmatch(r"[0-9.]+-[0-9.]+", mask):
        return "it is a range"
    if re.search(r"/[0-9]+$", mask):
        return "there is no such prefix length"
    if re.search(r"(?<![0-9])0[0-9]", mask):
        return "it has a leading zero"
    return "it is no address"


_PORT = re.compile(r"(?:[A-Za-z0-9._-]+|\[.*\]):[0-9]+$")
_BEFORE_HOST = re.compile(r"^(?:[a-z]+://|sips?:|tel:)?(?:[^@/]*@)?", re.IGNORECASE)
_WILDCARD = re.compile(r"([0-9]+(?:\.[0-9]+){0,2})(?:\.[*xX])+")
_LEADING_ZERO = re.compile(r"(?<![0-9A-Fa-f:])0+(?=[0-9])")


def meant(mask: str) -> tuple[str, ...]:
    """The addresses and blocks a mistaken entry means, each once; none where a part is unclear."""
    joined = re.sub(r"(?<=[0-9])\s*-\s*(?=[0-9])", "-", mask)
    pieces = [piece for piece in re.split(r"[\s,;\"'()]+", joined) if piece]
    found = [_piece(piece) for piece in pieces]
    return tuple(dict.fromkeys(text for texts in found for text in texts)) if all(found) else ()


def _piece(piece: str) -> tuple[str, ...]:
    host = _BEFORE_HOST.sub("", piece).removesuffix("/")
    if _PORT.fullmatch(host):
        host = host.rpartition(":")[0]
    for reading in (_as_written, _wildcard, _netmask, _range):
        texts = reading(_LEADING_ZERO.sub("", host))
        if texts:
            return texts
    return ()


def _as_written(host: str) -> tuple[str, ...]:
    block = parse_mask(host)
    return () if block is None or is_never_a_source(block) else (host.strip("[]"),)


def _wildcard(host: str) -> tuple[str, ...]:
    """`192.0.2.*` is the block 192.0.2.0/24."""
    match = _WILDCARD.fullmatch(host)
    if match is None or host.count(".") != 3:
        return ()
    octets = match[1].split(".")
    return _as_written(".".join((octets + ["0"] * 3)[:4]) + f"/{8 * len(octets)}")


def _netmask(host: str) -> tuple[str, ...]:
    """`192.0.2.0/255.255.255.0` is the block 192.0.2.0/24."""
    before, _, netmask = host.partition("/")
    mask, address = parse_address(netmask), parse_address(before)
    if mask is None or address is None or mask.version != 4 or address.version != 4:
        return ()
    bits = mask.value.bit_count()
    right = mask.value == ((1 << bits) - 1) << (32 - bits)
    return (str(Block(4, address.value, bits)),) if right else ()


MOST_BLOCKS = 8
"""A range that takes more blocks than these is left for its author to write."""


def _range(host: str) -> tuple[str, ...]:
    """`192.0.2.1-192.0.2.9` and `192.0.2.1-9` as blocks."""
    before, _, after = host.partition("-")
    if after.isdecimal():
        after = f"{before.rpartition('.')[0]}.{after}"
    first, last = parse_address(before), parse_address(after)
    if first is None or last is None or first.version != 4 or last.version != 4:
        return ()
    if last.value < first.value:
        return ()
    from ipaddress import IPv4Address, summarize_address_range

    span = summarize_address_range(IPv4Address(first.value), IPv4Address(last.value))
    texts = tuple(str(Block(4, int(net.network_address), net.prefixlen)) for net in span)
    return texts if len(texts) <= MOST_BLOCKS else ()
