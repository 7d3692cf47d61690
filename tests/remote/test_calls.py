"""Calls that go wrong end in the error that says what is to be done next."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from livekit.protocol.sip import ListSIPInboundTrunkResponse, SIPInboundTrunkInfo

from lklint.protocol.messages import read
from lklint.remote import twirp
from lklint.remote.credentials import Credentials
from lklint.remote.errors import BadAnswer, OutcomeUnknown, Refused, RemoteError, Unreachable
from lklint.remote.server import Server, connect

from .answers import Log, message, refusal, talk

TRUNK = read("inbound-trunk", {"name": "Support", "numbers": ["+15550100"]})


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twirp, "FIRST_PAUSE_SECONDS", 0.001)


async def create(server: Server) -> Any:
    return await server.create("inbound-trunk", TRUNK)


async def ask(server: Server) -> Any:
    return await server.list("inbound-trunk")


async def reset(request: web.Request, body: bytes) -> web.Response:
    """The connection breaks after the request was read."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


def answering(response: Any) -> Any:
    async def handler(request: web.Request, body: bytes) -> web.Response:
        return response() if callable(response) else response

    return handler


UNSURE = [
    pytest.param(reset, id="the connection breaks"),
    pytest.param(answering(lambda: web.Response(status=502, text="<html>")), id="a proxy's 502"),
    pytest.param(answering(lambda: refusal(500, "internal", "redis: timeout")), id="internal"),
    pytest.param(answering(lambda: refusal(408, "deadline_exceeded", "")), id="deadline exceeded"),
]


@pytest.mark.parametrize("handler", UNSURE)
def test_a_write_without_a_clear_answer_is_sent_once_and_its_outcome_is_unknown(
    handler: Any,
) -> None:
    log = Log()
    with pytest.raises(OutcomeUnknown):
        talk(handler, create, log)
    assert log.methods == ["CreateSIPInboundTrunk"]


@pytest.mark.parametrize("handler", UNSURE)
def test_a_question_without_a_clear_answer_is_asked_three_times(handler: Any) -> None:
    log = Log()
    with pytest.raises(Unreachable):
        talk(handler, ask, log)
    assert log.methods == ["ListSIPInboundTrunk"] * 3


def test_a_question_is_answered_when_the_server_comes_back() -> None:
    log = Log()

    async def handler(request: web.Request, body: bytes) -> web.Response:
        if len(log.methods) < 3:
            return web.Response(status=503)
        return message(ListSIPInboundTrunkResponse())

    assert talk(handler, ask, log) == []


@pytest.mark.parametrize(
    ("response", "code"),
    [
        (lambda: refusal(400, "invalid_argument", "missing rule"), "invalid_argument"),
        (lambda: refusal(401, "unauthenticated", "permissions denied"), "unauthenticated"),
        (lambda: web.Response(status=401, text="Unauthorized"), "unauthenticated"),
        (lambda: web.Response(status=404, text="Not Found"), "bad_route"),
        # A 500 whose words are those of a check that comes before anything is written.
        (lambda: refusal(500, "unknown", "no trunk numbers specified"), "unknown"),
        (lambda: refusal(503, "unavailable", "no response from servers"), "unavailable"),
        (lambda: refusal(501, "unimplemented", "not here"), "unimplemented"),
    ],
)
def test_a_refusal_says_that_nothing_was_written(response: Any, code: str) -> None:
    with pytest.raises(Refused) as refused:
        talk(answering(response), create)
    assert refused.value.code == code


def test_a_call_that_was_not_taken_names_its_sip_status() -> None:
    meta = {"sip_status_code": "486", "sip_status": "Busy Here"}
    busy = answering(lambda: refusal(503, "unavailable", "call failed", meta))
    call = read("sip-participant", {"sip_trunk_id": "ST_a", "sip_call_to": "+15550101"})
    with pytest.raises(Refused, match="SIP status 486 Busy Here"):
        talk(busy, lambda server: server.create_participant(call))


@pytest.mark.parametrize(
    "body", [b"<html>not protobuf</html>", b"\xff" * 40], ids=["html", "noise"]
)
def test_nonsense_is_a_bad_answer_to_a_question_and_an_unknown_outcome_of_a_write(
    body: bytes,
) -> None:
    nonsense = answering(lambda: web.Response(body=body))
    with pytest.raises(BadAnswer):
        talk(nonsense, ask)
    with pytest.raises(OutcomeUnknown):
        talk(nonsense, create)


@pytest.mark.parametrize("text", ["[1]", '"x"', '{"code": 5, "msg": ["a"], "meta": 7}'])
def test_an_error_of_another_shape_is_one_of_ours(text: str) -> None:
    odd = answering(lambda: web.Response(status=400, text=text, content_type="application/json"))
    with pytest.raises(RemoteError):
        talk(odd, create)


def test_an_answer_without_an_id_is_no_answer_to_a_create() -> None:
    with pytest.raises(OutcomeUnknown):
        talk(answering(lambda: message(SIPInboundTrunkInfo())), create)


def test_an_answer_that_is_far_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twirp, "LARGEST_ANSWER", 1000)
    with pytest.raises(BadAnswer, match="more than"):
        talk(answering(lambda: web.Response(body=b"x" * 2000)), ask)


def test_a_server_that_hangs_is_left_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    async def hang(request: web.Request, body: bytes) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    call = read("sip-participant", {"room_name": "r"})
    with pytest.raises(OutcomeUnknown, match="did not answer within"):
        talk(hang, lambda server: server.create_participant(call, seconds=0.05))


def test_being_stopped_while_a_write_is_under_way_says_so() -> None:
    arrived = asyncio.Event()

    async def hang(request: web.Request, body: bytes) -> web.Response:
        arrived.set()
        await asyncio.sleep(60)
        return web.Response()

    async def stopped(server: Server) -> None:
        task = asyncio.ensure_future(create(server))
        await arrived.wait()
        task.cancel()
        await task

    with pytest.raises(OutcomeUnknown, match="stopped while"):
        talk(hang, stopped)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:{port}", "http://nowhere.invalid"], ids=["refused", "no such host"]
)
def test_a_server_that_is_not_there_is_unreachable_for_writes_too(url: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    async def run() -> None:
        async with connect(Credentials(url.format(port=port), "k", "s")) as server:
            await create(server)

    with pytest.raises(Unreachable, match="cannot be reached"):
        asyncio.run(run())


def test_a_proxy_of_the_environment_is_used_and_no_netrc(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text("default login somebody password hunter2\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    seen: list[tuple[str, str]] = []

    async def proxy(request: web.Request, body: bytes) -> web.Response:
        seen.append((request.host, request.headers["Authorization"].partition(" ")[0]))
        return message(ListSIPInboundTrunkResponse())

    async def through_proxy(server: Server) -> None:
        monkeypatch.setenv("http_proxy", f"http://{server.host}")
        monkeypatch.setenv("no_proxy", "elsewhere.example.com")
        away = Credentials("http://livekit.example.com", "k", "s")
        async with connect(away) as server_behind:
            await ask(server_behind)

    talk(proxy, through_proxy)
    assert set(seen) == {("livekit.example.com", "Bearer")}


@pytest.mark.parametrize("handler", [*UNSURE, pytest.param(answering(web.Response), id="empty")])
def test_no_error_holds_the_secret_or_the_token(handler: Any) -> None:
    with pytest.raises(RemoteError) as ended:
        talk(handler, create)
    error: BaseException | None = ended.value
    while error is not None:
        assert "hunter2" not in repr(error)
        assert "Bearer" not in repr(error)
        error = None if error.__suppress_context__ else error.__context__
