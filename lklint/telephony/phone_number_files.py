"""A file of phone numbers, read: the numbers bought from LiveKit, and the rule each is to have.

The file is lklint's own; `lklint apply` makes it so.
"""

from typing import NamedTuple

from lklint.telephony.message import Message, Text


class PhoneNumber(NamedTuple):
    """A LiveKit Phone Number in E.164, and the name or id of its dispatch rule.

    Both remember where they stand; `message` is the entry. `dispatch_rule` is None where the number
    is to have none.
    """

    message: Message
    number: Text
    dispatch_rule: Text | None


class PhoneNumbers(NamedTuple):
    """A file of phone numbers."""

    message: Message
    phone_numbers: tuple[PhoneNumber, ...]


def phone_numbers(message: Message) -> PhoneNumbers:
    """A file, from its message."""
    return PhoneNumbers(message, phone_numbers_of(message))


def phone_numbers_of(message: Message) -> tuple[PhoneNumber, ...]:
    """The numbers of a file, from its message. Entries without a number are left out."""
    entries = ((entry, entry.text("number")) for entry in message.messages("phone_numbers"))
    return tuple(
        PhoneNumber(entry, number, entry.text("dispatch_rule"))
        for entry, number in entries
        if number is not None
    )
