"""Where fields belong: which message has which, and what older files called them."""

from __future__ import annotations

RULE_KINDS = ("dispatch_rule_direct", "dispatch_rule_individual", "dispatch_rule_callee")

_OF_INBOUND_TRUNKS = (
    "allowed_addresses",
    "allowed_numbers",
    "krisp_enabled",
    "ringing_timeout",
    "ringing_timeout_status",
    "max_call_duration",
    "auth_realm",
)
_OF_OUTBOUND_TRUNKS = ("address", "transport", "from_host", "destination_country")
_OF_DISPATCH_RULES = ("trunk_ids", "room_config", "rule", "inbound_numbers")
_OF_TRUNKS = (
    "headers",
    "headers_to_attributes",
    "attributes_to_headers",
    "include_headers",
    "ringing_timeout",
    "max_call_duration",
    "allowed_addresses",
    "allowed_numbers",
    "auth_username",
    "auth_password",
)

ELSEWHERE: dict[str, dict[str, str]] = {
    "SIPOutboundTrunkInfo": dict.fromkeys(_OF_INBOUND_TRUNKS, "an inbound trunk"),
    "SIPInboundTrunkInfo": dict.fromkeys(_OF_OUTBOUND_TRUNKS, "an outbound trunk")
    | dict.fromkeys(_OF_DISPATCH_RULES, "a dispatch rule"),
    "SIPDispatchRuleInfo": dict.fromkeys(_OF_TRUNKS, "the trunk"),
}
"""By message: fields that people put there although another resource has them."""

INTO: dict[str, dict[str, str]] = {
    "SIPDispatchRuleInfo": {
        **dict.fromkeys(RULE_KINDS, "rule"),
        "agents": "room_config",
        "max_participants": "room_config",
        "empty_timeout": "room_config",
        "departure_timeout": "room_config",
        "egress": "room_config",
    },
    "SIPInboundTrunkInfo": dict.fromkeys(
        ("codecs", "only_listed_codecs", "encryption", "media_timeout"), "media"
    ),
    "SIPOutboundTrunkInfo": dict.fromkeys(
        ("codecs", "only_listed_codecs", "encryption", "media_timeout"), "media"
    ),
}
"""By message: fields that belong one level further in, and the field to put them into."""

_OF_THE_RULE_AROUND = (
    "room_config",
    "agents",
    "name",
    "trunk_ids",
    "metadata",
    "attributes",
    "numbers",
    "inbound_numbers",
    "hide_phone_number",
    "krisp_enabled",
    "media",
    "room_preset",
)
OUT_OF = dict.fromkeys(
    (
        "SIPDispatchRule",
        "SIPDispatchRuleDirect",
        "SIPDispatchRuleIndividual",
        "SIPDispatchRuleCallee",
    ),
    _OF_THE_RULE_AROUND,
)
"""By message: fields that belong to the dispatch rule around it."""

LEGACY = {
    "inbound_addresses": "allowed_addresses of an inbound trunk",
    "inbound_numbers_regex": "numbers of an inbound trunk, one by one",
    "inbound_username": "auth_username of an inbound trunk",
    "inbound_password": "auth_password of an inbound trunk",
    "inbound_numbers": "numbers of an inbound trunk",
    "outbound_address": "address of an outbound trunk",
    "outbound_number": "numbers of an outbound trunk",
    "outbound_numbers": "numbers of an outbound trunk",
    "outbound_username": "auth_username of an outbound trunk",
    "outbound_password": "auth_password of an outbound trunk",
}
"""Fields of the old SIPTrunk (protobufs/livekit_sip.proto), and what replaced them."""

_NOTES = frozenset(
    ["comment", "comments", "note", "notes", "todo", "description", "doc", "docs", "readme"]
)


def is_note(name: str) -> bool:
    """Whether a name marks a note for people or for editors, not a setting."""
    return name[:1] in ("$", "_", "/", "#", "@") or name.lower() in _NOTES


def snake_case(name: str) -> str:
    """A field's protobuf name, from any way people write it (trunkIds, TrunkIDs, trunk-ids)."""
    plain = name.replace("-", "_").replace(" ", "_")
    pieces: list[str] = []
    for index, letter in enumerate(plain):
        before = plain[index - 1] if index else "_"
        after = plain[index + 1] if index + 1 < len(plain) else "_"
        begins = letter.isupper() and (before.islower() or (before.isupper() and after.islower()))
        if begins and before != "_" and not (before.isupper() and after == "s"):
            pieces.append("_")
        pieces.append(letter.lower())
    return "".join(pieces).strip("_")
