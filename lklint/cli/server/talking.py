"""Running a command that talks to a server, and saying in one line how it ended."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, NoReturn

from lklint.cli.ends import FAILED, FOUND, UsageError, guarded, say
from lklint.cli.server.options import ServerOptions
from lklint.cli.variables import variables
from lklint.reports.escaping import printable

if TYPE_CHECKING:
    from lklint.remote.credentials import Credentials
    from lklint.remote.errors import Refused
    from lklint.remote.server import Server

_NOTHING = "nothing was sent"

LONGEST = 500
"""Characters of a server's words that are repeated."""


class Stopped(Exception):
    """A command that goes no further; what there is to say has been said. Exit code 1."""


class Remote:
    """The server a command line means; it is not looked for before `connect`."""

    def __init__(self, options: ServerOptions) -> None:
        self._options = options
        self._server: Server | None = None
        self.quiet = options.quiet
        self.environment = variables(options.env_file)

    def credentials(self) -> Credentials:
        """Which server, with which key."""
        from lklint.remote.credentials import Flags, NoCredentials, find_credentials

        options = self._options
        flags = Flags(
            options.url, options.api_key, options.api_secret, options.dev, options.project
        )
        try:
            return find_credentials(flags, self.environment)
        except NoCredentials as error:
            raise UsageError(str(error)) from None

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[Server]:
        """The server; says on standard error which one, unless --quiet."""
        from lklint.remote.server import connect

        credentials = self.credentials()
        if credentials.source and not self.quiet:
            print(f"Using {printable(credentials.source)}", file=sys.stderr)
        async with connect(credentials) as server:
            self._server = server
            yield server

    @property
    def sent(self) -> bool:
        """Whether anything was sent that changes something."""
        return self._server is not None and self._server.writes > 0


def talk(parameters: Mapping[str, Any], work: Callable[[Remote], Awaitable[int]]) -> NoReturn:
    """Run the work of a command with its parameters, and end with its exit code."""
    sys.exit(talked(parameters, work))


def talked(parameters: Mapping[str, Any], work: Callable[[Remote], Awaitable[int]]) -> int:
    """Run the work of a command with its parameters; returns its exit code."""
    options = ServerOptions.of(parameters)
    return guarded(lambda: _talk(options, work))


def _talk(options: ServerOptions, work: Callable[[Remote], Awaitable[int]]) -> int:
    import asyncio

    from lklint.remote.errors import OutcomeUnknown, Refused, RemoteError

    remote = Remote(options)
    try:
        return asyncio.run(_stoppable(work, remote))
    except Stopped:
        return FOUND
    except Refused as error:
        tell_refusal(error)
        return FOUND
    except OutcomeUnknown as error:
        say(f"{_brief(str(error))}: it may have been done or not; look before you repeat it")
        return FAILED
    except RemoteError as error:
        say(_brief(str(error)))
        return FAILED
    except (asyncio.CancelledError, KeyboardInterrupt):
        say(f"stopped: {'what is printed was done, and no more' if remote.sent else _NOTHING}")
        return FAILED


async def _stoppable(work: Callable[[Remote], Awaitable[int]], remote: Remote) -> int:
    """The work; Ctrl-C cancels it wherever it waits, so that it can say what was under way."""
    import asyncio
    import signal

    task = asyncio.ensure_future(_awaited(work(remote)))
    with suppress(NotImplementedError, RuntimeError, ValueError):
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, task.cancel)
    return await task


async def _awaited(work: Awaitable[int]) -> int:
    return await work


def tell_refusal(error: Refused) -> None:
    """Say what the server refused, and which rule of lklint explains it."""
    say(f"LiveKit refuses it ({_brief(error.code)}): {_brief(error.message)}")
    tell_explanation(error.message)


def tell_explanation(message: str) -> None:
    """Say what explains the words of a server, where something does."""
    from lklint.remote.explaining import explained

    known = explained(message)
    if known is not None:
        print(f"  = {known.advice or f'lklint explain {known.code}'}", file=sys.stderr)


def _brief(text: str) -> str:
    """A server's words on one line: nothing in them moves the cursor, and they end."""
    return printable(text if len(text) <= LONGEST else text[:LONGEST] + "…")
