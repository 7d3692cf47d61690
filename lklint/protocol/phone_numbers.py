"""The messages of LiveKit's phone number API.

LiveKit's Python packages (livekit-protocol 1.1.29) do not have them, so they are written down here
as `livekit_phone_number.proto` of github.com/livekit/protocol v1.54.0 declares them: a table, from
which protobuf makes the classes. They live in a descriptor pool of their own, so that nothing
clashes on the day the package brings them; then this file can go.

The service is `livekit.PhoneNumberService`; see `METHODS` for what each method takes and gives.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from google.protobuf import timestamp_pb2
from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    EnumDescriptorProto,
    EnumValueDescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
)
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass

_STRING = FieldDescriptorProto.TYPE_STRING
_INT32 = FieldDescriptorProto.TYPE_INT32
_DOUBLE = FieldDescriptorProto.TYPE_DOUBLE


class _Field(NamedTuple):
    """A field: `type` is a scalar of protobuf's, or the name of a message or enum."""

    name: str
    number: int
    type: FieldDescriptorProto.Type.ValueType | str
    repeated: bool = False
    optional: bool = False


_TIMESTAMP = "google.protobuf.Timestamp"

_ENUMS: dict[str, tuple[str, ...]] = {
    "PhoneNumberStatus": (
        "PHONE_NUMBER_STATUS_UNSPECIFIED",
        "PHONE_NUMBER_STATUS_ACTIVE",
        "PHONE_NUMBER_STATUS_PENDING",
        "PHONE_NUMBER_STATUS_RELEASED",
        "PHONE_NUMBER_STATUS_OFFLINE",
    ),
    "PhoneNumberType": (
        "PHONE_NUMBER_TYPE_UNKNOWN",
        "PHONE_NUMBER_TYPE_MOBILE",
        "PHONE_NUMBER_TYPE_LOCAL",
        "PHONE_NUMBER_TYPE_TOLL_FREE",
    ),
    "PhoneNumberInboundStatus": (
        "PHONE_NUMBER_IN_STATUS_UNSPECIFIED",
        "PHONE_NUMBER_IN_STATUS_ACTIVE",
        "PHONE_NUMBER_IN_STATUS_UNAVAILABLE",
        "PHONE_NUMBER_IN_STATUS_DETACHED",
    ),
    "PhoneNumberOutboundStatus": (
        "PHONE_NUMBER_OUT_STATUS_UNSPECIFIED",
        "PHONE_NUMBER_OUT_STATUS_ACTIVE",
        "PHONE_NUMBER_OUT_STATUS_UNAVAILABLE",
    ),
}
"""Each enum with its names in the order of their numbers, from 0."""

_MESSAGES: dict[str, tuple[_Field, ...]] = {
    "TokenPagination": (_Field("token", 1, _STRING),),
    "PhoneNumber": (
        _Field("id", 1, _STRING),
        _Field("e164_format", 2, _STRING),
        _Field("country_code", 3, _STRING),
        _Field("area_code", 4, _STRING),
        _Field("number_type", 5, "livekit.PhoneNumberType"),
        _Field("locality", 6, _STRING),
        _Field("region", 7, _STRING),
        _Field("spam_score", 8, _DOUBLE),
        _Field("created_at", 9, _TIMESTAMP),
        _Field("updated_at", 10, _TIMESTAMP),
        _Field("capabilities", 11, _STRING, repeated=True),
        _Field("status", 12, "livekit.PhoneNumberStatus"),
        _Field("assigned_at", 13, _TIMESTAMP),
        _Field("released_at", 14, _TIMESTAMP),
        _Field("sip_dispatch_rule_id", 15, _STRING),
        _Field("sip_dispatch_rule_ids", 16, _STRING, repeated=True),
        _Field("name", 17, _STRING),
        _Field("inbound_status", 18, "livekit.PhoneNumberInboundStatus"),
        _Field("outbound_status", 19, "livekit.PhoneNumberOutboundStatus"),
    ),
    "SearchPhoneNumbersRequest": (
        _Field("country_code", 1, _STRING),
        _Field("area_code", 2, _STRING, optional=True),
        _Field("limit", 3, _INT32, optional=True),
        _Field("page_token", 4, "livekit.TokenPagination", optional=True),
    ),
    "SearchPhoneNumbersResponse": (
        _Field("items", 1, "livekit.PhoneNumber", repeated=True),
        _Field("next_page_token", 2, "livekit.TokenPagination"),
    ),
    "PurchasePhoneNumberRequest": (
        _Field("phone_numbers", 1, _STRING, repeated=True),
        _Field("sip_dispatch_rule_id", 2, _STRING, optional=True),
    ),
    "PurchasePhoneNumberResponse": (
        _Field("phone_numbers", 1, "livekit.PhoneNumber", repeated=True),
    ),
    "ListPhoneNumbersRequest": (
        _Field("limit", 1, _INT32, optional=True),
        _Field("statuses", 2, "livekit.PhoneNumberStatus", repeated=True),
        _Field("page_token", 3, "livekit.TokenPagination", optional=True),
        _Field("sip_dispatch_rule_id", 4, _STRING, optional=True),
    ),
    "ListPhoneNumbersResponse": (
        _Field("items", 1, "livekit.PhoneNumber", repeated=True),
        _Field("next_page_token", 2, "livekit.TokenPagination"),
        _Field("total_count", 3, _INT32),
        _Field("offline_count", 4, _INT32),
    ),
    "GetPhoneNumberRequest": (
        _Field("id", 1, _STRING, optional=True),
        _Field("phone_number", 2, _STRING, optional=True),
    ),
    "GetPhoneNumberResponse": (_Field("phone_number", 1, "livekit.PhoneNumber"),),
    "UpdatePhoneNumberRequest": (
        _Field("id", 1, _STRING, optional=True),
        _Field("phone_number", 2, _STRING, optional=True),
        _Field("sip_dispatch_rule_id", 3, _STRING, optional=True),
        _Field("name", 4, _STRING, optional=True),
    ),
    "UpdatePhoneNumberResponse": (_Field("phone_number", 1, "livekit.PhoneNumber"),),
    "ReleasePhoneNumbersRequest": (
        _Field("ids", 1, _STRING, repeated=True),
        _Field("phone_numbers", 2, _STRING, repeated=True),
    ),
    "ReleasePhoneNumbersResponse": (),
}


def _declare_enum(name: str, values: tuple[str, ...]) -> EnumDescriptorProto:
    numbered = [
        EnumValueDescriptorProto(name=value, number=number) for number, value in enumerate(values)
    ]
    return EnumDescriptorProto(name=name, value=numbered)


def _declare_message(name: str, fields: tuple[_Field, ...]) -> DescriptorProto:
    message = DescriptorProto(name=name)
    for field in fields:
        declared = message.field.add(name=field.name, number=field.number)
        declared.label = (
            FieldDescriptorProto.LABEL_REPEATED
            if field.repeated
            else FieldDescriptorProto.LABEL_OPTIONAL
        )
        if not isinstance(field.type, str):
            declared.type = field.type
        else:
            is_enum = field.type.removeprefix("livekit.") in _ENUMS
            declared.type = (
                FieldDescriptorProto.TYPE_ENUM if is_enum else FieldDescriptorProto.TYPE_MESSAGE
            )
            declared.type_name = f".{field.type}"
        if field.optional:
            # An optional field of proto3 is the only one of a "oneof" made for it.
            declared.proto3_optional = True
            declared.oneof_index = len(message.oneof_decl)
            message.oneof_decl.add(name=f"_{field.name}")
    return message


def _declare_file() -> FileDescriptorProto:
    return FileDescriptorProto(
        name="livekit_phone_number.proto",
        package="livekit",
        syntax="proto3",
        dependency=[timestamp_pb2.DESCRIPTOR.name],
        enum_type=[_declare_enum(name, values) for name, values in _ENUMS.items()],
        message_type=[_declare_message(name, fields) for name, fields in _MESSAGES.items()],
    )


def _pool() -> DescriptorPool:
    pool = DescriptorPool()
    pool.AddSerializedFile(timestamp_pb2.DESCRIPTOR.serialized_pb)
    pool.AddSerializedFile(_declare_file().SerializeToString())
    return pool


_POOL = _pool()


def _message(name: str) -> Any:
    """The class of a message; its fields are known to protobuf only, not to a type checker."""
    return GetMessageClass(_POOL.FindMessageTypeByName(f"livekit.{name}"))


PhoneNumber = _message("PhoneNumber")
TokenPagination = _message("TokenPagination")
SearchPhoneNumbersRequest = _message("SearchPhoneNumbersRequest")
SearchPhoneNumbersResponse = _message("SearchPhoneNumbersResponse")
PurchasePhoneNumberRequest = _message("PurchasePhoneNumberRequest")
PurchasePhoneNumberResponse = _message("PurchasePhoneNumberResponse")
ListPhoneNumbersRequest = _message("ListPhoneNumbersRequest")
ListPhoneNumbersResponse = _message("ListPhoneNumbersResponse")
GetPhoneNumberRequest = _message("GetPhoneNumberRequest")
GetPhoneNumberResponse = _message("GetPhoneNumberResponse")
UpdatePhoneNumberRequest = _message("UpdatePhoneNumberRequest")
UpdatePhoneNumberResponse = _message("UpdatePhoneNumberResponse")
ReleasePhoneNumbersRequest = _message("ReleasePhoneNumbersRequest")
ReleasePhoneNumbersResponse = _message("ReleasePhoneNumbersResponse")

SERVICE = "PhoneNumberService"

METHODS: dict[str, tuple[Any, Any]] = {
    "SearchPhoneNumbers": (SearchPhoneNumbersRequest, SearchPhoneNumbersResponse),
    "PurchasePhoneNumber": (PurchasePhoneNumberRequest, PurchasePhoneNumberResponse),
    "ListPhoneNumbers": (ListPhoneNumbersRequest, ListPhoneNumbersResponse),
    "GetPhoneNumber": (GetPhoneNumberRequest, GetPhoneNumberResponse),
    "UpdatePhoneNumber": (UpdatePhoneNumberRequest, UpdatePhoneNumberResponse),
    "ReleasePhoneNumbers": (ReleasePhoneNumbersRequest, ReleasePhoneNumbersResponse),
}
"""Each method of the service: the message it takes and the one it gives."""

STATUSES: tuple[str, ...] = _ENUMS["PhoneNumberStatus"]
TYPES: tuple[str, ...] = _ENUMS["PhoneNumberType"]
"""The names of the two enums; a name's place is its number."""
