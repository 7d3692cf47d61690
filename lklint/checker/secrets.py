"""Where the secrets of a text stand."""

from __future__ import annotations

from lklint.documents.tree import Node, walk
from lklint.telephony.secrets import is_secret_field


def secret_places(root: Node | None) -> tuple[tuple[int, int], ...]:
    """The characters [begin, end) that nothing may show: the insides of strings, whole numbers."""
    if root is None:
        return ()
    return tuple(
        (node.begin + 1, node.end - 1) if node.shape == "string" else (node.begin, node.end)
        for name, node in walk(root)
        if node.shape in ("string", "number") and is_secret_field(name)
    )
