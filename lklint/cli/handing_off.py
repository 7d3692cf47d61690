"""The commands that make a server what the files say, declared with Typer: plan and apply."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from lklint.cli.arguments import Config, Isolated
from lklint.cli.server.options import (
    ApiKey,
    ApiSecret,
    Dev,
    EnvFile,
    Project,
    Quiet,
    Url,
    Yes,
)

handing_off = typer.Typer()

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATHS]...",
        help="Files and folders of one environment. Default: the directory you are in.",
        show_default=False,
    ),
]
PathsOrPlan = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATHS | PLANFILE]...",
        help="Files and folders of one environment, or a file that `lklint plan --out` wrote.",
        show_default=False,
    ),
]
EnvironmentName = Annotated[
    str | None,
    typer.Option("--environment", metavar="NAME", help="The environment: its folder."),
]
Targets = Annotated[
    list[str] | None,
    typer.Option("--target", metavar="NAME|FILE", help="Only this, and what it needs; also often."),
]
Replace = Annotated[
    list[str] | None,
    typer.Option(
        "--replace", metavar="NAME|FILE", help="Delete this and make it anew, with a new id."
    ),
]
Prune = Annotated[
    bool, typer.Option("--prune", help="Delete what lklint made once and no file has any more.")
]
PruneAll = Annotated[
    bool, typer.Option("--prune-all", help="Delete all that no file has, whoever made it.")
]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Name all that stays as it is, too.")
]


@handing_off.command()
def plan(
    context: typer.Context,
    paths: Paths = None,
    environment: EnvironmentName = None,
    target: Targets = None,
    replace: Replace = None,
    prune: Prune = False,
    prune_all: PruneAll = False,
    output_format: Annotated[
        Literal["text", "json"], typer.Option(help="How the plan is printed.")
    ] = "text",
    out: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write the plan down, for `lklint apply`.")
    ] = None,
    detailed_exitcode: Annotated[
        bool,
        typer.Option("--detailed-exitcode", help="0: nothing to do. 1: an error. 2: changes."),
    ] = False,
    config: Config = None,
    isolated: Isolated = False,
    verbose: Verbose = False,
    url: Url = None,
    api_key: ApiKey = None,
    api_secret: ApiSecret = None,
    dev: Dev = False,
    project: Project = None,
    env_file: EnvFile = None,
    quiet: Quiet = False,
) -> None:
    """Show what `lklint apply` would do: the files against the server. Nothing is sent.

    Exit code 0: it can be done. 1: something is in the way, or the files have findings. 2: it could
    not be told.
    """
    from lklint.cli.ends import guarded
    from lklint.cli.plan import run

    sys.exit(guarded(lambda: run(context.params)))


@handing_off.command()
def apply(
    context: typer.Context,
    paths: PathsOrPlan = None,
    environment: EnvironmentName = None,
    target: Targets = None,
    replace: Replace = None,
    prune: Prune = False,
    prune_all: PruneAll = False,
    yes: Yes = False,
    config: Config = None,
    isolated: Isolated = False,
    verbose: Verbose = False,
    url: Url = None,
    api_key: ApiKey = None,
    api_secret: ApiSecret = None,
    dev: Dev = False,
    project: Project = None,
    env_file: EnvFile = None,
    quiet: Quiet = False,
) -> None:
    """Make the server what the files say: trunks, dispatch rules, phone numbers.

    The plan is shown first, and asked about; --yes does without. Ids are recorded in lklint.lock.
    Exit code 0: all is done. 1: something is in the way, or was refused. 2: it could not be done.
    """
    from lklint.cli.apply import run
    from lklint.cli.ends import guarded

    sys.exit(guarded(lambda: run(context.params)))
