"""The two servers that are asked the same: the sandbox, and the real livekit-server with redis."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from fidelity.server import KEY, SECRET, running

from lklint.sandbox.faults import Faults
from lklint.sandbox.server import serving
from lklint.sandbox.store import Store

from .asking import Asked


@contextmanager
def served(store: Store, faults: Faults | None = None) -> Iterator[Asked]:
    """A sandbox in a thread of its own, until the end of the block."""
    loop = asyncio.new_event_loop()
    started = threading.Event()
    urls: list[str] = []
    stopped = asyncio.Event()

    async def serve() -> None:
        async with serving(store, faults, keys={KEY: SECRET}) as url:
            urls.append(url)
            started.set()
            await stopped.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        assert started.wait(10)
        with closing(Asked(urls[0], KEY, SECRET)) as server:
            yield server
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join(10)
        loop.close()


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Asked]:
    """An empty sandbox."""
    with served(Store()) as server:
        yield server


@pytest.fixture
def fresh() -> Iterator[Asked]:
    """A sandbox of one's own."""
    with served(Store()) as server:
        yield server


@pytest.fixture(scope="session")
def livekit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """The real one, where it is."""
    with (
        running(tmp_path_factory.mktemp("livekit")) as real,
        closing(Asked(real.url, KEY, SECRET)) as asked,
    ):
        yield asked


@pytest.fixture(scope="session", params=["sandbox", "livekit"])
def server(request: pytest.FixtureRequest) -> Asked:
    """Each of the two."""
    found: Asked = request.getfixturevalue(request.param)
    return found
