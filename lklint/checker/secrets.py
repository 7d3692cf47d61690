"""Where the secrets of a text stand."""

from __future__ import annotations

from lklint.documents.rough import read_roughly
from lklint.documents.tree import Node
from lklint.telephony.secrets import is_secret_field, passwords_inside

_COMMENT_MARKS = ("//", "/*", "#")


def secret_places(text: str, root: Node | None) -> tuple[tuple[int, int], ...]:
    """The characters [begin, end) that nothing may show: the insides of strings, whole numbers.

    A comment is in no tree, so that a text that may have one is also read roughly.
    """
    places = _places(text, root) if root is not None else []
    if any(mark in text for mark in _COMMENT_MARKS):
        places += _places(text, read_roughly(text))
    return tuple(sorted(set(places)))


def _places(text: str, root: Node) -> list[tuple[int, int]]:
    """The scalars that stand under the name of a secret, and passwords inside addresses."""
    found: list[tuple[int, int]] = []
    waiting = [(root, False)]
    while waiting:
        node, secret = waiting.pop()
        waiting += [(m.value, secret or is_secret_field(m.key)) for m in node.members]
        waiting += [(item, secret) for item in node.items]
        if node.shape == "string":
            begin, end = node.begin + 1, node.end - 1
            if secret:
                found.append((begin, end))
            elif text.find("@", begin, end) >= 0:
                inside = passwords_inside(text[begin:end])
                found += [(begin + first, begin + last) for first, last in inside]
        elif node.shape == "number" and secret:
            found.append((node.begin, node.end))
    return found
