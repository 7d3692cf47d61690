"""`lklint sip inbound|outbound|dispatch create`."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from lklint.cli.ends import CLEAN, UsageError, say
from lklint.cli.server.checking import Checking
from lklint.cli.server.talking import Remote, Stopped
from lklint.cli.sip.conflicts import new_conflicts
from lklint.cli.sip.preparing import (
    WRAPPERS,
    canonical_value,
    filled,
    resources,
    taken_id,
    with_trunk_ids,
)
from lklint.protocol.messages import id_of, read, write
from lklint.remote.errors import Refused, RemoteError
from lklint.remote.explaining import is_conflict
from lklint.remote.server import Server
from lklint.remote.sip import SipKind
from lklint.reports.escaping import printable

Json = dict[str, Any]

ID_LINES = {
    "inbound-trunk": "SIPTrunkID",
    "outbound-trunk": "SIPTrunkID",
    "dispatch-rule": "SIPDispatchRuleID",
}
"""What `lk` prints in front of an id."""


async def create(
    remote: Remote, kind: SipKind, files: Sequence[str], changes: Json, verify: bool
) -> int:
    """Make a resource of each file, or one of flags alone; all are checked before one is sent."""
    checking = Checking(kind)
    wanted: list[tuple[str, Json]] = []
    for file in files:
        wanted += resources(checking, kind, file, changes)
    if not files:
        if not changes:
            raise UsageError("name a file, or say with flags what is to be made")
        checking.value("<flags>", WRAPPERS[kind], changes)
        wanted.append(("<flags>", changes))
    if not checking.passed(verify, remote.quiet):
        raise Stopped
    ready = [
        (name, canonical_value(kind, name, filled(value, name, remote.environment)))
        for name, value in wanted
    ]
    async with remote.connect() as server:
        named = [(name, await with_trunk_ids(server, kind, value)) for name, value in ready]
        for made, (name, value) in enumerate(named):
            bare, id = taken_id(kind, value)
            if id:
                say(f"{printable(name)}: the id {printable(id)} in it is left out")
            try:
                created = await server.create(kind, read(kind, bare))
            except RemoteError as error:
                _tell_rest(name, made, len(named))
                if isinstance(error, Refused) and is_conflict(error.message):
                    await _tell_claimed(server, kind, bare)
                raise
            print(f"{ID_LINES[kind]}: {printable(id_of(kind, created))}", flush=True)
    return CLEAN


async def _tell_claimed(server: Server, kind: SipKind, value: Json) -> None:
    """Say what on the server is in conflict with a new resource; the server may name "<new>"."""
    with suppress(RemoteError):
        stored = [(id_of(kind, one), write(one)) for one in await server.list(kind)]
        for conflict in new_conflicts(kind, stored, "", value):
            say(printable(conflict.about))


def _tell_rest(name: str, made: int, total: int) -> None:
    """Say how far a list of files came, before the error that ended it is told."""
    if total > 1:
        left = total - made - 1
        say(f"{made} of {total} were made, {printable(name)} ended it, {left} were not tried")
