"""A JSON text as a tree of places: what stands where, in characters.

`tolerant.parse` builds the tree, for broken texts too.
"""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from lklint.documents.pointer import tokens
from lklint.findings import Position, Span


class Node:
    """One JSON value and the characters [`begin`, `end`) it takes.

    `shape` is "object", "array", "string", "number", "true", "false", "null", or "broken" for
    something that is no JSON value; `scalar` is the decoded string or number. A text without quotes
    has the shape "number": all its characters are its own.
    """

    __slots__ = ("begin", "end", "items", "members", "scalar", "shape")

    def __init__(
        self, shape: str, begin: int, end: int, scalar: str | int | float | None = None
    ) -> None:
        self.shape = shape
        self.begin = begin
        self.end = end
        self.scalar = scalar
        self.members: list[Member] = []
        self.items: list[Node] = []


class Member(NamedTuple):
    """One `"key": value` of an object; `key` is the decoded name."""

    key: str
    key_begin: int
    key_end: int
    value: Node


def find(root: Node, pointer: str) -> Node | None:
    """The value at a JSON pointer, or None where the text has none. The last duplicate wins."""
    node = root
    for token in tokens(pointer):
        following = _child(node, token)
        if following is None:
            return None
        node = following
    return node


def find_member(root: Node, pointer: str) -> tuple[Node, int] | None:
    """The object that holds the member at `pointer`, and the member's index in it."""
    parent_pointer, _, _ = pointer.rpartition("/")
    parent = find(root, parent_pointer)
    if parent is None or parent.shape != "object":
        return None
    name = tokens(pointer)[-1]
    for index in range(len(parent.members) - 1, -1, -1):
        if parent.members[index].key == name:
            return parent, index
    return None


def walk(root: Node) -> Iterator[tuple[str, Node]]:
    """Every value with the name of the member it stands in ("" in an array), parents first."""
    waiting: list[tuple[str, Node]] = [("", root)]
    while waiting:
        name, node = waiting.pop()
        yield name, node
        waiting.extend((member.key, member.value) for member in reversed(node.members))
        waiting.extend(("", item) for item in reversed(node.items))


def _child(node: Node, token: str) -> Node | None:
    if node.shape == "object":
        for member in reversed(node.members):
            if member.key == token:
                return member.value
    elif node.shape == "array" and token.isascii() and token.isdigit():
        index = int(token)
        if index < len(node.items):
            return node.items[index]
    return None


class Lines:
    """Turns character offsets of a text into lines and columns."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def position(self, offset: int) -> Position:
        """The 1-based line and column (in characters) of a 0-based offset."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def span(self, begin: int, end: int) -> Span:
        """The span of the characters [`begin`, `end`)."""
        return Span(self.position(begin), self.position(end))
