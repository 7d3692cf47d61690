"""Messages as the JSON that livekit-server reads and writes: Go's protojson, by Twirp's settings.

github.com/twitchtv/twirp reads the first JSON value of a body and passes over unknown fields and
unknown names of enums; it answers with protobuf's field names and with unset fields as well
(google.golang.org/protobuf encoding/protojson, `DiscardUnknown`, `UseProtoNames`,
`EmitUnpopulated`). Python's `json_format` is stricter here and laxer there.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, NamedTuple

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from lklint.documents.reading import holds_lone_surrogate
from lklint.shape.formats import is_double, is_duration, is_timestamp, whole_number

NEWER = frozenset(
    [
        "livekit.CreateSIPParticipantRequest.to_user_override",
        "livekit.EncodingOptionsPreset.PASSTHROUGH",
        "livekit.SIPInboundTrunkInfo.ringing_timeout_status",
        "livekit.SegmentedFileProtocol.HLS_FMP4_PROTOCOL",
        "livekit.StreamOutput.destinations",
    ]
)
"""Fields and names of enums that Python's package has, and livekit-server 1.13.3 does not know
(protocol v1.48.2)."""


_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![-+._a-zA-Z0-9])", re.ASCII)


_FRACTION_AFTER_COMMA = re.compile(r",(\d{1,9})\d*", re.ASCII)
"""Go takes a comma before a fraction, too, and then any number of digits."""


class Undecodable(Exception):
    """A body that is no such message."""


class _Number(NamedTuple):
    """A JSON number as it is written: which one it is depends on the field."""

    digits: str


class _Object(dict[str, Any]):
    """A JSON object that remembers which names it has twice."""

    doubled: frozenset[str] = frozenset()


def read_json(body: bytes, message: Message) -> None:
    """Fill a message from a JSON body. Raises `Undecodable`."""
    text = body.decode("utf-8", "surrogateescape").lstrip(" \t\r\n")
    try:
        value, _ = _DECODER.raw_decode(text)
        if holds_lone_surrogate(value):
            raise Undecodable
        _fill(message, value)
    except (ValueError, TypeError, RecursionError) as error:
        raise Undecodable from error


def write_json(message: Message) -> bytes:
    """A message as the JSON of an answer."""
    return json.dumps(_value(message), ensure_ascii=False, separators=(",", ":")).encode()


def _fill(message: Message, value: Any) -> None:
    if not isinstance(value, _Object):
        raise Undecodable
    fields = {name: field for field in _fields(message) for name in (field.name, field.json_name)}
    seen = set()
    for name, item in value.items():
        field = fields.get(name)
        if field is None:
            continue
        if field.number in seen or name in value.doubled:
            raise Undecodable
        seen.add(field.number)
        if item is not None:
            _set(message, field, item)


def _set(message: Any, field: Any, item: Any) -> None:
    """Put a JSON value into a field."""
    choice = field.containing_oneof
    if choice is not None and message.WhichOneof(choice.name) is not None:
        raise Undecodable  # two kinds in one rule, two actions in one update
    if _is_map(field):
        _fill_map(getattr(message, field.name), field, item)
    elif field.is_repeated:
        _fill_list(getattr(message, field.name), field, item)
    elif field.message_type is not None:
        inner = getattr(message, field.name)
        inner.SetInParent()
        _fill_message(inner, item)
    else:
        scalar = _scalar(field, item)
        if scalar is not None:
            setattr(message, field.name, scalar)


def _fill_map(entries: Any, field: Any, item: Any) -> None:
    if not isinstance(item, _Object) or item.doubled:
        raise Undecodable
    for name, value in item.items():
        entries[name] = _scalar(field.message_type.fields_by_name["value"], value)


def _fill_list(entries: Any, field: FieldDescriptor, item: Any) -> None:
    if not isinstance(item, list):
        raise Undecodable
    for value in item:
        if field.message_type is not None:
            _fill_message(entries.add(), value)
        else:
            scalar = _scalar(field, value)
            if scalar is not None:
                entries.append(scalar)


def _fill_message(message: Any, item: Any) -> None:
    name = message.DESCRIPTOR.full_name
    if name == "google.protobuf.Duration":
        if not isinstance(item, str) or not is_duration(item):
            raise Undecodable
        _set_duration(message, item)
    elif name == "google.protobuf.Timestamp":
        if not isinstance(item, str) or not is_timestamp(item):
            raise Undecodable
        message.FromJsonString(_FRACTION_AFTER_COMMA.sub(r".\1", item))
    else:
        _fill(message, item)


def _set_duration(message: Any, text: str) -> None:
    """Seconds with a fraction of at most nine digits, as in "1.5s"; both parts share the sign."""
    sign = -1 if text.startswith("-") else 1
    seconds, _, fraction = text.strip("+-s").partition(".")
    message.seconds = sign * int(seconds or "0")
    message.nanos = sign * int(fraction.ljust(9, "0"))


def _scalar(field: FieldDescriptor, item: Any) -> Any:
    """The value for a field without parts; None for a name that its enum does not have."""
    if field.enum_type is not None and isinstance(item, str):
        known = field.enum_type.values_by_name.get(item)
        return None if known is None or _is_newer(known) else known.number
    wanted = field.cpp_type
    if wanted == FieldDescriptor.CPPTYPE_STRING:
        if isinstance(item, str):
            return item
    elif wanted == FieldDescriptor.CPPTYPE_BOOL:
        if isinstance(item, bool):
            return item
    elif wanted in (FieldDescriptor.CPPTYPE_DOUBLE, FieldDescriptor.CPPTYPE_FLOAT):
        text = _digits(item) or item
        if isinstance(text, str) and is_double(text):
            return float(text)
    else:
        whole = whole_number(_digits(item))
        if whole is not None:
            return whole  # protobuf refuses what is out of range
    raise Undecodable


def _digits(item: Any) -> str:
    """A number as it is written, in quotes or not; "" for what is none."""
    if isinstance(item, _Number):
        return item.digits
    return _number_in(item) if isinstance(item, str) else ""


def _number_in(text: str) -> str:
    """The number that a text begins with, "" for none: what follows it is not looked at.

    Go's reader wants no blanks around it, and something that ends a number: "1/2" is 1.
    """
    found = _NUMBER.match(text)
    return "" if found is None or text != text.strip() else found[0]


def _value(message: Any) -> Any:
    """A message as a plain value, unset fields included."""
    if message.DESCRIPTOR.full_name in ("google.protobuf.Duration", "google.protobuf.Timestamp"):
        return message.ToJsonString()
    value: dict[str, Any] = {}
    for field in _fields(message):
        held = getattr(message, field.name)
        if _is_map(field):
            value[field.name] = {name: held[name] for name in sorted(held)}
        elif field.is_repeated:
            value[field.name] = [_field_value(field, entry) for entry in held]
        elif not field.has_presence or message.HasField(field.name):
            value[field.name] = _field_value(field, held)
        elif field.containing_oneof is None:
            value[field.name] = None
    return value


def _field_value(field: FieldDescriptor, held: Any) -> Any:
    if field.message_type is not None:
        return _value(held)
    if field.enum_type is not None:
        known = field.enum_type.values_by_number.get(held)
        return held if known is None or _is_newer(known) else known.name
    if field.cpp_type in (FieldDescriptor.CPPTYPE_INT64, FieldDescriptor.CPPTYPE_UINT64):
        return str(held)
    if isinstance(held, float) and not math.isfinite(held):
        return "NaN" if math.isnan(held) else "Infinity" if held > 0 else "-Infinity"
    return held


def _fields(message: Any) -> list[Any]:
    return [field for field in message.DESCRIPTOR.fields if field.full_name not in NEWER]


def _is_newer(name: Any) -> bool:
    return f"{name.type.full_name}.{name.name}" in NEWER


def _is_map(field: FieldDescriptor) -> bool:
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def _pairs(pairs: list[tuple[str, Any]]) -> _Object:
    value = _Object(pairs)
    if len(value) != len(pairs):
        names = [name for name, _ in pairs]
        value.doubled = frozenset(name for name in names if names.count(name) > 1)
    return value


def _constant(name: str) -> Any:
    raise Undecodable  # NaN and Infinity are Python's


_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs,
    parse_constant=_constant,
    parse_float=_Number,
    parse_int=_Number,
)
