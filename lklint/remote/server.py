"""The telephony of one LiveKit server, by kind of resource."""

from __future__ import annotations

import builtins
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, cast

from google.protobuf.message import Message
from livekit.protocol.models import ListUpdate, Pagination
from livekit.protocol.sip import SIPParticipantInfo, TransferSIPParticipantResponse

from lklint.protocol.messages import Kind, id_of, read_as
from lklint.remote.credentials import Credentials
from lklint.remote.errors import BadAnswer, OutcomeUnknown, Refused
from lklint.remote.phone_numbers import PhoneNumbers
from lklint.remote.sip import METHODS, SERVICE, Methods, SipKind
from lklint.remote.twirp import Caller, Grants, session_for

PAGE = 1000
SANDBOX_PATH, SANDBOX = "/sandbox", "lklint sandbox"
"""Where a sandbox says that it is one, and its words (`lklint.sandbox.server`)."""
MOST_RESOURCES = 1_000_000

# Dialling waits for a person; LiveKit's own clients wait half a minute, or as long as it may ring.
DIAL_SECONDS = 32.0


@asynccontextmanager
async def connect(credentials: Credentials) -> AsyncIterator[Server]:
    """The server of these credentials; nothing is sent before something is asked of it."""
    async with session_for(credentials) as session:
        yield Server(Caller(session, credentials), credentials.host)


class Server:
    """What can be asked of a server, and done to it; every failure is a `RemoteError`."""

    def __init__(self, caller: Caller, host: str) -> None:
        self._caller = caller
        self.host = host
        self.numbers = PhoneNumbers(caller)

    @property
    def writes(self) -> int:
        """How many changes were sent, whatever came of them."""
        return self._caller.writes

    async def is_sandbox(self) -> bool:
        """Whether this is `lklint sandbox`, where nothing costs money and nothing is lost."""
        return await self._caller.says(SANDBOX_PATH) == SANDBOX

    async def list(self, kind: Kind) -> builtins.list[Message]:
        """Every resource of a kind, each once, in the server's order (by id)."""
        if kind == "phone-number":
            return await self.numbers.all()
        methods = METHODS[_sip(kind)]
        found: dict[str, Message] = {}
        after = ""
        while True:
            page = await self._page(kind, methods, Pagination(after_id=after, limit=PAGE))
            fresh = {id: item for id, item in page.items() if id not in found}
            if page and not fresh and len(page) == PAGE:
                # This server counts its pages and does not turn them: ask for everything at once.
                return [*(await self._page(kind, methods, None)).values()]
            found.update(fresh)
            if not fresh or len(page) > PAGE:
                return [*found.values()]
            if len(found) > MOST_RESOURCES:
                raise BadAnswer(f"the list of {self.host} has no end")
            after = next(reversed(page))

    async def get(self, kind: Kind, id: str) -> Message:
        """The resource of this id. Raises `Refused` ("not_found") where there is none."""
        if kind == "phone-number":
            return cast("Message", await self.numbers.get(id=id))
        methods = METHODS[_sip(kind)]
        request: Any = methods.list()
        getattr(request, methods.ids).append(id)
        answer = await self._caller.read(SERVICE, f"List{methods.noun}", request, methods.listed)
        for item in answer.items:
            if id_of(kind, item) == id:
                return cast("Message", item)
        what = "sip dispatch rule" if kind == "dispatch-rule" else "sip trunk"
        raise Refused("not_found", f"requested {what} does not exist")

    async def create(self, kind: Kind, message: Message) -> Message:
        """Make a resource: what the server made of it, with its id. Never repeated."""
        methods = METHODS[_sip(kind)]
        request = methods.create(**{methods.wrapper: message})
        made = await self._caller.write(SERVICE, f"Create{methods.noun}", request, methods.info)
        if not id_of(kind, made):
            raise OutcomeUnknown(f"the answer of {self.host} names nothing that was made")
        return made

    async def replace(self, kind: Kind, id: str, message: Message) -> Message:
        """Put a resource in the place of another: what the message leaves out is gone."""
        return await self._change(kind, id, "replace", message)

    async def update(self, kind: Kind, id: str, changes: Mapping[str, Any]) -> Message:
        """Change only some fields: `changes` is a JSON value in the shape of the resource.

        A list takes the place of the whole list, an empty one clears it. Raises `UnreadableValue`
        for a field that LiveKit cannot change alone (`replace` can).
        """
        methods = METHODS[_sip(kind)]
        lists = {
            field.name
            for field in methods.changes.DESCRIPTOR.fields
            if field.message_type is not None
            and field.message_type.full_name == ListUpdate.DESCRIPTOR.full_name
        }
        value = {
            name: ({"set": change} if change else {"clear": True}) if name in lists else change
            for name, change in changes.items()
        }
        return await self._change(kind, id, "update", read_as(methods.changes, value))

    async def delete(self, kind: Kind, id: str) -> None:
        """Delete a resource. A trunk that is not there is deleted without a word, a rule is not.

        LiveKit deletes a trunk of either direction by its id; look at the kind first.
        """
        methods = METHODS[_sip(kind)]
        field = "sip_dispatch_rule_id" if kind == "dispatch-rule" else "sip_trunk_id"
        request = methods.delete(**{field: id})
        await self._caller.write(SERVICE, methods.delete_name, request, methods.deleted)

    async def create_participant(
        self, message: Message, seconds: float = DIAL_SECONDS
    ) -> SIPParticipantInfo:
        """Call someone (a CreateSIPParticipantRequest), and wait so long for an answer."""
        return await self._caller.write(
            SERVICE,
            "CreateSIPParticipant",
            message,
            SIPParticipantInfo,
            Grants(call=True),
            seconds,
        )

    async def transfer(self, message: Message, seconds: float = DIAL_SECONDS) -> Message:
        """Hand a caller on (a TransferSIPParticipantRequest): a TransferSIPParticipantResponse."""
        room = cast("Any", message).room_name
        return await self._caller.write(
            SERVICE,
            "TransferSIPParticipant",
            message,
            TransferSIPParticipantResponse,
            Grants(call=True, room=room),
            seconds,
        )

    async def _page(
        self, kind: Kind, methods: Methods, page: Pagination | None
    ) -> dict[str, Message]:
        answer = await self._caller.read(
            SERVICE, f"List{methods.noun}", methods.list(page=page), methods.listed
        )
        return {id_of(kind, item): item for item in answer.items if id_of(kind, item)}

    async def _change(self, kind: Kind, id: str, field: str, message: Message) -> Message:
        methods = METHODS[_sip(kind)]
        which = "sip_dispatch_rule_id" if kind == "dispatch-rule" else "sip_trunk_id"
        request = methods.replace(**{which: id, field: message})
        return await self._caller.write(SERVICE, f"Update{methods.noun}", request, methods.info)


def _sip(kind: Kind) -> SipKind:
    """The kind, if the SIP service keeps it; a call is made, and a number bought, otherwise."""
    if kind in ("sip-participant", "phone-number"):
        raise ValueError(f"the SIP service keeps no {kind}")
    return cast("SipKind", kind)
