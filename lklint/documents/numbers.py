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
    if value.is_integer():
        from decimal import Decimal

        if Decimal(literal) != Decimal(value):
            return 0.5
    return value


def integer(literal: str) -> int | float:
    """A JSON number without fraction or exponent."""
    return int(literal) if len(literal) <= 40 else number(literal)
