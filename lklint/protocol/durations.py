"""Durations as LiveKit's server reads them, for protobuf's reader in Python, which reads fewer.

Go's reader takes ".5s", "5.s" and "+5s" (seen: facts of livekit-server 1.13.3); Python's refuses
them. Both mean the same.
"""

from __future__ import annotations

import re
from typing import Any

from google.protobuf.descriptor import FieldDescriptor

_DURATION = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?s")
_DURATION_NAME = "google.protobuf.Duration"


def plain_durations(message: Any, value: Any) -> Any:
    """A JSON value of a message (its descriptor) with every duration written out."""
    if not isinstance(value, dict):
        return value
    fields = {name: field for field in message.fields for name in (field.name, field.json_name)}
    return {name: _plain(fields.get(name), item) for name, item in value.items()}


def _plain(field: FieldDescriptor | None, value: Any) -> Any:
    inner = None if field is None else field.message_type
    if inner is None or inner.GetOptions().map_entry:
        return value
    if isinstance(value, list):
        return [_plain(field, item) for item in value]
    if inner.full_name == _DURATION_NAME:
        return _written_out(value) if isinstance(value, str) else value
    return plain_durations(inner, value)


def _written_out(text: str) -> str:
    match = _DURATION.fullmatch(text)
    if match is None or not (match[2] or match[3] is not None):
        return text
    sign, whole, part = match.groups()
    return f"{sign.strip('+')}{whole or 0}{'.' + part if part else ''}s"
