"""From a tree back to plain values."""

from __future__ import annotations

import json
from typing import Any

from lklint.documents.tree import Node

_CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None}


def value_of(node: Node) -> Any:
    """The value a tree stands for; the last of duplicate names wins, what is broken is None."""
    if node.shape == "object":
        return {member.key: value_of(member.value) for member in node.members}
    if node.shape == "array":
        return [value_of(item) for item in node.items]
    if node.shape in ("string", "number"):
        return node.scalar
    return _CONSTANTS.get(node.shape)


def as_json(value: Any) -> str:
    """A value as compact JSON text, non-ASCII characters kept."""
    return json.dumps(value, ensure_ascii=False)
