"""Why LiveKit cannot read the address that a call comes from.

Go's netip.ParseAddr, for the sake of its words: whether a text is an address,
`addresses.parse_address` knows as well. A SIP service always sends one; a person who asks may not.
"""

import re

from lklint.telephony.routing.quoting import quoted


def source_error(text: str) -> str | None:
    """The server's words for an address it cannot read, or None where it can, or none is given."""
    source = text.encode("utf-8", "surrogatepass")
    if not source:
        return None
    first = re.search(rb"[.:%]", source)
    if first is None:
        fault: _Fault = ("unable to parse IP", b"")
    elif first[0] == b"%":
        fault = ("missing IPv6 address", b"")
    else:
        fault = _ipv4(source) if first[0] == b"." else _ipv6(source)
    if fault is None:
        return None
    message, rest = fault
    return f"ParseAddr({quoted(source)}): {message}" + (f" (at {quoted(rest)})" if rest else "")


_Fault = tuple[str, bytes] | None
"""What is wrong, and the rest of the text from there on where Go shows it."""


def _ipv4(text: bytes) -> _Fault:
    dots = 0
    field = b""
    for index, byte in enumerate(text):
        rest = text[index:]
        if 0x30 <= byte <= 0x39:
            if field == b"0":
                return "IPv4 field has octet with leading zero", b""
            field += rest[:1]
            if int(field) > 255:
                return "IPv4 field has value >255", b""
        elif byte == 0x2E:
            if index == 0 or len(rest) == 1 or not field:
                return "IPv4 field must have at least one digit", rest
            if dots == 3:
                return "IPv4 address too long", b""
            dots, field = dots + 1, b""
        else:
            return "unexpected character", rest
    return ("IPv4 address too short", b"") if dots < 3 else None


def _ipv6(text: bytes) -> _Fault:
    rest, percent, zone = text.partition(b"%")
    if percent and not zone:
        return "zone must be a non-empty string", b""
    short = rest.startswith(b"::")
    if short:
        rest = rest[2:]
        if not rest:
            return None
    groups = 0
    while groups < 8:
        digits = _hexadecimal(rest)
        if len(digits) > 4:
            return "each group must have 4 or less digits", rest
        if not digits:
            return "each colon-separated field must have at least one digit", rest
        if rest[len(digits) : len(digits) + 1] == b".":
            if not short and groups != 6:
                return "embedded IPv4 address must replace the final 2 fields of the address", rest
            if groups > 6:
                return (
                    "too many hex fields to fit an embedded IPv4 at the end of the address",
                    rest,
                )
            fault = _ipv4(rest)
            if fault is not None:
                return fault
            rest, groups = b"", groups + 2
            break
        groups += 1
        rest = rest[len(digits) :]
        if not rest:
            break
        if rest[:1] != b":":
            return "unexpected character, want colon", rest
        if len(rest) == 1:
            return "colon must be followed by more characters", rest
        rest = rest[1:]
        if rest[:1] == b":":
            if short:
                return "multiple :: in address", rest
            short = True
            rest = rest[1:]
            if not rest:
                break
    return _after_groups(rest, groups, short)


def _after_groups(rest: bytes, groups: int, short: bool) -> _Fault:
    if rest:
        return "trailing garbage after address", rest
    if groups < 8 and not short:
        return "address string too short", b""
    if groups == 8 and short:
        return "the :: must expand to at least one field of zeros", b""
    return None


def _hexadecimal(text: bytes) -> bytes:
    match = re.match(rb"[0-9A-Fa-f]*", text)
    assert match is not None
    return match[0]
