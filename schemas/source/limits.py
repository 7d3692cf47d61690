"""What LiveKit's validation adds to the types: constraints on fields and on whole messages.

Source: livekit/sip.go and livekit/sip_validation.go of the protocol repository, v1.54.0. Each
constraint names its rule; `structure` guards the field names.
"""

from __future__ import annotations

from scalars import DURATION, Schema, refused, told, when
from structure import structure

_TOKEN = r"^[-.!%*_+`'~0-9A-Za-z]{1,255}$"
_FORBIDDEN_HEADERS = [
    "accept",
    "accept-encoding",
    "accept-language",
    "allow",
    "allow-events",
    "call-id",
    "contact",
    "content-encoding",
    "content-length",
    "content-type",
    "cseq",
    "event",
    "expires",
    "from",
    "max-forwards",
    "record-route",
    "refer-to",
    "reply-to",
    "k",
    "l",
    "m",
    "o",
    "r",
    "t",
    "u",
    "v",
]
_UP_TO_TEN_MINUTES = (
    "^(?:-(?:0?[.]?0*)s|[+]?(?:(?:0|[1-9][0-9]?|[1-5][0-9]{2})(?:[.][0-9]{0,9})?"
    "|[.][0-9]{0,9}|600(?:[.]0{0,9})?)s)$"
)
_EMPTY_TEXT: Schema = {"maxLength": 0, "doNotSuggest": True}
_EMPTY_LIST: Schema = {"maxItems": 0, "doNotSuggest": True}
_UNSET: Schema = {"type": "null", "doNotSuggest": True}
_HOST = "Write a host name or an address, with a port if need be: no sip: and no ;transport=."
_USER = "Write the number or the user alone: no sip:, no @."


def _any_case(word: str) -> str:
    """A pattern for a word in any case, without a flag that engines spell differently."""
    return "".join(f"[{c.upper()}{c}]" if c.isalpha() else c for c in word)


def _like(pattern: str, words: str, rule: str) -> Schema:
    """A constraint on a string: one like this."""
    return {"pattern": pattern, **told(words, rule)}


def _unlike(pattern: str, words: str, rule: str) -> Schema:
    """A constraint on a string: none like this."""
    return when("string", refused({"pattern": pattern}, words, rule))


def _host(rule: str) -> list[Schema]:
    """A host as validateHostnameFormat wants it: no URI, no transport parameter."""
    return [_unlike("transport=", _HOST, rule), _unlike("[@;]|^sips?:", _HOST, rule)]


_HEADER_NAME = _like(_TOKEN, "This is no name of a SIP header: X-Account would be one.", "LK603")
_NAMES: Schema = {"propertyNames": {**_HEADER_NAME, "examples": ["X-Account"]}}
_HEADER_MAP: list[Schema] = [
    _NAMES,
    {
        "propertyNames": refused(
            {"pattern": f"^(?:{'|'.join(map(_any_case, _FORBIDDEN_HEADERS))})$"},
            "LiveKit sets this header itself and refuses yours. Use a name that starts with X-.",
            "LK601",
        )
    },
    {
        "additionalProperties": {
            "allOf": [
                {"maxLength": 1024, "x-lklint-rule": "LK604"},
                _unlike(
                    r"[\u0000-\u0008\u000a-\u001f\u007f]",
                    "Leave line breaks and other control characters out.",
                    "LK604",
                ),
                {"x-lklint-format": "header-value", "x-lklint-rule": "LK604"},
            ]
        }
    },
]
_TRUNKS = ("SIPInboundTrunkInfo", "SIPOutboundTrunkInfo")


def field_limits() -> dict[tuple[str, str], list[Schema]]:
    """Constraints by (message, field)."""
    statuses = structure().enums["SIPStatusCode"]
    good = [name for name, number in statuses.items() if number == 0 or 400 <= number <= 699]
    country = "Write two capital letters, as in US."
    status = "Use a status of 4xx, 5xx or 6xx."
    limits: dict[tuple[str, str], list[Schema]] = {
        ("SIPOutboundTrunkInfo", "address"): _host("LK332"),
        ("SIPOutboundTrunkInfo", "from_host"): _host("LK334"),
        ("SIPOutboundConfig", "hostname"): _host("LK358"),
        ("SIPOutboundConfig", "from_host"): _host("LK334"),
        ("SIPCodec", "name"): [
            _like(r"^[^ \t\n\r/]*$", "Write the name without the rate, as in PCMU.", "LK610")
        ],
        ("SIPMediaConfig", "media_timeout"): [
            {
                "if": {"pattern": DURATION},
                "then": _like(_UP_TO_TEN_MINUTES, 'This must be from "0s" to "600s".', "LK614"),
            },
        ],
        ("SIPInboundTrunkInfo", "ringing_timeout_status"): [
            {
                "if": {"enum": list(statuses)},
                "then": {"enum": good, **told(status, "LK320")},
                "else": {
                    "if": {"type": "integer", "not": {"const": 0}},
                    "then": {"minimum": 400, "maximum": 699, "x-lklint-rule": "LK320"},
                },
            }
        ],
        ("CreateSIPParticipantRequest", "sip_call_to"): [_unlike("@", _USER, "LK353")],
        ("CreateSIPParticipantRequest", "to_user_override"): [
            _like(_TOKEN.replace("{1,255}", "*"), _USER, "LK355")
        ],
        ("CreateSIPParticipantRequest", "display_name"): [
            {"maxLength": 128, "x-lklint-rule": "LK356"},
            _like(
                r'^(?:[^"\\\n]|\\[^\n])*$',
                "Leave quotes, backslashes and line breaks out.",
                "LK356",
            ),
            {"x-lklint-format": "display-name", "x-lklint-rule": "LK356"},
        ],
        # On the field, not on the message: beside `dispatch_rule` a flat `rule` is never looked at.
        ("SIPDispatchRuleInfo", "rule"): [
            when(
                "object",
                one_of(
                    "SIPDispatchRule",
                    "LK402",
                    "Say which room: put dispatchRuleDirect, dispatchRuleIndividual or "
                    "dispatchRuleCallee in here.",
                    "dispatch_rule_direct",
                    "dispatch_rule_individual",
                    "dispatch_rule_callee",
                ),
            )
        ],
        ("Destination", "country"): [
            when("string", {"enum": ["", *structure().countries], **told(country, "LK357")})
        ],
        ("CreateSIPParticipantRequest", "headers"): _HEADER_MAP,
    }
    for message in _TRUNKS:
        limits[message, "headers"] = _HEADER_MAP
    for message in (*_TRUNKS, "SIPOutboundConfig"):
        limits[message, "headers_to_attributes"] = [_NAMES]
        limits[message, "attributes_to_headers"] = [{"additionalProperties": _HEADER_NAME}]
    return limits


def empty(message: str, *names: str) -> Schema:
    """That fields are absent or empty, in either spelling."""
    properties: dict[str, Schema] = {}
    for name in names:
        field = structure().field(message, name)
        nothing = (
            _EMPTY_LIST if field.repeated else _EMPTY_TEXT if field.type == "string" else _UNSET
        )
        properties |= dict.fromkeys(field.spellings, nothing)
    return {"properties": properties}


def unset(message: str, name: str) -> Schema:
    """That a field is absent or null, in either spelling."""
    return {"properties": dict.fromkeys(structure().field(message, name).spellings, _UNSET)}


def one_of(message: str, rule: str, words: str, *names: str) -> Schema:
    """A constraint: at least one of these fields is given and not empty."""
    return refused(empty(message, *names), words, rule)


def message_limits() -> dict[str, list[Schema]]:
    """Constraints on whole messages."""
    participant = "CreateSIPParticipantRequest"
    return {
        "SIPInboundTrunkInfo": [
            one_of(
                "SIPInboundTrunkInfo", "LK301",
                "Say who may call: give numbers, or allowedAddresses, or authUsername and "
                "authPassword.",
                "numbers", "allowed_addresses", "auth_username", "auth_password",
            )
        ],
        "SIPOutboundTrunkInfo": [
            one_of(
                "SIPOutboundTrunkInfo", "LK330",
                'Give numbers: those to call from, or ["*"] if each call brings its own.',
                "numbers",
            ),
            one_of(
                "SIPOutboundTrunkInfo", "LK331",
                "Give address: the host of your provider.",
                "address",
            ),
        ],
        "SIPDispatchRuleInfo": [
            one_of(
                "SIPDispatchRuleInfo", "LK401",
                "Give rule: it says which room calls go to.",
                "rule",
            )
        ],
        "SIPOutboundConfig": [
            one_of(
                "SIPOutboundConfig", "LK358",
                "Give hostname: the host of your provider.",
                "hostname",
            )
        ],
        "SIPCodec": [one_of("SIPCodec", "LK610", "Give the codec a name, as in PCMU.", "name")],
        participant: [
            one_of(
                participant, "LK350",
                "Give sipTrunkId: the outbound trunk to call through.",
                "sip_trunk_id", "trunk", "sip_number",
            ),
            one_of(participant, "LK351", "Give sipCallTo: the number to call.", "sip_call_to"),
            one_of(participant, "LK352", "Give roomName: the room to call into.", "room_name"),
            {
                "if": {
                    "allOf": [
                        {"not": empty(participant, "trunk")},
                        empty(participant, "sip_trunk_id"),
                    ]
                },
                "then": one_of(
                    participant, "LK359",
                    "Give sipNumber: a trunk written here has no number to call from.",
                    "sip_number",
                ),
            },
        ],
        "Destination": [
            {
                "if": {"not": empty("Destination", "city")},
                "then": one_of(
                    "Destination", "LK357",
                    "A city alone is not enough: give country or region.",
                    "country", "region",
                ),
            }
        ],
    }  # fmt: skip
