"""Where something is served, and what is said elsewhere."""

from __future__ import annotations

import json

import pytest

from .asking import Asked

SIP = "/twirp/livekit.SIP"
LIST = f"{SIP}/ListSIPInboundTrunk"


def sent(
    server: Asked, path: str, method: str = "POST", kind: str = "application/json"
) -> tuple[int, str]:
    status, _, body = server.send(
        path, b"{}", method=method, Content_Type=kind, Authorization=f"Bearer {server.token()}"
    )
    return status, body.decode()


@pytest.mark.parametrize(
    ("path", "method", "words"),
    [
        (f"{SIP}/CreateSIPTrunk", "POST", f'no handler for path "{SIP}/CreateSIPTrunk"'),
        (f"{SIP}/", "POST", f'no handler for path "{SIP}/"'),
        (f"{LIST}/", "POST", f'no handler for path "{LIST}/"'),
        (
            f"{SIP}/a/ListSIPInboundTrunk",
            "POST",
            f'no handler for path "{SIP}/a/ListSIPInboundTrunk"',
        ),
        (LIST, "GET", 'unsupported method "GET" (only POST is allowed)'),
        (f"{SIP}/Nothing", "PUT", 'unsupported method "PUT" (only POST is allowed)'),
    ],
)
def test_a_route_that_is_none(server: Asked, path: str, method: str, words: str) -> None:
    status, body = sent(server, path, method)
    assert status == 404
    assert json.loads(body) == {
        "code": "bad_route",
        "msg": words,
        "meta": {"twirp_invalid_route": f"{method} {path}"},
    }


@pytest.mark.parametrize("kind", ["text/plain", "application/x-protobuf", "json"])
def test_a_content_type_that_is_none(server: Asked, kind: str) -> None:
    status, body = sent(server, LIST, kind=kind)
    assert (status, json.loads(body)["msg"]) == (404, f'unexpected Content-Type: "{kind}"')


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON; charset=utf-8"])
def test_a_content_type_in_another_spelling(server: Asked, kind: str) -> None:
    assert sent(server, LIST, kind=kind)[0] == 200


def test_two_slashes_are_one(server: Asked) -> None:
    assert sent(server, f"/{LIST}")[0] == 200


@pytest.mark.parametrize("path", ["/nowhere", "/twirp/livekit.Nothing/List", "/twirp/a/b/c"])
def test_nothing_there(server: Asked, path: str) -> None:
    assert sent(server, path) == (404, "404 page not found\n")


def test_the_front_page_says_that_somebody_is_there(server: Asked) -> None:
    assert sent(server, "/", "GET") == (200, "OK")


def test_a_protobuf_body_that_is_none(server: Asked) -> None:
    status, body = server.call("ListSIPInboundTrunk", b"\xff\xff", "protobuf")
    assert status == 400
    assert json.loads(body) == {
        "code": "malformed",
        "msg": "the protobuf request could not be decoded",
    }
