"""Resources as LiveKit means them, and how two of them differ.

What the server fills in or writes otherwise is no difference. Seen on livekit-server 1.13.3 for
every field of every kind (`tests/reconcile/test_real_server.py`): it keeps what it is sent, but

- gives the id;
- makes a `media` where a new dispatch rule has none, and copies `media_encryption` into it
  (livekit/protocol livekit/sip.go `Upgrade`). On a call `media.encryption` goes before
  `media_encryption`, and an empty `media` says nothing; so the two are read as one.

`created_at` and `updated_at` are the server's to say, be it that this one stores what it is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple, cast

from google.protobuf.message import Message

from lklint.protocol.messages import ID_FIELDS, Kind, unknown_fields, write
from lklint.telephony.secrets import is_secret_field

MASK = "****"
"""What stands for a secret."""

OF_THE_SERVER = ("created_at", "updated_at")
"""Fields that the server alone fills in."""


class Difference(NamedTuple):
    """One field that differs; a value is None where the field is not set.

    `path` is written as in "room_config.agents[0].agent_name". With `hidden` the values are secret,
    and stars stand for them. `waits_for` are variables that nothing is set for: then it is not
    known yet whether there is a difference.
    """

    path: str
    before: Any
    after: Any
    hidden: bool = False
    waits_for: tuple[str, ...] = ()


class Comparison(NamedTuple):
    """How a stored resource differs from the wanted one.

    `unseen` are the paths of secrets that the server does not show, so that nobody can tell.
    """

    differences: tuple[Difference, ...]
    unseen: tuple[str, ...] = ()


def normal(kind: Kind, message: Message) -> Message:
    """A copy that is equal to that of every resource that means the same."""
    copy: Any = _copied(message)
    for field in (ID_FIELDS[kind], *OF_THE_SERVER):
        copy.ClearField(field)
    if copy.media_encryption and not copy.media.HasField("encryption"):
        copy.media.encryption = copy.media_encryption
    copy.ClearField("media_encryption")
    if not copy.media.ByteSize():
        copy.ClearField("media")
    copy.DiscardUnknownFields()
    return cast("Message", copy)


def content(kind: Kind, message: Message) -> bytes:
    """What a resource says, as bytes that are equal where two say the same. They hold secrets."""
    return normal(kind, message).SerializeToString(deterministic=True)


def compare(
    kind: Kind,
    stored: Message,
    wanted: Message,
    covered: Collection[str] = (),
    unseen: Collection[str] = (),
) -> Comparison:
    """The differences, in the order of the fields.

    `covered` are paths whose values must not be shown, beside those of secret fields; `unseen`
    those that this server is known not to show.
    """
    if content(kind, stored) == content(kind, wanted):
        return Comparison(())  # most resources of a large server, and much faster
    before, after = leaves(kind, stored), leaves(kind, wanted)
    differences, not_told = [], []
    for path in dict.fromkeys((*before, *after)):
        old, new = before.get(path), after.get(path)
        if old == new:
            continue
        hidden = path in covered or is_secret_path(path)
        if hidden and new is not None and (is_mask(old) or (path in unseen and not old)):
            not_told.append(path)
        elif hidden:
            differences.append(Difference(path, old and MASK, new and MASK, True))
        else:
            differences.append(Difference(path, old, new))
    return Comparison(tuple(differences), tuple(not_told))


def leaves(kind: Kind, message: Message) -> dict[str, Any]:
    """The values of a resource by their paths; a list of texts is one value."""
    return dict(_leaves(write(normal(kind, message)), ""))


def replacement(kind: Kind, stored: Message, wanted: Message) -> Message:
    """What to send so that a stored resource becomes the wanted one.

    What only the server says is kept, and so are fields that a newer server has and the installed
    packages have no name for; see `lost_fields` for where that cannot be.
    """
    target: Any = _copied(wanted)
    for name in (ID_FIELDS[kind], *OF_THE_SERVER):
        target.ClearField(name)
        if _has(stored, name):
            target.MergeFrom(_only(stored, name))
    merged = _copied(stored)
    _put_over(merged, target)
    return merged


def lost_fields(stored: Message, sent: Message) -> tuple[str, ...]:
    """The unnamed fields of a stored resource that a replacement does not keep, by path."""
    kept = unknown_fields(sent)
    return tuple(path for path in unknown_fields(stored) if path not in kept)


def waiting_words(difference: Difference) -> str:
    """What a value waits for, as people read it."""
    return f"waits for {', '.join(f'${{{name}}}' for name in difference.waits_for)}"


def is_secret_path(path: str) -> bool:
    """Whether a field on the way to a value is secret."""
    return any(is_secret_field(name.partition("[")[0]) for name in path.split("."))


def is_mask(value: Any) -> bool:
    """Whether a server wrote signs in the place of a secret."""
    return isinstance(value, str) and bool(value) and set(value) <= set("*•")


def _put_over(stored: Any, wanted: Any) -> None:
    """Make a message say what another says, and keep its unnamed fields."""
    for field in stored.DESCRIPTOR.fields:
        name = field.name
        if not _has(wanted, name):
            stored.ClearField(name)
        elif field.is_repeated:
            stored.ClearField(name)
            getattr(stored, name).MergeFrom(getattr(wanted, name))
        elif field.message_type is not None:
            getattr(stored, name).SetInParent()
            _put_over(getattr(stored, name), getattr(wanted, name))
        else:
            setattr(stored, name, getattr(wanted, name))


def _has(message: Any, name: str) -> bool:
    return any(field.name == name for field, _ in message.ListFields())


def _only(message: Message, name: str) -> Message:
    """A copy of which one field is left."""
    copy = _copied(message)
    copy.DiscardUnknownFields()
    for field, _ in copy.ListFields():
        if field.name != name:
            copy.ClearField(field.name)
    return copy


def _copied(message: Message) -> Message:
    copy = type(message)()
    copy.CopyFrom(message)
    return copy


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and (value or not path):
        for name, item in value.items():
            yield from _leaves(item, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for index, item in enumerate(value):
            yield from _leaves(item, f"{path}[{index}]")
    else:
        yield path, value
