"""Addresses of `allowed_addresses` as LiveKit reads them.

LiveKit's own matching (livekit/protocol 1.54.0, sip/sip.go `isValidMask`, `parseIPMask`,
`matchAddrMasks`, `matchAddrMasksStrict`; livekit/sip.go `ParseSIPAllowedAddress`) over Go's
net/netip, whose addresses have no leading zeros and may have a zone. livekit-server up to 1.13.11
has the protocol before 1.53.2: it reads no brackets, and compares every entry with the host in the
From header as well.
"""

from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from typing import NamedTuple

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

    def lies_in(self, other: "Block") -> bool:
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


_MANY = 20_000
"""Entries that are remembered: tenants share the addresses of their providers."""


def is_ignored(mask: str) -> bool:
    """Whether LiveKit drops an entry of the list before it looks (`isValidMask`)."""
    return any(mark in mask for mark in "()+*;, \t\n\r") or "://" in mask


def is_open(masks: Iterable[str]) -> bool:
    """Whether LiveKit is left with no entry of a list, and so lets every address call."""
    return all(map(is_ignored, masks))


@lru_cache(maxsize=_MANY)
def parse_mask(mask: str) -> Block | None:
    """The addresses an entry stands for, None where LiveKit takes it for a host name.

    An IPv6 address may stand in brackets (`parseIPMask`).
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


@lru_cache(maxsize=_MANY)
def is_private(block: Block) -> bool:
    """Whether no address of a block is reachable from the internet.

    RFC 1918, RFC 6598 (carriers), RFC 1122 (loopback), RFC 3927, RFC 4291 (link-local), RFC 4193.
    """
    private = _known(
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8",
        "169.254.0.0/16", "::1/128", "fc00::/7", "fe80::/10",
    )  # fmt: skip
    return any(block.lies_in(known) for known in private)


@lru_cache(maxsize=_MANY)
def is_documentation(block: Block) -> bool:
    """Whether a block is kept for examples (RFC 5737, RFC 3849, RFC 9637)."""
    examples = _known(
        "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"
    )
    return any(block.lies_in(known) for known in examples)


def hold_everything(blocks: Iterable[Block], version: int) -> bool:
    """Whether blocks, taken together, hold every address of an IP version."""
    reached = 0
    for block in sorted((b for b in blocks if b.version == version), key=lambda b: b.first):
        if block.first > reached:
            return False
        reached = max(reached, block.last + 1)
    return reached == 1 << BITS[version]


def is_never_a_source(block: Block) -> bool:
    """Whether no packet comes from a block: unspecified, multicast, reserved (RFC 6890)."""
    nowhere = _known("0.0.0.0/8", "224.0.0.0/3", "::/128", "ff00::/8")
    return any(block.lies_in(known) for known in nowhere)
