"""`lklint sip … list` and `lklint sip … delete`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lklint.cli.ends import CLEAN, UsageError, say
from lklint.cli.server.printing import as_json, covered, table
from lklint.cli.server.talking import Remote
from lklint.cli.sip.columns import HEADERS, row
from lklint.protocol.messages import id_of, write, write_camel
from lklint.remote.server import Server
from lklint.remote.sip import SipKind
from lklint.reports.escaping import printable


async def list_resources(remote: Remote, kind: SipKind, json: bool, show_secrets: bool) -> int:
    """Print every resource of a kind: a table, or the JSON of `lk … list --json`."""
    async with remote.connect() as server:
        found = await server.list(kind)
    if json:
        items = [covered(write_camel(message), show_secrets) for message in found]
        print(as_json({"items": items} if items else {}))
    else:
        print(table(HEADERS[kind], [row(kind, write(one), show_secrets) for one in found]))
    return CLEAN


async def delete_resources(remote: Remote, kind: SipKind, ids: Sequence[str]) -> int:
    """Delete by id, one after the other; the first that is not there ends it.

    LiveKit's own delete of a trunk takes any id, one of the other direction too.
    """
    if not ids:
        raise UsageError("name at least one id")
    async with remote.connect() as server:
        for id in ids:
            await server.get(kind, id)
            await server.delete(kind, id)
            trunk = f"SIP Trunk [{printable(id)}] deleted"
            print(f"SIPDispatchRuleID: {printable(id)}" if kind == "dispatch-rule" else trunk)
            if kind == "inbound-trunk":
                await _tell_dangling(server, id)
    return CLEAN


async def _tell_dangling(server: Server, trunk: str) -> None:
    """Name the rules that are still bound to a trunk that is gone."""
    rules: list[Any] = await server.list("dispatch-rule")
    bound = [id_of("dispatch-rule", rule) for rule in rules if trunk in rule.trunk_ids]
    if bound:
        say(f"still bound to {printable(trunk)}, which is gone: {printable(', '.join(bound))}")
