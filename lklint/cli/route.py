"""`lklint route`: where a call goes, and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any, NamedTuple

from lklint.cli.ends import CLEAN, FAILED, FOUND, UsageError, say
from lklint.cli.output import colour_wanted, columns
from lklint.cli.variables import variables
from lklint.cli.workspace import LoadedWorkspace, WorkspaceOptions
from lklint.config.profile import Layers
from lklint.drawing.rows import LineOf, Picture
from lklint.drawing.ways import way_of
from lklint.reports.escaping import printable
from lklint.settings import Version
from lklint.telephony.phone_numbers import normalize_number
from lklint.telephony.pins import why_not_dialable
from lklint.telephony.routing import Call, route
from lklint.telephony.routing.source import source_error
from lklint.telephony.sip_addresses import SipAddress, sip_address
from lklint.workspace.environment import Environment
from lklint.workspace.filling import filled, unset, unset_words


class RouteOptions(NamedTuple):
    """The call, and how its way is told."""

    caller: str
    called: str
    source_ip: str = ""
    from_host: str = ""
    pin: str | None = None
    no_pin: bool = False
    output_format: str = "text"
    explain_drop: bool = False
    verbose: bool = False


def run(
    options: RouteOptions,
    wanted: WorkspaceOptions,
    env_file: str | None = None,
    url: str | None = None,
) -> int:
    """Tell the way of a call; returns the exit code.

    `url` is the server whose ids count, where `lklint.lock` knows several.
    """
    call = _call(options)
    known = variables(env_file)
    loaded = LoadedWorkspace(wanted, {**known, "LIVEKIT_URL": url} if url else known)
    loaded.tell_left_out()
    if not loaded.environments and not loaded.left_out:
        say("no LiveKit telephony found: no trunk and no rule takes the call")
    environment = filled(_environment(loaded, wanted.environment, call))
    version = loaded.server_version(environment)
    names = unset(environment, route(call, environment.exchange, version))
    if names:
        raise UsageError(f"nobody can tell where this call goes: {unset_words(names)}")
    code = _tell(call, environment, version, loaded.line, options)
    return FAILED if loaded.failed else code


def run_live(options: RouteOptions, wanted: WorkspaceOptions, parameters: Mapping[str, Any]) -> int:
    """Tell the way of a call through what a server has now; returns the exit code."""
    from lklint.cli.server.talking import Remote, talked

    if wanted.paths or wanted.environment is not None:
        raise UsageError("--live asks the server, and looks at no files")
    call = _call(options)

    async def work(remote: Remote) -> int:
        from lklint.cli.stored import stored_workspace

        given = {"server-version": wanted.server_version} if wanted.server_version else {}
        layers = Layers(given, wanted.config, wanted.isolated)
        async with remote.connect() as server:
            loaded = await stored_workspace(server, layers)
        return _tell(call, loaded.environment, loaded.server_version, loaded.line, options)

    return talked(parameters, work)


def _tell(
    call: Call,
    environment: Environment,
    version: Version | None,
    line: LineOf,
    options: RouteOptions,
) -> int:
    """Print the way of a call, and return the exit code for it."""
    way = way_of(call, environment.exchange, version)
    for text in _lines(Picture(way, environment, line, options.verbose), options):
        print(text)
    return CLEAN if way.accepted else FOUND


def _lines(picture: Picture, options: RouteOptions) -> list[str]:
    if options.output_format == "json":
        from lklint.drawing.route_json import document

        return [json.dumps(document(picture), indent=2)]
    if options.explain_drop:
        from lklint.drawing.remarks import sentence

        return [printable(sentence(picture.way, picture.environment))]
    from lklint.drawing.route_text import render

    return list(render(picture, colour_wanted(sys.stdout), columns(sys.stdout)))


def _call(options: RouteOptions) -> Call:
    """The call as LiveKit would be told of it. Raises UsageError."""
    if options.pin is not None and options.no_pin:
        raise UsageError("--pin and --no-pin exclude each other")
    if options.pin is not None:
        why = why_not_dialable(options.pin)
        if why is not None or not options.pin:
            raise UsageError(f"--pin: nobody can enter this: {why or 'it is empty (--no-pin)'}")
    if source_error(options.source_ip) is not None:
        raise UsageError(
            f"--source-ip {options.source_ip}: no IP address, alone and without a port: 203.0.113.5"
        )
    caller = _address("--from", options.caller)
    called = _address("--to", options.called)
    if not called.user:
        raise UsageError("--to: nobody is called: give a number, or the user of a SIP address")
    if options.from_host and caller.host not in ("", options.from_host):
        raise UsageError(f"--from names the host {caller.host}, --from-host another")
    return Call(
        caller=caller.user,
        called=called.user,
        source_ip=options.source_ip,
        from_host=options.from_host or caller.host,
        pin=options.pin,
        no_pin=options.no_pin,
    )


def _address(option: str, text: str) -> SipAddress:
    """The user of an address, which is all that LiveKit compares; what is left away is told."""
    found = sip_address(text)
    if found.user != text:
        where = f" at {found.host}" if found.host else ""
        say(f"{option}: taken for {printable(found.user) or 'nobody'}{printable(where)}")
    elif _is_decorated(text):
        say(
            f"{option}: taken as it is, marks and all; a provider would send "
            f"{normalize_number(text)} or the like"
        )
    return found


def _is_decorated(text: str) -> bool:
    """Whether a number is written as people write it, and as calls have it never."""
    return any(mark in text for mark in " ()-") and normalize_number(text) != text


def _environment(loaded: LoadedWorkspace, name: str | None, call: Call) -> Environment:
    """The environment that the call comes to: the one that was named, or has the number."""
    if name is not None:
        return loaded.named(name)
    called = normalize_number(call.called)
    have = [
        environment
        for environment in loaded.environments
        if any(called in trunk.numbers for trunk in filled(environment).exchange.trunks)
    ]
    if len(loaded.environments) > 1 and len(have) == 1:
        say(
            f"asking {printable(have[0].name)}, the only one of {len(loaded.environments)} "
            "environments with a trunk for the number"
        )
        return have[0]
    return loaded.only()
