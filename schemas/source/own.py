"""What lklint's own files must be like, beyond the types: as `limits` has it for LiveKit's.

LiveKit never sees these files: what is wrong in one, lklint cannot read.
"""

from __future__ import annotations

from scalars import Schema, listing, ref, refused, told, when, whole
from structure import structure
from words import enum_words

_NEEDED = {
    "CallExpectations": ("calls",),
    "CallExpectation": ("to", "expect"),
    "PhoneNumbers": ("phone_numbers",),
    "PhoneNumber": ("number",),
}
"""The fields that must be there, by message."""
_WHY = {
    "calls": "Give calls: a list of calls, and what is expected of each.",
    "to": "Give to: the number that is called.",
    "expect": 'Give expect: where the call is to go, as in {"room": "call_*"} or "refused".',
    "phone_numbers": "Give phoneNumbers: a list of the numbers you have from LiveKit.",
    "number": "Give number: the phone number in E.164.",
}
_STATUSES = (100, 699)
"""SIP has these (RFC 3261, section 7.2)."""


def _answer() -> Schema:
    """A word for what the caller gets."""
    words = enum_words("Answer")
    return {
        "enum": list(words),
        "enumDescriptions": list(words.values()),
        **told(f"Write {listing(list(words), len(words), 'or')}.", "LK120"),
    }


OWN_SHAPES: dict[tuple[str, str], Schema] = {
    ("CallExpectation", "expect"): {
        "type": ["object", "string", "null"],
        **told("This must be an object in { } or a text in double quotes.", "LK105"),
        "if": {"type": "object"},
        "then": ref("ExpectedRoute"),
        "else": when("string", _answer()),
    }
}
"""Fields that are more than one type of value: their schemas."""


def own_field_limits() -> dict[tuple[str, str], list[Schema]]:
    """Constraints by (message, field)."""
    return {
        ("ExpectedRoute", "answer"): [when("string", _answer())],
        ("ExpectedRoute", "status"): [when("number", whole(*_STATUSES, "LK124"))],
    }


def own_message_limits() -> dict[str, list[Schema]]:
    """Constraints on whole messages: what must be there."""
    return {
        message: [refused(_missing(message, name), _WHY[name], "LK750") for name in names]
        for message, names in _NEEDED.items()
    }


def _missing(message: str, name: str) -> Schema:
    """That a field is there in neither spelling, or says nothing."""
    nothing = {"enum": [None, ""], "doNotSuggest": True}
    return {"properties": dict.fromkeys(structure().field(message, name).spellings, nothing)}
