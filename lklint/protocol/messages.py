"""The protobuf message of each kind of resource, and JSON values to and from it.

A value is read strictly: what the installed LiveKit packages do not know is an error that names it,
never dropped. No error repeats a value, which may be a password.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any, Literal, cast

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.json_format import MessageToDict, ParseDict, ParseError
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.protobuf.unknown_fields import UnknownFieldSet
from livekit.protocol.sip import (
    CreateSIPParticipantRequest,
    SIPDispatchRuleInfo,
    SIPInboundTrunkInfo,
    SIPOutboundTrunkInfo,
)

from lklint.documents.pointer import join
from lklint.protocol.durations import plain_durations
from lklint.protocol.phone_numbers import PhoneNumber

Kind = Literal[
    "inbound-trunk", "outbound-trunk", "dispatch-rule", "sip-participant", "phone-number"
]

MESSAGES: dict[Kind, type[Message]] = {
    "inbound-trunk": SIPInboundTrunkInfo,
    "outbound-trunk": SIPOutboundTrunkInfo,
    "dispatch-rule": SIPDispatchRuleInfo,
    "sip-participant": CreateSIPParticipantRequest,
    "phone-number": PhoneNumber,
}
"""The message of a bare resource, as `update` takes it and lists give it, of each kind."""

ID_FIELDS: dict[Kind, str] = {
    "inbound-trunk": "sip_trunk_id",
    "outbound-trunk": "sip_trunk_id",
    "dispatch-rule": "sip_dispatch_rule_id",
    "phone-number": "id",
}
"""The field of a resource that holds the id the server gave it."""


class UnreadableValue(ValueError):
    """A JSON value that is no message: `pointer` is the JSON pointer of what is wrong in it."""

    def __init__(self, pointer: str, what: str) -> None:
        super().__init__(f"{pointer or 'the value'}: {what}")
        self.pointer = pointer
        self.what = what


def read(kind: Kind, value: Any) -> Message:
    """The message of a bare resource from a plain JSON value, in either spelling of its fields.

    Raises `UnreadableValue` for an unknown field, and for a value that its field cannot hold.
    """
    return read_as(MESSAGES[kind], value)


def read_as(message_class: type[Message], value: Any) -> Message:
    """A message of a class from a plain JSON value; see `read`."""
    message = message_class()
    wrong = _misnamed(message_class.DESCRIPTOR, value, "")
    if wrong is not None:
        raise wrong
    value = plain_durations(message_class.DESCRIPTOR, value)
    try:
        ParseDict(value, message)
    except _NOT_READ:
        # protobuf's own words may repeat the value, which may be a secret.
        raise _misfit(message_class.DESCRIPTOR, value, "") from None
    return message


def write(message: Message) -> dict[str, Any]:
    """A message as a plain JSON value with the field names of the .proto; unset fields absent."""
    return MessageToDict(message, preserving_proto_field_name=True)


def write_camel(message: Message) -> dict[str, Any]:
    """A message as a plain JSON value with camelCase names, as `lk … --json` prints it."""
    return MessageToDict(message)


def id_of(kind: Kind, message: Message) -> str:
    """The id the server gave a resource; "" where it has none."""
    return str(getattr(message, ID_FIELDS[kind]))


def with_id(kind: Kind, message: Message, id: str) -> Message:
    """A copy of a resource with this id."""
    copy = type(message)()
    copy.CopyFrom(message)
    setattr(copy, ID_FIELDS[kind], id)
    return copy


def unknown_fields(message: Message, path: str = "") -> tuple[str, ...]:
    """The paths of what a server sent and the installed packages have no name for.

    Each is the path of the message with the number of the field, as in "media.7". Writing a message
    as JSON leaves them out, so whoever writes one back has to look here first.
    """
    found = [f"{path}{field.field_number}" for field in _unnamed(message)]
    for field, value in message.ListFields():
        if field.message_type is None or field.message_type.GetOptions().map_entry:
            continue
        for item in value if field.is_repeated else (value,):
            found += unknown_fields(item, f"{path}{field.name}.")
    return tuple(dict.fromkeys(found))


_NOT_READ = (ParseError, ValueError, TypeError, AttributeError, OverflowError, RecursionError)


def _unnamed(message: Message) -> Iterable[Any]:
    # The type stubs of protobuf leave out that the set can be walked.
    return cast("Iterable[Any]", UnknownFieldSet(message))


def _misnamed(message: Any, value: Any, pointer: str) -> UnreadableValue | None:
    """The first name in a value that its message does not have, or has twice."""
    if not isinstance(value, dict):
        return UnreadableValue(pointer, "an object is needed here")
    fields = _fields(message)
    seen: set[int] = set()
    for name, item in value.items():
        field, place = fields.get(name), join(pointer, name)
        if field is None:
            return UnreadableValue(place, _unknown(message))
        if field.number in seen:
            return UnreadableValue(place, "the same field stands here twice, in two spellings")
        seen.add(field.number)
        inner = _inner(field)
        if inner is None or item is None:
            continue
        if field.is_repeated and not isinstance(item, list):
            return UnreadableValue(place, "a list is needed here")
        entries = enumerate(item) if field.is_repeated else [("", item)]
        for index, entry in entries:
            wrong = _misnamed(inner, entry, join(place, str(index)) if field.is_repeated else place)
            if wrong is not None:
                return wrong
    return None


def _misfit(message: Any, value: Any, pointer: str) -> UnreadableValue:
    """The first value that its field cannot hold, where all names are right."""
    for name, item in value.items():
        field, place = _fields(message)[name], join(pointer, name)
        if _fits(message, {name: item}):
            continue
        inner = _inner(field)
        if inner is None:
            return UnreadableValue(place, _needed(field))
        if not field.is_repeated:
            return _misfit(inner, item, place)
        for index, entry in enumerate(item):
            if not _fits(message, {name: [entry]}):
                return _misfit(inner, entry, join(place, str(index)))
    return UnreadableValue(pointer, "two of its fields exclude each other")


def _fits(message: Any, value: dict[str, Any]) -> bool:
    """Whether a message can be read from this value."""
    try:
        ParseDict(value, GetMessageClass(message)())
    except _NOT_READ:
        return False
    return True


def _fields(message: Any) -> dict[str, FieldDescriptor]:
    return {name: field for field in message.fields for name in (field.name, field.json_name)}


def _inner(field: FieldDescriptor) -> Any:
    """The message that a field holds as a JSON object, or None: maps and durations are values."""
    inner = field.message_type
    if inner is None or _is_map(field) or inner.full_name.startswith("google.protobuf."):
        return None
    return inner


def _is_map(field: FieldDescriptor) -> bool:
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def _unknown(message: Any) -> str:
    return (
        f"{message.name} has no such field in livekit-protocol {version('livekit-protocol')},"
        " which is installed here"
    )


_SCALARS = {
    FieldDescriptor.CPPTYPE_STRING: "a text",
    FieldDescriptor.CPPTYPE_BOOL: "true or false",
    FieldDescriptor.CPPTYPE_DOUBLE: "a number",
    FieldDescriptor.CPPTYPE_FLOAT: "a number",
}


def _needed(field: FieldDescriptor) -> str:
    if _is_map(field):
        return "an object of texts is needed here"
    if field.message_type is not None:
        return f"this is no {field.message_type.name.lower()}"
    if field.enum_type is not None:
        one = f"a name of {field.enum_type.name}"
    else:
        one = _SCALARS.get(field.cpp_type, "a whole number")
    return f"{one} is needed here{' in each place of a list' if field.is_repeated else ''}"
