"""A server that answers each request as a test says, on the loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from aiohttp import web

from lklint.remote.credentials import Credentials
from lklint.remote.server import Server, connect

Handler = Callable[[web.Request, bytes], Awaitable[web.StreamResponse]]
Result = TypeVar("Result")


class Log:
    """What a server was asked: the last part of each path."""

    def __init__(self) -> None:
        self.methods: list[str] = []


def message(answer: Any) -> web.Response:
    """A good answer."""
    return web.Response(body=answer.SerializeToString(), content_type="application/protobuf")


def refusal(status: int, code: str, text: str, meta: dict[str, str] | None = None) -> web.Response:
    """An error as Twirp writes it."""
    return web.json_response({"code": code, "msg": text, "meta": meta or {}}, status=status)


def talk(
    handler: Handler, work: Callable[[Server], Awaitable[Result]], log: Log | None = None
) -> Result:
    """Run some work against a server with this handler; what it raises comes out."""

    async def handled(request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if log is not None:
            log.methods.append(request.path.rpartition("/")[2])
        return await handler(request, body)

    async def run() -> Result:
        application = web.Application()
        application.router.add_post("/{path:.*}", handled)
        runner = web.AppRunner(application, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        try:
            credentials = Credentials(f"http://127.0.0.1:{port}", "devkey", "hunter2-the-secret")
            async with connect(credentials) as server:
                return await work(server)
        finally:
            await runner.cleanup()

    return asyncio.run(run())
