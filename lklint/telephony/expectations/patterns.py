"""Patterns of call expectations: a text in which `*` stands for any text, also for none."""

import re
import string

from lklint.patterns import Pattern
from lklint.telephony.rooms import RANDOM_LENGTH
from lklint.telephony.routing.placement import RANDOM

_REGULAR_EXPRESSION = Pattern(r"^\^|[^\\]\$$|\.[*+?]|\[[^\]]+\][*+{]|\\[dwsDWSb.+]|\)[*+?]|\(\?")
"""What only regular expressions have."""
_PARTS = r"\\(?P<itself>[^dwsDWS])|(?:\.|\[[^\]]+\]|\\[dwsDWS]|\([^()]*\))(?:[*+?]|\{[0-9,]+\})?"
"""The parts of a regular expression that stand for one sign in spite of what it means, or for
several texts."""
_SOME_RANDOM = (string.ascii_letters + string.digits)[20 : 20 + RANDOM_LENGTH]


def matches(pattern: str, text: str) -> bool:
    """Whether a text is as a pattern says.

    Each piece between stars is looked for at its first place behind the one before, which finds a
    way wherever there is one.
    """
    first, *pieces = pattern.split("*")
    if not pieces:
        return text == pattern
    *middle, last = pieces
    at, end = len(first), len(text) - len(last)
    if at > end or not (text.startswith(first) and text.endswith(last)):
        return False
    for piece in middle:
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def matches_room(pattern: str, room: str) -> bool:
    """The same for a room: its random characters go by `<random>`, or by any text."""
    return matches(pattern, room) or matches(pattern, room.replace(RANDOM, _SOME_RANDOM))


def is_regular_expression(pattern: str) -> bool:
    """Whether a pattern was meant as a regular expression, which matches nothing here."""
    return _REGULAR_EXPRESSION.search(pattern) is not None


def as_pattern(expression: str) -> str:
    """The pattern that a simple regular expression means, as a suggestion."""
    plain = expression.removeprefix("^").removesuffix("$")
    return re.sub(r"\*{2,}", "*", re.sub(_PARTS, lambda part: part["itself"] or "*", plain))
