"""A plan after a pull is empty: for every field of every kind, on both servers."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
from fidelity.generate import Case
from fidelity.server import SECRET as REAL_SECRET
from fidelity.server import Server as RealServer
from fidelity.server import running
from fidelity.tree import some_layout, written
from fidelity.valid import draft

from lklint.checker.run import check_data
from lklint.cli.workspace import LoadedWorkspace, WorkspaceOptions
from lklint.documents.discovery import read_bytes
from lklint.findings import Effect
from lklint.protocol.messages import Kind, UnreadableValue, read
from lklint.reconcile.identity import Stored
from lklint.reconcile.lock import NAME, Entry, Lock, read_lock
from lklint.reconcile.plan import Plan
from lklint.reconcile.planning import Choice, make_plan
from lklint.reconcile.pulling.fetching import fetch_all
from lklint.reconcile.pulling.making import make_pull
from lklint.reconcile.pulling.pull import Here, Pull
from lklint.reconcile.wanted import wants
from lklint.remote.errors import Refused
from lklint.remote.server import Server
from lklint.sandbox.server import SECRET, serving
from lklint.sandbox.store import Store
from lklint.settings import Settings
from lklint.telephony.secrets import is_secret_field
from lklint.telephony.variables import references, resolve
from lklint.workspace.environment import Environment

from .site import INBOUND, OUTBOUND, RULE, Site, site, steps

CASES = 1500 if os.environ.get("LKLINT_HYPOTHESIS") == "deep" else 150
KINDS: tuple[Kind, ...] = (INBOUND, OUTBOUND, RULE)  # type: ignore[assignment]

NEWER = 'unknown field "ringing_timeout_status"'
"""A field that `lk` 2.18.3 does not know; the server gives back what it was sent."""


@dataclass
class Folder:
    """Files on the disk, the variables that are set for them, and a server's lock."""

    path: Path
    url: str
    variables: dict[str, str] = field(default_factory=dict)

    def environment(self) -> Environment:
        """What the files are together."""
        wanted = WorkspaceOptions((str(self.path),), isolated=True, locked=False)
        found = LoadedWorkspace(wanted, self.variables).environments
        return found[0] if found else Environment(str(self.path), {})

    def lock(self) -> Lock:
        return read_lock(str(self.path / NAME), self.url)

    def pull(self, stored: Stored) -> Pull:
        """Pull, write, and set the variables that are to be set."""
        environment = self.environment()
        wanted = wants(environment, self.variables)
        here = Here(environment, wanted, self.lock(), self.variables, read_bytes, lambda path: True)
        pull = make_pull(here, stored)
        for file, change in pull.files.items():
            Path(file).parent.mkdir(parents=True, exist_ok=True)
            Path(file).write_bytes(change.after)
        lock = self.lock()
        for entry in pull.entries:
            lock.keep(entry)
        lock.save()
        self.variables = pull.variables.all
        return pull

    def plan(self, stored: Stored) -> Plan:
        environment = self.environment()
        wanted = wants(environment, self.variables)
        return make_plan(environment, wanted, stored, self.lock(), Choice(), "key")

    def texts(self) -> dict[str, str]:
        return {str(file): file.read_text("utf-8") for file in self.path.rglob("*.json")}


@dataclass
class Generated:
    """A generated resource: its text, and the bare value in it."""

    kind: Kind
    text: str
    value: dict[str, Any]


def generated(count: int, form: str = "create") -> Iterator[Generated]:
    """Resources of which every field can be sent, as somebody may have written them in a file."""
    index = made = 0
    while made < count:
        random, kind = Random(f"pull:{form}:{index}"), KINDS[made % 3]
        index += 1
        text = written(draft(kind, form, random).root, some_layout(random))
        whole = json.loads(text)
        value = whole
        for wrapper in ("trunk", "dispatch_rule", "dispatchRule"):
            value = whole.get(wrapper, value)
        try:
            read(kind, value)
        except (UnreadableValue, TypeError):
            continue
        made += 1
        yield Generated(kind, text, value)


async def stored_by(server: Server, resource: Generated) -> bool:
    """Make a resource on the server; whether it took it."""
    value = resolve(resource.value, dict.fromkeys(references(resource.value), "f\u0131lled ${X}"))
    try:
        await server.create(resource.kind, read(resource.kind, value.value))
    except Refused:
        return False
    return True


async def emptied(server: Server) -> None:
    stored = await fetch_all(server)
    for kind in KINDS:
        for id in stored[kind]:
            await server.delete(kind, id)


def secrets_in(value: Any, secret: bool = False) -> Iterator[str]:
    """Every text in a JSON value that stands under the name of a secret."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from secrets_in(item, secret or is_secret_field(name))
    elif isinstance(value, list):
        for item in value:
            yield from secrets_in(item, secret)
    elif isinstance(value, str) and secret:
        yield value


async def fresh_files_settle(where: AbstractAsyncContextManager[Site], path: Path) -> None:
    """One resource after the other into a folder that has nothing."""
    taken = 0
    async with where as found:
        for number, resource in enumerate(generated(CASES)):
            await emptied(found.server)
            if not await stored_by(found.server, resource):
                continue
            taken += 1
            stored = await fetch_all(found.server)
            folder = Folder(path / str(number), found.url)
            folder.path.mkdir()
            folder.pull(stored)
            plan = folder.plan(stored)
            assert (steps(plan), plan.problems) == ([], ()), (resource, folder.texts())
            assert not plan.unmanaged
            for file, text in folder.texts().items():
                assert text.endswith("}\n")
                outcome = check_data(text.encode(), file, Settings())
                refused = [it for it in outcome.findings if it.effect is Effect.REJECTED]
                assert not refused, (refused, text)
                assert outcome.identity is not None
                assert (outcome.identity.kind, outcome.identity.form) == (resource.kind, "wrapped")
                held = [secret for secret in secrets_in(json.loads(text)) if secret]
                assert all(secret.startswith("${") for secret in held), text
            assert not folder.pull(stored).files, "pulled again, nothing changes"
    assert taken > CASES * 0.8


async def old_files_settle(where: AbstractAsyncContextManager[Site], path: Path) -> None:
    """The file says one thing and the server another: the file is changed, and then says the same.

    Some of its variables are set, and some are not.
    """
    others = {kind: list(generated(CASES, "update")) for kind in KINDS}
    taken = 0
    async with where as found:
        for number, resource in enumerate(generated(CASES)):
            await emptied(found.server)
            if not await stored_by(found.server, resource):
                continue
            stored = await fetch_all(found.server)
            same = [it for it in others[resource.kind] if it.kind == resource.kind]
            before = Random(number).choice(same)
            folder = Folder(path / str(number), found.url)
            folder.path.mkdir()
            name = f"{resource.kind}.json"
            (folder.path / name).write_text(before.text, "utf-8")
            folder.variables = {it: "set" for it in references(before.value) if number % 2}
            held = wants(folder.environment(), folder.variables).resources
            if len(held) != 1:
                continue
            taken += 1
            lock = folder.lock()
            (id,) = stored[resource.kind]
            lock.keep(Entry(resource.kind, held[0].name, held[0].place, id))
            lock.save()
            pull = folder.pull(stored)
            assert list(folder.texts()) == [str(folder.path / name)], pull
            plan = folder.plan(stored)
            changed = [(it.path, it.before, it.after) for s in plan.steps for it in s.differences]
            assert (changed, plan.problems) == ([], ()), (before, resource, folder.texts())
            assert not folder.pull(stored).files, (before.text, folder.texts())
    assert taken > CASES * 0.6


WORKS = [fresh_files_settle, old_files_settle]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """The real livekit-server, with the real `lk`."""
    with running(tmp_path_factory.mktemp("livekit")) as server:
        yield server


@pytest.mark.parametrize("work", WORKS)
def test_on_the_real_server(real: RealServer, tmp_path: Path, work: Any) -> None:
    asyncio.run(work(site(tmp_path, real.url, REAL_SECRET), tmp_path))


def test_the_real_lk_takes_the_files(real: RealServer, tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path, real.url, REAL_SECRET) as found:
            for number, resource in enumerate(generated(30)):
                await emptied(found.server)
                if await stored_by(found.server, resource):
                    folder = Folder(tmp_path / str(number), found.url)
                    folder.path.mkdir()
                    folder.pull(await fetch_all(found.server))
                    for text in folder.texts().values():
                        verdict = real.verdict(Case("", resource.kind, "create", text, ()))
                        assert not verdict.refused or NEWER in verdict.message, (verdict, text)

    asyncio.run(work())


@pytest.mark.parametrize("work", WORKS)
def test_on_the_sandbox(tmp_path: Path, work: Any) -> None:
    async def run() -> None:
        async with serving(Store()) as url:
            await work(site(tmp_path, url, SECRET), tmp_path)

    asyncio.run(run())
