"""Doing what a plan says, so that whatever happens in between is known afterwards.

A note goes into the lock before a create is sent, the id after it is done. A write whose outcome is
not known is looked up, never repeated. At the first failure nothing more is begun.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Literal

from lklint.reconcile.binding import filled
from lklint.reconcile.lock import Entry, Lock
from lklint.reconcile.plan import Plan, Step
from lklint.reconcile.recording import Recorder
from lklint.reconcile.writes import Failed, Unsettled, Written, written
from lklint.remote.errors import RemoteError
from lklint.remote.server import Server

WORKERS = 8
"""Steps that are under way at the same time, where their order allows it."""

Word = Literal["done", "found", "unknown", "failed"]
"""How a step ended. "found": nobody saw the end of it, and a look at the server did."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A step that was begun: the id of its resource, and what there is to say about it."""

    step: Step
    word: Word
    id: str = ""
    message: str = ""


Tell = Callable[[Ended], None]


@dataclass(slots=True)
class Outcome:
    """What came of a plan: the steps that ended, in the order of their ends, and those not begun.

    `stopped` tells that somebody pressed Ctrl-C; `unrecorded` is why the lock could not be written,
    "" where it was.
    """

    ended: list[Ended] = field(default_factory=list)
    left: list[Step] = field(default_factory=list)
    stopped: bool = False
    unrecorded: str = ""

    @property
    def whole(self) -> bool:
        """Whether everything was done."""
        bad = any(ended.word in ("unknown", "failed") for ended in self.ended)
        return not (bad or self.left or self.unrecorded)


async def carry_out(server: Server, plan: Plan, lock: Lock, tell: Tell) -> Outcome:
    """Do a plan that has no problems; `tell` is told of every step as it ends."""
    return await _Applying(server, plan, lock, tell).all()


class _Applying:
    def __init__(self, server: Server, plan: Plan, lock: Lock, tell: Tell) -> None:
        self._server = server
        self._plan = plan
        self._recorder = Recorder(lock)
        self._tell = tell
        self._ids: dict[str, str] = {}
        self._begun: set[int] = set()
        self._halted = False
        self.outcome = Outcome()

    async def all(self) -> Outcome:
        outcome = self.outcome
        try:
            self._keep_what_is_there()
            for stage in self._plan.stages:
                if not self._halted:
                    await self._together(iter(stage))
        except asyncio.CancelledError:
            outcome.stopped = True
        outcome.left = [step for step in self._plan.steps if id(step) not in self._begun]
        try:
            await self._recorder.close()
        except OSError as error:
            outcome.unrecorded = f"{error.filename or 'the lock'}: {error.strerror or error}"
        return outcome

    def _keep_what_is_there(self) -> None:
        for kept in self._plan.kept:
            if kept.wanted is not None:
                wanted = kept.wanted
                entry = Entry(kept.kind, kept.name, wanted.place, kept.id, "", kept.unseen)
                self._recorder.lock.keep(entry)

    async def _together(self, steps: Iterator[Step]) -> None:
        """The steps of a stage, several at a time."""
        workers = [asyncio.create_task(self._work(steps)) for _ in range(WORKERS)]
        try:
            await asyncio.wait(workers)
        except asyncio.CancelledError:
            self._halted = self.outcome.stopped = True
            for worker in workers:
                worker.cancel()
            await asyncio.wait(workers)
            raise
        for worker in workers:
            worker.result()

    async def _work(self, steps: Iterator[Step]) -> None:
        for step in steps:
            if self._halted:
                return
            self._begun.add(id(step))
            ended = await self._one(step)
            self._halted = self._halted or ended.word in ("unknown", "failed")
            self.outcome.ended.append(ended)
            self._tell(ended)

    async def _one(self, step: Step) -> Ended:
        """One step from its note to its record. Stopped before it sent anything, it is "failed"."""
        rule = self._ids.get(step.rule, step.rule)
        message = None if step.wanted is None else filled(step.wanted.message, self._ids)
        try:
            await self._note(step)
            made = await written(self._server, step, message, rule, self._nobodys, self._may_look)
        except Unsettled as error:
            return Ended(step, "unknown", step.id, str(error))
        except (Failed, RemoteError) as error:
            self._drop(step)
            return Ended(step, "failed", step.id, str(error))
        except asyncio.CancelledError:
            self._drop(step)
            return Ended(step, "failed", step.id, "stopped before it was sent")
        except OSError as error:
            return Ended(step, "failed", step.id, f"{error.filename}: {error.strerror}")
        return await self._recorded(step, made)

    def _may_look(self) -> bool:
        return not self.outcome.stopped

    async def _note(self, step: Step) -> None:
        if step.action not in ("create", "buy"):
            return
        now = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
        self._recorder.lock.note(Entry(step.kind, step.name, step.place, sent=now))
        await self._recorder.save()

    def _drop(self, step: Step) -> None:
        """Nothing came of a step; the record is written at the end."""
        self._recorder.lock.drop_note(Entry(step.kind, step.name, step.place))

    async def _recorded(self, step: Step, made: Written) -> Ended:
        lock = self._recorder.lock
        if step.action == "delete":
            lock.forget(step.id)
        elif step.wanted is not None:
            lock.keep(Entry(step.kind, step.name, step.place, made.id, "", made.unseen))
            self._ids[step.wanted.token] = made.id
        else:
            self._drop(step)
        word: Word = "found" if made.looked else "done"
        try:
            await self._recorder.save()
        except OSError as error:
            self._halted = True
            message = f"but {error.filename or 'the lock'} cannot be written: {error.strerror}"
            return Ended(step, word, made.id, message)
        except asyncio.CancelledError:
            self._halted = True
        return Ended(step, word, made.id, made.message)

    def _nobodys(self, id: str) -> bool:
        """Whether an id is one that nothing is known of."""
        return self._recorder.lock.made(id) is None
