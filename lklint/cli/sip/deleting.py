"""`lklint sip … delete`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from google.protobuf.message import Message

from lklint.cli.ends import CLEAN, UsageError, say
from lklint.cli.server.asking import agreed, at_terminal
from lklint.cli.server.talking import Remote, Stopped
from lklint.protocol.messages import id_of
from lklint.remote.server import Server
from lklint.remote.sip import SipKind
from lklint.reports.escaping import printable


async def delete_resources(remote: Remote, kind: SipKind, ids: Sequence[str], yes: bool) -> int:
    """Delete by id, one after the other; the first that is not there ends it.

    Somebody at a terminal is asked first; a script goes on as with `lk`. LiveKit's own delete of a
    trunk takes any id, one of the other direction too.
    """
    if not ids:
        raise UsageError("name at least one id")
    async with remote.connect() as server:
        if not yes and at_terminal():
            await _agree(server, kind, ids)
        for id in ids:
            await server.get(kind, id)
            await server.delete(kind, id)
            trunk = f"SIP Trunk [{printable(id)}] deleted"
            print(f"SIPDispatchRuleID: {printable(id)}" if kind == "dispatch-rule" else trunk)
            if kind == "inbound-trunk":
                await _tell_dangling(server, id)
    return CLEAN


async def _agree(server: Server, kind: SipKind, ids: Sequence[str]) -> None:
    """Show what is to go and what depends on it, and go on only if that is wanted."""
    going = [await server.get(kind, id) for id in ids]
    what = kind.replace("-", " ")
    for line in await _dependents(server, kind, ids):
        print(printable(line), file=sys.stderr)
    named = ", ".join(_called(kind, message) for message in going)
    if not agreed(printable(f"Delete {what}{'' if len(ids) == 1 else 's'} {named}?")):
        say("nothing was deleted")
        raise Stopped


async def _dependents(server: Server, kind: SipKind, ids: Sequence[str]) -> list[str]:
    """A line on everything that needs what is to go."""
    if kind == "inbound-trunk":
        rules: list[Any] = await server.list("dispatch-rule")
        return list(_bound(rules, frozenset(ids)))
    if kind == "dispatch-rule":
        from lklint.reconcile.numbers import owned_numbers, rules_of
        from lklint.reconcile.pulling.fetching import phone_numbers

        return [
            f"{number.e164_format} is assigned to {id}; its calls go nowhere afterwards"
            for number in owned_numbers(await phone_numbers(server)).values()
            for id in rules_of(number)
            if id in ids
        ]
    return []


def _bound(rules: Sequence[Any], trunks: frozenset[str]) -> Iterator[str]:
    for rule in rules:
        gone = [id for id in rule.trunk_ids if id in trunks]
        if gone:
            left = len(rule.trunk_ids) - len(gone)
            then = "no call by it" if left else "no call at all"
            bound = f"dispatch rule {_called('dispatch-rule', rule)} is bound to {', '.join(gone)}"
            yield f"{bound}; it takes {then} afterwards"


def _called(kind: SipKind, message: Message) -> str:
    """A resource by its name and its id."""
    name, id = getattr(message, "name", ""), id_of(kind, message)
    return f"{name} ({id})" if name else id


async def _tell_dangling(server: Server, trunk: str) -> None:
    """Name the rules that are still bound to a trunk that is gone."""
    rules: list[Any] = await server.list("dispatch-rule")
    bound = [id_of("dispatch-rule", rule) for rule in rules if trunk in rule.trunk_ids]
    if bound:
        say(f"still bound to {printable(trunk)}, which is gone: {printable(', '.join(bound))}")
