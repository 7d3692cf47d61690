"""What a trunk or a rule claims, from its message: the boxes that must not overlap."""

from __future__ import annotations

from typing import Any

from google.protobuf.message import Message as Protobuf

from lklint.protocol.messages import write
from lklint.telephony.message import Message
from lklint.telephony.routing.stored import Rule, Trunk, stored_rule, stored_trunk

SPACES = ("inbound-trunk", "dispatch-rule")
"""The kinds of which two can claim the same calls."""


def trunk_claim(id: str, message: Protobuf) -> Trunk:
    """An inbound trunk as the routing knows it; "" is the id of a new one."""
    trunk: Any = message
    fields = ("name", "numbers", "allowed_numbers", "allowed_addresses")
    return stored_trunk(id, Message(_plain(trunk, fields), ""))


def rule_claim(id: str, message: Protobuf) -> Rule:
    """A dispatch rule as the routing knows it; its place among others does not matter here."""
    rule: Any = message
    value = _plain(rule, ("name", "trunk_ids", "numbers", "inbound_numbers"))
    if rule.HasField("rule"):
        value["rule"] = write(rule.rule)
    return stored_rule(id, Message(value, ""), 0)


def claim(kind: str, id: str, message: Protobuf) -> Trunk | Rule | None:
    """What a resource claims; None for a kind that claims nothing."""
    if kind == "inbound-trunk":
        return trunk_claim(id, message)
    return rule_claim(id, message) if kind == "dispatch-rule" else None


def _plain(message: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    values = ((name, getattr(message, name)) for name in fields)
    return {name: value if isinstance(value, str) else list(value) for name, value in values}
