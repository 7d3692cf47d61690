"""The messages of the files: LiveKit's as `structure.json` has them (made by
tests/fidelity/go/describe), and those of lklint's own files as `own.json` has them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "structure.json"
OWN = Path(__file__).parent / "own.json"


@dataclass(frozen=True, slots=True)
class Field:
    """A field. `type` is of the items for a list, of the values for a map; `of` is the message or
    the enum it names; `oneof` the group of which at most one may be set."""

    name: str
    json_name: str
    type: str
    of: str = ""
    repeated: bool = False
    map: bool = False
    oneof: str = ""
    deprecated: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """The names it goes by in JSON, the one to suggest first."""
        return tuple(dict.fromkeys((self.json_name, self.name)))


@dataclass(frozen=True, slots=True)
class Structure:
    """All messages and enums by name, and the countries a destination may name.

    `own` are the names of lklint's own messages, which LiveKit never sees.
    """

    protocol: str
    messages: dict[str, tuple[Field, ...]]
    enums: dict[str, dict[str, int]]
    countries: tuple[str, ...]
    own: frozenset[str]

    def field(self, message: str, name: str) -> Field:
        """The field with this protobuf name. Raises KeyError."""
        for field in self.messages[message]:
            if field.name == name:
                return field
        raise KeyError(f"{message}.{name}")

    def reachable(self, *roots: str) -> list[str]:
        """The messages that can stand in `roots`, themselves first."""
        found = list(roots)
        for message in found:
            for field in self.messages[message]:
                if field.type == "message" and field.of not in found:
                    found.append(field.of)
        return found

    def reader(self, message: str) -> str:
        """Who reads a message, and refuses what it cannot read."""
        return "lklint" if message in self.own else "LiveKit"


@cache
def structure() -> Structure:
    """The checked-in structure."""
    raw = json.loads(FILE.read_text(encoding="utf-8"))
    own = json.loads(OWN.read_text(encoding="utf-8"))
    messages, enums = raw["messages"] | own["messages"], raw["enums"] | own["enums"]
    return Structure(
        raw["protocol"],
        {name: tuple(Field(**field) for field in fields) for name, fields in messages.items()},
        {
            name: {value["name"]: value["number"] for value in values}
            for name, values in enums.items()
        },
        tuple(raw["countries"]),
        frozenset(own["messages"]),
    )
