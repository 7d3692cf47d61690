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

from combined import combined_schema
from hints import hints
from messages import field_schema, message_schema, one_spelling
from scalars import Schema, has_any, one_object, ref, refused, told, when
from structure import Field, structure
from words import Snippet, kind_words, snippets

FOLDER = Path(__file__).parent.parent
DRAFT = "http://json-schema.org/draft-07/schema#"

REQUESTS = {
    "inbound-trunk": ("CreateSIPInboundTrunkRequest", "trunk", "sip_trunk_id"),
    "outbound-trunk": ("CreateSIPOutboundTrunkRequest", "trunk", "sip_trunk_id"),
    "dispatch-rule": ("CreateSIPDispatchRuleRequest", "dispatch_rule", "sip_dispatch_rule_id"),
}
"""The request that `lk … create` reads, the field with the resource, and the resource's id."""
WHOLE = {
    "sip-participant": "CreateSIPParticipantRequest",
    "call-expectations": "CallExpectations",
    "phone-numbers": "PhoneNumbers",
}
"""The message that a file of these kinds is as a whole, whatever it is asked about."""
KINDS = (*REQUESTS, *WHOLE)


def kind_schema(kind: str) -> Schema:
    """The schema of a kind. Its root is `lk … create`; `definitions` has the other forms."""
    if kind in REQUESTS:
        definitions = _forms(kind)
    else:
        message = WHOLE[kind]
        definitions = {form: when("object", ref(message)) for form in ("create", "update", "any")}
        definitions |= _messages(message)
    return {
        "$schema": DRAFT,
        **kind_words(kind),
        **one_object(),
        "defaultSnippets": [_snippet(kind, snippet, wrapped=True) for snippet in snippets(kind)],
        "allOf": [ref("create")],
        "definitions": definitions,
    }


def _forms(kind: str) -> dict[str, Schema]:
    request, holder, identifier = REQUESTS[kind]
    held = structure().field(request, holder)
    bare_snippets = [_snippet(kind, snippet, wrapped=False) for snippet in snippets(kind)]
    return {
        "create": when("object", ref(request)),
        "update": {**when("object", ref(held.of)), "defaultSnippets": bare_snippets},
        "any": {
            "if": has_any(held.spellings),
            "then": ref("create"),
            "else": ref("update"),
        },
        request: _request(request, held, identifier),
        **_messages(*(message for message in (held.of, *_flat_messages(request, held)))),
    }


def _request(request: str, held: Field, identifier: str) -> Schema:
    """The request of `lk … create`: the resource in its holder, without an id."""
    properties: dict[str, Any] = {}
    fields = structure().messages[request]
    for field in fields:
        for spelling in field.spellings:
            twin = field is not held or spelling != held.name
            properties[spelling] = field_schema(request, field, twin)
    for spelling in held.spellings:
        properties[spelling]["allOf"] = [_no_id(held.of, identifier)]
    wrapped = f'{{"{held.name}": {{ … }}}}'
    nothing = {"properties": {name: {"type": "null"} for name in held.spellings}}
    alone = f'Only "{held.name}" may stand here, and LiveKit refuses the file.'
    return {
        "x-livekit-message": request,
        **told(alone, "LK101"),
        "properties": properties,
        "additionalProperties": False,
        "allOf": [
            refused(nothing, f'Put everything inside "{held.name}": {wrapped}.', "LK116"),
            *one_spelling(fields),
            *hints(request),
        ],
    }


def _no_id(message: str, identifier: str) -> Schema:
    """LiveKit gives the id; one in a file to create is refused, an empty one is not."""
    names = structure().field(message, identifier).spellings
    words = "LiveKit gives the id: take it out, or use `lk … update`."
    none = {"pattern": "^$", **told(words, "LK117"), "doNotSuggest": True}
    return {"properties": dict.fromkeys(names, none)}


def _flat_messages(request: str, held: Field) -> list[str]:
    fields = structure().messages[request]
    return [field.of for field in fields if field.type == "message" and field is not held]


def _messages(*roots: str) -> dict[str, Schema]:
    return {name: message_schema(name) for name in structure().reachable(*dict.fromkeys(roots))}


def _snippet(kind: str, snippet: Snippet, wrapped: bool) -> Snippet:
    """A snippet of a whole document, in the form that is asked for."""
    body = snippet["body"]
    if wrapped and kind in REQUESTS:
        body = {REQUESTS[kind][1]: body}
    return {**snippet, "body": body}


def files() -> dict[str, str]:
    """The published files by name."""
    schemas = {kind: kind_schema(kind) for kind in KINDS}
    schemas["telephony"] = combined_schema(schemas)
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
