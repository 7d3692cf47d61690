"""One schema for a folder of files of any kind and form, told apart by what is in them."""

from __future__ import annotations

import json

from scalars import Schema, has_any, one_object, ref
from words import kind_words

from lklint.telephony.message import camel_case

FORMS = ("create", "update", "any")
_CALL = ("sip_call_to", "participant_identity", "room_name")
_OWN = {"call-expectations": ("calls",), "phone-numbers": ("phone_numbers",)}
"""By kind of lklint's own: the member that holds everything."""
_RULE = ("dispatch_rule", "rule")
_OUTBOUND = ("address", "transport", "from_host", "destination_country")
_INBOUND = ("numbers", "allowed_addresses", "allowed_numbers", "krisp_enabled")


def combined_schema(kinds: dict[str, Schema]) -> Schema:
    """The combined schema, from those of the kinds."""
    definitions: dict[str, Schema] = {}
    for kind, schema in kinds.items():
        for name, definition in schema["definitions"].items():
            own = f"{kind}-{name}" if name in FORMS else name
            definitions[own] = _renamed(definition, kind)
    return {
        "$schema": next(iter(kinds.values()))["$schema"],
        **kind_words("telephony"),
        **one_object(),
        "defaultSnippets": [
            snippet for schema in kinds.values() for snippet in schema["defaultSnippets"]
        ],
        **_told_apart(),
        "definitions": definitions,
    }


def _told_apart() -> Schema:
    """Which kind a file is: the first whose marks it has."""
    marks = [
        *((has_any(_spelled(names)), ref(f"{kind}-any")) for kind, names in _OWN.items()),
        (has_any(_spelled(_CALL)), ref("sip-participant-any")),
        (has_any(_spelled(_RULE)), ref("dispatch-rule-any")),
        (_trunk(_OUTBOUND), ref("outbound-trunk-any")),
        (
            {"anyOf": [*_trunk(_INBOUND)["anyOf"], {"required": ["trunk"]}]},
            {"allOf": [ref("inbound-trunk-any"), _AN_ADDRESS]},
        ),
    ]
    choice = _BEGINNINGS
    for condition, kind in reversed(marks):
        choice = {"if": condition, "then": kind, "else": choice}
    return choice


_BEGINNINGS: Schema = {
    "properties": {
        "trunk": {
            "description": "An inbound trunk, or an outbound one: that has an address.",
            "type": ["object", "null"],
        },
        "dispatch_rule": {
            "description": kind_words("dispatch-rule")["description"],
            "type": ["object", "null"],
        },
        "sipCallTo": {
            "description": kind_words("sip-participant")["description"],
            "type": ["string", "null"],
        },
        "calls": {
            "description": kind_words("call-expectations")["description"],
            "type": ["array", "null"],
        },
        "phoneNumbers": {
            "description": kind_words("phone-numbers")["description"],
            "type": ["array", "null"],
        },
    }
}
"""What an editor offers while a file does not yet say what it is."""
_AN_ADDRESS: Schema = {
    "properties": {
        "trunk": {
            "doNotSuggest": True,
            "properties": {
                "address": {
                    "description": "Host of your provider. It makes this an outbound trunk.",
                    "examples": ["sip.example.com"],
                }
            },
        }
    }
}
"""What an editor offers in a trunk that does not yet say which kind it is."""


def _renamed(definition: Schema, kind: str) -> Schema:
    text = json.dumps(definition)
    for form in FORMS:
        text = text.replace(f'"#/definitions/{form}"', f'"#/definitions/{kind}-{form}"')
    renamed: Schema = json.loads(text)
    return renamed


def _spelled(fields: tuple[str, ...]) -> list[str]:
    return [name for field in fields for name in dict.fromkeys((camel_case(field), field))]


def _trunk(fields: tuple[str, ...]) -> Schema:
    """A trunk with one of these fields, in its wrapper or without one."""
    marks = has_any(_spelled(fields))
    inside = {"required": ["trunk"], "properties": {"trunk": {**marks, "doNotSuggest": True}}}
    return {"anyOf": [*marks["anyOf"], inside]}
