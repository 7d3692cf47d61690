"""Header names and values: what may not be set, what is no header, what is too long."""

from __future__ import annotations

import string as letters
from random import Random

from ..tree import Member, Object, string
from ..values import TOKEN
from .places import Mistake, named, value_mistake

RESERVED = (
    "Accept", "Accept-Encoding", "Accept-Language", "Allow", "Allow-Events", "Call-ID",
    "Contact", "Content-Encoding", "Content-Length", "Content-Type", "CSeq", "Event", "Expires",
    "From", "Max-Forwards", "Record-Route", "Refer-To", "Reply-To", "k", "l", "m", "o", "r", "t",
    "u", "v",
)  # fmt: skip
"""Header names that may not be set (protocol livekit/sip_validation.go)."""

NEARLY_RESERVED = (
    "To", "Via", "Route", "Supported", "Require", "Date", "User-Agent", "Authorization",
    "Proxy-Authorization", "f", "i", "c", "e", "s", "x", "a", "b", "d", "j", "n", "y", "CallID",
    "Content", "X-From", "Reply_To", "\u212a",
)  # fmt: skip

BAD_NAMES = (
    "", " ", "X Test", "X-Test:", "X\tTest", "X-Tést", "X-☎", "X(1)", "X@1", "X/1", "X\n", 'X"',
    "\x00", "\x7f", "X-A,B", "X;a", "X=1", "X[1]", "X{1}", "X?", "X\\", "X^", "X|", "X#", "X$",
    "X&", "X<", "\ufeffX",
)  # fmt: skip

BAD_VALUES = (
    "a\rb", "a\nb", "a\r\nX-Evil: 1", "\x00", "a\x7f", "\x1b[31m", "a\tb", "\x80", "\u0085",
    "\u2028", "\x0b", "\x0c", "é☎😀", "\ufeff", " ", "", "\ufffd", "\uffff",
)  # fmt: skip

LENGTHS = (1, 200, 254, 255, 256, 300)

VALUE_LENGTHS = (1000, 1023, 1024, 1025, 2000)


def _cased(name: str, random: Random) -> str:
    return random.choice((name, name, name.lower(), name.upper(), name.swapcase()))


def _header_name(random: Random) -> str:
    style = random.random()
    if style < 0.35:
        return _cased(random.choice(RESERVED), random)
    if style < 0.5:
        return _cased(random.choice(NEARLY_RESERVED), random)
    if style < 0.75:
        return random.choice(BAD_NAMES)
    if style < 0.85:
        return "X" * random.choice(LENGTHS)
    return "X-" + "".join(random.choices(TOKEN + random.choice(letters.printable), k=6))


def _header_value(random: Random) -> str:
    if random.random() < 0.5:
        return random.choice(BAD_VALUES)
    unit = random.choice(("v", "v", "é", "☎", "😀", "\t"))
    exact = random.choice(VALUE_LENGTHS)
    return unit * (exact // len(unit.encode())) + "v" * random.choice((0, 0, 1, 2))


def _pair(name: str, value: str, random: Random) -> Object:
    members = [Member(string(name, random).text, string(value, random))]
    if random.random() < 0.3:
        members.append(Member('"X-Other"', string("ok")))
    return Object("", members)


MISTAKES: tuple[Mistake, ...] = (
    value_mistake("header-name", named("headers"), lambda r, of: _pair(_header_name(r), "ok", r)),
    value_mistake(
        "header-value", named("headers"), lambda r, of: _pair("X-Tenant", _header_value(r), r)
    ),
    value_mistake(
        "header-to-attribute",
        named("headers_to_attributes"),
        lambda r, of: _pair(_header_name(r), _header_value(r), r),
    ),
    value_mistake(
        "attribute-to-header",
        named("attributes_to_headers"),
        lambda r, of: _pair(_header_value(r), _header_name(r), r),
    ),
)
