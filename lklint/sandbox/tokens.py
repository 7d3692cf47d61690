"""Whether a request may do what it asks for: the token in its `Authorization`.

livekit-server v1.13.3 pkg/service/auth.go and livekit/protocol v1.48.2 auth/verifier.go: a JSON web
token (RFC 7519), signed with HS256 and the secret of its issuer, the API key. A request without a
token goes on and fails at the first permission it needs.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from typing import Any, NamedTuple

from lklint.sandbox.refusals import Refusal

PREFIX = "Bearer "
LEEWAY = 60
"""Seconds that clocks may differ."""


class NotAuthorized(Exception):
    """A token that is none; the text is the body of the answer, with status 401."""


class Grants(NamedTuple):
    """What a token allows: `sip` and `video` are its claims of these names."""

    sip: Mapping[str, Any] = {}
    video: Mapping[str, Any] = {}

    def need_sip_admin(self) -> None:
        """Raises `Refusal` for who may not change trunks, rules and numbers."""
        _need(self.sip.get("admin") is True)

    def need_sip_call(self) -> None:
        """Raises `Refusal` for who may not make calls."""
        _need(self.sip.get("call") is True)

    def need_room_admin(self, room: str) -> None:
        """Raises `Refusal` for who may not do everything in this room."""
        _need(self.video.get("roomAdmin") is True and self.video.get("room", "") == room)


def grants_of(header: str | None, token: str, keys: Mapping[str, str]) -> Grants:
    """What a request may do: its Authorization header, or else the token of its query.

    Raises `NotAuthorized`. `keys` holds the secret of each API key.
    """
    if header:
        if not header.startswith(PREFIX):
            raise NotAuthorized(f"invalid authorization header. Must start with {PREFIX}")
        token = header[len(PREFIX) :]
    if not token:
        return Grants()
    parts = token.split(".")
    algorithm, claims = _parsed(parts)
    key = claims.get("iss") or ""
    secret = keys.get(key) if isinstance(key, str) else None
    if not secret:
        raise NotAuthorized(f"invalid API key: {key}")
    wrong = _what_is_wrong(parts, algorithm, claims, secret)
    if wrong:
        raise NotAuthorized(f"invalid token: {token}, error: {wrong}")
    return Grants(_claim(claims, "sip"), _claim(claims, "video"))


def _need(allowed: bool) -> None:
    if not allowed:
        raise Refusal("unauthenticated", "permissions denied")


def _parsed(parts: list[str]) -> tuple[str, dict[str, Any]]:
    """The algorithm and the claims of a token, not verified yet."""
    try:
        header, claims, _ = map(_decoded, parts)
        algorithm = json.loads(header)["alg"]
        read = json.loads(claims)
    except (ValueError, KeyError, TypeError):
        raise NotAuthorized("invalid authorization token") from None
    if not isinstance(algorithm, str) or not isinstance(read, dict):
        raise NotAuthorized("invalid authorization token")
    return algorithm, read


def _what_is_wrong(
    parts: list[str], algorithm: str, claims: Mapping[str, Any], secret: str
) -> str | None:
    """The words of github.com/golang-jwt/jwt v5 for a token that does not hold."""
    if algorithm != "HS256":
        return f"token signature is invalid: signing method {algorithm} is invalid"
    signed = ".".join(parts[:2]).encode()
    signature = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    if not hmac.compare_digest(signature, _decoded(parts[2])):
        return "token signature is invalid: signature is invalid"
    now, wrong = time.time(), []
    expires, begins = claims.get("exp"), claims.get("nbf")
    if isinstance(expires, int | float) and now >= expires + LEEWAY:
        wrong.append("token is expired")
    if isinstance(begins, int | float) and now < begins - LEEWAY:
        wrong.append("token is not valid yet")
    return f"token has invalid claims: {', '.join(wrong)}" if wrong else None


def _claim(claims: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = claims.get(name)
    return found if isinstance(found, dict) else {}


def _decoded(part: str) -> bytes:
    return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
