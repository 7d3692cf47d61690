"""What a document is: its kind and its form.

The kind is decided from, in this order: what the user says, the content, the file name. LiveKit's
own messages overlap (most inbound trunks also read as outbound ones), so the content decides by the
fields that only one kind has, `address` first.
"""

from typing import Any, NamedTuple

from lklint.documents.own_kinds import (
    OWN_KINDS,
    is_bookkeeping,
    own_kind,
    own_kind_of_names,
)
from lklint.patterns import Pattern

INBOUND = "inbound-trunk"
OUTBOUND = "outbound-trunk"
DISPATCH = "dispatch-rule"
PARTICIPANT = "sip-participant"

WRAPPERS = {INBOUND: "trunk", OUTBOUND: "trunk", DISPATCH: "dispatch_rule"}
"""The member that `lk … create` wants the resource in; a participant needs none."""


class Identity(NamedTuple):
    """What a document was taken for, and why.

    `form` is "wrapped", "bare", "list" (the output of `lk … list --json`) or "misnamed" (the
    resource stands in a member of another name). `wrapper` is the name of that member, or None.
    """

    kind: str
    form: str
    why: str
    wrapper: str | None = None


def identify(value: Any, filename: str, kind: str | None = None) -> Identity | None:
    """The kind and form of a decoded document, or None where it is no LiveKit telephony at all."""
    if kind is not None:
        return _form_of(value, kind, "you said so") if isinstance(value, dict) else None
    if not isinstance(value, dict) or _is_json_schema(value) or is_bookkeeping(value):
        return None
    own = own_kind(value, filename)
    if own is not None:
        return Identity(own[0], "bare", own[1])
    found = _by_content(value, filename)
    if found is not None:
        return found
    named = kind_by_name(filename)
    if named is None:
        return None
    return _form_of(value, named, "by its file name")


def identify_broken(text: str, filename: str, kind: str | None = None) -> Identity | None:
    """The same for a text that cannot be decoded: by the names that stand in it."""
    if kind is not None:
        return Identity(kind, "wrapped", "you said so")
    names = dict.fromkeys(_NAME.findall(text[:_ENOUGH]))
    own = own_kind_of_names(names)
    if own is not None:
        return Identity(own[0], "bare", own[1])
    for wrapper in _spellings("dispatch_rule"):
        if wrapper in names:
            return Identity(DISPATCH, "wrapped", f'it has "{wrapper}"')
    known: dict[str, Any] = {name: {} for name in names}
    bare = _bare_kind(known, filename)
    if bare is None and "trunk" in names and ("name" in names or "numbers" in names):
        bare = _trunk_kind(known, filename)
    named = kind_by_name(filename)
    if bare is None or (named is not None and "trunk" in names):
        return None if named is None else Identity(named, "wrapped", "by its file name")
    return Identity(bare[0], "wrapped", bare[1])


def kind_by_name(filename: str) -> str | None:
    """The kind a file name speaks of, or None."""
    name = filename.replace("\\", "/").rpartition("/")[2].lower().replace("_", "-")
    if not name.endswith(".json"):
        return None
    if "dispatch" in name and "rule" in name:
        return DISPATCH
    if "participant" in name and "sip" in name:
        return PARTICIPANT
    if "trunk" in name:
        if "outbound" in name:
            return OUTBOUND
        if "inbound" in name:
            return INBOUND
    return None


def _is_json_schema(value: dict[str, Any]) -> bool:
    """Whether a document is about such files and none itself."""
    return "json-schema.org/" in str(value.get("$schema")) and not value.keys().isdisjoint(
        ("definitions", "$defs", "properties", "allOf")
    )


def _form_of(value: dict[str, Any], kind: str, why: str) -> Identity:
    """The form of a document whose kind is known."""
    if kind == PARTICIPANT or kind in OWN_KINDS:
        return Identity(kind, "bare", why)
    for wrapper in _spellings(WRAPPERS[kind]):
        if wrapper in value:
            return Identity(kind, "wrapped", why, wrapper)
    if _is_list(value):
        return Identity(kind, "list", why, "items")
    misnamed = _misnamed(value)
    if misnamed is not None:
        return Identity(kind, "misnamed", why, misnamed)
    return Identity(kind, "wrapped" if not value else "bare", why)


def _by_content(value: dict[str, Any], filename: str) -> Identity | None:
    if "sip_call_to" in value or "sipCallTo" in value:
        return Identity(PARTICIPANT, "bare", f'it has "{_first(value, "sip_call_to")}"')
    for wrapper in _spellings("dispatch_rule"):
        if isinstance(value.get(wrapper), dict) or (
            wrapper == "dispatch_rule" and wrapper in value
        ):
            return Identity(DISPATCH, "wrapped", f'it has "{wrapper}"', wrapper)
    held = value.get("trunk")
    if isinstance(held, list) and held and isinstance(held[0], dict):
        held = held[0]
    if isinstance(held, dict) and _is_trunk(held, filename):
        trunk = _trunk_kind(held, filename)
        return Identity(trunk[0], "wrapped", trunk[1], "trunk")
    if held is None and list(value) == ["trunk"]:
        return Identity(_trunk_kind({}, filename)[0], "wrapped", 'it has "trunk"', "trunk")
    if _is_list(value):
        return _list_identity(value["items"], filename)
    misnamed = _misnamed(value)
    if misnamed is not None:
        inner = value[misnamed][0] if isinstance(value[misnamed], list) else value[misnamed]
        bare = _bare_kind(inner, filename)
        if bare is not None and bare[0] != PARTICIPANT:
            return Identity(bare[0], "misnamed", bare[1], misnamed)
    for name in _PARTICIPANT_WRAPPERS:
        inner = value.get(name)
        if isinstance(inner, dict) and _by_content(inner, filename) is not None:
            return Identity(PARTICIPANT, "bare", f'it has "{name}"')
    bare = _bare_kind(value, filename)
    return None if bare is None else Identity(bare[0], "bare", bare[1])


def _list_identity(items: list[Any], filename: str) -> Identity | None:
    for item in items:
        if isinstance(item, dict):
            bare = _bare_kind(item, filename)
            if bare is not None:
                return Identity(bare[0], "list", bare[1], "items")
    return None


def _is_list(value: dict[str, Any]) -> bool:
    return isinstance(value.get("items"), list) and len(value) <= 3


def _misnamed(value: dict[str, Any]) -> str | None:
    """The member that holds the resource under a name that is not LiveKit's, or None."""
    for name, inner in value.items():
        plain = _plainly(name)
        resource = inner[0] if isinstance(inner, list) and inner else inner
        if plain in _WRONG_WRAPPERS and isinstance(resource, dict):
            return name
    return None


def _bare_kind(value: dict[str, Any], filename: str) -> tuple[str, str] | None:
    """The kind of an unwrapped resource and the reason, or None where nothing speaks for one."""
    if _first_mark(value, _LEGACY_MARKS) is not None:
        return _trunk_kind(value, filename)
    for marks, kind in ((_PARTICIPANT_MARKS, PARTICIPANT), (_DISPATCH_MARKS, DISPATCH)):
        mark = _first_mark(value, marks)
        if mark is not None:
            return kind, f'it has "{mark}"'
    trunk, room = _first_mark(value, _TRUNK_ID), _first_mark(value, _CALL_MARKS)
    if trunk is not None and room is not None:
        return PARTICIPANT, f'it has "{trunk}" and "{room}"'
    shared = [name for name in value if name in _SHARED_MARKS]
    if len(shared) > 1 or (shared and _speaks_of_dispatch(filename)):
        return DISPATCH, f'it has "{shared[0]}"'
    if _is_rule(value.get("rule"), filename):
        return DISPATCH, 'it has "rule"'
    if _first_mark(value, _TRUNK_MARKS) is not None or _has_phone_numbers(value) or _dials(value):
        return _trunk_kind(value, filename)
    return None


def _is_trunk(value: dict[str, Any], filename: str) -> bool:
    """Whether what stands in "trunk" is a trunk of LiveKit's, and not that of a car or a tree."""
    return (
        not value
        or kind_by_name(filename) in (INBOUND, OUTBOUND)
        or not {_plainly(name) for name in value}.isdisjoint(map(_plainly, _TRUNK_FIELDS))
    )


def _plainly(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()


def _trunk_kind(value: dict[str, Any], filename: str) -> tuple[str, str]:
    """Inbound or outbound, and the reason. A trunk that says nothing of itself is inbound."""
    if isinstance(value.get("address"), str):
        return OUTBOUND, 'it has "address"'
    inbound, outbound = _first_mark(value, _INBOUND_MARKS), _first_mark(value, _OUTBOUND_MARKS)
    if inbound is not None and outbound is None:
        return INBOUND, f'it has "{inbound}"'
    if outbound is not None and inbound is None:
        return OUTBOUND, f'it has "{outbound}"'
    named = kind_by_name(filename)
    if named in (INBOUND, OUTBOUND):
        return named, "by its file name"
    name = filename.replace("\\", "/").rpartition("/")[2].lower()
    if "outbound" in name:
        return OUTBOUND, "by its file name"
    return INBOUND, 'it has no "address"'


def _is_rule(rule: Any, filename: str) -> bool:
    """Whether `rule` is that of a dispatch rule, be it written wrongly."""
    if not isinstance(rule, dict):
        return False
    marked = _first_mark(rule, _RULE_KINDS | _RULE_MARKS) is not None
    return not rule or marked or _speaks_of_dispatch(filename)


def _speaks_of_dispatch(filename: str) -> bool:
    return "dispatch" in filename.replace("\\", "/").rpartition("/")[2].lower()


def _has_phone_numbers(value: dict[str, Any]) -> bool:
    numbers = value.get("numbers")
    return isinstance(numbers, list) and any(
        isinstance(number, str) and number.startswith("+") and number[1:2].isdigit()
        for number in numbers
    )


def _dials(value: dict[str, Any]) -> bool:
    address = value.get("address")
    host = isinstance(address, str) and not any(blank in address for blank in " \t\n")
    return host and "numbers" in value


def _first(value: dict[str, Any], field: str) -> str:
    return next(name for name in _spellings(field) if name in value)


def _first_mark(value: dict[str, Any], marks: frozenset[str]) -> str | None:
    return next((name for name in value if name in marks), None)


def _spellings(field: str) -> tuple[str, ...]:
    head, *rest = field.split("_")
    camel = head + "".join(part[:1].upper() + part[1:] for part in rest)
    return (field,) if camel == field else (field, camel)


def _marks(*fields: str) -> frozenset[str]:
    return frozenset(name for field in fields for name in _spellings(field))


_NAME = Pattern(r"""["'\u201c]?([A-Za-z_]+)["'\u201d]?[ \t]*:""")
_ENOUGH = 100_000
"""Characters of a broken text that are searched for names."""

_RULE_KINDS = _marks("dispatch_rule_direct", "dispatch_rule_individual", "dispatch_rule_callee")
_DISPATCH_MARKS = _RULE_KINDS | _marks("sip_dispatch_rule_id", "trunk_ids")
_SHARED_MARKS = _marks("room_config", "inbound_numbers", "room_preset")
"""Fields of dispatch rules that other things have too, such as access tokens."""
_RULE_MARKS = _marks("room_name", "room_prefix", "agent_name")
_PARTICIPANT_MARKS = _marks("wait_until_answered", "to_user_override", "sip_number")
_TRUNK_ID = _marks("sip_trunk_id")
_CALL_MARKS = _marks("room_name", "participant_identity", "participant_name")
"""With a trunk they make a call; alone they are an ingress, a token or anything in a room."""
_PARTICIPANT_WRAPPERS = (*_spellings("sip_participant"), "participant")
_INBOUND_MARKS = _marks(
    "allowed_addresses", "allowed_numbers", "auth_realm", "krisp_enabled", "ringing_timeout",
    "ringing_timeout_status", "max_call_duration", "inbound_addresses", "inbound_numbers_regex",
)  # fmt: skip
_OUTBOUND_MARKS = _marks(
    "address", "transport", "from_host", "destination_country", "outbound_address",
    "outbound_number", "outbound_numbers",
)  # fmt: skip
_LEGACY_MARKS = _marks(
    "inbound_addresses", "inbound_numbers_regex", "inbound_username", "outbound_address",
    "outbound_number", "outbound_username",
)  # fmt: skip
"""Fields of the old kind of trunk, which was both in one; it had `inbound_numbers` too."""
_TRUNK_MARKS = (
    _INBOUND_MARKS
    | _OUTBOUND_MARKS - {"address", "transport"}
    | _marks("sip_trunk_id", "auth_username", "auth_password", "headers_to_attributes",
             "attributes_to_headers", "media_encryption", "include_headers")
)  # fmt: skip
_TRUNK_FIELDS = (
    _TRUNK_MARKS
    | _OUTBOUND_MARKS
    | _marks(
        "name", "numbers", "number", "metadata", "headers", "media", "username", "password", "auth"
    )
)
_WRONG_WRAPPERS = frozenset(
    [
        "trunk",
        "dispatchrule",
        "siptrunk",
        "inboundtrunk",
        "sipinboundtrunk",
        "sipinboundtrunkinfo",
        "outboundtrunk",
        "sipoutboundtrunk",
        "sipoutboundtrunkinfo",
        "trunks",
        "siptrunks",
        "inboundtrunks",
        "outboundtrunks",
        "inbound",
        "outbound",
        "dispatchrules",
        "dispatch",
        "sipdispatch",
        "sipdispatchrule",
        "sipdispatchruleinfo",
        "sipdispatchrules",
        "rules",
        "siprule",
        "request",
        "replace",
        "data",
        "result",
        "config",
    ]
)
