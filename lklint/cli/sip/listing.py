"""`lklint sip … list`."""

from __future__ import annotations

from lklint.cli.ends import CLEAN
from lklint.cli.server.printing import as_json, covered, table
from lklint.cli.server.talking import Remote
from lklint.cli.sip.columns import HEADERS, row
from lklint.protocol.messages import write, write_camel
from lklint.remote.sip import SipKind


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
