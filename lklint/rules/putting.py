"""The change that gives a field its value, whether the field is there or not."""

from __future__ import annotations

from typing import Any

from lklint.documents.edits import Add, Change, Replace
from lklint.telephony.message import Message, camel_case


def put(message: Message, field: str, value: Any) -> Change:
    """The change that gives a field of a message a value. It may be there already, as null."""
    for name in (field, camel_case(field)):
        if name in message.value:
            return Replace(f"{message.pointer}/{name}", value)
    return Add(message.pointer, message.spelled(field), value)
