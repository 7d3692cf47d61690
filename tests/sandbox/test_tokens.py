"""Who may ask what: the sandbox and livekit-server look at tokens alike."""

from __future__ import annotations

import base64
import json
import time
import warnings
from typing import Any

import jwt
import pytest

from .asking import Asked

LIST = "/twirp/livekit.SIP/ListSIPInboundTrunk"
CALL = "/twirp/livekit.SIP/CreateSIPParticipant"
DENIED = '{"code":"unauthenticated","msg":"permissions denied"}'
MOMENTS = ("exp", "nbf", "iat")
"""Claims that are given below in seconds from now."""


def asked(server: Asked, path: str, authorization: str | None) -> tuple[int, str, str]:
    """Status, content type and body of the answer to an empty request."""
    headers = {"Content_Type": "application/json"}
    if authorization is not None:
        headers["Authorization"] = authorization
    status, kind, body = server.send(path, b"{}", **headers)
    token = (authorization or "").removeprefix("Bearer ")
    return status, kind, body.decode().replace(token, "…") if token else body.decode()


def signed(server: Asked, claims: dict[str, Any], secret: str, algorithm: str = "HS256") -> str:
    now = int(time.time())
    named = {name: now + claims[name] for name in MOMENTS if name in claims}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # short keys, on purpose
        return jwt.encode({"iss": server.key, **claims, **named}, secret, algorithm=algorithm)


@pytest.mark.parametrize(
    ("authorization", "words"),
    [
        ("Basic abc", "invalid authorization header. Must start with Bearer "),
        ("bearer abc", "invalid authorization header. Must start with Bearer "),
        ("Bearer ", "invalid authorization header. Must start with Bearer "),
        ("Bearer abc", "invalid authorization token"),
        ("Bearer a.b.c", "invalid authorization token"),
    ],
)
def test_what_is_no_token(server: Asked, authorization: str, words: str) -> None:
    assert asked(server, LIST, authorization) == (401, "text/plain; charset=utf-8", words)


@pytest.mark.parametrize(
    ("claims", "wrong"),
    [
        ({"exp": -3600}, "token has invalid claims: token is expired"),
        ({"nbf": 3600}, "token has invalid claims: token is not valid yet"),
        (
            {"exp": -3600, "nbf": 3600},
            "token has invalid claims: token is expired, token is not valid yet",
        ),
    ],
)
def test_a_token_out_of_its_time(server: Asked, claims: dict[str, Any], wrong: str) -> None:
    token = signed(server, {"sip": {"admin": True}, **claims}, server.secret)
    status, _, text = asked(server, LIST, f"Bearer {token}")
    assert (status, text) == (401, f"invalid token: …, error: {wrong}")


@pytest.mark.parametrize(
    ("secret", "algorithm", "wrong"),
    [
        ("another secret", "HS256", "signature is invalid"),
        ("another secret", "HS512", "signing method HS512 is invalid"),
        ("", "none", "signing method none is invalid"),
    ],
)
def test_a_token_that_is_not_signed_with_the_secret(
    server: Asked, secret: str, algorithm: str, wrong: str
) -> None:
    token = signed(server, {"sip": {"admin": True}}, secret, algorithm)
    status, _, text = asked(server, LIST, f"Bearer {token}")
    assert status == 401
    assert text == f"invalid token: …, error: token signature is invalid: {wrong}"


@pytest.mark.parametrize(("key", "shown"), [("nobody", "nobody"), ("", ""), (None, "")])
def test_a_key_that_is_not_known(server: Asked, key: str | None, shown: str) -> None:
    claims = {"sip": {"admin": True}} if key is None else {"iss": key, "sip": {"admin": True}}
    token = jwt.encode(claims, server.secret, algorithm="HS256")
    status, _, text = asked(server, LIST, f"Bearer {token}")
    assert (status, text) == (401, f"invalid API key: {shown}")


@pytest.mark.parametrize(
    ("path", "claims"),
    [
        (LIST, {}),
        (LIST, {"sip": {"call": True}}),
        (LIST, {"sip": {"admin": False}}),
        (LIST, {"video": {"roomAdmin": True}}),
        (CALL, {}),
        (CALL, {"sip": {"admin": True}}),
    ],
)
def test_a_token_that_does_not_allow_it(server: Asked, path: str, claims: dict[str, Any]) -> None:
    token = signed(server, claims, server.secret)
    status, kind, text = asked(server, path, f"Bearer {token}")
    assert (status, kind.partition(";")[0]) == (401, "application/json")
    assert json.loads(text) == json.loads(DENIED)


def test_no_token_at_all(server: Asked) -> None:
    status, _, text = asked(server, LIST, None)
    assert (status, json.loads(text)) == (401, json.loads(DENIED))


@pytest.mark.parametrize(
    "claims",
    [
        {"sip": {"admin": True}},  # for ever
        {"sip": {"admin": True}, "exp": -30},  # clocks may differ by a minute
        {"sip": {"admin": True}, "iat": 3600},
    ],
)
def test_a_token_that_is_good(server: Asked, claims: dict[str, Any]) -> None:
    token = signed(server, claims, server.secret)
    assert asked(server, LIST, f"Bearer {token}")[0] == 200
    assert asked(server, f"{LIST}?access_token={token}", None)[0] == 200


def test_claims_that_are_no_object(server: Asked) -> None:
    header, claims = (
        base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (b'{"alg":"HS256"}', b"[]")
    )
    status, _, text = asked(server, LIST, f"Bearer {header}.{claims}.")
    assert (status, text) == (401, "invalid authorization token")
