"""Conflicts that LiveKit's update lets in, and that then end calls.

`update` compares the new resource only with those that already share its numbers or trunks; a pair
that it lets in ends every call that finds both (seen with livekit-server 1.13.3). So lklint looks
itself, with all of what is on the server.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from lklint.remote.sip import SipKind
from lklint.telephony.message import Message
from lklint.telephony.routing import Exchange, trunk_conflicts

Resources = Iterable[tuple[str, dict[str, Any]]]
"""Resources of one kind by their ids, as JSON."""


class Conflict(NamedTuple):
    """What a resource is in conflict with: `words` are the server's, which name the later of both,
    be it the one that is sent; `about` names the other one. They are the same where the resource is
    in conflict with itself."""

    words: str
    about: str


def new_conflicts(
    kind: SipKind, stored: Resources, id: str, value: dict[str, Any]
) -> list[Conflict]:
    """The conflicts that a resource would bring in the place of the one with its id, "" for a new
    one.

    What was in conflict before and still would be is not told: nothing is made worse, and the
    update may be the way out. An outbound trunk has none.
    """
    if kind == "outbound-trunk":
        return []
    before = dict(stored)
    after = {**before, id: value}
    known = set(_conflicts(kind, before, id))
    return [
        Conflict(words, words if other == id else _about(kind, other, after[other]))
        for other, words in _conflicts(kind, after, id).items()
        if other not in known
    ]


def _about(kind: SipKind, id: str, value: dict[str, Any]) -> str:
    name = value.get("name", "")
    called = f"{name} ({id})" if name else id
    return f"{kind.replace('-', ' ')} {called} claims the same calls"


def _conflicts(kind: str, resources: dict[str, dict[str, Any]], id: str) -> dict[str, str]:
    """The conflicts of one resource: the id of the other one, and the words."""
    messages = [(name, Message(value, "")) for name, value in resources.items()]
    found: dict[str, str] = {}
    if kind == "inbound-trunk":
        for conflict in trunk_conflicts(Exchange(messages, [])):
            if conflict.kills or conflict.when == "create":
                _note(found, id, (conflict.trunk.id, conflict.other.id), conflict.text)
        return found
    for fault in Exchange([], messages).rule_faults:
        other = fault.rule if fault.other is None else fault.other
        _note(found, id, (fault.rule.id, other.id), fault.text)
    return found


def _note(found: dict[str, str], id: str, pair: tuple[str, str], text: str) -> None:
    if id in pair:
        found.setdefault(pair[1] if pair[0] == id else pair[0], text)
