"""LiveKit's messages, as far as a document can hold them, read from the schemas' own source."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "schemas" / "source" / "structure.json"

KINDS = ("inbound-trunk", "outbound-trunk", "dispatch-rule", "sip-participant")

INFO = {
    "inbound-trunk": "SIPInboundTrunkInfo",
    "outbound-trunk": "SIPOutboundTrunkInfo",
    "dispatch-rule": "SIPDispatchRuleInfo",
    "sip-participant": "CreateSIPParticipantRequest",
}
"""What a bare document of each kind is."""

REQUEST = {
    "inbound-trunk": "CreateSIPInboundTrunkRequest",
    "outbound-trunk": "CreateSIPOutboundTrunkRequest",
    "dispatch-rule": "CreateSIPDispatchRuleRequest",
    "sip-participant": "CreateSIPParticipantRequest",
}
"""What `lk … create` reads."""

WRAPPER = {
    "inbound-trunk": "trunk",
    "outbound-trunk": "trunk",
    "dispatch-rule": "dispatch_rule",
}
"""The field of the request that holds the document, where there is one."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `type` is string, bool, int32, uint32, double, enum, message, duration or
    timestamp: for a list of its items, for a map of its values (keys are always strings)."""

    message: str
    name: str
    json_name: str
    type: str
    of: str
    """The message or enum meant by `type`, else ""."""
    repeated: bool
    map: bool
    oneof: str

    @property
    def single(self) -> bool:
        """Neither a list nor a map."""
        return not self.repeated and not self.map


@dataclass(frozen=True, slots=True)
class Structure:
    """All messages and enums, by LiveKit's short name."""

    messages: dict[str, tuple[Field, ...]]
    enums: dict[str, dict[str, int]]

    def field(self, message: str, name: str) -> Field:
        """The field of that snake_case name. Raises StopIteration when there is none."""
        return next(f for f in self.messages[message] if f.name == name)

    def reachable(self, message: str) -> tuple[str, ...]:
        """The message and all that can stand below it."""
        found = [message]
        for name in found:
            for held in self.messages[name]:
                if held.type == "message" and held.of not in found:
                    found.append(held.of)
        return tuple(found)

    def path(self, start: str, to: str) -> tuple[Field, ...]:
        """The fields that lead from one message to another by the shortest way."""
        ways: dict[str, tuple[Field, ...]] = {start: ()}
        queue = [start]
        for name in queue:
            if name == to:
                return ways[name]
            for held in self.messages[name]:
                if held.type == "message" and held.of not in ways:
                    ways[held.of] = (*ways[name], held)
                    queue.append(held.of)
        raise KeyError(to)


@cache
def structure() -> Structure:
    """The structure the schemas are built from."""
    read = json.loads(SOURCE.read_text(encoding="utf-8"))
    messages = {
        name: tuple(
            Field(
                message=name,
                name=field["name"],
                json_name=field["json_name"],
                type=field["type"],
                of=field.get("of", ""),
                repeated=field.get("repeated", False),
                map=field.get("map", False),
                oneof=field.get("oneof", ""),
            )
            for field in fields
        )
        for name, fields in read["messages"].items()
    }
    enums = {
        name: {value["name"]: value["number"] for value in values}
        for name, values in read["enums"].items()
    }
    return Structure(messages, enums)
