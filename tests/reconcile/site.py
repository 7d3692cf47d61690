"""Files of an environment and a server, without a command line between them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lklint.reconcile.applying import Ended, Outcome, carry_out
from lklint.reconcile.fetching import clear_up, fetch
from lklint.reconcile.lock import NAME, read_lock
from lklint.reconcile.plan import Plan
from lklint.reconcile.planning import Choice, make_plan
from lklint.reconcile.wanted import wants
from lklint.remote.credentials import Credentials
from lklint.remote.server import Server, connect
from lklint.sandbox.faults import Faults
from lklint.sandbox.server import KEY, SECRET, serving
from lklint.sandbox.store import Store
from lklint.workspace.environment import Environment
from lklint.workspace.filed import Filed

Json = dict[str, Any]

DEFAULT = Choice()
INBOUND, OUTBOUND, RULE = "inbound-trunk", "outbound-trunk", "dispatch-rule"


class Site:
    """A folder with a lock in it, the files it would have, and the server they go to.

    `files` holds bare resources by file name, each with its kind.
    """

    def __init__(self, folder: Path, server: Server, url: str) -> None:
        self.folder = folder
        self.server = server
        self.url = url
        self.files: dict[str, tuple[str, Json]] = {}
        self.variables: Mapping[str, str] = {}
        self.told: list[Ended] = []

    @property
    def lock_text(self) -> str:
        """The lock as it is on the disk, "" for none."""
        path = self.folder / NAME
        return path.read_text() if path.exists() else ""

    def environment(self) -> Environment:
        """What `lklint` would read from the folder."""
        held: dict[str, list[Filed]] = {}
        for file, (kind, value) in self.files.items():
            held.setdefault(kind, []).append(Filed(value, "", str(self.folder / file)))
        return Environment(str(self.folder), held)

    async def plan(self, choice: Choice = DEFAULT) -> Plan:
        """A plan of what the server has now."""
        environment = self.environment()
        wanted = wants(environment, self.variables)
        lock = read_lock(str(self.folder / NAME), self.url)
        stored = await fetch(self.server, wanted)
        return make_plan(environment, wanted, stored, lock, choice, SECRET)

    async def apply(self, choice: Choice = DEFAULT) -> Outcome:
        """A plan, done."""
        return await self.carry_out(await self.plan(choice))

    async def carry_out(self, plan: Plan) -> Outcome:
        """Do a plan, which must have no problems."""
        assert not plan.problems, plan.problems
        lock = read_lock(str(self.folder / NAME), self.url)
        wanted = wants(self.environment(), self.variables)
        clear_up(lock, wanted, await fetch(self.server, wanted))
        return await carry_out(self.server, plan, lock, self.told.append)


def steps(plan: Plan) -> list[str]:
    """A plan in short: "create inbound-trunk twilio"."""
    return [f"{it.action} {it.kind} {it.number or it.name or it.place}" for it in plan.steps]


@asynccontextmanager
async def sandbox_site(
    folder: Path, store: Store | None = None, faults: Faults | None = None
) -> AsyncIterator[Site]:
    """A site with a sandbox of its own."""
    async with serving(store or Store(), faults) as url, site(folder, url, SECRET) as found:
        yield found


@asynccontextmanager
async def site(folder: Path, url: str, secret: str) -> AsyncIterator[Site]:
    """A site whose server is there already."""
    async with connect(Credentials(url, KEY, secret)) as server:
        yield Site(folder, server, url)


def trunk(name: str, *numbers: str, **fields: Any) -> tuple[str, Json]:
    """An inbound trunk."""
    return INBOUND, {"name": name, "numbers": list(numbers), "auth_username": "u", **fields}


def outbound(name: str, **fields: Any) -> tuple[str, Json]:
    """An outbound trunk."""
    return OUTBOUND, {"name": name, "numbers": ["*"], "address": "sip.example.com", **fields}


def rule(name: str, *trunks: str, **fields: Any) -> tuple[str, Json]:
    """A dispatch rule."""
    direct = {"dispatch_rule_direct": {"room_name": f"room of {name}"}}
    return RULE, {"name": name, "trunk_ids": list(trunks), "rule": direct, **fields}
