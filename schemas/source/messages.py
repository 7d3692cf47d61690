"""The schema of a whole message: its fields in both spellings, and what holds between them."""

from __future__ import annotations

from typing import Any

from limits import field_limits, has, message_limits
from scalars import Schema, value_schema, when
from structure import Field, structure
from words import EnumWords, FieldWords, enum_words, field_words

_LIMITS = field_limits()
_SET = {"not": {"type": "null"}}


def message_schema(message: str) -> Schema:
    """The definition of a message."""
    fields = structure().messages[message]
    properties: dict[str, Any] = {}
    for field in fields:
        for spelling in field.spellings:
            properties[spelling] = field_schema(message, field, twin=spelling != field.json_name)
    schema: Schema = {
        "x-livekit-message": message,
        "x-lklint-rule": "LK101",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    between = [*one_spelling(fields), *_oneofs(message), *message_limits().get(message, [])]
    if between:
        schema["allOf"] = between
    return schema


def field_schema(message: str, field: Field, twin: bool) -> Schema:
    """The schema of a field with the words for it. `twin` is the spelling not to suggest."""
    limits = _LIMITS.get((message, field.name), [])
    shape = _shape(field)
    if limits:
        shape = {"allOf": [*shape.get("allOf", [shape]), *limits]}
    return {**_spoken(field, field_words(message, field), twin), **shape}


def _shape(field: Field) -> Schema:
    if field.map:
        return _container("object", {"additionalProperties": value_schema(field, nullable=False)})
    if field.repeated:
        return _container("array", {"items": value_schema(field, nullable=False)})
    return value_schema(field, nullable=True)


def _container(kind: str, holds: Schema) -> Schema:
    outer: Schema = {"type": [kind, "null"], "x-lklint-rule": "LK105"}
    return {"allOf": [outer, when(kind, holds)]}


def _spoken(field: Field, words: FieldWords, twin: bool) -> Schema:
    """What an editor shows about a field."""
    said: Schema = {"title": words.title, "description": words.description}
    if words.examples:
        said["examples"] = words.examples
    if field.deprecated or words.instead:
        said["deprecationMessage"] = words.instead or "LiveKit has deprecated this field."
    if twin:
        said["doNotSuggest"] = True
    if field.type == "enum" and not field.repeated:
        said.update(_suggested(enum_words(field.of)))
    return said


def _suggested(words: EnumWords) -> Schema:
    return {
        "defaultSnippets": [
            {"label": name, "description": text, "body": name} for name, text in words.items()
        ]
    }


def one_spelling(fields: tuple[Field, ...]) -> list[Schema]:
    """No field in both of its spellings."""
    return [
        {
            "not": {"required": list(field.spellings)},
            "errorMessage": f"{' and '.join(field.spellings)} are the same field: give it once",
            "x-lklint-rule": "LK004",
        }
        for field in fields
        if len(field.spellings) == 2
    ]


def _oneofs(message: str) -> list[Schema]:
    """At most one member of each group is set."""
    groups: dict[str, list[Field]] = {}
    for field in structure().messages[message]:
        if field.oneof:
            groups.setdefault(field.oneof, []).append(field)
    rule = "LK403" if message == "SIPDispatchRule" else "LK133"
    found: list[Schema] = []
    for fields in groups.values():
        for index, one in enumerate(fields):
            for other in fields[index + 1 :]:
                pair = [{"anyOf": has(message, field.name, _SET)} for field in (one, other)]
                words = f"only one of {one.json_name} and {other.json_name} can be given"
                found.append({"not": {"allOf": pair}, "errorMessage": words, "x-lklint-rule": rule})
    return found
