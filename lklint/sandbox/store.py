"""What a sandbox holds: trunks, dispatch rules, phone numbers, and the participants it "called"."""

from __future__ import annotations

from typing import Any, Literal, cast

from google.protobuf.message import Message as Protobuf
from livekit.protocol.sip import SIPParticipantInfo

from lklint.protocol.messages import ID_FIELDS, MESSAGES, write
from lklint.protocol.messages import Kind as ResourceKind
from lklint.sandbox.state import load, save
from lklint.telephony.message import Message
from lklint.telephony.routing.stored import Rule, Trunk, stored_rule, stored_trunk

Kind = Literal["inbound-trunk", "outbound-trunk", "dispatch-rule", "phone-number", "participant"]

CLASSES: dict[str, type[Protobuf]] = {
    "inbound-trunk": MESSAGES["inbound-trunk"],
    "outbound-trunk": MESSAGES["outbound-trunk"],
    "dispatch-rule": MESSAGES["dispatch-rule"],
    "phone-number": MESSAGES["phone-number"],
    "participant": SIPParticipantInfo,
}


class Store:
    """Messages by kind and id, in memory, and in a file where one is named.

    Whoever takes a message out must not change it, but put a changed copy in its place. Raises
    `BadState` for a file that is none, and OSError where it cannot be written.
    """

    def __init__(self, file: str | None = None) -> None:
        self._file = file
        self._kept: dict[str, dict[str, Any]] = {kind: {} for kind in CLASSES}
        self._claims: dict[str, Any] = {}
        for kind, messages in load(file, CLASSES).items() if file else ():
            for message in messages:
                self._keep(kind, message)
        self._save()  # a file that cannot be written is told at once

    def get(self, kind: Kind, id: str) -> Any:
        """The message with an id, or None."""
        return self._kept[kind].get(id)

    def all(self, kind: Kind) -> list[Any]:
        """All messages of a kind in the order of their ids, in which LiveKit lists them."""
        kept = self._kept[kind]
        return [kept[id] for id in sorted(kept)]

    def put(self, kind: Kind, *messages: Any) -> None:
        """Keep messages under their ids. Where the file cannot be written, memory has them."""
        for message in messages:
            self._keep(kind, message)
        self._save()

    def remove(self, kind: Kind, id: str) -> None:
        """Forget a message; one that is not there is no mistake."""
        if self._kept[kind].pop(id, None) is not None:
            self._claims.pop(id, None)
            self._save()

    def trunk_claims(self) -> list[Trunk]:
        """The inbound trunks as the routing knows them, in the order of their ids."""
        return [self._claims[id] for id in sorted(self._kept["inbound-trunk"])]

    def rule_claims(self) -> list[Rule]:
        """The dispatch rules as the routing knows them, in the order of their ids."""
        return [self._claims[id] for id in sorted(self._kept["dispatch-rule"])]

    def _keep(self, kind: str, message: Any) -> None:
        id = str(getattr(message, _id_field(kind)))
        copy = type(message)()
        copy.CopyFrom(message)
        self._kept[kind][id] = copy
        if kind == "inbound-trunk":
            self._claims[id] = trunk_claim(id, copy)
        elif kind == "dispatch-rule":
            self._claims[id] = rule_claim(id, copy)

    def _save(self) -> None:
        if self._file is not None:
            save(self._file, {kind: kept.values() for kind, kept in self._kept.items()})


def _id_field(kind: str) -> str:
    return "participant_id" if kind == "participant" else ID_FIELDS[cast("ResourceKind", kind)]


def trunk_claim(id: str, trunk: Protobuf) -> Trunk:
    """An inbound trunk as the routing knows it; a new one has the id ""."""
    return stored_trunk(id, Message(write(trunk), ""))


def rule_claim(id: str, rule: Protobuf) -> Rule:
    """A dispatch rule as the routing knows it; its place among others does not matter here."""
    return stored_rule(id, Message(write(rule), ""), 0)
