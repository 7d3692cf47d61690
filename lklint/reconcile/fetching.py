"""What a server has of the kinds that files are about."""

from __future__ import annotations

import asyncio
from datetime import datetime, timezone

from lklint.protocol.messages import Kind, id_of
from lklint.reconcile.identity import Stored
from lklint.reconcile.lock import Lock
from lklint.reconcile.wanted import KINDS, Wants
from lklint.remote.server import Server

SETTLE_SECONDS = 15.0
PURCHASE_SETTLE_SECONDS = 75.0
"""How long after a create, or a purchase, was sent its end may still be on its way: longer than the
deadlines of `remote`."""


async def fetch(server: Server, wants: Wants) -> Stored:
    """Every trunk and rule, and the phone numbers if a file is about them.

    Raises `RemoteError`; servers other than LiveKit Cloud have no phone numbers and say so.
    """
    kinds: tuple[Kind, ...] = (*KINDS, "phone-number") if wants.numbers else KINDS
    lists = await asyncio.gather(*map(server.list, kinds))
    return {
        kind: {id_of(kind, message): message for message in messages}
        for kind, messages in zip(kinds, lists, strict=True)
    }


def unsettled_seconds(lock: Lock) -> float:
    """How long to wait until what was cut off is there, or never will be; 0 for not at all."""
    now = datetime.now(timezone.utc)
    seconds = 0.0
    for note in lock.notes():
        most = PURCHASE_SETTLE_SECONDS if note.kind == "phone-number" else SETTLE_SECONDS
        age = (now - _moment(note.sent)).total_seconds()
        if 0 <= age < most:
            seconds = max(seconds, most - age)
    return seconds


def clear_up(lock: Lock, wants: Wants, stored: Stored) -> tuple[str, ...]:
    """Take out of a lock what the server no longer has, and notes whose files are gone.

    What a create that was cut off left behind is ours if its name says so. Gives lines on what is
    unclear.
    """
    for entry in tuple(lock):
        if entry.id not in stored.get(entry.kind, {}):
            lock.forget(entry.id)
    places = {(it.kind, it.place) for it in wants.resources}
    places |= {("phone-number", number.number) for number in wants.numbers}
    lines = []
    for note in lock.notes():
        if (note.kind, note.place) in places:
            continue
        lock.drop_note(note)
        named = [
            id
            for id, message in stored.get(note.kind, {}).items()
            if note.name and getattr(message, "name", "") == note.name and lock.made(id) is None
        ]
        if len(named) == 1:
            lock.keep(note._replace(id=named[0], sent=""))
        else:
            lines.append(
                f"{note.place} is gone, and a create of it was cut off: look whether the server has"
                f" a {note.kind.replace('-', ' ')} that nobody wants"
            )
    return tuple(lines)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return datetime.fromtimestamp(0, timezone.utc)
