"""`lklint sandbox`: a stand-in for LiveKit's telephony API on this machine."""

from __future__ import annotations

import asyncio
import errno
import signal
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address

from lklint.cli.ends import CLEAN, UsageError, say
from lklint.reports.escaping import printable


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """What the command line asks for."""

    port: int
    host: str
    state: str | None
    key: str
    secret: str
    faults: tuple[str, ...]
    quiet: bool


def sandbox(options: SandboxOptions) -> int:
    """Serve until Ctrl-C; returns the exit code."""
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(options))
    say("the sandbox is closed")
    return CLEAN


async def _serve(options: SandboxOptions) -> None:
    from lklint.sandbox.faults import Faults, NoFault, read_fault
    from lklint.sandbox.server import all_methods, serving
    from lklint.sandbox.state import BadState
    from lklint.sandbox.store import Store

    try:
        faults = Faults(read_fault(text, all_methods()) for text in options.faults)
        store = Store(options.state)
    except (NoFault, BadState) as error:
        raise UsageError(str(error)) from error
    stopped = _stopped()
    try:
        async with serving(
            store,
            faults,
            host=options.host,
            port=options.port,
            keys={options.key: options.secret},
            log=None if options.quiet else _tell,
        ) as url:
            for line in _welcome(url, options):
                print(line, flush=True)
            await stopped.wait()
    except OSError as error:
        raise UsageError(_cannot_listen(error, options)) from error


def _stopped() -> asyncio.Event:
    """Set at Ctrl-C and when the process is told to end."""
    event = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: Ctrl-C raises KeyboardInterrupt
            asyncio.get_running_loop().add_signal_handler(number, event.set)
    return event


def _welcome(url: str, options: SandboxOptions) -> list[str]:
    """Where the sandbox is, and how to get there. A secret of one's own is not repeated."""
    from lklint.sandbox.server import SECRET

    secret = SECRET if options.secret == SECRET else "(the one you gave)"
    shown = SECRET if options.secret == SECRET else "…"
    key = printable(options.key)
    lines = [
        f"The sandbox is at {url}, key {key}, secret {secret}. It calls nobody. Ctrl-C ends it.",
        "For lk and lklint: "
        f"export LIVEKIT_URL={url} LIVEKIT_API_KEY={key} LIVEKIT_API_SECRET={shown}",
    ]
    if not _is_loopback(options.host):
        lines.append(f"Everybody who reaches {printable(options.host)} can use it.")
    return lines


def _is_loopback(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


def _cannot_listen(error: OSError, options: SandboxOptions) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {options.port} is taken; choose another with --port, or 0 for any that is free"
        )
    return f"cannot listen on {options.host}, port {options.port}: {error.strerror or error}"


def _tell(method: str, status: int, what: str) -> None:
    """One line for each request. It says no value: a request may hold passwords."""
    if method == "CreateSIPParticipant" and status == 200:
        what = "nobody was called"
    say(" ".join(filter(None, (printable(method), str(status or ""), what))))
