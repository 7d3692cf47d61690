"""The words of the schemas, from `words.toml`: titles, descriptions, examples, snippets."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from structure import Field, structure

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE = Path(__file__).parent / "words.toml"
EnumWords = dict[str, str]


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What is said about a field: one title, one or two sentences, values as they should look."""

    title: str
    description: str
    examples: list[Any]
    instead: str


@cache
def words() -> dict[str, Any]:
    """Everything in `words.toml`. Raises ValueError for words about what does not exist."""
    read: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    for message, fields in read["message"].items():
        if message != "any" and message not in structure().messages:
            raise ValueError(f"words.toml speaks of a message {message}, which LiveKit lacks")
        for name in fields:
            if message != "any":
                structure().field(message, name)
    for enum, values in read["enum"].items():
        unknown = set(values) - set(structure().enums[enum])
        if unknown:
            raise ValueError(f"words.toml speaks of {enum} {sorted(unknown)}, which LiveKit lacks")
    return read


def field_words(message: str, field: Field) -> FieldWords:
    """The words for a field: its own, or those that hold in any message.

    Raises ValueError where there are none: every field of a telephony message is explained.
    """
    own = words()["message"].get(message, {}).get(field.name)
    said = own or words()["message"]["any"].get(field.name)
    if said is None:
        if message.startswith(("SIP", "CreateSIP", "Room")) and "Egress" not in message:
            raise ValueError(f"words.toml says nothing about {message}.{field.name}")
        said = {"description": f"Part of LiveKit's {message}."}
    if isinstance(said, str):
        said = {"description": said}
    text = said["description"]
    if field.name in words()["since"].get(message, {}):
        text += f" Since livekit-server {words()['since'][message][field.name]}."
    title = said.get("title") or field.name.replace("_", " ")
    return FieldWords(title, text, said.get("examples", []), said.get("instead", ""))


def enum_words(enum: str) -> EnumWords:
    """The values of an enum with a few words each, in the order of their numbers."""
    said = words()["enum"].get(enum, {})
    return {
        name: said.get(name, "") for name in structure().enums[enum] if not said or name in said
    }


def snippets(kind: str) -> list[dict[str, Any]]:
    """The documents an editor offers for an empty file of a kind: label, description, body."""
    found: list[dict[str, Any]] = words()["snippet"][kind]
    return found


def kind_words(kind: str) -> dict[str, str]:
    """Title and description of a kind of document."""
    found: dict[str, str] = words()["kind"][kind]
    return found
