"""The schema of a whole message: its fields in both spellings, and what holds between them."""

from __future__ import annotations

from typing import Any

from hints import hints
from limits import field_limits, message_limits, unset
from own import OWN_SHAPES, own_field_limits, own_message_limits
from scalars import Schema, list_schema, listing, refused, told, value_schema
from structure import Field, structure
from words import FieldWords, described, enum_words, field_words

_LIMITS = field_limits() | own_field_limits()
_MESSAGE_LIMITS = message_limits() | own_message_limits()
_MOST_FIELDS = 12
"""An error message lists so many fields."""


def message_schema(message: str) -> Schema:
    """The definition of a message. It is only asked about objects."""
    fields = structure().messages[message]
    properties: dict[str, Any] = {}
    for field in fields:
        for spelling in field.spellings:
            properties[spelling] = field_schema(message, field, twin=spelling != field.json_name)
    schema: Schema = {
        "x-livekit-message": message,
        **told(
            f"{structure().reader(message)} knows no such field here and refuses the file. "
            f"{_known(message)}",
            "LK101",
        ),
        "properties": properties,
        "additionalProperties": False,
    }
    between = [*one_spelling(fields), *_oneofs(message), *_MESSAGE_LIMITS.get(message, [])]
    return {**schema, "allOf": [*between, *hints(message)]}


def _known(message: str) -> str:
    names = [
        field.json_name
        for field in structure().messages[message]
        if not field.deprecated and field_words(message, field).suggested
    ]
    return f"It knows {listing(names, _MOST_FIELDS, 'and')}."


def field_schema(message: str, field: Field, twin: bool) -> Schema:
    """The schema of a field with the words for it. `twin` is the spelling not to suggest."""
    repeats = field.repeated or field.map
    words = field_words(message, field)
    shape = list_schema(field) if repeats else value_schema(field, nullable=True)
    shape |= OWN_SHAPES.get((message, field.name), {})
    if words.entries:
        shape["items"]["defaultSnippets"] = list(words.entries)
    limits = _LIMITS.get((message, field.name), [])
    if limits:
        shape["allOf"] = [*shape.get("allOf", []), *limits]
    return {**_spoken(field, words, twin), **shape}


def _spoken(field: Field, words: FieldWords, twin: bool) -> Schema:
    """What an editor shows about a field."""
    said: Schema = {"title": words.title, **described(words.description)}
    if words.instead:
        said["deprecationMessage"] = words.instead
    if twin or not words.suggested:
        return {**said, "doNotSuggest": True}
    if words.examples:
        said["examples"] = words.examples
    snippets = words.snippets
    if field.type == "enum" and not field.repeated:
        snippets = tuple(
            {"label": name, "description": text, "body": name}
            for name, text in enum_words(field.of).items()
        )
    if snippets:
        said["defaultSnippets"] = list(snippets)
    return said


def one_spelling(fields: tuple[Field, ...]) -> list[Schema]:
    """No field in both of its spellings; both are marked."""
    return [
        _marked(
            {"required": list(field.spellings)},
            list(field.spellings),
            f"{' and '.join(field.spellings)} are the same field: give it once.",
            "LK004",
        )
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
                both = {"allOf": [{"not": unset(message, field.name)} for field in (one, other)]}
                words = f"Only one of {one.json_name} and {other.json_name}: take one out."
                found.append(_marked(both, [*one.spellings, *other.spellings], words, rule))
    return found


def _marked(wrong: Schema, names: list[str], words: str, rule: str) -> Schema:
    """A constraint on a whole message; what breaks it is told at the members of these names."""
    return {"if": wrong, "then": {"propertyNames": refused({"enum": names}, words, rule)}}
