"""The words of the schemas: titles, descriptions, examples, snippets.

`words.toml` has those for telephony, `recordings.toml` those for the recordings of a room,
`own.toml` those for the files that are lklint's own.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from structure import Field, structure

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = Path(__file__).parent
FILES = ("words.toml", "recordings.toml", "own.toml")
EnumWords = dict[str, str]
Snippet = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What is said about a field: one title, one or two sentences, and what may stand there.

    `examples` are values as they should look, `snippets` the same with places to fill in: lists and
    objects are offered as those, and `entries` inside a list. `instead` says what to use, for a
    field nobody should use any more; `suggested` is false for one that a file has no use for.
    """

    title: str
    description: str
    examples: tuple[Any, ...] = ()
    snippets: tuple[Snippet, ...] = ()
    instead: str = ""
    suggested: bool = True
    entries: tuple[Snippet, ...] = ()


@cache
def words() -> dict[str, Any]:
    """Everything in the files of words. Raises ValueError for words about what does not exist."""
    read: dict[str, Any] = {}
    for file in FILES:
        _merge(read, tomllib.loads((FOLDER / file).read_text(encoding="utf-8")))
    for message, fields in read["message"].items():
        if message != "any" and message not in structure().messages:
            raise ValueError(f"there are words about a message {message}, which LiveKit lacks")
        for name in fields:
            if message != "any":
                structure().field(message, name)
    for enum, values in read["enum"].items():
        unknown = set(values) - set(structure().enums[enum])
        if unknown:
            raise ValueError(f"there are words about {enum} {sorted(unknown)}, which LiveKit lacks")
    return read


def _merge(into: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def field_words(message: str, field: Field) -> FieldWords:
    """The words for a field: its own, or those that hold in any message.

    Raises ValueError where there are none: every field is explained, and for a deprecated one
    there are words on what to use `instead`, or that it is `still` the one to use.
    """
    own = words()["message"].get(message, {}).get(field.name)
    said = own or words()["message"]["any"].get(field.name)
    if said is None:
        raise ValueError(f"there are no words about {message}.{field.name}")
    if isinstance(said, str):
        said = {"description": said}
    if field.deprecated and not said.keys() & {"instead", "still"}:
        raise ValueError(f"{message}.{field.name} is deprecated; say what to use instead")
    text = said["description"]
    if field.name in words()["since"].get(message, {}):
        text += f" Since livekit-server {words()['since'][message][field.name]}."
    examples = said.get("examples", [])
    structured = field.repeated or field.map or field.type == "message"
    return FieldWords(
        said.get("title") or field.name.replace("_", " "),
        text,
        () if structured else tuple(examples),
        tuple(said.get("snippets") or (map(_as_snippet, examples) if structured else ())),
        said.get("instead", ""),
        said.get("suggested", True),
        tuple(_as_snippet(entry) for example in examples for entry in example)
        if field.repeated
        else (),
    )


def _as_snippet(example: Any) -> Snippet:
    """A value with a place to fill in for every text in it."""
    places = count(1)

    def filled(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: filled(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [filled(inner) for inner in value]
        return f"${{{next(places)}:{value}}}" if isinstance(value, str) else value

    return {"label": json.dumps(example), "body": filled(example)}


def enum_words(enum: str) -> EnumWords:
    """The values of an enum with a few words each, in the order of their numbers."""
    said = words()["enum"].get(enum, {})
    return {
        name: said.get(name, "") for name in structure().enums[enum] if not said or name in said
    }


def snippets(kind: str) -> list[Snippet]:
    """The documents an editor offers for an empty file of a kind: label, description, body."""
    found: list[Snippet] = words()["snippet"][kind]
    return found


def kind_words(kind: str) -> dict[str, str]:
    """Title and description of a kind of document."""
    said = words()["kind"][kind]
    return {"title": said["title"], **described(said["description"])}


def described(text: str) -> dict[str, str]:
    """A description, as Markdown too where it has code in it."""
    return {"description": text} | ({"markdownDescription": text} if "`" in text else {})
