"""`lklint sip inbound|outbound|dispatch update`.

A file takes the place of the whole resource, as with `lk`; flags alone change their fields only.
"""

from __future__ import annotations

import sys
from typing import Any, NamedTuple

from lklint.cli.ends import CLEAN, UsageError, say
from lklint.cli.server.asking import agreed, at_terminal
from lklint.cli.server.checking import Checking
from lklint.cli.server.talking import Remote, Stopped, tell_explanation
from lklint.cli.sip.conflicts import new_conflicts
from lklint.cli.sip.creating import ID_LINES
from lklint.cli.sip.flags import merged
from lklint.cli.sip.losses import losses
from lklint.cli.sip.preparing import (
    WRAPPERS,
    canonical_value,
    filled,
    resources,
    taken_id,
    with_trunk_ids,
)
from lklint.protocol.messages import id_of, read, unknown_fields, write
from lklint.remote.server import Server
from lklint.remote.sip import SipKind
from lklint.reports.escaping import printable

Json = dict[str, Any]


class Wanted(NamedTuple):
    """An update as it was asked for: `value` is None where flags alone say it."""

    id: str
    value: Json | None


async def update(
    remote: Remote,
    kind: SipKind,
    file: str | None,
    id: str | None,
    changes: Json,
    verify: bool,
    yes: bool,
) -> int:
    """Update one resource from a file, from flags, or from both."""
    if file is None and not changes:
        raise UsageError("name a file, or say with flags what is to change")
    wanted = _from_file(remote, kind, file, id, changes, verify) if file else Wanted(id or "", None)
    if not wanted.id:
        raise UsageError(f"say which one with --id{' or in the file' if file else ''}")
    async with remote.connect() as server:
        before = await server.get(kind, wanted.id)
        stored = write(before)
        if wanted.value is None:
            said = filled(changes, "<flags>", remote.environment)
            said = await with_trunk_ids(server, kind, said)
            after = canonical_value(kind, "<flags>", merged(stored, said))
            _check(remote, kind, stored, after, verify)
        else:
            after = await with_trunk_ids(server, kind, wanted.value)
        await _refuse_conflicts(server, kind, wanted.id, after, verify)
        if wanted.value is None:
            changed = {field: after.get(field, said[field]) for field in said}
            done = await server.update(kind, wanted.id, changed)
        else:
            lost = [field for field in losses(stored, after) if field not in changes]
            _agree_to_losses([*lost, *_newer(before)], wanted.id, yes)
            done = await server.replace(kind, wanted.id, read(kind, after))
    print(f"{ID_LINES[kind]}: {printable(id_of(kind, done))}")
    return CLEAN


def _from_file(
    remote: Remote, kind: SipKind, file: str, id: str | None, changes: Json, verify: bool
) -> Wanted:
    """The resource of the file (of several the one with the id), with flags and variables in it."""
    checking = Checking(kind)
    found = resources(checking, kind, file, changes)
    if not checking.passed(verify, remote.quiet):
        raise Stopped
    pairs = [taken_id(kind, canonical_value(kind, name, value)) for name, value in found]
    if len(pairs) > 1:
        pairs = [pair for pair in pairs if pair[1] == id]
        if len(pairs) != 1:
            raise UsageError(f"{file} holds {len(found)} resources; --id says which one is meant")
    value, own = pairs[0]
    if id and own and own != id:
        say(f"{printable(file)} has the id {printable(own)}; --id goes before it")
    value = canonical_value(kind, file, filled(value, file, remote.environment))
    return Wanted(id or own, value)


def _check(remote: Remote, kind: SipKind, stored: Json, value: Json, verify: bool) -> None:
    """Judge what flags make of a resource; what was wrong with it before stops nothing."""
    checking = Checking(kind)
    checking.value("<flags>", WRAPPERS[kind], taken_id(kind, value)[0], taken_id(kind, stored)[0])
    if not checking.passed(verify, remote.quiet):
        raise Stopped


async def _refuse_conflicts(
    server: Server, kind: SipKind, id: str, value: Json, verify: bool
) -> None:
    """End the command where the update would make two resources take the same calls."""
    if kind == "outbound-trunk":
        return
    stored = [(id_of(kind, one), write(one)) for one in await server.list(kind)]
    found = new_conflicts(kind, stored, id, value)
    for conflict in found:
        say(f"LiveKit would take this update, and then end calls: {printable(conflict.about)}")
        tell_explanation(conflict.words)
    if found and not verify:
        say("--no-verify: sent in spite of that")
    elif found:
        say("nothing was sent (--no-verify sends it all the same)")
        raise Stopped


def _agree_to_losses(lost: list[str], id: str, yes: bool) -> None:
    """Show what the file would clear, and go on only if that is wanted."""
    if not lost:
        return
    print(f"{printable(id)} has these, and the file has not; LiveKit clears them:", file=sys.stderr)
    for field in lost:
        print(f"  - {printable(field)}", file=sys.stderr)
    if yes:
        return
    if not at_terminal():
        say("nothing was sent: --yes clears them; or put them into the file")
        raise Stopped
    if not agreed("Clear them?"):
        say("nothing was sent")
        raise Stopped


def _newer(message: Any) -> list[str]:
    """What only a newer client knows, and a replacement would lose."""
    return [f"field {path}, which this lklint does not know" for path in unknown_fields(message)]
