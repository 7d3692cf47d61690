"""Where fields belong: which message has which, and what older files called them."""

from __future__ import annotations

RULE_KINDS = ("dispatch_rule_direct", "dispatch_rule_individual", "dispatch_rule_callee")

REQUESTS = {
    "CreateSIPInboundTrunkRequest": ("inbound-trunk", "SIPInboundTrunkInfo", "trunk"),
    "CreateSIPOutboundTrunkRequest": ("outbound-trunk", "SIPOutboundTrunkInfo", "trunk"),
    "CreateSIPDispatchRuleRequest": ("dispatch-rule", "SIPDispatchRuleInfo", "dispatch_rule"),
}
"""By request: the kind, the message of its resource, and the one field that holds it."""

RESOURCES = frozenset(
    f"{word}{plural}"
    for word in (
        "trunk", "sip_trunk", "inbound_trunk", "sip_inbound_trunk", "outbound_trunk",
        "sip_outbound_trunk", "dispatch_rule", "sip_dispatch_rule",
    )
    for plural in ("", "s")
)  # fmt: skip
"""Names under which people put a whole resource."""

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
_OF_DISPATCH_RULES = (
    "trunk_ids", "room_config", "rule", "inbound_numbers", "attributes", "room_preset",
    "hide_phone_number", "agents", "agent_name", "room_name", "room_prefix", "pin", *RULE_KINDS,
)  # fmt: skip
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
_AN_AGENT_DISPATCH = "an agent dispatch (`lk dispatch create`)"

ELSEWHERE: dict[str, dict[str, str]] = {
    "SIPOutboundTrunkInfo": dict.fromkeys(_OF_INBOUND_TRUNKS, "an inbound trunk")
    | dict.fromkeys(_OF_DISPATCH_RULES, "a dispatch rule"),
    "SIPInboundTrunkInfo": dict.fromkeys(_OF_OUTBOUND_TRUNKS, "an outbound trunk")
    | dict.fromkeys(_OF_DISPATCH_RULES, "a dispatch rule"),
    "SIPDispatchRuleInfo": dict.fromkeys(_OF_TRUNKS, "the trunk"),
    "SIPDispatchRuleDirect": {
        "room_prefix": "the other kinds of rule; this one takes roomName",
        "randomize": "dispatchRuleCallee",
        "no_randomness": "dispatchRuleIndividual",
    },
    "SIPDispatchRuleIndividual": {
        "room_name": "dispatchRuleDirect; this kind of rule takes roomPrefix",
        "randomize": "dispatchRuleCallee",
    },
    "SIPDispatchRuleCallee": {
        "room_name": "dispatchRuleDirect; this kind of rule takes roomPrefix",
        "no_randomness": "dispatchRuleIndividual; this kind of rule takes randomize",
    },
    "CreateSIPParticipantRequest": dict.fromkeys(("agent_name", "agents"), _AN_AGENT_DISPATCH),
}
"""By message: fields that people put there although another resource has them."""

_OF_ROOM_CONFIG = ("agents", "max_participants", "empty_timeout", "departure_timeout", "egress")
_INTO_MEDIA = dict.fromkeys(("codecs", "only_listed_codecs", "media_timeout"), "media")

INTO: dict[str, dict[str, str]] = {
    "SIPDispatchRuleInfo": {
        **dict.fromkeys(RULE_KINDS, "rule"),
        **dict.fromkeys(_OF_ROOM_CONFIG, "room_config"),
        **_INTO_MEDIA,
    },
    "SIPInboundTrunkInfo": _INTO_MEDIA,
    "SIPOutboundTrunkInfo": _INTO_MEDIA,
    "CreateSIPParticipantRequest": _INTO_MEDIA,
    **dict.fromkeys(
        (
            "SIPDispatchRule",
            "SIPDispatchRuleDirect",
            "SIPDispatchRuleIndividual",
            "SIPDispatchRuleCallee",
        ),
        dict.fromkeys(_OF_ROOM_CONFIG, "room_config"),
    ),
}
"""By message: fields that belong one level further in, and the field to put them into."""

_OF_THE_RULE_AROUND = (
    "room_config",
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
OUT_OF: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "SIPDispatchRule",
            "SIPDispatchRuleDirect",
            "SIPDispatchRuleIndividual",
            "SIPDispatchRuleCallee",
        ),
        _OF_THE_RULE_AROUND,
    ),
    "RoomConfiguration": (
        "rule", "trunk_ids", "numbers", "inbound_numbers", "hide_phone_number", "attributes",
        "krisp_enabled", "room_preset",
    ),
}  # fmt: skip
"""By message: fields that belong to the dispatch rule around it."""

OF_RULE_KINDS: dict[str, tuple[str, ...]] = {
    "room_name": ("dispatch_rule_direct",),
    "room_prefix": ("dispatch_rule_individual", "dispatch_rule_callee"),
    "no_randomness": ("dispatch_rule_individual",),
    "randomize": ("dispatch_rule_callee",),
    "pin": RULE_KINDS,
}
"""The fields of the kinds of rule, and the kinds that have them, the usual one first."""

LEGACY = {
    "inbound_addresses": ("allowed_addresses", "SIPInboundTrunkInfo"),
    "inbound_numbers_regex": ("numbers", "SIPInboundTrunkInfo"),
    "inbound_username": ("auth_username", "SIPInboundTrunkInfo"),
    "inbound_password": ("auth_password", "SIPInboundTrunkInfo"),
    "inbound_numbers": ("numbers", "SIPInboundTrunkInfo"),
    "outbound_address": ("address", "SIPOutboundTrunkInfo"),
    "outbound_number": ("numbers", "SIPOutboundTrunkInfo"),
    "outbound_numbers": ("numbers", "SIPOutboundTrunkInfo"),
    "outbound_username": ("auth_username", "SIPOutboundTrunkInfo"),
    "outbound_password": ("auth_password", "SIPOutboundTrunkInfo"),
}
"""Fields of the old SIPTrunk (protobufs/livekit_sip.proto): what replaced them, and in what."""


def _meant(**names: str) -> dict[str, str]:
    """By what people write: the field that is meant, from words for each field."""
    return {word: field for field, words in names.items() for word in words.split()}


_OF_ANY_TRUNK = _meant(
    numbers="number phone_number phone_numbers",
    auth_username="user username auth_user sip_username",
    auth_password="pass password auth_pass sip_password",
    media_encryption="encryption media_enc srtp",
    name="trunk_name",
)
_OF_ANY_KIND = _meant(pin="pin_code pincode passcode password")
MEANT: dict[str, dict[str, str]] = {
    "SIPInboundTrunkInfo": _OF_ANY_TRUNK
    | _meant(
        allowed_addresses="addresses ip_addresses ips allowed_ips allowed_ip_addresses",
        krisp_enabled="krisp noise_cancellation",
        auth_realm="realm",
    ),
    "SIPOutboundTrunkInfo": _OF_ANY_TRUNK
    | _meant(
        address="host hostname domain server uri url sip_address sip_host sip_server sip_uri",
        destination_country="country country_code",
        transport="protocol",
    ),
    "SIPOutboundConfig": _OF_ANY_TRUNK | _meant(hostname="address host domain server"),
    "SIPDispatchRuleInfo": _meant(
        trunk_ids="trunk trunks trunk_id sip_trunk_id sip_trunk_ids inbound_trunk_id",
        name="rule_name",
        room_config="room_configuration",
        room_preset="preset",
        hide_phone_number="hide_number",
        media_encryption="encryption media_enc srtp",
    ),
    "SIPDispatchRule": _meant(
        dispatch_rule_direct="direct sip_dispatch_rule_direct",
        dispatch_rule_individual="individual caller dispatch_rule_caller "
        "sip_dispatch_rule_individual",
        dispatch_rule_callee="callee sip_dispatch_rule_callee",
    ),
    "SIPDispatchRuleDirect": _OF_ANY_KIND | _meant(room_name="room"),
    "SIPDispatchRuleIndividual": _OF_ANY_KIND | _meant(room_prefix="prefix room_name_prefix"),
    "SIPDispatchRuleCallee": _OF_ANY_KIND | _meant(room_prefix="prefix room_name_prefix"),
    "RoomAgentDispatch": _meant(agent_name="name agent"),
    "SIPCodec": _meant(name="codec", rate="clock_rate sample_rate"),
    "CreateSIPParticipantRequest": _meant(
        sip_trunk_id="trunk_id outbound_trunk_id sip_outbound_trunk_id",
        sip_call_to="to call_to sip_to number to_number phone phone_number callee",
        sip_number="from from_number caller_id sip_from",
        room_name="room",
        participant_identity="identity",
        participant_name="name",
        participant_metadata="metadata",
        participant_attributes="attributes",
        media_encryption="encryption media_enc srtp",
    ),
    "CallExpectation": _meant(
        to="called callee call_to to_number",
        source_ip="ip ip_address address source source_address",
        from_host="host",
        no_pin="without_pin",
        expect="expected expects expectation then result",
    )
    | dict.fromkeys(("caller", "from_number"), "from"),
    "ExpectedRoute": _meant(
        answer="outcome result",
        status="sip_status code",
        login="auth authentication challenge",
        trunk="trunk_id trunk_name sip_trunk_id",
        rule="rule_id rule_name dispatch_rule",
        room="room_name",
        identity="participant_identity",
        participant_name="name",
        agents="agent agent_name agent_names",
    ),
    "PhoneNumber": _meant(
        number="phone_number e164 e164_format",
        dispatch_rule="rule rule_name dispatch_rule_id dispatch_rule_name sip_dispatch_rule_id",
    ),
}
"""By message: names that resemble no field enough, and the field that people mean by them."""

NOTES = frozenset(
    ["comment", "comments", "note", "notes", "todo", "description", "doc", "docs", "readme"]
)
"""Names that mark a note although they begin like a field."""


def is_note(name: str) -> bool:
    """Whether a name marks a note for people or for editors, not a setting."""
    return name[:1] in ("$", "_", "/", "#", "@") or name.lower() in NOTES


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
