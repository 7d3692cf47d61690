"""What LiveKit's validation adds to the types: constraints on fields and on whole messages.

Source: livekit/sip.go and livekit/sip_validation.go of the protocol repository, v1.54.0. Each
constraint names its rule; `structure` guards the field names.
"""

from __future__ import annotations

from scalars import DURATION, Schema, when
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
_FILLED = {"type": "string", "minLength": 1}
_FILLED_LIST = {"type": "array", "minItems": 1}
_SET = {"not": {"type": "null"}}


def _any_case(word: str) -> str:
    """A pattern for a word in any case, without a flag that engines spell differently."""
    return "".join(f"[{c.upper()}{c}]" if c.isalpha() else c for c in word)


def _text(then: Schema, rule: str, words: str = "") -> Schema:
    """A constraint on a string."""
    if words:
        word = "patternErrorMessage" if "pattern" in then else "errorMessage"
        then = {**then, word: words}
    return when("string", then, rule)


def _host(rule: str) -> list[Schema]:
    """A host as validateHostnameFormat wants it: no URI, no transport parameter."""
    words = "a host name or an address, with a port if need be; no sip: and no ;transport="
    return [
        _text({"not": {"pattern": "transport="}}, rule, words),
        _text({"not": {"pattern": "[@;]|^sips?:"}}, rule, words),
    ]


_NAMES = when(
    "object",
    {"propertyNames": {"pattern": _TOKEN, "patternErrorMessage": "no name of a SIP header"}},
    "LK603",
)
_HEADER_MAP = [
    _NAMES,
    when(
        "object",
        {
            "propertyNames": {
                "not": {"pattern": f"^(?:{'|'.join(map(_any_case, _FORBIDDEN_HEADERS))})$"},
                "errorMessage": "LiveKit sets this header itself and refuses yours",
            }
        },
        "LK601",
    ),
    when(
        "object",
        {
            "additionalProperties": {
                "allOf": [
                    _text({"maxLength": 1024}, "LK604", "at most 1024 bytes"),
                    _text(
                        {"not": {"pattern": r"[\u0000-\u0008\u000a-\u001f\u007f]"}},
                        "LK604",
                        "no line breaks or other control characters",
                    ),
                    {"x-lklint-format": "header-value", "x-lklint-rule": "LK604"},
                ]
            }
        },
    ),
]
_HEADER_NAMES_AS_VALUES = [
    when(
        "object",
        {
            "additionalProperties": _text(
                {"pattern": _TOKEN}, "LK603", "the name of a SIP header, such as X-Account"
            )
        },
    )
]
_TRUNKS = ("SIPInboundTrunkInfo", "SIPOutboundTrunkInfo")


def field_limits() -> dict[tuple[str, str], list[Schema]]:
    """Constraints by (message, field)."""
    statuses = structure().enums["SIPStatusCode"]
    good = [name for name, number in statuses.items() if number == 0 or 400 <= number <= 699]
    limits: dict[tuple[str, str], list[Schema]] = {
        ("SIPOutboundTrunkInfo", "address"): _host("LK332"),
        ("SIPOutboundTrunkInfo", "from_host"): _host("LK334"),
        ("SIPOutboundConfig", "hostname"): _host("LK358"),
        ("SIPOutboundConfig", "from_host"): _host("LK334"),
        ("SIPCodec", "name"): [
            _text({"pattern": r"^[^ \t\n\r/]*$"}, "LK610", "a codec name without rate, as in PCMU")
        ],
        ("SIPMediaConfig", "media_timeout"): [
            when(
                "string",
                {
                    "if": {"pattern": DURATION},
                    "then": {"pattern": _UP_TO_TEN_MINUTES, "patternErrorMessage": "0s to 600s"},
                },
                "LK614",
            ),
        ],
        ("SIPInboundTrunkInfo", "ringing_timeout_status"): [
            {
                "if": {"enum": list(statuses)},
                "then": {"enum": good, "errorMessage": "a status of 4xx, 5xx or 6xx"},
                "else": {
                    "if": {"type": "integer", "not": {"const": 0}},
                    "then": {"minimum": 400, "maximum": 699},
                },
                "x-lklint-rule": "LK320",
            }
        ],
        ("CreateSIPParticipantRequest", "sip_call_to"): [
            _text({"not": {"pattern": "@"}}, "LK353", "a number or a user, no URI")
        ],
        ("CreateSIPParticipantRequest", "to_user_override"): [
            _text(
                {"pattern": _TOKEN.replace("{1,255}", "*")}, "LK355", "a number or a user, no URI"
            )
        ],
        ("CreateSIPParticipantRequest", "display_name"): [
            _text({"maxLength": 128}, "LK356", "at most 128 bytes"),
            _text({"pattern": r'^(?:[^"\\\n]|\\[^\n])*$'}, "LK356", r"quotes written as \""),
            {"x-lklint-format": "display-name", "x-lklint-rule": "LK356"},
        ],
        # On the field, not on the message: beside `dispatch_rule` a flat `rule` is never looked at.
        ("SIPDispatchRuleInfo", "rule"): [
            when(
                "object",
                one_of(
                    "SIPDispatchRule",
                    "LK402",
                    "dispatch_rule_direct",
                    "dispatch_rule_individual",
                    "dispatch_rule_callee",
                ),
            )
        ],
        ("Destination", "country"): [
            _text({"enum": ["", *structure().countries]}, "LK357", "two capital letters, as in US")
        ],
        ("CreateSIPParticipantRequest", "headers"): _HEADER_MAP,
    }
    for message in _TRUNKS:
        limits[message, "headers"] = _HEADER_MAP
    for message in (*_TRUNKS, "SIPOutboundConfig"):
        limits[message, "headers_to_attributes"] = [_NAMES]
        limits[message, "attributes_to_headers"] = _HEADER_NAMES_AS_VALUES
    return limits


def has(message: str, name: str, what: Schema) -> list[Schema]:
    """The alternatives "this field is given and is so", one for each spelling."""
    spellings = structure().field(message, name).spellings
    return [{"required": [name], "properties": {name: what}} for name in spellings]


def filled(message: str, *names: str) -> list[Schema]:
    """The alternatives "one of these fields is not empty"."""
    found: list[Schema] = []
    for name in names:
        field = structure().field(message, name)
        what = _FILLED_LIST if field.repeated else _FILLED if field.type == "string" else _SET
        found += has(message, name, what)
    return found


def one_of(message: str, rule: str, *names: str) -> Schema:
    """A constraint: at least one of these fields is given and not empty."""
    return {"anyOf": filled(message, *names), "x-lklint-rule": rule}


def message_limits() -> dict[str, list[Schema]]:
    """Constraints on whole messages."""
    participant = "CreateSIPParticipantRequest"
    return {
        "SIPInboundTrunkInfo": [
            one_of(
                "SIPInboundTrunkInfo", "LK301",
                "numbers", "allowed_addresses", "auth_username", "auth_password",
            )
        ],
        "SIPOutboundTrunkInfo": [
            one_of("SIPOutboundTrunkInfo", "LK330", "numbers"),
            one_of("SIPOutboundTrunkInfo", "LK331", "address"),
        ],
        "SIPDispatchRuleInfo": [one_of("SIPDispatchRuleInfo", "LK401", "rule")],
        "SIPOutboundConfig": [one_of("SIPOutboundConfig", "LK358", "hostname")],
        "SIPCodec": [one_of("SIPCodec", "LK610", "name")],
        participant: [
            one_of(participant, "LK350", "sip_trunk_id", "trunk", "sip_number"),
            one_of(participant, "LK351", "sip_call_to"),
            one_of(participant, "LK352", "room_name"),
            {
                "if": {
                    "anyOf": filled(participant, "trunk"),
                    "not": {"anyOf": filled(participant, "sip_trunk_id")},
                },
                "then": {"anyOf": filled(participant, "sip_number")},
                "x-lklint-rule": "LK359",
            },
        ],
        "Destination": [
            {
                "if": {"anyOf": filled("Destination", "city")},
                "then": {"anyOf": filled("Destination", "country", "region")},
                "x-lklint-rule": "LK357",
            }
        ],
    }  # fmt: skip
