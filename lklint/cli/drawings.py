"""The commands that draw, declared with Typer: `lklint route` and `lklint graph`."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from lklint.cli.arguments import Config, Isolated, Paths, ServerVersion
from lklint.cli.server.options import ApiKey, ApiSecret, Dev, EnvFile, Project, Quiet, Url

drawings = typer.Typer()

EnvironmentName = Annotated[
    str | None,
    typer.Option(
        "--environment", metavar="NAME", help="The environment that is asked about: its folder."
    ),
]


@drawings.command()
def route(
    context: typer.Context,
    caller: Annotated[
        str, typer.Option("--from", metavar="NUMBER", help="Who calls: the user part of From.")
    ],
    called: Annotated[
        str, typer.Option("--to", metavar="NUMBER", help="What is called: the user part of To.")
    ],
    paths: Paths = None,
    source_ip: Annotated[
        str,
        typer.Option(
            metavar="IP", help="Where the call comes from. Without it, every list lets the call in."
        ),
    ] = "",
    from_host: Annotated[
        str, typer.Option(metavar="HOST", help="The host in From, which the caller chooses.")
    ] = "",
    pin: Annotated[str | None, typer.Option(help="The PIN that the caller enters.")] = None,
    no_pin: Annotated[
        bool, typer.Option("--no-pin", help="The caller presses # and no PIN.")
    ] = False,
    output_format: Annotated[
        Literal["text", "json"], typer.Option(help="How the way is told.")
    ] = "text",
    explain_drop: Annotated[
        bool, typer.Option("--explain-drop", help="One sentence: what happens, and what to do.")
    ] = False,
    environment: EnvironmentName = None,
    server_version: ServerVersion = None,
    config: Config = None,
    isolated: Isolated = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Every trunk and every rule.")
    ] = False,
    live: Annotated[
        bool, typer.Option("--live", help="Ask what the server has now, instead of files.")
    ] = False,
    url: Url = None,
    api_key: ApiKey = None,
    api_secret: ApiSecret = None,
    dev: Dev = False,
    project: Project = None,
    env_file: EnvFile = None,
    quiet: Quiet = False,
) -> None:
    """Show where a call goes, and why: trunk, login, rule, room, agents, and what the caller gets.

    Exit code 0: the caller gets into a room, or is asked for a PIN. 1: not. 2: nobody could tell.
    """
    from lklint.cli.ends import guarded
    from lklint.cli.route import RouteOptions, run, run_live
    from lklint.cli.workspace import WorkspaceOptions

    wanted = WorkspaceOptions(tuple(paths or ()), environment, server_version, config, isolated)
    options = RouteOptions(
        caller, called, source_ip, from_host, pin, no_pin, output_format, explain_drop, verbose
    )
    if live:
        sys.exit(guarded(lambda: run_live(options, wanted, context.params)))
    sys.exit(guarded(lambda: run(options, wanted, env_file, url)))


@drawings.command()
def graph(
    paths: Paths = None,
    format: Annotated[
        Literal["tree", "mermaid", "dot", "svg"],
        typer.Option("--format", help="What is drawn: a tree for the terminal, or a picture."),
    ] = "tree",
    output_file: Annotated[
        str | None, typer.Option("--output-file", "-o", help="Write it to a file.")
    ] = None,
    number: Annotated[
        list[str] | None,
        typer.Option(metavar="NUMBER", help="Only this number; may be given often."),
    ] = None,
    rule: Annotated[
        list[str] | None,
        typer.Option(metavar="RULE", help="Only what gets to this rule: its name, id or file."),
    ] = None,
    environment: EnvironmentName = None,
    server_version: ServerVersion = None,
    config: Config = None,
    isolated: Isolated = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Draw all of it, however much it is.")
    ] = False,
) -> None:
    """Draw where all calls go: numbers, trunks, rules, rooms and agents.

    Dead ends, open doors and conflicts are marked. What is drawn is what LiveKit would do, tried
    with made up calls.
    """
    from lklint.cli.ends import guarded
    from lklint.cli.graph import GraphOptions, run
    from lklint.cli.workspace import WorkspaceOptions

    wanted = WorkspaceOptions(tuple(paths or ()), environment, server_version, config, isolated)
    options = GraphOptions(format, output_file, tuple(number or ()), tuple(rule or ()), verbose)
    sys.exit(guarded(lambda: run(options, wanted)))
