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


def may_be_one(one: Filed, other: Filed) -> bool:
    """Whether two messages may be one and the same thing of the server.

    They have the same id; or one is in a file for `lk … update`, which is bare and gets its id from
    the command line, and is called like the other or like an update.
    """
    name = server_id(one)
    if name is not None or server_id(other) is not None:
        return name == server_id(other)
    updates = [message for message in (one, other) if not message.pointer]
    if not updates:
        return False
    named = one.text("name") is not None and one.text("name") == other.text("name")
    return (named and len(updates) == 1) or any(map(_is_called_update, updates))


def _is_called_update(message: Filed) -> bool:
    return "update" in message.file.replace("\\", "/").rpartition("/")[2].lower()
