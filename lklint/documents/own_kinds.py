"""The kinds of files that are lklint's own: LiveKit never sees them.

A name alone is not enough where other programs use it too (`calls.json` may be anybody's): then the
document must have the member that holds everything.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

CALLS = "call-expectations"
PHONE_NUMBERS = "phone-numbers"
OWN_KINDS = (CALLS, PHONE_NUMBERS)


class _Kind(NamedTuple):
    """A kind: the spellings of the member that holds a list, and of a field in its entries that
    tells it from the lists of others."""

    kind: str
    holders: tuple[str, ...]
    marks: tuple[str, ...]


_KINDS = (
    _Kind(CALLS, ("calls",), ("expect",)),
    _Kind(PHONE_NUMBERS, ("phoneNumbers", "phone_numbers"), ("dispatchRule", "dispatch_rule")),
)


_BOOKKEEPING = ({"lklint_sandbox"}, {"steps", "unmanaged", "problems"})
"""Members that tell the state of a sandbox, and a plan."""


def is_bookkeeping(value: dict[str, Any]) -> bool:
    """Whether a decoded document is what lklint wrote for itself: a plan, or the state of a
    sandbox. It is full of trunks and rules, and is nobody's file for them."""
    return any(value.keys() >= members for members in _BOOKKEEPING)


def own_kind(value: dict[str, Any], filename: str) -> tuple[str, str] | None:
    """The kind of a decoded document and the reason, or None where it is none of lklint's own."""
    for kind, holders, marks in _KINDS:
        holder = next((name for name in holders if name in value), None)
        if holder is not None and _holds(value[holder], marks):
            return kind, f'it has "{holder}"'
        if kind == _kind_by_name(filename) and (holder is not None or not value):
            return kind, "by its file name"
    return None


def own_kind_of_names(names: Iterable[str]) -> tuple[str, str] | None:
    """The same for a text that cannot be decoded, by the names that stand in it."""
    there = set(names)
    for kind, holders, marks in _KINDS:
        holder = next((name for name in holders if name in there), None)
        if holder is not None and not there.isdisjoint(marks):
            return kind, f'it has "{holder}"'
    return None


def _holds(held: Any, marks: tuple[str, ...]) -> bool:
    """Whether one of the entries has a mark; one alone may stand there without a list."""
    entries = held if isinstance(held, list) else [held]
    return any(isinstance(entry, dict) and not entry.keys().isdisjoint(marks) for entry in entries)


def _kind_by_name(filename: str) -> str | None:
    name = filename.replace("\\", "/").rpartition("/")[2].lower().replace("_", "-")
    stem = name.removesuffix(".json")
    if stem == "calls" or stem.endswith(("-calls", ".calls", "call-expectations")):
        return CALLS
    return PHONE_NUMBERS if "phone-numbers" in stem else None
