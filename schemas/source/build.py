"""Builds the published schemas from LiveKit's structure and our words.

python schemas/source/build.py            write schemas/*.json
python schemas/source/build.py --check    fail where a file is not what would be written
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from messages import field_schema, message_schema, one_spelling
from scalars import Schema, ref, when
from structure import Field, structure
from words import kind_words, snippets

FOLDER = Path(__file__).parent.parent
DRAFT = "http://json-schema.org/draft-07/schema#"

REQUESTS = {
    "inbound-trunk": ("CreateSIPInboundTrunkRequest", "trunk", "sip_trunk_id"),
    "outbound-trunk": ("CreateSIPOutboundTrunkRequest", "trunk", "sip_trunk_id"),
    "dispatch-rule": ("CreateSIPDispatchRuleRequest", "dispatch_rule", "sip_dispatch_rule_id"),
}
"""The request that `lk … create` reads, the field with the resource, and the resource's id."""


def kind_schema(kind: str) -> Schema:
    """The schema of a kind. Its root is `lk … create`; `definitions` has the other forms."""
    if kind in REQUESTS:
        definitions = _forms(kind)
    else:
        request = "CreateSIPParticipantRequest"
        definitions = {form: {"allOf": [ref(request)]} for form in ("create", "update", "any")}
        definitions |= _messages(request)
    return {
        "$schema": DRAFT,
        **kind_words(kind),
        "type": "object",
        "x-lklint-rule": "LK011",
        "defaultSnippets": [_snippet(kind, snippet, wrapped=True) for snippet in snippets(kind)],
        "allOf": [ref("create")],
        "definitions": definitions,
    }


def _forms(kind: str) -> dict[str, Schema]:
    request, holder, identifier = REQUESTS[kind]
    held = structure().field(request, holder)
    wrapped = [{"required": [name]} for name in held.spellings]
    bare_snippets = [_snippet(kind, snippet, wrapped=False) for snippet in snippets(kind)]
    return {
        "create": _create(request, held, identifier),
        "update": {"allOf": [ref(held.of)], "defaultSnippets": bare_snippets},
        "any": {"if": {"anyOf": wrapped}, "then": ref("create"), "else": ref("update")},
        **_messages(*(message for message in (held.of, *_flat_messages(request, held)))),
    }


def _create(request: str, held: Field, identifier: str) -> Schema:
    """The request of `lk … create`: the resource in its holder, without an id."""
    properties: dict[str, Any] = {}
    fields = structure().messages[request]
    for field in fields:
        for spelling in field.spellings:
            twin = field is not held or spelling != held.name
            properties[spelling] = field_schema(request, field, twin)
    no_id = _no_id(held.of, identifier)
    for spelling in held.spellings:
        properties[spelling]["allOf"].append(when("object", no_id))
    given = [
        {"required": [n], "properties": {n: {"not": {"type": "null"}}}} for n in held.spellings
    ]
    return {
        "x-livekit-message": request,
        "x-lklint-rule": "LK101",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "allOf": [{"anyOf": given, "x-lklint-rule": "LK116"}, *one_spelling(fields)],
    }


def _no_id(message: str, identifier: str) -> Schema:
    """LiveKit gives the id; one in a file to create is refused, an empty one is not."""
    names = structure().field(message, identifier).spellings
    words = "LiveKit gives the id; a file to create must not have one"
    no_id = when("string", {"maxLength": 0, "errorMessage": words}, "LK117")
    return {"properties": dict.fromkeys(names, no_id)}


def _flat_messages(request: str, held: Field) -> list[str]:
    fields = structure().messages[request]
    return [field.of for field in fields if field.type == "message" and field is not held]


def _messages(*roots: str) -> dict[str, Schema]:
    return {name: message_schema(name) for name in structure().reachable(*dict.fromkeys(roots))}


def _snippet(kind: str, snippet: dict[str, Any], wrapped: bool) -> dict[str, Any]:
    body = snippet["body"]
    if wrapped and kind in REQUESTS:
        body = {REQUESTS[kind][1]: body}
    return {**snippet, "body": body}


def combined_schema() -> Schema:
    """One schema for a folder of files of any kind and form, told apart by what is in them."""
    definitions: dict[str, Schema] = {}
    for kind in ("inbound-trunk", "outbound-trunk", "dispatch-rule", "sip-participant"):
        schema = kind_schema(kind)
        for name, definition in schema["definitions"].items():
            plain = name not in ("create", "update", "any")
            definitions[name if plain else f"{kind}-{name}"] = _renamed(definition, kind)
    return {
        "$schema": DRAFT,
        **kind_words("telephony"),
        "type": "object",
        "defaultSnippets": [
            _snippet(kind, snippet, wrapped=True)
            for kind in (*REQUESTS, "sip-participant")
            for snippet in snippets(kind)
        ],
        "if": _has_any("sip_call_to", "participant_identity", "room_name"),
        "then": ref("sip-participant-any"),
        "else": {
            "if": _has_any("dispatch_rule", "rule"),
            "then": ref("dispatch-rule-any"),
            "else": {
                "if": _outbound(),
                "then": ref("outbound-trunk-any"),
                "else": {"if": _inbound(), "then": ref("inbound-trunk-any")},
            },
        },
        "definitions": definitions,
    }


def _renamed(definition: Schema, kind: str) -> Schema:
    text = json.dumps(definition)
    for form in ("create", "update", "any"):
        text = text.replace(f'"#/definitions/{form}"', f'"#/definitions/{kind}-{form}"')
    renamed: Schema = json.loads(text)
    return renamed


def _has_any(*fields: str) -> Schema:
    names = [name for field in fields for name in dict.fromkeys((_camel(field), field))]
    return {"anyOf": [{"required": [name]} for name in names]}


def _outbound() -> Schema:
    marks = _has_any("address", "transport", "from_host", "destination_country")
    return {"anyOf": [*marks["anyOf"], {"required": ["trunk"], "properties": {"trunk": marks}}]}


def _inbound() -> Schema:
    marks = _has_any("numbers", "allowed_addresses", "allowed_numbers", "krisp_enabled")
    return {"anyOf": [*marks["anyOf"], {"required": ["trunk"]}]}


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def files() -> dict[str, str]:
    """The published files by name."""
    schemas = {kind: kind_schema(kind) for kind in (*REQUESTS, "sip-participant")}
    schemas["telephony"] = combined_schema()
    return {
        f"{name}.json": json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
        for name, schema in schemas.items()
    }


def main(arguments: list[str]) -> int:
    """Write or check; returns the exit code."""
    stale = 0
    for name, text in files().items():
        file = FOLDER / name
        if file.exists() and file.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if "--check" in arguments:
            print(f"schemas/{name} is stale; run python schemas/source/build.py")
        else:
            file.write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote schemas/{name}, {len(text):,} characters")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
