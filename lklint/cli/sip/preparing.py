"""From what a person gave (files, flags, the environment) to what is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lklint.cli.ends import UsageError, say
from lklint.cli.server.checking import Checking
from lklint.cli.server.talking import Stopped
from lklint.cli.sip.flags import merged
from lklint.cli.sip.naming import UnknownTrunk, ids_for
from lklint.protocol.messages import ID_FIELDS, Kind, UnreadableValue, id_of, read, write
from lklint.remote.server import Server
from lklint.reports.escaping import printable
from lklint.telephony.variables import resolve

Json = dict[str, Any]

WRAPPERS = {
    "inbound-trunk": "trunk",
    "outbound-trunk": "trunk",
    "dispatch-rule": "dispatch_rule",
    "sip-participant": None,
}


def resources(
    checking: Checking, kind: Kind, argument: str, changes: Json
) -> list[tuple[str, Json]]:
    """The resources of one argument, each with a name for it, with the changes of flags in them.

    With no changes the document is judged as it stands, else what comes of it is. What is found
    waits in `checking`.
    """
    given = checking.argument(argument, judged=not changes)
    many = len(given.resources) > 1
    named = [
        (f"{given.name} ({number})" if many else given.name, value)
        for number, value in enumerate(given.resources, start=1)
    ]
    if not changes:
        return named
    try:
        changed = [(name, merged(write(read(kind, value)), changes)) for name, value in named]
    except UnreadableValue:
        checking.judge(given)
        return named
    for name, value in changed:
        checking.value(f"{name} with flags", WRAPPERS[kind], value)
    return changed


def canonical_value(kind: Kind, name: str, value: Json) -> Json:
    """A resource with the field names of the .proto. Ends the command where it is no message."""
    try:
        return write(read(kind, value))
    except UnreadableValue as error:
        say(f"{printable(name)}: {printable(str(error))}; nothing was sent")
        raise Stopped from None


def filled(value: Json, name: str, environment: Mapping[str, str]) -> Json:
    """A resource with the values of the environment in it. Raises `UsageError` for unset ones."""
    resolved = resolve(value, environment)
    if resolved.missing:
        names = ", ".join(resolved.missing)
        are = "is" if len(resolved.missing) == 1 else "are"
        raise UsageError(f"{name}: {names} {are} not set; nothing was sent")
    filled_in: Json = resolved.value
    return filled_in


def taken_id(kind: Kind, value: Json) -> tuple[Json, str]:
    """A resource without its id, and the id; "" where it has none."""
    field = ID_FIELDS[kind]
    return {name: item for name, item in value.items() if name != field}, value.get(field, "")


async def with_trunk_ids(server: Server, kind: Kind, value: Json) -> Json:
    """A rule or a call with the ids of trunks where it has their names.

    Ends the command where a name is no trunk's: LiveKit would take it, and no call would match. An
    id that no trunk has is told, and sent: the trunk may be made later.
    """
    field = {"dispatch-rule": "trunk_ids", "sip-participant": "sip_trunk_id"}.get(kind)
    said = value.get(field, []) if field else []
    entries = [said] if isinstance(said, str) else said
    if field is None or not entries:
        return value
    direction: Kind = "inbound-trunk" if kind == "dispatch-rule" else "outbound-trunk"
    trunks: list[Any] = await server.list(direction)
    known = [(id_of(direction, trunk), trunk.name) for trunk in trunks]
    try:
        ids = ids_for(entries, known)
    except UnknownTrunk as error:
        say(f"{printable(str(error))}; nothing was sent")
        raise Stopped from None
    for id in ids:
        if id.startswith("ST_") and id not in dict(known):
            say(f"no {direction.replace('-', ' ')} on the server has the id {printable(id)}")
    return {**value, field: ids[0] if isinstance(said, str) else ids}
