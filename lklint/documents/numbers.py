"""Reading JSON numbers so that whole numbers and fractions stay apart."""

from __future__ import annotations


class TooLarge(Exception):
    """A number that no field of LiveKit's can hold."""


def number(literal: str) -> int | float:
    """A JSON number, close enough to tell whole numbers from others.

    Raises `TooLarge` for what not even a double holds. A literal such as 1.00000000000000000001
    rounds to a whole float, and LiveKit's reader, which works on the digits, refuses it as an
    integer; it becomes a fraction here too.
    """
    value = float(literal)
    if value in (float("inf"), float("-inf")):
        raise TooLarge
    if not value.is_integer():
        return value
    return int(value) if _is_whole(literal) else 0.5


def _is_whole(literal: str) -> bool:
    """Whether the digits themselves make a whole number."""
    mantissa, _, exponent = literal.lower().partition("e")
    whole, _, fraction = mantissa.lstrip("-").partition(".")
    digits = (whole + fraction).strip("0")
    if not digits:
        return True
    zeros = len(whole + fraction) - len((whole + fraction).rstrip("0"))
    return int(exponent or "0") + zeros - len(fraction) >= 0


def integer(literal: str) -> int | float:
    """A JSON number without fraction or exponent."""
    return int(literal) if len(literal) <= 40 else number(literal)
