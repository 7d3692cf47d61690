"""A JSON document under construction: one that may break any rule of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Union

from .structure import Field


@dataclass(slots=True)
class Token:
    """A scalar as it stands in the text: `"abc"`, `12`, `null`, or something that is no JSON."""

    text: str


@dataclass(slots=True)
class Array:
    """A list."""

    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Member:
    """A key and its value. `key` is the raw text of the key, quotes and escapes included."""

    key: str
    value: Node
    field: Field | None = None


@dataclass(slots=True)
class Object:
    """An object. `message` is LiveKit's name of the message, "" for a map or an invention."""

    message: str = ""
    members: list[Member] = field(default_factory=list)

    def member(self, of: Field) -> Member | None:
        """The first member that spells this field."""
        return next((m for m in self.members if m.field == of), None)

    def drop(self, of: Field) -> None:
        """Remove every member that spells this field."""
        self.members = [m for m in self.members if m.field != of]


Node = Union[Token, Array, Object]


def string(value: str, random: Random | None = None) -> Token:
    """A JSON string; with a `random` its characters are escaped or not as it falls."""
    if random is None:
        return Token(json.dumps(value, ensure_ascii=False))
    style = random.random()
    if style < 0.6:
        return Token(json.dumps(value, ensure_ascii=False))
    if style < 0.85:
        return Token(json.dumps(value))
    return Token('"' + "".join(_escaped(c, random) for c in value) + '"')


def _escaped(character: str, random: Random) -> str:
    if character == "/" and random.random() < 0.5:
        return "\\/"
    if random.random() < 0.2 and ord(character) <= 0xFFFF:
        code = f"{ord(character):04x}"
        return "\\u" + (code.upper() if random.random() < 0.5 else code)
    return json.dumps(character)[1:-1]


def plain(value: object) -> Node:
    """Any JSON value as a node, without LiveKit's names."""
    if isinstance(value, dict):
        return Object("", [Member(json.dumps(key), plain(held)) for key, held in value.items()])
    if isinstance(value, list):
        return Array([plain(item) for item in value])
    return Token(json.dumps(value, ensure_ascii=False))


def copied(node: Node) -> Node:
    """A node of its own with the same content."""
    if isinstance(node, Object):
        members = [Member(m.key, copied(m.value), m.field) for m in node.members]
        return Object(node.message, members)
    if isinstance(node, Array):
        return Array([copied(item) for item in node.items])
    return Token(node.text)


def nodes(root: Node) -> Iterator[Node]:
    """The node and everything below it, from the outside in."""
    yield root
    below = [m.value for m in root.members] if isinstance(root, Object) else []
    for child in root.items if isinstance(root, Array) else below:
        yield from nodes(child)


def objects(root: Node) -> list[Object]:
    """Every object from here down."""
    return [node for node in nodes(root) if isinstance(node, Object)]


def messages(root: Node) -> list[Object]:
    """Every object that is one of LiveKit's messages."""
    return [node for node in objects(root) if node.message]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document is laid out as text. `indent` None puts all on one line."""

    indent: str | None = "  "
    newline: str = "\n"
    colon: str = ": "
    comma: str = ","


def some_layout(random: Random) -> Layout:
    """Mostly what editors write, sometimes what they do not."""
    return random.choice(
        (
            Layout(),
            Layout(),
            Layout("    "),
            Layout("\t"),
            Layout(None, colon=":"),
            Layout(None, comma=", "),
            Layout(newline="\r\n"),
            Layout(newline="\r"),
            Layout(" ", "\n\n", " :\t", "\n,"),
        )
    )


def written(node: Node, layout: Layout, depth: int = 0) -> str:
    """The text of a node."""
    if isinstance(node, Token):
        return node.text
    if isinstance(node, Array):
        return _enclosed(
            "[", [written(i, layout, depth + 1) for i in node.items], "]", layout, depth
        )
    parts = [m.key + layout.colon + written(m.value, layout, depth + 1) for m in node.members]
    return _enclosed("{", parts, "}", layout, depth)


def _enclosed(opening: str, parts: list[str], closing: str, layout: Layout, depth: int) -> str:
    if not parts:
        return opening + closing
    if layout.indent is None:
        return opening + layout.comma.join(parts) + closing
    outer = layout.newline + layout.indent * depth
    inner = outer + layout.indent
    return opening + inner + (layout.comma + inner).join(parts) + outer + closing
