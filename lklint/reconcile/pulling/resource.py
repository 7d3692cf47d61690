"""What a server has, in the words of a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from google.protobuf.message import Message

from lklint.protocol.messages import Kind, write, write_camel
from lklint.reconcile.normal import normal
from lklint.reports.escaping import visible

WRAPPERS: Mapping[Kind, str] = {
    "inbound-trunk": "trunk",
    "outbound-trunk": "trunk",
    "dispatch-rule": "dispatch_rule",
}
"""The member that `lk … create` wants a resource in. LiveKit's documents write `dispatch_rule` in
either spelling of what is in it, and so does lklint."""


def for_file(kind: Kind, message: Message) -> Message:
    """A resource without what only the server says.

    The encryption stands in `media_encryption`, which means the same as that in `media`
    (`normal`): `lk … create` drops `media` (LK125).
    """
    copy: Any = normal(kind, message)
    if copy.media.encryption:
        copy.media_encryption = copy.media.encryption
        copy.media.ClearField("encryption")
    if not copy.media.ByteSize():
        copy.ClearField("media")
    return cast("Message", copy)


def value_of(message: Message, camel: bool) -> dict[str, Any]:
    """A message as a JSON value in one spelling: the name first, then in LiveKit's order."""
    value = write_camel(message) if camel else write(message)
    ordered: dict[str, Any] = _ordered(message.DESCRIPTOR, value)
    name = {"name": ordered["name"]} if "name" in ordered else {}
    return {**name, **ordered}


def text_of(value: Any) -> str:
    """A JSON value as the text of a file of its own."""
    return f"{harmless(json.dumps(value, indent=2, ensure_ascii=False))}\n"


def harmless(text: str) -> str:
    """A JSON text in which every character is seen: what is not plainly visible is escaped."""
    if text.isascii() and "\x7f" not in text:
        return text
    return "".join(
        character if character.isascii() and character != "\x7f" else _seen(character)
        for character in text
    )


def _seen(character: str) -> str:
    return character if visible(character) == character else json.dumps(character)[1:-1]


def _ordered(descriptor: Any, value: Any) -> Any:
    """A JSON value of a message with the entries of its maps sorted: protobuf keeps no order."""
    if not isinstance(value, dict) or descriptor.full_name.startswith("google.protobuf."):
        return value
    fields = {name: field for field in descriptor.fields for name in (field.name, field.json_name)}
    return {name: _ordered_field(fields[name], item) for name, item in value.items()}


def _ordered_field(field: Any, value: Any) -> Any:
    if field.message_type is None:
        return value
    if field.message_type.GetOptions().map_entry:
        return dict(sorted(value.items()))
    if field.is_repeated:
        return [_ordered(field.message_type, item) for item in value]
    return _ordered(field.message_type, value)
