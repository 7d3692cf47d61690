"""What an update makes of a stored trunk or rule (livekit/protocol v1.48.2 livekit/sip.go)."""

from __future__ import annotations

from typing import Any

from lklint.protocol.messages import Kind, id_of, with_id
from lklint.sandbox.checks.table import refusal_of
from lklint.sandbox.checks.trunks import after_an_update

_MEDIA = ("media", "media_encryption")


def changed(kind: Kind, stored: Any, request: Any) -> Any:
    """The stored message as a request replaces it, or changes fields of it. It keeps its id.

    Raises `Refusal` for what single fields made wrong; a whole replacement is checked before.
    """
    if request.HasField("replace"):
        return with_id(kind, request.replace, id_of(kind, stored))
    new = type(stored)()
    new.CopyFrom(stored)
    _apply(request.update, new)
    words = refusal_of(new)
    if words is not None:
        raise after_an_update(words)
    return new


def upgrade(message: Any) -> None:
    """The encryption of old goes into the media, which is made where it is not there (`Upgrade`).

    0 is both "disable" and "not said", and stays out.
    """
    message.media.SetInParent()
    if message.media_encryption and not message.media.HasField("encryption"):
        message.media.encryption = message.media_encryption


def _apply(update: Any, message: Any) -> None:
    """The `Apply` of SIPInboundTrunkUpdate, SIPOutboundTrunkUpdate and SIPDispatchRuleUpdate."""
    for field, value in update.ListFields():
        if field.name in _MEDIA:
            continue
        held = getattr(message, field.name)
        if field.message_type is None:
            setattr(message, field.name, value)
        elif field.message_type.name == "ListUpdate":
            held[:] = _changed_list(list(held), value)
        elif field.message_type.GetOptions().map_entry:
            _change_map(held, value)
        else:
            held.CopyFrom(value)
    _apply_media(update, message)


def _changed_list(entries: list[str], change: Any) -> list[str]:
    """`applyListUpdate`: the first of each removed entry goes, and no entry comes twice."""
    if change.clear:
        return []
    if change.set:
        return list(change.set)
    for entry in change.remove:
        if entry in entries:
            entries.remove(entry)
    for entry in change.add:
        if entry not in entries:
            entries.append(entry)
    return entries


def _change_map(held: Any, entries: Any) -> None:
    """`applyMapDiff`: an empty text takes an entry out."""
    for name, value in entries.items():
        if value:
            held[name] = value
        elif name in held:
            del held[name]


def _apply_media(update: Any, message: Any) -> None:
    """`updateMediaConfig`: the media is replaced as a whole, and rules over the old encryption."""
    if update.HasField("media"):
        message.media.CopyFrom(update.media)
    if update.HasField("media_encryption"):
        message.media_encryption = update.media_encryption
    upgrade(message)
    message.media_encryption = message.media.encryption
