"""All that a server has, for a pull."""

from __future__ import annotations

import asyncio

from google.protobuf.message import Message

from lklint.protocol.messages import Kind, id_of
from lklint.reconcile.identity import Stored
from lklint.reconcile.wanted import KINDS
from lklint.remote.errors import Refused
from lklint.remote.server import Server

NUMBER: Kind = "phone-number"


async def fetch_all(server: Server) -> Stored:
    """Every trunk, rule and phone number. Raises `RemoteError`."""
    *lists, numbers = await asyncio.gather(*map(server.list, KINDS), phone_numbers(server))
    return {
        kind: {id_of(kind, message): message for message in messages}
        for kind, messages in zip((*KINDS, NUMBER), (*lists, numbers), strict=True)
    }


async def phone_numbers(server: Server) -> list[Message]:
    """The phone numbers; none on a server of one's own, which does not know the question."""
    try:
        return await server.list(NUMBER)
    except Refused as error:
        if error.code != "bad_route":
            raise
        return []
