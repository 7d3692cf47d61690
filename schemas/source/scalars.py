"""The schema of one value, by its protobuf type, as protobuf's JSON mapping reads it.

A pattern says as much as a pattern can; `x-lklint-format` names what lklint then reads exactly
(`lklint/shape/formats.py`). Other validators pass over that keyword.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from structure import Field, structure
from words import enum_words

Schema = dict[str, Any]

_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:[.][0-9]+)?(?:[eE][-+]?[0-9]+)?"
_SECONDS = (
    "(?:0|[1-9][0-9]{0,10}|[12][0-9]{11}|30[0-9]{10}|31[0-4][0-9]{9}|315[0-4][0-9]{8}"
    "|3155[0-6][0-9]{7}|31557[0-5][0-9]{6}|315576000000)"
)
DURATION = rf"^[-+]?(?:{_SECONDS}(?:[.][0-9]{{0,9}})?|[.][0-9]{{0,9}})s$"
_TIMESTAMP = (
    "^[0-9]{4}-[0-1][0-9]-[0-3][0-9]T[0-2]?[0-9]:[0-5][0-9]:[0-5][0-9](?:[.,][0-9]+)?"
    "(?:Z|[-+][0-2][0-9]:[0-6][0-9])$"
)
_RANGES = {"int32": (-(2**31), 2**31 - 1), "uint32": (0, 2**32 - 1)}
_MOST_NAMES = 8
"""An error message lists so many values of an enum."""


def value_schema(field: Field, nullable: bool) -> Schema:
    """The schema of one value of a field (an item, for a list or a map)."""
    null = ["null"] if nullable else []
    if field.type == "string":
        return _type("a text in double quotes", "string", *null)
    if field.type == "bool":
        return _type("true or false, without quotes", "boolean", *null)
    if field.type == "enum":
        return _enum(field, null)
    if field.type in _RANGES:
        return _integer(field.type, null)
    if field.type == "double":
        return {
            **_type("a number", "number", "string", *null),
            "allOf": [
                {
                    "pattern": f"^(?:{_NUMBER}|NaN|-?Infinity)$",
                    **told("This must be a number.", "LK124"),
                },
                {"x-lklint-format": "double", "x-lklint-rule": "LK124"},
            ],
        }
    if field.type == "duration":
        words = 'Write seconds with an s, in quotes, as in "30s".'
        return _written(null, DURATION, "LK122", "duration", words)
    if field.type == "timestamp":
        words = 'Write a time such as "2026-01-31T12:00:00Z".'
        return _written(null, _TIMESTAMP, "LK123", "timestamp", words)
    return {**_type("an object in { }", "object", *null), **when("object", ref(field.of))}


def list_schema(field: Field) -> Schema:
    """The schema of a list or of a map of values. null is as good as nothing."""
    values = value_schema(field, nullable=False)
    if field.map:
        return {**_type("an object in { }", "object", "null"), "additionalProperties": values}
    return {**_type("a list: put it in [ ]", "array", "null"), "items": values}


def one_object() -> Schema:
    """The type of a whole document."""
    return {"type": "object", **told("The file must hold one object, in { }.", "LK011")}


def told(words: str, rule: str) -> Schema:
    """What an editor says where a constraint is broken, and the rule that it belongs to.

    A constraint that stands beside this has no other message. Only for minimum, maximum and
    maxLength VS Code has words of its own.
    """
    return {"errorMessage": f"{words} ({rule})", "x-lklint-rule": rule}


def refused(what: Schema, words: str, rule: str) -> Schema:
    """A constraint: nothing that is so."""
    return {"not": what, **told(words, rule)}


def when(kind: str, then: Schema) -> Schema:
    """A constraint on values of one JSON type only; the others are somebody else's."""
    return {"if": {"type": kind}, "then": then}


def has_any(names: Iterable[str]) -> Schema:
    """That one of these members is there."""
    return {"anyOf": [{"required": [name]} for name in names]}


def ref(message: str) -> Schema:
    """A reference to the definition of a message."""
    return {"$ref": f"#/definitions/{message}"}


def _type(words: str, *types: str) -> Schema:
    kind = list(types) if len(types) > 1 else types[0]
    return {"type": kind, **told(f"This must be {words}.", "LK105")}


def _enum(field: Field, null: list[str]) -> Schema:
    """An enum by name, or by any 32-bit number: LiveKit takes numbers that it does not know."""
    names = list(structure().enums[field.of])
    words = enum_words(field.of)
    named = {
        "enum": names,
        "enumDescriptions": [words.get(name, "") for name in names],
        **told(f"Write {listing(list(words), _MOST_NAMES, 'or')}.", "LK120"),
    }
    number = whole(*_RANGES["int32"], "LK120")
    return {
        **_type("the name of a value, in quotes", "string", "number", *null),
        "if": {"type": "string"},
        "then": named,
        "else": when("number", number),
    }


def _integer(kind: str, null: list[str]) -> Schema:
    text = {"pattern": f"^{_NUMBER}$", **told("This must be a whole number.", "LK124")}
    exact = {"x-lklint-format": kind, "x-lklint-rule": "LK124"}
    return {
        **_type("a whole number", "number", "string", *null),
        "allOf": [when("number", whole(*_RANGES[kind], "LK124")), text, exact],
    }


def whole(least: int, most: int, rule: str) -> Schema:
    """A whole number from one to another. Not by "integer": to VS Code 3.0 is none."""
    words = f"This must be a whole number from {least} to {most}."
    return {
        "minimum": least,
        "maximum": most,
        **refused({"not": {"multipleOf": 1}}, words, rule),
    }


def listing(names: list[str], most: int, word: str) -> str:
    """Names as a sentence has them: a, b or c."""
    if len(names) > most:
        return f"{', '.join(names[:most])}, …"
    return f" {word} ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _written(null: list[str], pattern: str, rule: str, name: str, words: str) -> Schema:
    """A string of a form of its own; anything but a string is the same mistake."""
    return {
        "type": ["string", *null] if null else "string",
        "pattern": pattern,
        "x-lklint-format": name,
        **told(words, rule),
    }
