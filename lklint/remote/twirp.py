"""One call to a server: its deadline, its repetition, and its end as one of `remote.errors`.

LiveKit's own `TwirpClient` sends and reads; what it leaves to its callers is here. It is never
allowed to send twice by itself (its failover is off), because a create that is repeated makes two.
"""

from __future__ import annotations

import asyncio
import os
import random
from datetime import timedelta
from typing import NamedTuple, TypeVar, cast
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass
from warnings import catch_warnings, simplefilter

import aiohttp
from google.protobuf.message import DecodeError, Message
from livekit.api.access_token import AccessToken, SIPGrants, VideoGrants
from livekit.api.twirp_client import ServerError, TwirpClient

from lklint.remote.credentials import Credentials
from lklint.remote.errors import BadAnswer, OutcomeUnknown, Refused, RemoteError, Unreachable
from lklint.remote.explaining import explained

DEADLINE_SECONDS = 10.0
CONNECT_SECONDS = 5.0
READ_TRIES = 3
FIRST_PAUSE_SECONDS = 0.2
LARGEST_ANSWER = 64 * 1024 * 1024
"""Bytes; a page of a thousand resources has about one hundredth of it."""

_TOKEN_LIFE = timedelta(minutes=10)

# Codes of Twirp that say nothing about whether the work was done, whatever their HTTP status.
_UNDECIDED = {"deadline_exceeded", "canceled"}

# What an HTTP status means where no Twirp error comes with it (the Twirp wire protocol, v7).
_CODES = {
    401: "unauthenticated",
    403: "permission_denied",
    404: "bad_route",
    429: "resource_exhausted",
}

Answer = TypeVar("Answer", bound=Message)


class Grants(NamedTuple):
    """What a token allows: `room` is set for what needs the administration of a room."""

    admin: bool = False
    call: bool = False
    room: str | None = None


ADMIN = Grants(admin=True)


class _TooLarge(aiohttp.ClientError):
    """An answer over `LARGEST_ANSWER`."""


class _CappedResponse(aiohttp.ClientResponse):
    """A response that is never read beyond the largest answer."""

    async def read(self) -> bytes:
        if self._body is None:
            chunks, size = [], 0
            async for chunk in self.content.iter_chunked(1 << 16):
                size += len(chunk)
                if size > LARGEST_ANSWER:
                    self.close()
                    raise _TooLarge
                chunks.append(chunk)
            self._body = b"".join(chunks)
        return self._body


class Caller:
    """Calls the methods of one server. `writes` counts what was sent to change something."""

    def __init__(self, session: aiohttp.ClientSession, credentials: Credentials) -> None:
        self._session = session
        self._client = TwirpClient(session, credentials.url, "livekit", failover=False)
        self._credentials = credentials
        self._host = credentials.host
        self.writes = 0

    async def read(
        self, service: str, method: str, request: Message, answer: type[Answer]
    ) -> Answer:
        """Ask something; a question may be repeated, and is, three times at most."""
        pause = FIRST_PAUSE_SECONDS
        for last in (False,) * (READ_TRIES - 1) + (True,):
            try:
                return await self._once(service, method, request, answer, ADMIN, DEADLINE_SECONDS)
            except (Unreachable, OutcomeUnknown) as error:
                if last:
                    raise Unreachable(str(error)) from None
            except Refused as error:
                if last or error.code != "resource_exhausted":
                    raise
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))
            pause *= 2
        raise AssertionError("the last try returns or raises")

    async def write(
        self,
        service: str,
        method: str,
        request: Message,
        answer: type[Answer],
        grants: Grants = ADMIN,
        seconds: float = DEADLINE_SECONDS,
    ) -> Answer:
        """Change something: sent once, whatever happens."""
        self.writes += 1
        try:
            return await self._once(service, method, request, answer, grants, seconds)
        except BadAnswer as error:
            raise OutcomeUnknown(str(error)) from None
        except asyncio.CancelledError:
            # Not swallowed: whoever stopped us learns that the request is under way.
            raise OutcomeUnknown(f"stopped while {self._host} had the request") from None

    async def says(self, path: str) -> str | None:
        """The short text at a path that is no method, None where there is none."""
        timeout = aiohttp.ClientTimeout(total=DEADLINE_SECONDS, sock_connect=CONNECT_SECONDS)
        url = self._credentials.url.rstrip("/") + path
        try:
            async with self._session.get(url, timeout=timeout) as response:
                return await response.text() if response.status == 200 else None
        except (aiohttp.ClientError, OSError, asyncio.TimeoutError, ValueError):
            return None

    async def _once(
        self,
        service: str,
        method: str,
        request: Message,
        answer: type[Answer],
        grants: Grants,
        seconds: float,
    ) -> Answer:
        timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=CONNECT_SECONDS)
        headers = {"Authorization": f"Bearer {self._token(grants)}"}
        try:
            return cast(
                "Answer",
                await self._client.request(
                    service, method, request, headers, answer, timeout=timeout
                ),
            )
        except ServerError as error:
            raise self._refusal(error) from None
        except _TooLarge:
            raise BadAnswer(f"{self._host} answered with more than 64 MiB") from None
        except DecodeError:
            raise BadAnswer(
                f"{self._host} answered with something that is no {answer.__name__}"
            ) from None
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Unreachable(f"{self._host} cannot be reached: {_reason(error)}") from None
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError):
            raise Unreachable(f"{self._host} is no address of a server") from None
        except asyncio.TimeoutError:
            raise OutcomeUnknown(f"{self._host} did not answer within {seconds:g} s") from None
        except (aiohttp.ClientError, OSError) as error:
            raise OutcomeUnknown(
                f"the connection to {self._host} broke before an answer came ({_reason(error)})"
            ) from None
        except (AttributeError, TypeError, ValueError):
            # What the client library makes of an error that is JSON of another shape.
            raise BadAnswer(f"{self._host} answered with an error of no known shape") from None

    def _refusal(self, error: ServerError) -> RemoteError:
        code, message = str(error.code), str(error.message)
        meta = error.metadata if isinstance(error.metadata, dict) else {}
        status = meta.get("sip_status_code")
        if status is not None:
            reason = meta.get("sip_status", "")
            return Refused(code, f"the call ended with SIP status {status} {reason}".rstrip())
        decided = error.status < 500 and code not in _UNDECIDED
        if decided or code == "unimplemented" or explained(message) is not None:
            if code == "unknown" and not message:
                code = _CODES.get(error.status, code)
                message = f"{self._host} answered with HTTP status {error.status}"
            return Refused(code, message)
        said = f"{code}: {message}" if message else f"HTTP status {error.status}"
        return OutcomeUnknown(f"{self._host} failed while it worked on the request ({said})")

    def _token(self, grants: Grants) -> str:
        token = AccessToken(self._credentials.api_key, self._credentials.api_secret)
        token = token.with_ttl(_TOKEN_LIFE)
        if grants.room is not None:
            token = token.with_grants(VideoGrants(room_admin=True, room=grants.room))
        token = token.with_sip_grants(SIPGrants(admin=grants.admin, call=grants.call))
        with catch_warnings():
            # A short secret is the server's choice, as with `livekit-server --dev`.
            simplefilter("ignore")
            return str(token.to_jwt())


def session_for(credentials: Credentials) -> aiohttp.ClientSession:
    """A session for a server, through the proxy that the environment names for it."""
    return aiohttp.ClientSession(response_class=_CappedResponse, proxy=_proxy(credentials.url))


def _proxy(url: str) -> str | None:
    """The proxy of a server, None for none; this machine is reached without one, as `lk` does.

    aiohttp could look itself, but it then takes a login out of ~/.netrc too, in place of the token.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host in ("localhost", "::1") or host.startswith("127.") or proxy_bypass(host):
        return None
    return getproxies().get(parts.scheme)


def _reason(error: BaseException) -> str:
    """Why a connection failed, in the words of the operating system where there are some."""
    inner = getattr(error, "os_error", None) or error
    number = getattr(inner, "errno", None)
    if isinstance(inner, ConnectionError) and isinstance(number, int):
        return os.strerror(number)
    return str(getattr(inner, "strerror", None) or inner or type(inner).__name__)
