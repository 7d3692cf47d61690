"""Writing the lock while many things are done at once: one write serves all that wait for it."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from lklint.reconcile.lock import Lock
from lklint.writing import write_whole


class Recorder:
    """The lock of an apply. What is put into it is on the disk when `save` returns."""

    def __init__(self, lock: Lock) -> None:
        self.lock = lock
        self._one_at_a_time = asyncio.Lock()
        self._writing: asyncio.Future[None] | None = None
        self._asked = self._saved = 0

    async def save(self) -> None:
        """Write what is in the lock now. Raises OSError."""
        self._asked += 1
        mine = self._asked
        async with self._one_at_a_time:
            if self._saved >= mine:
                return
            await self._finished()
            asked, text = self._asked, self.lock.text().encode()
            writing = asyncio.to_thread(write_whole, self.lock.path, text)
            self._writing = asyncio.ensure_future(writing)
            await asyncio.shield(self._writing)
            self._saved = asked

    async def close(self) -> None:
        """Write everything that is in the lock, after whatever was cut off. Raises OSError."""
        await self._finished()
        if self._asked or self.lock.changed:
            write_whole(self.lock.path, self.lock.text().encode())

    async def _finished(self) -> None:
        """Wait for a write whose caller was stopped; it must not come after a newer one."""
        if self._writing is not None and not self._writing.done():
            with suppress(OSError):
                await asyncio.shield(self._writing)
