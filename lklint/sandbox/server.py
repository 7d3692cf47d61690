"""The HTTP of a sandbox: tokens, Twirp routes, faults.

livekit-server v1.13.3 pkg/service/server.go and the routes that github.com/twitchtv/twirp generates
(livekit/protocol v1.48.2 livekit/livekit_sip.twirp.go).
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from google.protobuf.message import DecodeError, Message

from lklint.sandbox.faults import Fault, Faults, NoFault, read_fault
from lklint.sandbox.json_form import Undecodable, read_json, write_json
from lklint.sandbox.methods import SERVICES, Method, Transfer
from lklint.sandbox.refusals import Refusal, bad_route
from lklint.sandbox.store import Store
from lklint.sandbox.tokens import Grants, NotAuthorized, grants_of

KEY, SECRET = "devkey", "secret"
"""The key and the secret of `livekit-server --dev`, which everybody knows."""

HOST = "127.0.0.1"
LARGEST_REQUEST = 64 * 1024 * 1024
HUGE_CHUNK, HUGE_CHUNKS = b"x" * 1024 * 1024, 256
CLOSING_SECONDS = 0.5
"""How long requests may go on when the sandbox ends."""

NAME_PATH, NAME = "/sandbox", "lklint sandbox"
"""Where a sandbox says that it is one: commands that ask before money is spent need not here."""
FAULTS_PATH = "/sandbox/faults"
PROXY_ERROR = "<html><body><h1>502 Bad Gateway</h1></body></html>"

_RESET = struct.pack("ii", 1, 0)
"""SO_LINGER of no time: the connection is reset and not closed in peace."""

Log = Callable[[str, int, str], None]
"""Told of each request: the method, the HTTP status (0 for none), the Twirp code or fault."""


@asynccontextmanager
async def serving(
    store: Store,
    faults: Faults | None = None,
    *,
    host: str = HOST,
    port: int = 0,
    keys: Mapping[str, str] | None = None,
    log: Log | None = None,
) -> AsyncIterator[str]:
    """A sandbox that serves until the end of the block; gives its URL.

    Port 0 takes any that is free. `keys` are API keys with their secrets, those of the module where
    none are given. Raises OSError where it cannot listen there.
    """
    sandbox = _Sandbox(store, faults or Faults(), keys or {KEY: SECRET}, log)
    application = web.Application(client_max_size=LARGEST_REQUEST)
    application.router.add_route("*", "/{path:.*}", sandbox.handle)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=CLOSING_SECONDS)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        address = runner.addresses[0]
        shown = f"[{address[0]}]" if ":" in address[0] else address[0]
        yield f"http://{shown}:{address[1]}"
    finally:
        await runner.cleanup()


class _Sandbox:
    """Answers requests, one store and one list of faults for all of them."""

    def __init__(
        self, store: Store, faults: Faults, keys: Mapping[str, str], log: Log | None
    ) -> None:
        self._store = store
        self._faults = faults
        self._keys = keys
        self._log = log or (lambda method, status, what: None)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        path = request.path[1:] if request.path.startswith("//") else request.path
        if path == NAME_PATH:
            return web.Response(text=NAME)
        if path == FAULTS_PATH:
            return await self._set_faults(request)
        token = request.query.get("access_token", "")
        try:
            grants = grants_of(request.headers.get("Authorization"), token, self._keys)
        except NotAuthorized as error:
            return web.Response(status=401, text=str(error))
        if path == "/":
            return web.Response(text="OK")
        prefix, _, method = path.rpartition("/")
        for name, methods in SERVICES.items():
            if path.startswith(f"/twirp/{name}/"):
                served = methods if prefix == f"/twirp/{name}" else {}
                return await self._call(request, path, served.get(method), method, grants)
        return web.Response(status=404, text="404 page not found\n")

    async def _call(
        self,
        request: web.Request,
        path: str,
        method: Method | Transfer | None,
        name: str,
        grants: Grants,
    ) -> web.StreamResponse:
        """A method of a service, or what goes wrong on the way to it and back."""
        # The whole request first: then it is done, even where nobody waits for the answer.
        await request.read()
        fault = Fault("none") if method is None else self._faults.take(name)
        if fault.kind != "none":
            self._log(name, 0, fault.kind)
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        if fault.kind == "reset-before":
            return _reset(request)
        if fault.kind == "error-before":
            return _proxy_error()
        try:
            response = await self._answer(request, path, method, grants)
            self._log(name, response.status, "")
        except Refusal as refusal:
            response = web.json_response(refusal.body, status=refusal.status)
            self._log(name if method else path, refusal.status, refusal.code)
        return await _spoilt(request, response, fault)

    async def _answer(
        self, request: web.Request, path: str, method: Method | Transfer | None, grants: Grants
    ) -> web.Response:
        """What the server itself says. Raises `Refusal`."""
        if request.method != "POST":
            words = f'unsupported method "{request.method}" (only POST is allowed)'
            raise bad_route(words, request.method, path)
        if method is None:
            raise bad_route(f'no handler for path "{path}"', request.method, path)
        header = request.headers.get("Content-Type", "")
        form = header.partition(";")[0].strip().lower()
        if form not in _READERS:
            words = f'unexpected Content-Type: "{header}"'
            raise bad_route(words, request.method, path)
        asked = method.request()
        read, write = _READERS[form]
        read(await request.read(), asked)
        try:
            answer = method.answer(self._store, asked, grants)
        except OSError as error:
            words = f"the state of the sandbox was not written: {error.strerror}"
            raise Refusal("internal", words) from error
        return web.Response(body=write(answer), content_type=form)

    async def _set_faults(self, request: web.Request) -> web.Response:
        """GET tells the faults that wait, POST adds some, PUT has these only, DELETE none.

        Faults are a JSON list of texts, each as `--fault` takes it.
        """
        if request.method in ("POST", "PUT"):
            try:
                faults = _read_faults(await request.text())
            except NoFault as error:
                return web.json_response({"error": str(error)}, status=400)
            if request.method == "PUT":
                self._faults.clear()
            self._faults.add(*faults)
        elif request.method == "DELETE":
            self._faults.clear()
        elif request.method != "GET":
            return web.json_response({"error": "GET, POST, PUT or DELETE"}, status=405)
        return web.json_response([str(fault) for fault in self._faults])


def all_methods() -> list[str]:
    """The names of all methods."""
    return [method for methods in SERVICES.values() for method in methods]


def _read_faults(text: str) -> list[Fault]:
    try:
        listed = json.loads(text)
    except (ValueError, RecursionError):
        listed = None
    if not isinstance(listed, list) or not all(isinstance(entry, str) for entry in listed):
        raise NoFault('a JSON list of texts is needed, as in ["reset-after"]')
    return [read_fault(entry, all_methods()) for entry in listed]


def _read_json(body: bytes, message: Message) -> None:
    try:
        read_json(body, message)
    except Undecodable:
        raise Refusal("malformed", "the json request could not be decoded") from None


def _read_protobuf(body: bytes, message: Message) -> None:
    try:
        message.ParseFromString(body)
    except DecodeError:
        raise Refusal("malformed", "the protobuf request could not be decoded") from None


def _write_protobuf(message: Message) -> bytes:
    return message.SerializeToString()


_READERS: dict[str, tuple[Callable[[bytes, Message], None], Callable[[Message], bytes]]] = {
    "application/json": (_read_json, write_json),
    "application/protobuf": (_read_protobuf, _write_protobuf),
}


async def _spoilt(request: web.Request, response: web.Response, fault: Fault) -> web.StreamResponse:
    """The answer, or what a fault makes of it after the request is done."""
    if fault.kind == "delay-after":
        await asyncio.sleep(fault.seconds)
    elif fault.kind == "reset-after":
        return _reset(request)
    elif fault.kind == "error-after":
        return _proxy_error()
    elif fault.kind == "garbage":
        return web.Response(body=b"\xff\x00{", content_type=response.content_type)
    elif fault.kind == "huge":
        return await _endless(request, response.content_type)
    return response


def _reset(request: web.Request) -> web.Response:
    transport = request.transport
    if transport is not None:
        connection: Any = transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        transport.abort()
    return web.Response(status=500)  # nobody is there to read it


def _proxy_error() -> web.Response:
    return web.Response(status=502, text=PROXY_ERROR, content_type="text/html")


async def _endless(request: web.Request, content_type: str) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": content_type})
    await response.prepare(request)
    for _ in range(HUGE_CHUNKS):
        await response.write(HUGE_CHUNK)
    return response
