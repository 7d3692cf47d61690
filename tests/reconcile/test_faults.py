"""Applies that go wrong: never a duplicate, never a lost record, always finished by running again.

Each case is an environment, a change of it, and something that happens while it is applied: the
network, the server, a signal, another apply. What happens is chosen by a seed. `LKLINT_HYPOTHESIS`
set to "deep" runs more than a thousand.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

from lklint.reconcile.lock import NAME, read_lock
from lklint.reconcile.planning import Choice
from lklint.sandbox.faults import KINDS, Fault, Faults
from lklint.sandbox.server import KEY, SECRET, serving
from lklint.sandbox.store import Store

from .nursery import DEADLINE
from .site import Site, outbound, rule, site, trunk

DEEP = os.environ.get("LKLINT_HYPOTHESIS") == "deep"
AT_ONCE = 4
"""Cases that are tried at the same time: they wait more than they work."""
RUNS = 8
"""How often an apply may be run again until all is done."""

NETWORK = [kind for kind in KINDS if kind not in ("none", "huge")]
SILENT = 'ignore = ["LK3", "LK4", "LK5", "LK7", "LK128"]\n'
"""A configuration under which these files have no findings."""
SIGNALS = (signal.SIGKILL, signal.SIGINT)

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="processes are forked and killed here, which Windows cannot"
)


class Nursery:
    """Where `lklint` processes come from; see `nursery.py`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def run(self, folder: Path, url: str, born: Callable[[int], None]) -> tuple[int, str]:
        """`lklint apply --prune --yes` in a folder: its exit code (-9: killed) and its output."""
        arguments = ["apply", "--prune", "--yes", "--quiet", "--url", url]
        arguments += ["--api-key", KEY, "--api-secret", SECRET]
        output = folder.parent / f"{folder.name}-{self._process.pid}.out"
        job = {"folder": str(folder), "arguments": arguments, "output": str(output)}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job).encode() + b"\n")
        born(int(await self._process.stdout.readline()))
        code = int(await self._process.stdout.readline())
        said = output.read_text()
        assert "Traceback" not in said, said
        return code, said


@asynccontextmanager
async def nursery() -> AsyncIterator[Nursery]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "reconcile.nursery",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parent.parent,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)},
    )
    try:
        yield Nursery(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


class World:
    """A sandbox that something happens to, at the request with a number."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.store = Store()
        self.faults = Faults()
        self.pid = 0
        self._requests = 0
        self._at: dict[int, Callable[[], None]] = {}

    def log(self, method: str, status: int, what: str) -> None:
        """Told by the sandbox after it did a request and before it answers; before it did, where a
        fault is on its way."""
        self._requests += 1
        happens = self._at.pop(self._requests, None)
        if happens is not None:
            happens()

    def at(self, request: int, happens: Callable[[], None]) -> None:
        """Let something happen at a later request, counted from now on."""
        self._at[self._requests + request] = happens

    def calm(self) -> None:
        """Nothing happens any more."""
        self.faults.clear()
        self._at.clear()

    def kill(self, number: signal.Signals) -> None:
        if self.pid:
            os.kill(self.pid, number)

    def meddle(self) -> None:
        """Somebody else changes or deletes something.

        What has no name is not changed: if that happens before its id is recorded, nobody can know
        it again, and the plan stops and says so (`test_identity.py`).
        """
        kind = self.random.choice(("inbound-trunk", "outbound-trunk", "dispatch-rule"))
        held = self.store.all(kind)  # type: ignore[arg-type]
        if not held:
            return
        victim = self.random.choice(held)
        id = victim.sip_dispatch_rule_id if kind == "dispatch-rule" else victim.sip_trunk_id
        if self.random.random() < 0.5 or not victim.name:
            self.store.remove(kind, id)  # type: ignore[arg-type]
        else:
            changed = type(victim)()
            changed.CopyFrom(victim)
            changed.metadata = f"meddled with {self.random.random()}"
            self.store.put(kind, changed)  # type: ignore[arg-type]


def network(world: World) -> None:
    """The network loses requests or answers, or a proxy makes them up."""
    for _ in range(world.random.choice((1, 1, 2, 4))):
        kind = world.random.choice(NETWORK)
        quiet = world.random.randint(0, 16)
        if quiet:
            world.faults.add(Fault("none", "", quiet))
        late = DEADLINE + world.random.choice((-0.3, 0.1))
        world.faults.add(Fault(kind, "", world.random.choice((1, 1, 5)), late))


def killed(world: World) -> None:
    """The process dies: before a request is done, after it, or while it is still on its way."""
    number = world.random.choice(SIGNALS)
    at = world.random.randint(1, 20)
    world.at(at, lambda: world.kill(number))
    kind = world.random.choice(("none", "reset-before", "delay", "delay-after"))
    if kind != "none":
        if at > 1:
            world.faults.add(Fault("none", "", at - 1))
        world.faults.add(Fault(kind, "", 1, 0.3))


def meddled(world: World) -> None:
    """Somebody else works on the same server."""
    for _ in range(world.random.randint(1, 3)):
        world.at(world.random.randint(1, 20), world.meddle)


def everything(world: World) -> None:
    """All of it."""
    network(world)
    killed(world)
    meddled(world)


HAPPENINGS = (network, killed, meddled, everything)


def environment(random: Random, numbers: bool) -> dict[str, Any]:
    """Files: trunks and rules that need each other, some of which may be missing.

    Numbers move from one trunk to the next, and never round in a ring.
    """
    shift = random.randint(0, 3)
    spare = iter([f"+120255501{number:02d}" for number in range(shift, shift + 10)])
    files: dict[str, Any] = {}
    for name in ("a", "b", "c"):
        fields = {"metadata": random.choice(("", "x", "y"))}
        made = trunk(name, next(spare), next(spare), **fields)
        if random.random() < 0.8:
            files[f"trunk-{name}.json"] = made
    trunks = [value["name"] for _, value in files.values()]
    for name in ("r", "s"):
        if trunks and random.random() < 0.8:
            bound = random.choice(trunks)
            files[f"rule-{name}.json"] = rule(name, bound, numbers=[next(spare)])
    for name in ("", "o", "p"):
        if random.random() < 0.6:
            country = {"destination_country": random.choice(("US", "GB"))}
            files[f"out-{name}.json"] = outbound(name, **country)
    if numbers:
        rules = [value["name"] for kind, value in files.values() if kind == "dispatch-rule"]
        wanted = [
            {"number": f"+1415555010{digit}", "dispatchRule": random.choice(rules)}
            for digit in range(2)
            if rules
        ]
        files["phone-numbers.json"] = ("phone-numbers", {"phoneNumbers": wanted})
    return files


def write(found: Site, files: dict[str, Any]) -> None:
    """The files on the disk, and in the site."""
    found.files = files
    for old in found.folder.glob("*.json"):
        old.unlink()
    wrapper = {
        "inbound-trunk": "trunk",
        "outbound-trunk": "trunk",
        "dispatch-rule": "dispatch_rule",
    }
    for name, (kind, value) in files.items():
        whole = {wrapper[kind]: value} if kind in wrapper else value
        (found.folder / name).write_text(json.dumps(whole))


async def run_case(
    seed: str, happening: Callable[[World], None], mother: Nursery, folder: Path
) -> list[int]:
    """One case: apply, change the files, let it happen, run again until it is done."""
    world = World(Random(seed))
    folder.mkdir()
    (folder / "lklint.toml").write_text(SILENT)

    async def apply() -> tuple[int, str]:
        def born(pid: int) -> None:
            world.pid = pid

        ended = await mother.run(folder, url, born)
        world.pid = 0
        return ended

    with_numbers = world.random.random() < 0.5
    async with (
        serving(world.store, world.faults, log=world.log) as url,
        site(folder, url, SECRET) as found,
    ):
        write(found, environment(world.random, with_numbers))
        code, said = await apply()
        assert code == 0, said
        write(found, environment(world.random, with_numbers))
        happening(world)
        codes = []
        for _ in range(RUNS):
            code, said = await apply()
            codes.append(code)
            held_true(world, found)
            if code == 0 and not any((await quiet_plan(world, found)).steps):
                break
        else:
            pytest.fail(f"{seed}: not finished: {codes}\n{said}")
        await all_as_wanted(world, found)
        return codes


async def quiet_plan(world: World, found: Site) -> Any:
    """A plan while nothing happens, nor will."""
    world.calm()
    return await found.plan(Choice(prune=True))


def held_true(world: World, found: Site) -> None:
    """No two of anything, and no id in the lock that never was."""
    for kind in ("inbound-trunk", "outbound-trunk", "dispatch-rule"):
        names = Counter(message.name for message in world.store.all(kind))  # type: ignore[arg-type]
        assert all(count == 1 for count in names.values()), (kind, names)
    numbers = [number.e164_format for number in world.store.all("phone-number")]
    assert len(numbers) == len(set(numbers))
    ids = [entry.id for entry in read_lock(str(found.folder / NAME), found.url)]
    assert len(ids) == len(set(ids))
    assert not list(found.folder.glob(".lklint.lock.*")) or world.pid == 0


async def all_as_wanted(world: World, found: Site) -> None:
    """The server has what the files want and nothing else, and the lock knows all of it."""
    plan = await quiet_plan(world, found)
    assert plan.problems == ()
    assert plan.unmanaged == ()
    lock = read_lock(str(found.folder / NAME), found.url)
    assert lock.notes() == ()
    stored = {
        id
        for kind in ("inbound-trunk", "outbound-trunk", "dispatch-rule")
        for id in (
            message.sip_dispatch_rule_id if kind == "dispatch-rule" else message.sip_trunk_id
            for message in world.store.all(kind)  # type: ignore[arg-type]
        )
    }
    assert {entry.id for entry in lock} == stored
    wanted = [name for name in found.files if not name.startswith("phone")]
    assert len(stored) == len(wanted)


def cases() -> Iterator[tuple[str, Callable[[World], None]]]:
    for number in range(300 if DEEP else 15):
        for happening in HAPPENINGS:
            yield f"{happening.__name__}:{number}", happening


def test_applies_that_go_wrong_are_finished_by_running_again(tmp_path: Path) -> None:
    codes: Counter[int] = Counter()
    waiting = cases()

    async def work() -> int:
        count = 0
        async with nursery() as mother:
            for seed, happening in waiting:
                folder = tmp_path / seed.replace(":", "-")
                codes.update(await run_case(seed, happening, mother, folder))
                count += 1
        return count

    async def run() -> int:
        return sum(await asyncio.gather(*(work() for _ in range(AT_ONCE))))

    count = asyncio.run(run())
    # Something did go wrong in them: processes were killed, and applies did not end well.
    assert codes[-signal.SIGKILL] >= count / 20
    assert codes[1] + codes[2] >= count / 5
    print(f"{count} applies with faults, {codes.total()} runs, exit codes {dict(codes)}")


def test_of_two_applies_at_once_one_is_told_who_is_at_work(tmp_path: Path) -> None:
    async def run() -> None:
        world = World(Random("two"))
        folder = tmp_path / "two"
        folder.mkdir()
        (folder / "lklint.toml").write_text(SILENT)
        faults = Faults([Fault("delay", "", None, 0.2)])
        async with (
            serving(world.store, faults) as url,
            site(folder, url, SECRET) as found,
            nursery() as one,
            nursery() as other,
        ):
            write(found, {"a.json": trunk("a", "+12025550100"), "o.json": outbound("")})
            pids: list[int] = []
            both = await asyncio.gather(
                one.run(folder, url, pids.append),
                other.run(folder, url, pids.append),
            )
            assert sorted(code for code, _ in both) == [0, 2], both
            loser = next(said for code, said in both if code == 2)
            assert "somebody else is applying" in loser
            assert any(f"process {pid} on " in loser for pid in pids)
            held_true(world, found)
            await all_as_wanted(world, found)

    asyncio.run(run())
