"""What a replacement would clear: LiveKit's update puts one resource in the place of another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_OF_THE_SERVER = ("sip_trunk_id", "sip_dispatch_rule_id", "created_at", "updated_at")


def losses(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The fields that are set before and not after, as in "room_config.agents".

    Both are JSON with the field names of the .proto. A field with another value is no loss, and the
    server's own ids and times are none. A dispatch rule of another kind loses only its PIN.
    """
    return sorted(_lost(before, after, ""))


def _lost(before: dict[str, Any], after: dict[str, Any], path: str) -> Iterator[str]:
    for name, value in before.items():
        place = f"{path}{name}"
        if place in _OF_THE_SERVER or value in ({}, [], ""):
            continue
        if path == "rule." and name not in after:
            kinds = [kind for kind in after.values() if isinstance(kind, dict)]
            if value.get("pin") and not any(kind.get("pin") for kind in kinds):
                yield "rule.pin"
        elif name not in after:
            yield place
        elif isinstance(value, dict) and isinstance(after[name], dict):
            yield from _lost(value, after[name], f"{place}.")
