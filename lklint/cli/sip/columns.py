"""The tables of `lk sip … list`: the same columns, the same words in them."""

from __future__ import annotations

from typing import Any

from lklint.cli.server.printing import MASK

Json = dict[str, Any]

HEADERS: dict[str, tuple[str, ...]] = {
    "inbound-trunk": (
        *("SipTrunkID", "Name", "Numbers", "AllowedAddresses", "AllowedNumbers"),
        *("Authentication", "Encryption", "Headers", "Metadata"),
    ),
    "outbound-trunk": (
        *("SipTrunkID", "Name", "Address", "Transport", "Numbers"),
        *("Authentication", "Encryption", "Headers", "Metadata"),
    ),
    "dispatch-rule": (
        *("SipDispatchRuleID", "Name", "SipTrunks", "Type", "RoomName", "Pin"),
        *("Attributes", "Agents"),
    ),
}


def row(kind: str, value: Json, show_secrets: bool) -> tuple[str, ...]:
    """The cells of a resource, from its JSON with the field names of the .proto."""
    if kind == "dispatch-rule":
        return _rule(value, show_secrets)
    first = (value.get("sip_trunk_id", ""), value.get("name", ""))
    numbers = _joined(value, "numbers")
    last = (
        _login(value),
        _word(value, "media_encryption", "SIP_MEDIA_ENCRYPT_", "DISABLE"),
        _maps(value.get("headers"), value.get("headers_to_attributes")),
        value.get("metadata", ""),
    )
    if kind == "inbound-trunk":
        callers = (_joined(value, "allowed_addresses"), _joined(value, "allowed_numbers"))
        return (*first, numbers, *callers, *last)
    transport = _word(value, "transport", "SIP_TRANSPORT_", "AUTO")
    return (*first, value.get("address", ""), transport, numbers, *last)


def _rule(value: Json, show_secrets: bool) -> tuple[str, ...]:
    given: Json = value.get("rule", {})
    kind = next(iter(given), "")
    said: Json = given.get(kind, {})
    prefix = said.get("room_prefix", "")
    kinds = {
        "dispatch_rule_direct": ("Direct", said.get("room_name", "")),
        "dispatch_rule_individual": ("Individual (Caller)", f"{prefix}_<caller>_<random>"),
        "dispatch_rule_callee": (
            "Callee",
            f"{prefix}<callee>{'_<random>' if said.get('randomize') else ''}",
        ),
    }
    type, room = kinds.get(kind, ("", ""))
    pin = said.get("pin", "")
    agents = value.get("room_config", {}).get("agents", [])
    attributes = sorted(value.get("attributes", {}).items())
    return (
        value.get("sip_dispatch_rule_id", ""),
        value.get("name", ""),
        _joined(value, "trunk_ids") or "<any>",
        type,
        room,
        pin if show_secrets or not pin else MASK,
        f"map[{' '.join(f'{name}:{text}' for name, text in attributes)}]",
        ",".join(agent.get("agent_name", "") for agent in agents),
    )


def _joined(value: Json, field: str) -> str:
    return ",".join(value.get(field, ()))


def _login(value: Json) -> str:
    user, password = value.get("auth_username", ""), value.get("auth_password", "")
    return f"{user} / {MASK if password else ''}" if user or password else ""


def _word(value: Json, field: str, prefix: str, zero: str) -> str:
    return str(value.get(field, zero)).removeprefix(prefix)


def _maps(*maps: dict[str, str] | None) -> str:
    texts = ["\n".join(f"{name}={held[name]}" for name in sorted(held)) for held in maps if held]
    return "\n\n".join(texts)
