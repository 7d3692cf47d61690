"""What a pattern cannot say about a value, read exactly as LiveKit's Go code reads it.

The schemas name these with `x-lklint-format`. Each function answers whether LiveKit takes a value
that is already of the right JSON type; a value of another type is another rule's business.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from lklint.patterns import Pattern

_NUMBER = Pattern(r"(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([-+]?[0-9]+))?")
_DURATION = Pattern(r"[-+]?(?:(0|[1-9][0-9]*)(?:\.[0-9]{0,9})?|\.[0-9]{0,9})s")
_TIMESTAMP = Pattern(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:([.,])([0-9]+))?"
    r"(?:Z|[-+]([0-9]{2}):([0-9]{2}))"
)
_QUOTED = Pattern(
    r"""(?:[^"\\\n]|\\(?:[abfnrtv\\"]|x[0-9a-fA-F]{2}|[0-7]{3}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}))*"""
)
_ESCAPED_RUNE = Pattern(r"\\\\|\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\([0-7]{3})")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LONGEST_DURATION = 315_576_000_000
"""Seconds; about 10,000 years (google/protobuf/duration.proto)."""


def whole_number(literal: str) -> int | None:
    """The value of a number that is whole, however it is written ("1e2", "1.0"); None for others.

    Protobuf's reader works on the digits and gives up on exponents that no 64-bit value needs
    (protobuf-go internal/encoding/json/decode_number.go).
    """
    match = _NUMBER.fullmatch(literal)
    if match is None:
        return None
    sign, whole, fraction, exponent = match.groups()
    digits = (whole + (fraction or "")).rstrip("0")
    shift = len(whole) + len(fraction or "") - len(digits) - len(fraction or "")
    power = _exponent(exponent or "0") + shift
    if not digits.lstrip("0"):
        return 0
    if power < 0 or power > 30:
        return None
    value: int = int(digits) * 10**power
    return -value if sign else value


def _exponent(text: str) -> int:
    """An exponent; one of more than nine digits is as good as any other large one."""
    digits = text.lstrip("+-").lstrip("0")
    value = int(digits or "0") if len(digits) <= 9 else 10**9
    return -value if text.startswith("-") else value


def _integer(least: int, most: int) -> Callable[[Any], bool]:
    def holds(value: Any) -> bool:
        if not isinstance(value, str):
            return True
        number = whole_number(value)
        return number is not None and least <= number <= most

    return holds


def is_double(value: Any) -> bool:
    """Whether a number written as a string fits a double."""
    if not isinstance(value, str) or value in ("NaN", "Infinity", "-Infinity"):
        return True
    return abs(float(value)) != float("inf") if _NUMBER.fullmatch(value) else False


def is_duration(value: Any) -> bool:
    """Whether a string is a duration of protobuf's JSON ("1.5s"), within its range."""
    if not isinstance(value, str):
        return True
    match = _DURATION.fullmatch(value)
    return match is not None and int(match[1] or 0) <= _LONGEST_DURATION


def is_timestamp(value: Any) -> bool:
    """Whether a string is a time as Go's RFC 3339 reader takes it, of the years 1 to 9999.

    Go takes an hour of one digit; protobuf counts decimals after a point only, at most nine.
    """
    if not isinstance(value, str):
        return True
    match = _TIMESTAMP.fullmatch(value)
    if match is None:
        return False
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
        return False
    if (month, day) == (2, 29) and not leap:
        return False
    if hour > 23 or minute > 59 or second > 59 or (match[7] == "." and len(match[8]) > 9):
        return False
    offset_hours, offset_minutes = int(match[9] or 0), int(match[10] or 0)
    return offset_hours <= 24 and offset_minutes <= 60 and _in_years(match, year)


def _in_years(match: re.Match[str], year: int) -> bool:
    """Whether the moment, brought to UTC, lies in the years 1 to 9999."""
    if 1 < year < 9999:
        return True
    if year == 0 and match[9] is None:
        return False
    month, day, hour, minute, second = (int(part) for part in match.groups()[1:6])
    before = sum(_DAYS[: month - 1]) - (1 if month > 2 else 0) + day - 1
    moment = ((before * 24 + hour) * 60 + minute) * 60 + second
    shift = (int(match[9] or 0) * 60 + int(match[10] or 0)) * 60
    at = match[0].rfind("-") if match[0][-6] == "-" else -1
    utc = moment + shift if at >= 0 else moment - shift
    length = 365 * 24 * 3600
    if year == 0:
        return utc >= 366 * 24 * 3600
    return utc >= 0 if year == 1 else utc < length


def is_display_name(value: Any) -> bool:
    """Whether Go could unquote the text between double quotes, and it has at most 128 bytes.

    strconv.Unquote and CreateSIPParticipantRequest.Validate (protocol livekit/sip.go).
    """
    if not isinstance(value, str):
        return True
    if len(value.encode("utf-8", "surrogatepass")) > 128 or not _QUOTED.fullmatch(value):
        return False
    for escape in _ESCAPED_RUNE.finditer(value):
        code = int(escape[1] or escape[2] or "0", 16)
        octal = int(escape[3] or "0", 8)
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or octal > 255:
            return False
    return True


def is_header_value(value: Any) -> bool:
    """Whether a header's value has at most 1024 bytes (protocol livekit/sip_validation.go)."""
    return not isinstance(value, str) or len(value.encode("utf-8", "surrogatepass")) <= 1024


FORMATS: dict[str, Callable[[Any], bool]] = {
    "int32": _integer(-(2**31), 2**31 - 1),
    "uint32": _integer(0, 2**32 - 1),
    "double": is_double,
    "duration": is_duration,
    "timestamp": is_timestamp,
    "display-name": is_display_name,
    "header-value": is_header_value,
}


class Format:
    """A format as `jsonschema_rs` wants a keyword of one's own."""

    def __init__(self, schema: dict[str, Any], name: str, path: list[str | int]) -> None:
        self._holds = FORMATS[name]

    def validate(self, value: Any) -> None:
        """Raises ValueError for a value that LiveKit does not take."""
        if not self._holds(value):
            raise ValueError("LiveKit does not take this")
