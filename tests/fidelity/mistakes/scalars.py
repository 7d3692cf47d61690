"""Numbers, enum names, durations and times at the edge of what LiveKit reads, and beyond it."""

from __future__ import annotations

import json
import string as letters
from collections.abc import Callable
from random import Random

from ..structure import Field, structure
from ..tree import Node, Token, string
from .places import Mistake, Value, strings, value_mistake

INTEGERS = (
    "0", "-0", "-1", "1.0", "1.5", "1e2", "1E2", "1e+2", "1e-2", "100e-2", "1e400", "1e-400",
    "0e400", "0.1e1", "0.0", "2147483647", "2147483648", "-2147483648", "-2147483649",
    "4294967295", "4294967296", "4294967295.0", "42949672950e-1", "4.294967295e9",
    "18446744073709551616", "9" * 60, "1" + "0" * 30, "1.00000000000000000001", "0." + "0" * 400,
    "1e", "1e+", "8000e", "1.0e", "0e", "-0e1", "1e99999999999999999999",
    "0e99999999999999999999", "1e0000000000000000000001", "1" + "0" * 400,
    "1" + "0" * 15 + "e-12", "8000.0000", "20e20", "1e19",
)  # fmt: skip
"""Number tokens that JSON knows, and a few that only Go's reader takes (1e, 8000e)."""

STRANGE_NUMBERS = (
    "0x1F", "01", "00", "+1", ".5", "5.", "1_000", "1,5", "NaN", "Infinity", "-Infinity", "nan",
    "-", "--1", "1-", "0b1", "1f", "1n", "٣", "½", "8000Hz", "-a", "1.e5", "1e5.5", "0x", "-.5",
)  # fmt: skip

QUOTED = (
    "", " 1", "1 ", "1 2", "1,", "1]", "8000 Hz", "0x1", "+1", "01", "1e2", "1.0", "-0", "ten",
    "NaN", "1\n", "null", "true", "\u00a01", "1\u2003", "[1]", "1//", "1e", "１", "1\x00", "-1",
    "4294967296", "9e9", '"1"',
)  # fmt: skip

DURATIONS = (
    "30", "1m", "1m30s", "500ms", "30S", "030s", "1e3s", "s", "", "+s", "-s", ".s", "+.s", "5.s",
    "1.0000000001s", "1.0000000000s", "315576000000s", "315576000001s", "-315576000000s",
    "-315576000001s", "315576000000.999999999s", "9223372036854775808s", "99999999999999999999s",
    "1h", "0s", "-0s", "00s", "0.s", " 30s", "30s ", "30 s", "1,5s", "++5s", "+-5s", "PT30S",
    "30 seconds", "30s\n", "5.5.5s", "٣s", "30ss", "30.s5", "0x1s", "1_0s", "infs", "\u00a030s",
)  # fmt: skip

LONG = (
    "599s", "599.999999999s", "600s", "600.0s", "600.000000000s", "600.000000001s", "601s",
    "3600s", "-1s", "-0s", "-0.000000001s", "-.0s", "0s", ".000000001s", "9223372036s",
    "9223372037s", "-9223372037s", "315576000000s", "+600s", "600.s", "10m", "600",
    "600.0000000001s", "0600s",
)  # fmt: skip
"""Media timeouts; LiveKit takes 0 to 600 seconds (protocol livekit/sip.go MaxSIPMediaTimeout)."""

TIMESTAMPS = (
    "yesterday", "2026-01-01", "2026-01-01T00:00:00", "2026-01-01 00:00:00Z",
    "2026-01-01t00:00:00Z", "2026-01-01T00:00:00z", "2024-02-29T00:00:00Z",
    "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2000-02-29T00:00:00Z",
    "2026-02-30T00:00:00Z", "2026-04-31T00:00:00Z", "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z",
    "2026-01-01T24:00:00Z", "2026-01-01T23:60:00Z", "2026-01-01T23:59:60Z",
    "2016-12-31T23:59:60Z", "2026-01-01T5:00:00Z", "2026-1-1T00:00:00Z", "2026-01-01T00:0:00Z",
    "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01",
    "0001-01-01T00:00:00-00:01", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.999999999Z",
    "9999-12-31T23:59:59-00:01", "9999-12-31T23:59:59+00:01", "10000-01-01T00:00:00Z",
    "+2026-01-01T00:00:00Z", "-001-01-01T00:00:00Z", "2026-01-01T00:00:00.Z",
    "2026-01-01T00:00:00.1234567890Z", "2026-01-01T00:00:00,5Z",
    "2026-01-01T00:00:00,1234567890Z", "2026-01-01T00:00:00.000000000000+01:00",
    "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+23:60", "2026-01-01T00:00:00+24:59",
    "2026-01-01T00:00:00+25:00", "2026-01-01T00:00:00+0100", "2026-01-01T00:00:00+01",
    "2026-01-01T00:00:00+1:00", "2026-01-01T00:00:00UTC", "2026-01-01T00:00:00 Z",
    " 2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z ", "2026-01-01T00:00Z", "", "1700000000",
    "2026-01-01T00:00:00−01:00", "2026-01-01T00:00:00Z\n", "2026-W01-1T00:00:00Z",
    "20260101T000000Z", "2026-01-01T00:00:00.5.5Z", "2026-01-01T00:00:00-24:00",
    "2026-01-01T00:00:00+24:60", "2026-01-01T00:00:00+00:61", "２026-01-01T00:00:00Z",
    "2026-01-01T1:00:00.5+01:00",
)  # fmt: skip

ENUM_SPELLINGS: tuple[Callable[[str], str], ...] = (
    str.lower,
    str.title,
    lambda name: name.rpartition("_")[2],
    lambda name: name.rpartition("_")[2].lower(),
    lambda name: name.partition("_")[2],
    lambda name: name + " ",
    lambda name: " " + name,
    lambda name: name + "S",
    lambda name: name.replace("_", "-"),
    lambda name: name.replace("_", ""),
    lambda name: "SIP_" + name,
    lambda name: name[:-1],
)


def _type(*types: str) -> Callable[[Field], bool]:
    return lambda of: of.type in types and of.single


def _token(*texts: str) -> Value:
    return lambda random, of: Token(random.choice(texts))


def _touched(texts: tuple[str, ...], alphabet: str) -> Value:
    """One of the texts with one character added, changed or lost."""

    def make(random: Random, of: Field) -> Node:
        text = random.choice(texts)
        at = random.randint(0, len(text))
        new = random.choice((*alphabet, ""))
        return string(text[:at] + new + text[at + random.randint(0, 1) :])

    return make


def _some_number(random: Random, of: Field) -> Node:
    """A number token of random parts, quoted now and then."""
    whole = random.choice(("0", "1", "12", "120", "99999", str(random.randint(0, 2**33))))
    part = random.choice(("", "", ".0", ".5", ".50", ".000"))
    power = random.choice(("", "", "e0", "e1", "e2", "E-1", "e+3", "e-3", "e9", "e-9", "e"))
    number = random.choice(("", "", "-")) + whole + part + power
    return Token(json.dumps(number) if random.random() < 0.4 else number)


def _some_duration(random: Random, of: Field) -> Node:
    """A duration of random parts, most of them legal."""
    sign = random.choice(("", "", "", "+", "-", "--"))
    whole = random.choice(("", "0", "1", "600", "00", "07", str(random.randint(0, 2**39))))
    part = "." + "".join(random.choices(letters.digits, k=random.choice((0, 1, 3, 9, 10))))
    unit = random.choice(("s", "s", "s", "s", "s", "", "m", "S", " s"))
    return string(sign + whole + random.choice(("", "", part)) + unit)


def _some_timestamp(random: Random, of: Field) -> Node:
    """A time of random parts, each now and then out of its range."""
    year, month, day = (
        random.choice((0, 1, 2023, 2024, 9999)),
        random.randint(1, 13),
        random.randint(1, 31),
    )
    hour, minute, second = (
        random.randint(0, 24),
        random.randint(0, 60),
        random.choice((0, 30, 59, 60)),
    )
    part = random.choice(("", "", ".", ",")) + "5" * random.choice((0, 1, 1, 9, 10))
    if part[:1] == "5":
        part = ""
    zone = (
        f"{random.choice('+-')}{random.randint(0, 25):02}:{random.choice((0, 30, 59, 60, 61)):02}"
    )
    day_text = f"{year:04}-{month:02}-{day:02}"
    time = f"{hour:{random.choice(('02', '02', ''))}}:{minute:02}:{second:02}"
    return string(f"{day_text}T{time}{part}{random.choice(('Z', 'Z', zone))}")


def _misspelt_enum(random: Random, of: Field) -> Node:
    name = random.choice(list(structure().enums[of.of]))
    return string(random.choice(ENUM_SPELLINGS)(name), random)


def _other_enum(random: Random, of: Field) -> Node:
    """A name that belongs to another enum."""
    others = [name for enum, names in structure().enums.items() if enum != of.of for name in names]
    return string(random.choice(others))


def _status(random: Random, of: Field) -> Node:
    """A ringing_timeout_status by name or number; 400 to 699, 0 and nothing else is taken."""
    if random.random() < 0.5:
        return string(random.choice(list(structure().enums[of.of])))
    edges = (
        0,
        1,
        99,
        100,
        180,
        200,
        302,
        399,
        400,
        401,
        486,
        599,
        600,
        603,
        699,
        700,
        999,
        -1,
        -400,
    )
    return Token(str(random.choice((*edges, random.randint(0, 800)))))


_NUMBER = _type("int32", "uint32")
_QUOTABLE = _type("int32", "uint32", "double")

MISTAKES: tuple[Mistake, ...] = (
    value_mistake("integer-edge", _NUMBER, _token(*INTEGERS)),
    value_mistake("integer-any", _NUMBER, _some_number),
    value_mistake("quoted-number", _QUOTABLE, strings(*QUOTED)),
    value_mistake("strange-number", _QUOTABLE, _token(*STRANGE_NUMBERS)),
    value_mistake("strange-quoted-number", _QUOTABLE, strings(*STRANGE_NUMBERS, *INTEGERS)),
    value_mistake(
        "double-edge",
        _type("double"),
        _token(*INTEGERS, "1e308", "1.8e308", "-1e309", "5e-324", "1e-999"),
    ),
    value_mistake(
        "double-as-string",
        _type("double"),
        strings(
            "NaN", "Infinity", "-Infinity", "+Infinity", "inf", "nan", "1e400", "1e", " NaN", "2.5"
        ),
    ),
    value_mistake("strange-number-anywhere", lambda of: of.single, _token(*STRANGE_NUMBERS)),
    value_mistake("enum-misspelt", _type("enum"), _misspelt_enum),
    value_mistake("enum-of-another", _type("enum"), _other_enum),
    value_mistake(
        "enum-as-quoted-number", _type("enum"), strings("0", "1", "2", "486", "", "-1", "1.0")
    ),
    value_mistake("enum-number", _type("enum"), _token(*INTEGERS)),
    value_mistake(
        "ringing-timeout-status", lambda of: of.name == "ringing_timeout_status", _status
    ),
    value_mistake("duration-edge", _type("duration"), strings(*DURATIONS)),
    value_mistake("duration-any", _type("duration"), _some_duration),
    value_mistake("duration-touched", _type("duration"), _touched(DURATIONS, "0123456789.+-s mhe")),
    value_mistake("media-timeout-limit", lambda of: of.name == "media_timeout", strings(*LONG)),
    value_mistake(
        "media-timeout-touched",
        lambda of: of.name == "media_timeout",
        _touched(LONG, letters.digits + ".-"),
    ),
    value_mistake("timestamp-edge", _type("timestamp"), strings(*TIMESTAMPS)),
    value_mistake("timestamp-any", _type("timestamp"), _some_timestamp),
    value_mistake(
        "timestamp-touched", _type("timestamp"), _touched(TIMESTAMPS, "0123456789TZ+-:., ")
    ),
)
