"""How a value of the wrong type becomes one of the right type."""

from __future__ import annotations

from typing import Any, Union

from lklint.documents.edits import Change, Quote, Remove, Replace, Unwrap, Wrap
from lklint.documents.pointer import last, parent
from lklint.documents.values import as_json
from lklint.rules.found import Proposal
from lklint.shape.failures import Failure
from lklint.telephony.fields import snake_case
from lklint.telephony.message import camel_case

Mend = tuple[str, Union[Proposal, None]]
"""What to do, in a sentence, and the fix that does it."""

_LISTS_OF_OBJECTS = ("agents", "codecs")
_HELD_BY_NAME = {
    "agents": "agent_name",
    "dispatch_rule_direct": "room_name",
    "dispatch_rule_individual": "room_prefix",
    "dispatch_rule_callee": "room_prefix",
}
"""By object: the field that people mean by a text in its place."""
_LONG = 10**7
"""A number from here on is one that somebody can call."""
_YES, _NO = ("true", "1", "yes", "on"), ("false", "0", "no", "off")


def mended(failure: Failure, kinds: list[str]) -> Mend:
    """The mend of a value that is none of the JSON types `kinds`."""
    value, at = failure.value, failure.pointer
    if value is None:
        return "Take it out.", _fix("take the null out", Remove(at))
    if _is_list_of_one(value, kinds) and not _is_metadata(at):
        return "Take the [ ] off.", _fix("take the [ ] off", Unwrap(at, f"{at}/0"))
    if "array" in kinds:
        return _as_list(value, at)
    if "object" in kinds:
        return _as_object(value, at)
    if "boolean" in kinds:
        return _as_boolean(value, at)
    if kinds == ["string"]:
        return _as_text(value, at)
    return "Write the name of a value." if kinds[0] == "string" else "Write a number.", None


def _fix(title: str, change: Change, safe: bool = True) -> Proposal:
    return Proposal(title, (change,), safe)


def _is_list_of_one(value: Any, kinds: list[str]) -> bool:
    """Whether a list holds one value, and that one is of the right type."""
    if not isinstance(value, list) or len(value) != 1:
        return False
    return isinstance(value[0], str if "string" in kinds else dict) and "array" not in kinds


def _is_metadata(at: str) -> bool:
    """Whether a text is one that often holds JSON."""
    return "metadata" in last(at).lower()


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _as_list(value: Any, at: str) -> Mend:
    of_objects = last(at) in _LISTS_OF_OBJECTS
    if isinstance(value, (dict if of_objects else str)):
        return "Put it into [ ].", _fix("make it a list", Wrap(at, None))
    if of_objects and isinstance(value, str):
        return _named(value, at, in_list=True)
    if _is_number(value) and not of_objects:
        fix = _fix("make it a list", Replace(at, [str(value)])) if isinstance(value, int) else None
        return "Put it into quotes and into [ ].", fix
    return "Write a list: [ … ].", None


def _as_object(value: Any, at: str) -> Mend:
    if isinstance(value, str):
        return _named(value, at, in_list=False)
    return "Write an object: { … }.", None


def _named(value: str, at: str, in_list: bool) -> Mend:
    """A text where an object is wanted that has one plain field for it."""
    name = last(parent(at)) if last(at).isdigit() else last(at)
    field = _HELD_BY_NAME.get(snake_case(name))
    if field is None or not value:
        return "Write a list: [ … ]." if in_list else "Write an object: { … }.", None
    if "_" not in name and "/room_config/" not in at:
        field = camel_case(field)
    held: Any = {field: value}
    if in_list:
        return f'Write it as [{{"{field}": … }}].', _fix("write it so", Replace(at, [held]), False)
    return f'Write it as {{"{field}": … }}.', _fix("write it so", Wrap(at, field), False)


def _as_boolean(value: Any, at: str) -> Mend:
    word = str(value).strip().lower()
    if word not in (*_YES, *_NO):
        return "Write true or false, without quotes.", None
    true = word in _YES
    plain = isinstance(value, str) and word in ("true", "false")
    title = "take the quotes off" if plain else f"write {str(true).lower()}"
    return f"Write {str(true).lower()}, without quotes.", _fix(title, Replace(at, true), plain)


def _as_text(value: Any, at: str) -> Mend:
    if isinstance(value, (dict, list)):
        what = "object" if isinstance(value, dict) else "list"
        if not _is_metadata(at):
            return "Write one text, in quotes.", None
        fix = _fix("write it as text", Replace(at, as_json(value)))
        return f"Write it as text: the {what} as JSON, in quotes.", fix
    # A spreadsheet writes a phone number as 1.4154820173E+10.
    plain = isinstance(value, int) and not isinstance(value, bool) and value >= _LONG
    change = Replace(at, str(value)) if plain else Quote(at)
    return "Put it into quotes.", _fix("put it into quotes", change, _is_number(value))
