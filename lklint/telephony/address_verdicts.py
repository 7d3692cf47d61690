"""What can be wrong with an entry of `allowed_addresses`, and what was meant by it."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from lklint.patterns import Pattern
from lklint.telephony.addresses import (
    Block,
    is_ignored,
    is_mapped,
    is_never_a_source,
    is_private,
    parse_address,
    parse_mask,
)
from lklint.telephony.lookalikes import first_lookalike, plain
from lklint.telephony.placeholders import find_placeholder

NO_BRACKETS = (1, 13, 11)
"""The newest livekit-server. It reads no IPv6 in brackets: its protocol is older than 1.53.2."""

AddressFault = Literal[
    "fine",
    "empty",
    "placeholder",
    "lookalike",
    "ignored",
    "brackets",
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
    - brackets: IPv6 in brackets, which servers up to 1.13.11 keep and never match;
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
        return _in_brackets(mask) if mask[0] == "[" else _block(block)
    if _HOST_NAME.fullmatch(mask) and not _WILDCARD.fullmatch(mask):
        return AddressVerdict("hostname")
    return AddressVerdict("unmatchable", meant(mask), _what_breaks(mask))


def _in_brackets(mask: str) -> AddressVerdict:
    server = ".".join(map(str, NO_BRACKETS))
    why = f"livekit-server up to {server} does not read the brackets"
    return AddressVerdict("brackets", meant(mask), why)


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
_HOST_NAME = Pattern(rf"(?:{_LABEL}\.)*(?=[A-Za-z0-9_-]*[A-Za-z]){_LABEL}\.?")
"""A host name (RFC 1123, section 2.1); its last label has a letter, or it is a broken address."""


_MARKS = {",": "a comma", ";": "a semicolon", "*": 'a "*"', "+": 'a "+"', "(": "(", ")": ")"}


def _what_drops(mask: str) -> str:
    if is_phone_number(mask):
        return "it is a phone number"
    if "://" in mask:
        return 'it has "://"'
    if len(_pieces(mask)) > 1 and meant(mask):
        return "it is several addresses in one text"
    if mask != mask.strip():
        return "it has a blank around it"
    return "it has " + next((name for mark, name in _MARKS.items() if mark in mask), "a blank")


def _what_breaks(mask: str) -> str:
    if is_phone_number(mask):
        return "it is a phone number"
    if re.match(r"(?:sips?|tel):", mask, re.IGNORECASE):
        return "it is a SIP address"
    if "@" in mask:
        return "it has a user name"
    if _PORT.fullmatch(mask):
        return "it has a port"
    if re.search(r"/[0-9]+\.", mask):
        return "it has a netmask"
    if re.fullmatch(r"[0-9.]+-[0-9.]+", mask):
        return "it is a range with a hyphen"
    if _WILDCARD.fullmatch(mask):
        return 'it has an "x"'
    if re.search(r"/[0-9]+$", mask):
        return "there is no such prefix length"
    if re.search(r"(?<![0-9])0[0-9]", mask):
        return "it has a leading zero"
    return "it is no address"


_PHONE_NUMBER = Pattern(r"\s*\+?[0-9][0-9() -]{5,}[0-9]\s*")


def is_phone_number(mask: str) -> bool:
    """Whether an entry is a caller's number, which belongs in `allowed_numbers`."""
    return _PHONE_NUMBER.fullmatch(mask) is not None


_PORT = Pattern(r"(?:[A-Za-z0-9._-]+|\[.*\]):[0-9]+$")
_BEFORE_HOST = Pattern(r"^(?:[a-z]+://|sips?:|tel:)?(?:[^@/]*@)?", re.IGNORECASE)
_WILDCARD = Pattern(r"([0-9]+(?:\.[0-9]+){0,2})(?:\.[*xX])+")
_LEADING_ZERO = Pattern(r"(?<![0-9A-Fa-f:])0+(?=[0-9])")


def meant(mask: str) -> tuple[str, ...]:
    """The addresses and blocks a mistaken entry means, each once; none where a part is unclear."""
    found = [_piece(piece) for piece in _pieces(mask)]
    return tuple(dict.fromkeys(text for texts in found for text in texts)) if all(found) else ()


def _pieces(mask: str) -> list[str]:
    joined = re.sub(r"(?<=[0-9])\s*-\s*(?=[0-9])", "-", mask)
    return [piece for piece in re.split(r"[\s,;\"'()]+", joined) if piece]


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
    if block is None or is_never_a_source(block):
        return ()
    return (host.replace("[", "").replace("]", ""),)


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
