"""The schema of one value, by its protobuf type, as protobuf's JSON mapping reads it.

A pattern says as much as a pattern can; `x-lklint-format` names what lklint then reads exactly
(`lklint/shape/formats.py`). Other validators pass over that keyword.
"""

from __future__ import annotations

from typing import Any

from structure import Field, structure

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


def value_schema(field: Field, nullable: bool) -> Schema:
    """The schema of one value of a field (an item, for a list)."""
    null = ["null"] if nullable else []
    if field.type == "string":
        return {"type": ["string", *null] if null else "string", "x-lklint-rule": "LK105"}
    if field.type == "bool":
        return {
            "type": ["boolean", *null] if null else "boolean",
            "x-lklint-rule": "LK105",
            "errorMessage": "true or false, without quotes",
        }
    if field.type == "enum":
        return _enum(field, null)
    if field.type in _RANGES:
        return _integer(field.type, null)
    if field.type == "double":
        pattern = f"^(?:{_NUMBER}|NaN|-?Infinity)$"
        return _written(["number", "string", *null], pattern, "LK124", "double", "a number")
    if field.type == "duration":
        words = 'seconds in quotes with an s, as in "30s" or "1.5s"'
        return _text(null, DURATION, "LK122", "duration", words)
    if field.type == "timestamp":
        words = 'a time such as "2026-01-31T12:00:00Z"'
        return _text(null, _TIMESTAMP, "LK123", "timestamp", words)
    if nullable:
        return {"allOf": [_type("object", "null"), when("object", ref(field.of))]}
    return {"allOf": [_type("object"), when("object", ref(field.of))]}


def _enum(field: Field, null: list[str]) -> Schema:
    """An enum by name, or by any 32-bit number: LiveKit takes numbers that it does not know."""
    names = list(structure().enums[field.of])
    least, most = _RANGES["int32"]
    return {
        "allOf": [
            _type("string", "number", *null),
            {
                "if": {"type": "string"},
                "then": {"enum": names, "errorMessage": f"one of {', '.join(names[:8])}"},
                "else": {"if": {"type": "number"}, "then": _whole(least, most)},
                "x-lklint-rule": "LK120",
            },
        ]
    }


def _integer(kind: str, null: list[str]) -> Schema:
    least, most = _RANGES[kind]
    return {
        "allOf": [
            _type("number", "string", *null),
            {"if": {"type": "number"}, "then": _whole(least, most), "x-lklint-rule": "LK124"},
            when("string", {"pattern": f"^{_NUMBER}$"}, "LK124"),
            {"x-lklint-format": kind, "x-lklint-rule": "LK124"},
        ]
    }


def _whole(least: int, most: int) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most}


def _written(types: list[str], pattern: str, rule: str, name: str, words: str) -> Schema:
    """A value that is a number, or a string which reads as one."""
    return {
        "allOf": [
            {"type": types, "x-lklint-rule": "LK105", "errorMessage": words},
            when("string", {"pattern": pattern, "patternErrorMessage": words}, rule),
            {"x-lklint-format": name, "x-lklint-rule": rule},
        ]
    }


def _text(null: list[str], pattern: str, rule: str, name: str, words: str) -> Schema:
    """A string of a form of its own; anything but a string is the same mistake."""
    return {
        "type": ["string", *null] if null else "string",
        "pattern": pattern,
        "patternErrorMessage": words,
        "errorMessage": words,
        "x-lklint-format": name,
        "x-lklint-rule": rule,
    }


def _type(*types: str) -> Schema:
    return {"type": list(types) if len(types) > 1 else types[0], "x-lklint-rule": "LK105"}


def when(kind: str, then: Schema, rule: str | None = None) -> Schema:
    """A constraint on values of one JSON type only; the others are somebody else's."""
    condition: Schema = {"if": {"type": kind}, "then": then}
    return condition if rule is None else {**condition, "x-lklint-rule": rule}


def ref(message: str) -> Schema:
    """A reference to the definition of a message."""
    return {"$ref": f"#/definitions/{message}"}
