"""A protobuf message written as JSON, read field by field.

Every field may be spelled as protobuf names it (`trunk_ids`) or in lowerCamelCase (`trunkIds`), and
`null` leaves it unset (protobuf's JSON mapping). A value of the wrong type reads as unset: the
schema has spoken about it already.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from lklint.patterns import Pattern


class Text(str):
    """A string of a document that remembers where it stands."""

    __slots__ = ("pointer",)
    pointer: str

    def __new__(cls, value: str, pointer: str) -> Text:
        text = super().__new__(cls, value)
        text.pointer = pointer
        return text


class Seconds(float):
    """A duration of a document, in seconds, that remembers where it stands."""

    __slots__ = ("pointer",)
    pointer: str

    def __new__(cls, value: float, pointer: str) -> Seconds:
        seconds = super().__new__(cls, value)
        seconds.pointer = pointer
        return seconds


class Pair(tuple[Text, Text]):
    """An entry of a map of strings: (name, value). Both remember the place of the entry."""

    __slots__ = ()

    @property
    def name(self) -> Text:
        """The name; a finding about it marks the key."""
        return self[0]

    @property
    def value(self) -> Text:
        """The value."""
        return self[1]


class Message:
    """A message of a document: its fields by protobuf name, and where each stands."""

    __slots__ = ("pointer", "value")

    def __init__(self, value: dict[str, Any], pointer: str) -> None:
        self.value = value
        self.pointer = pointer

    def key(self, field: str) -> str | None:
        """The spelling under which a field is given, or None where it is not (or is null)."""
        if self.value.get(field) is not None:
            return field
        spelled = camel_case(field)
        return spelled if self.value.get(spelled) is not None else None

    def get(self, field: str) -> Any:
        """The raw value of a field, None where it is unset."""
        found = self.value.get(field)
        return found if found is not None else self.value.get(camel_case(field))

    def at(self, field: str) -> str:
        """The pointer of a field, or of the whole message where the field is unset."""
        key = self.key(field)
        return self.pointer if key is None else f"{self.pointer}/{key}"

    def spelled(self, field: str) -> str:
        """A field's name in the spelling that the rest of the message uses."""
        snake = any("_" in key for key in self.value)
        return field if snake else camel_case(field)

    def text(self, field: str) -> Text | None:
        """A string field; None where it is unset or empty, which LiveKit cannot tell apart."""
        found = self.get(field)
        return Text(found, self.at(field)) if isinstance(found, str) and found else None

    def texts(self, field: str) -> tuple[Text, ...]:
        """A list of strings."""
        found = self.get(field)
        if not isinstance(found, list):
            return ()
        at = self.at(field)
        return tuple(
            Text(item, f"{at}/{index}") for index, item in enumerate(found) if isinstance(item, str)
        )

    def pairs(self, field: str) -> tuple[Pair, ...]:
        """A map of strings."""
        found = self.get(field)
        if not isinstance(found, dict):
            return ()
        at = self.at(field)
        entries = []
        for name, value in found.items():
            if isinstance(value, str):
                place = f"{at}/{name.replace('~', '~0').replace('/', '~1')}"
                entries.append(Pair((Text(name, place), Text(value, place))))
        return tuple(entries)

    def flag(self, field: str) -> bool:
        """A boolean; unset is False."""
        return self.get(field) is True

    def seconds(self, field: str) -> Seconds | None:
        """A duration, in seconds."""
        found = self.get(field)
        value = duration(found) if isinstance(found, str) else None
        return None if value is None else Seconds(value, self.at(field))

    def integer(self, field: str) -> int | None:
        """A whole number, written as a number or as a string."""
        found = self.get(field)
        if isinstance(found, bool) or not isinstance(found, (int, float, str)):
            return None
        try:
            value = float(found)
        except ValueError:
            return None
        return int(value) if value.is_integer() else None

    def enum(self, field: str, names: tuple[str, ...]) -> Text | None:
        """An enum by name, whether it is written by name or by number.

        `names` are the names in order of their numbers, from 0. The first one is what protobuf
        takes for unset, but it is returned all the same when it is written.
        """
        found = self.get(field)
        if isinstance(found, bool):
            return None
        if (
            isinstance(found, (int, float))
            and float(found).is_integer()
            and 0 <= found < len(names)
        ):
            found = names[int(found)]
        return Text(found, self.at(field)) if isinstance(found, str) and found in names else None

    def message(self, field: str) -> Message | None:
        """A message inside this one."""
        found = self.get(field)
        return Message(found, self.at(field)) if isinstance(found, dict) else None

    def messages(self, field: str) -> tuple[Message, ...]:
        """A list of messages."""
        found = self.get(field)
        if not isinstance(found, list):
            return ()
        at = self.at(field)
        return tuple(
            Message(item, f"{at}/{index}")
            for index, item in enumerate(found)
            if isinstance(item, dict)
        )


@cache
def camel_case(field: str) -> str:
    """A protobuf field name as its JSON name (`trunk_ids` gives `trunkIds`)."""
    head, *rest = field.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)


_DURATION = Pattern(r"([+-]?)((?:0|[1-9][0-9]*)?(?:\.[0-9]{0,9})?)s")


def duration(text: str) -> float | None:
    """The seconds of a protobuf JSON duration ("30s", "1.5s"), None where it is not one."""
    match = _DURATION.fullmatch(text)
    if match is None or not match[2]:
        return None
    amount = float(match[2]) if match[2] != "." else 0.0
    return -amount if match[1] == "-" else amount
