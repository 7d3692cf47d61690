"""The commands about what a server has, declared with Typer: pull, import and audit."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from lklint.cli.arguments import (
    Agents,
    AgentSources,
    Config,
    ExtendSelect,
    FailOn,
    FormatOption,
    IgnoreOption,
    Isolated,
    OutputFile,
    Region,
    Reports,
    Select,
    ServerVersion,
    Statistics,
    TargetOption,
)
from lklint.cli.handing_off import EnvironmentName, Verbose
from lklint.cli.server.options import ApiKey, ApiSecret, Dev, EnvFile, Project, Quiet, Url

from_server = typer.Typer()

EnvFileToWrite = Annotated[
    str | None,
    typer.Option(
        "--env-file",
        metavar="FILE",
        help="Variables from a file; secrets that files refer to are added to it (mode 0600).",
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show it; write nothing.")]
Yes = Annotated[
    bool, typer.Option("--yes", "-y", help="Change files that git does not have, without asking.")
]


@from_server.command()
def pull(
    context: typer.Context,
    folder: Annotated[
        str | None,
        typer.Argument(
            metavar="[FOLDER]",
            help="Where the files are to be. Default: the directory you are in.",
            show_default=False,
        ),
    ] = None,
    environment: EnvironmentName = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    config: Config = None,
    isolated: Isolated = False,
    verbose: Verbose = False,
    url: Url = None,
    api_key: ApiKey = None,
    api_secret: ApiSecret = None,
    dev: Dev = False,
    project: Project = None,
    env_file: EnvFileToWrite = None,
    quiet: Quiet = False,
) -> None:
    """Write what a server has into files: trunks, dispatch rules, phone numbers.

    Files that are there are changed where they differ, and only there. Passwords and PINs become
    "${NAME}". No file is ever deleted. Exit code 0: all is written. 1: something was not. 2: it
    could not be done.
    """
    from lklint.cli.ends import guarded
    from lklint.cli.pull import run

    sys.exit(guarded(lambda: run(context.params)))


@from_server.command(name="import")
def import_(
    context: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="The id of a trunk or a dispatch rule.")],
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE]",
            help="Where it is to be. A file that is there stays as it is, and is tied to the id.",
            show_default=False,
        ),
    ] = None,
    environment: EnvironmentName = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    config: Config = None,
    isolated: Isolated = False,
    verbose: Verbose = False,
    url: Url = None,
    api_key: ApiKey = None,
    api_secret: ApiSecret = None,
    dev: Dev = False,
    project: Project = None,
    env_file: EnvFileToWrite = None,
    quiet: Quiet = False,
) -> None:
    """Take one trunk or dispatch rule of a server into a file, and remember that they are one.

    Exit code 0: done. 1: something was not written. 2: it could not be done.
    """
    from lklint.cli.ends import guarded
    from lklint.cli.import_ import run

    sys.exit(guarded(lambda: run(context.params)))


@from_server.command()
def audit(
    context: typer.Context,
    output_format: FormatOption = None,
    output_file: OutputFile = None,
    report: Reports = None,
    fail_on: FailOn = None,
    agent: Agents = None,
    agent_source: AgentSources = None,
    target: TargetOption = None,
    server_version: ServerVersion = None,
    default_region: Region = None,
    select: Select = None,
    extend_select: ExtendSelect = None,
    ignore: IgnoreOption = None,
    config: Config = None,
    isolated: Isolated = False,
    statistics: Statistics = False,
    url: Url = None,
    api_key: ApiKey = None,
    api_secret: ApiSecret = None,
    dev: Dev = False,
    project: Project = None,
    env_file: EnvFile = None,
    quiet: Annotated[
        bool,
        typer.Option(
            "--quiet", "-q", help="Only what makes the run fail, and not which server is used."
        ),
    ] = False,
) -> None:
    """Check what a server has now, with the rules that `lklint check` has for files.

    Exit code 0: no findings at or above --fail-on. 1: some. 2: it could not be told.
    """
    from lklint.cli.audit import run
    from lklint.cli.ends import guarded

    sys.exit(guarded(lambda: run(context.params)))
