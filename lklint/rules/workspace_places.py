"""How rules about a whole workspace name things, and point at them."""

from __future__ import annotations

from collections.abc import Sequence

from lklint.rules.found import Place, at_brace, at_value, show
from lklint.telephony.message import Message, Text
from lklint.telephony.phone_numbers import normalize_number
from lklint.telephony.routing.stored import Trunk
from lklint.workspace.filed import home, server_id


def in_file(message: Message, place: Place) -> Place:
    """A place in the file that a resource stands in."""
    return place._replace(file=home(message).file)


def whole(message: Message) -> Place:
    """A resource as a whole, marked at its opening brace."""
    return in_file(message, at_brace(message.pointer))


def entry(message: Message, text: Text) -> Place:
    """A text of a resource."""
    return in_file(message, at_value(text.pointer))


def listed(message: Message, field: str, number: str | None) -> Place:
    """The entry of a list that LiveKit reads as a number, or the resource where it lists none."""
    for text in message.texts(field):
        if number is not None and normalize_number(text) == normalize_number(number):
            return entry(message, text)
    return whole(message)


def the(kind: str, message: Message) -> str:
    """A resource as people know it: by its name, else by its id, else by its file."""
    name = message.text("name")
    return f"{kind} {show(name) if name else server_id(message) or home(message).file}"


def the_trunks(trunks: Sequence[Trunk]) -> str:
    """One trunk by its name, or how many there are."""
    if len(trunks) == 1:
        return the("trunk", trunks[0].message)
    return f"its {len(trunks)} trunks"


def is_newer(one: Message, other: Message) -> bool:
    """Whether a resource has no id of the server yet, and another has."""
    return server_id(one) is None and server_id(other) is not None
