"""A message of a document that remembers its file, as it remembers its place in it."""

from __future__ import annotations

from typing import Any

from lklint.telephony.message import Message


class Filed(Message):
    """A resource of a workspace: `file` is where it stands, `pointer` the place in that file."""

    __slots__ = ("file",)

    def __init__(self, value: dict[str, Any], pointer: str, file: str) -> None:
        super().__init__(value, pointer)
        self.file = file


def home(message: Message) -> Filed:
    """The message of a trunk or a rule that was made from a workspace."""
    assert isinstance(message, Filed)
    return message


def server_id(message: Message) -> str | None:
    """The id that LiveKit gave a trunk, a rule or a phone number, None where the file has none."""
    for field in ("sip_trunk_id", "sip_dispatch_rule_id", "id"):
        found = message.get(field)
        if isinstance(found, str) and found:
            return found
    return None


def id_of(message: Filed) -> str:
    """The id of a resource; what has none yet goes by its place."""
    place = f"{message.file}#{message.pointer}" if "/items/" in message.pointer else message.file
    return server_id(message) or place
