"""Values that LiveKit takes, in every spelling it takes them."""

from __future__ import annotations

import string as letters
from collections.abc import Callable
from random import Random

from .structure import Field, structure
from .tree import Array, Member, Node, Object, Token, string

WORDS = (
    "support", "Main line", "prod", "call-", "x", "", " ", "Büro", "電話", "☎️", "مرحبا",
    "a/b", "a\\b", 'say "hi"', "line\nbreak", "tab\there", "\x7f", "\x00", "\x1b[31m", "\u202e",
    "\u2028", "\ufeff", "\ufffd", "\uffff", "😀", "null", "true", "0", "{}", '{"tier":"gold"}',
    "${NAME}", "<YOUR_ID>", "n" * 300,
)  # fmt: skip

ADDRESSES = (
    "203.0.113.5", "198.51.100.0/24", "192.0.2.7/32", "0.0.0.0/0", "2001:db8::1",
    "2001:db8::/32", "[2001:db8::1]", "sip.example.com", "203.0.113.5:5060", "203.0.113.*",
    "203.0.113.1-9", " 203.0.113.5", "", "203.0.113.0/33", "::ffff:203.0.113.5",
)  # fmt: skip

HOSTS = (
    "sip.example.com", "sip.example.com:5061", "203.0.113.5", "203.0.113.5:5060",
    "[2001:db8::1]:5060", "2001:db8::1", "SIP:example.com", "https://example.com",
    "sip .example.com", "a,b", "x" * 300, "<example.com>", "${HOST}", "sipx:example.com",
    " sip:example.com", "transport", "é.example.com",
)  # fmt: skip

TOKEN = letters.ascii_letters + letters.digits + "-.!%*_+`'~"
"""The characters of a SIP token (RFC 3261 section 25.1), as LiveKit has them."""


def text(random: Random) -> str:
    """Any text."""
    if random.random() < 0.7:
        return random.choice(WORDS[:5])
    return random.choice(WORDS)


def word(random: Random, length: int = 8) -> str:
    """Small letters."""
    return "".join(random.choices(letters.ascii_lowercase, k=random.randint(1, length)))


def digits(random: Random) -> str:
    """The digits of a number nobody has: any area, 555-01xx."""
    return f"1{random.randint(201, 989)}55501{random.randint(0, 99):02}"


def number(random: Random) -> str:
    """A phone number as people write it."""
    plain = digits(random)
    area, line = plain[1:4], plain[7:]
    return random.choice(
        (
            f"+{plain}",
            f"+{plain}",
            f"+{plain}",
            plain,
            f"+1 ({area}) 555-{line}",
            f"+1 {area} 555 {line}",
            f"({area}) 555-{line}",
            f"1-{area}-555-{line}",
            f"+1.{area}.555.{line}",
            f"sip:+{plain}@example.com",
            f"tel:+{plain}",
            f"00{plain}",
            "alice",
            f"+{plain[:-2]}*",
        )
    )


def address(random: Random) -> str:
    """An entry of allowed_addresses."""
    return random.choice(ADDRESSES)


def host(random: Random) -> str:
    """Where an outbound trunk may send calls: anything but what LiveKit takes for a URI."""
    return random.choice(HOSTS)


def header_name(random: Random) -> str:
    """A header name that may be set."""
    fixed = (
        "X-Tenant",
        "X-Call-Reason",
        "To",
        "Via",
        "Route",
        "Supported",
        "x",
        "i",
        "s",
        "User-Agent",
    )
    if random.random() < 0.6:
        return random.choice(fixed)
    return "X-" + "".join(random.choices(TOKEN, k=random.choice((1, 5, 20, 253))))


def header_value(random: Random) -> str:
    """A header value: anything printable, tabs and anything beyond ASCII; at most 1024 bytes."""
    fixed = (
        "gold",
        "",
        "a\tb",
        "é☎😀",
        "<sip:+12025550100@example.com>",
        "+12025550100",
        "v" * 1024,
        "é" * 512,
    )
    return random.choice(fixed)


def display_name(random: Random) -> str:
    """What Go takes between double quotes (strconv.Unquote), at most 128 bytes."""
    parts = (
        "Ann",
        " ",
        "é",
        "'",
        "\\\\",
        '\\"',
        "\\n",
        "\\x41",
        "\\101",
        "\\u00e9",
        "\\U0001F600",
        "☎",
        "\t",
        "",
    )
    name = "".join(random.choices(parts, k=random.randint(0, 6)))
    return random.choice((name, "Support", "n" * 128, "é" * 64)) if random.random() < 0.5 else name


def duration(random: Random) -> str:
    """Every way protobuf's JSON writes a duration."""
    whole = random.choice(("0", "1", "10", "30", "86400", "315576000000", ""))
    digits = "".join(random.choices(letters.digits, k=random.randint(0, 9)))
    part = random.choice(("", "", ".", "." + digits))
    if not whole and not part:
        whole = "5"
    return random.choice(("", "", "+", "-")) + whole + part + "s"


def media_timeout(random: Random) -> str:
    """A media timeout in LiveKit's limits."""
    return random.choice(
        ("0s", "30s", "600s", "600.0s", "599.999999999s", "-0s", "+5s", ".5s", "0.000000001s")
    )


def timestamp(random: Random) -> str:
    """Every way Go reads RFC 3339."""
    date = random.choice(
        ("2024-02-29", "2026-01-01", "0001-01-02", "9999-12-30", "2000-02-29", "1969-12-31")
    )
    time = random.choice(("00:00:00", "23:59:59", "12:30:05"))
    part = random.choice(("", ".5", ".123456789", ".000"))
    return f"{date}T{time}{part}" + random.choice(
        ("Z", "+00:00", "-07:00", "+05:45", "-00:00", "+23:59")
    )


def whole_number(random: Random, low: int, high: int) -> Token:
    """A 32-bit integer in one of its spellings."""
    few = random.choice((0, 1, 5, 20, 300, 8000, 48000))
    value = few if random.random() < 0.8 else random.choice((low, high))
    spellings = [f"{value}", f'"{value}"', f"{value}.0", f"{value}e0", f'"{value}.00"']
    if value and value % 100 == 0:
        spellings += [f"{value // 100}e2", f'"{value // 100}E+2"', f"{value}0e-1"]
    if value == 0:
        spellings += ["-0", "0e5", '"-0"', "0.0"]
    return Token(random.choice(spellings) if random.random() < 0.5 else f"{value}")


def double(random: Random) -> Token:
    """A floating point number in one of its spellings."""
    return Token(
        random.choice(
            ("0", "2.5", '"2.5"', "-1e-3", "1e308", '"NaN"', '"Infinity"', '"-Infinity"', "4E2")
        )
    )


def enum(random: Random, name: str) -> Token:
    """An enum by name or by number, known or not."""
    values = structure().enums[name]
    if random.random() < 0.7:
        return Token(f'"{random.choice(list(values))}"')
    if random.random() < 0.7:
        return Token(str(random.choice(list(values.values()))))
    return Token(random.choice(("99", "-1", "1.0", "2e0", "2147483647", "-2147483648", "-0")))


def status(random: Random) -> Token:
    """A ringing_timeout_status that LiveKit takes: none, or 4xx to 6xx."""
    values = structure().enums["SIPStatusCode"]
    final = [name for name, value in values.items() if value == 0 or 400 <= value <= 699]
    return Token(
        random.choice((f'"{random.choice(final)}"', "0", "486", "400", "699", "4.86e2", "499"))
    )


def pairs(random: Random, key: Callable[[Random], str], value: Callable[[Random], str]) -> Object:
    """A map; its keys are all different."""
    keys = {key(random) for _ in range(random.choice((0, 1, 1, 2, 3)))}
    return Object(
        "", [Member(string(k, random).text, string(value(random), random)) for k in sorted(keys)]
    )


def several(make: Callable[[Random], str], random: Random) -> Array:
    """A list of texts, none twice."""
    return Array(
        [
            string(v, random)
            for v in sorted({make(random) for _ in range(random.choice((0, 1, 1, 2, 3)))})
        ]
    )


TEXTS: dict[str, Callable[[Random], str]] = {
    "address": host,
    "hostname": host,
    "from_host": host,
    "sip_trunk_id": lambda random: "ST_" + word(random),
    "sip_call_to": number,
    "sip_number": number,
    "room_name": text,
    "auth_username": word,
    "auth_password": word,
    "metadata": text,
}
"""Texts by the name of their field; every other field takes any text."""


def scalar(of: Field, random: Random) -> Node:
    """One value of a field's type that is no message."""
    if of.type == "bool":
        return Token(random.choice(("true", "false")))
    if of.type == "int32":
        return whole_number(random, -(2**31), 2**31 - 1)
    if of.type == "uint32":
        return whole_number(random, 0, 2**32 - 1)
    if of.type == "double":
        return double(random)
    if of.type == "enum":
        return status(random) if of.name == "ringing_timeout_status" else enum(random, of.of)
    if of.type == "duration":
        return string(
            media_timeout(random) if of.name == "media_timeout" else duration(random), random
        )
    if of.type == "timestamp":
        return string(timestamp(random), random)
    return string(TEXTS.get(of.name, text)(random), random)
