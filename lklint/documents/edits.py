"""Changing a JSON text in one place and leaving every other character as it is.

A change names a place by its JSON pointer; `resolve` turns it into character edits. Several changes
that belong together are resolved against the same text.
"""

import re
from typing import Any, NamedTuple, Union

from lklint.documents.pointer import last
from lklint.documents.tree import Node, find, find_member
from lklint.documents.values import as_json


class Replace(NamedTuple):
    """Put another value at `pointer`."""

    pointer: str
    value: Any


class Remove(NamedTuple):
    """Take the member or the array item at `pointer` out, with its comma."""

    pointer: str


class Rename(NamedTuple):
    """Give the member at `pointer` another name."""

    pointer: str
    name: str


class Add(NamedTuple):
    """Add a member at the end of the object at `pointer`, unless it has one of that name."""

    pointer: str
    name: str
    value: Any


class InsertAfter(NamedTuple):
    """Put another item after the array item at `pointer`."""

    pointer: str
    value: Any


class Wrap(NamedTuple):
    """Put the value at `pointer` inside `{"name": …}`, or inside `[…]` where `name` is None."""

    pointer: str
    name: str | None


class Quote(NamedTuple):
    """Put the literal at `pointer`, as it is written, into quotes."""

    pointer: str


class Unwrap(NamedTuple):
    """Put the value at `inner` in the place of the value at `pointer`, which holds it."""

    pointer: str
    inner: str


class Move(NamedTuple):
    """Take the member at `pointer` out and add it to the object at `into`, under `name`.

    Nothing is done where that object has such a member, in whatever spelling.
    """

    pointer: str
    into: str
    name: str


Change = Union[Replace, Remove, Rename, Add, InsertAfter, Wrap, Quote, Unwrap, Move]
TextEdit = tuple[int, int, str]
"""Characters [begin, end) and the text that takes their place."""


def resolve(text: str, root: Node, changes: tuple[Change, ...]) -> tuple[TextEdit, ...] | None:
    """The character edits for some changes, in order of place; None where a place is not there."""
    edits: list[TextEdit] = []
    removed = [change.pointer for change in changes if isinstance(change, Remove)]
    for change in changes:
        found = _resolve_one(text, root, change, removed)
        if found is None:
            return None
        edits.extend(found)
    return tuple(sorted(dict.fromkeys(edits), key=lambda edit: edit[:2]))


def _resolve_one(
    text: str, root: Node, change: Change, removed: list[str]
) -> list[TextEdit] | None:
    if isinstance(change, Remove):
        return _remove(text, root, change.pointer, removed)
    if isinstance(change, Rename):
        held = find_member(root, change.pointer)
        if held is None:
            return None
        member = held[0].members[held[1]]
        return [(member.key_begin, member.key_end, as_json(change.name))]
    node = find(root, change.pointer)
    if node is None:
        return None
    if isinstance(change, Replace):
        return [(node.begin, node.end, as_json(change.value))]
    if isinstance(change, Add):
        return _add(text, node, change.name, as_json(change.value))
    if isinstance(change, InsertAfter):
        return [(node.end, node.end, f", {as_json(change.value)}")]
    if isinstance(change, Wrap):
        return _wrap(text, node, change.name)
    if isinstance(change, Quote):
        return [(node.begin, node.begin, '"'), (node.end, node.end, '"')]
    if isinstance(change, Unwrap):
        inner = find(root, change.inner)
        return None if inner is None else _unwrap(text, node, inner)
    return _move(text, root, change)


def _remove(text: str, root: Node, pointer: str, removed: list[str]) -> list[TextEdit] | None:
    """Removal of one member or item; `removed` are all that go, so that no comma is left over."""
    parent_pointer = pointer.rpartition("/")[0]
    parent = find(root, parent_pointer)
    if parent is None:
        return None
    places = _places(parent)
    index = _index(parent, pointer)
    if index is None:
        return None
    gone = {
        _index(parent, other) for other in removed if other.rpartition("/")[0] == parent_pointer
    }
    if all(place in gone for place in range(len(places))):
        return [(parent.begin + 1, parent.end - 1, "")]
    stays_before = [place for place in range(index) if place not in gone]
    if stays_before:
        return [(places[stays_before[-1]][1], places[index][1], "")]
    following = next(place for place in range(index, len(places)) if place not in gone)
    return [(places[index][0], places[following][0], "")]


def _places(parent: Node) -> list[tuple[int, int]]:
    if parent.shape == "object":
        return [(member.key_begin, member.value.end) for member in parent.members]
    return [(item.begin, item.end) for item in parent.items]


def _index(parent: Node, pointer: str) -> int | None:
    token = last(pointer)
    if parent.shape == "object":
        indices = [at for at, member in enumerate(parent.members) if member.key == token]
        return indices[-1] if indices else None
    return int(token) if token.isdigit() and int(token) < len(parent.items) else None


def _add(text: str, node: Node, name: str, value: str) -> list[TextEdit] | None:
    if node.shape != "object":
        return None
    if any(member.key == name for member in node.members):
        return []
    if not node.members:
        return [(node.begin + 1, node.end - 1, f"{as_json(name)}: {value}")]
    last_member = node.members[-1]
    between = _blanks_before(text, last_member.key_begin)
    colon = text[last_member.key_end : last_member.value.begin]
    gap = colon if colon.strip() == ":" and "\n" not in colon else ": "
    return [
        (last_member.value.end, last_member.value.end, f",{between}{as_json(name)}{gap}{value}")
    ]


def _blanks_before(text: str, offset: int) -> str:
    begin = offset
    while begin > 0 and text[begin - 1] in " \t\r\n":
        begin -= 1
    return text[begin:offset] if "\n" in text[begin:offset] else " "


def _wrap(text: str, node: Node, name: str | None) -> list[TextEdit]:
    if name is None:
        return [(node.begin, node.begin, "["), (node.end, node.end, "]")]
    body = text[node.begin : node.end]
    if "\n" not in body:
        return [(node.begin, node.begin, f"{{{as_json(name)}: "), (node.end, node.end, "}")]
    base, unit = _indentation_at(text, node.begin), indentation(text) or "  "
    newline = "\r\n" if "\r\n" in body else "\n"
    edits = [(node.begin, node.begin, f"{{{newline}{base}{unit}{as_json(name)}: ")]
    for line_break in re.finditer(r"\n(?!\r?\n)", text[node.begin : node.end]):
        at = node.begin + line_break.end()
        edits.append((at, at, unit))
    edits.append((node.end, node.end, f"{newline}{base}}}"))
    return edits


def _unwrap(text: str, node: Node, inner: Node) -> list[TextEdit]:
    edits = [(node.begin, inner.begin, ""), (inner.end, node.end, "")]
    outer, held = _indentation_at(text, node.begin), _indentation_at(text, inner.begin)
    if held.startswith(outer) and held != outer:
        for line in re.finditer(rf"\n{re.escape(held)}", text[inner.begin : inner.end]):
            begin = inner.begin + line.start() + 1 + len(outer)
            edits.append((begin, inner.begin + line.end(), ""))
    return edits


def _indentation_at(text: str, offset: int) -> str:
    """The blanks that the line of a place begins with."""
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    return line[: len(line) - len(line.lstrip(" \t"))]


def indentation(text: str) -> str | None:
    """The blanks one level of a text is indented by, None for a text on one line."""
    match = re.search(r"\n([ \t]+)\S", text)
    if match is not None:
        return match[1]
    return "  " if "\n" in text else None


def _move(text: str, root: Node, change: Move) -> list[TextEdit] | None:
    member = find(root, change.pointer)
    into = find(root, change.into)
    if member is None or into is None:
        return None
    if any(_same_name(held.key, change.name) for held in into.members):
        return None
    removal = _remove(text, root, change.pointer, [change.pointer])
    here = _indentation_at(text, member.begin)
    there = _indentation_at(text, into.members[-1].key_begin) if into.members else here
    value = text[member.begin : member.end].replace(f"\n{here}", f"\n{there}")
    addition = _add(text, into, change.name, value)
    if removal is None or addition is None:
        return None
    return removal + addition


def _same_name(one: str, other: str) -> bool:
    """Whether two names are the same field, in camelCase or in snake_case."""
    return one.replace("_", "").lower() == other.replace("_", "").lower()


def apply(text: str, edits: tuple[TextEdit, ...]) -> str:
    """The text with all edits made; they must be in order and must not overlap."""
    pieces: list[str] = []
    at = 0
    for begin, end, replacement in edits:
        pieces.append(text[at:begin])
        pieces.append(replacement)
        at = end
    pieces.append(text[at:])
    return "".join(pieces)
