"""Where the secrets of a text stand."""

from __future__ import annotations

from lklint.documents.rough import read_roughly
from lklint.documents.tree import Node, walk
from lklint.telephony.secrets import is_secret_field

_COMMENT_MARKS = ("//", "/*", "#")


def secret_places(text: str, root: Node | None) -> tuple[tuple[int, int], ...]:
    """The characters [begin, end) that nothing may show: the insides of strings, whole numbers.

    A comment is in no tree, so that a text that may have one is also read roughly.
    """
    places = _places(root) if root is not None else []
    if any(mark in text for mark in _COMMENT_MARKS):
        places += _places(read_roughly(text))
    return tuple(sorted(set(places)))


def _places(root: Node) -> list[tuple[int, int]]:
    return [
        (node.begin + 1, node.end - 1) if node.shape == "string" else (node.begin, node.end)
        for name, node in walk(root)
        if node.shape in ("string", "number") and is_secret_field(name)
    ]
