"""`lklint test`, declared with Typer."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from lklint.cli.arguments import Config, Isolated, OutputFile, Paths, ServerVersion
from lklint.cli.drawings import EnvironmentName

tests = typer.Typer()


@tests.command(name="test")
def try_calls(
    paths: Paths = None,
    output_format: Annotated[
        Literal["text", "json", "junit"], typer.Option(help="How the results are told.")
    ] = "text",
    output_file: OutputFile = None,
    environment: EnvironmentName = None,
    server_version: ServerVersion = None,
    config: Config = None,
    isolated: Isolated = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Draw the whole way of each call.")
    ] = False,
) -> None:
    """Try the calls that people expect: does each go where it is to go?

    They stand in files of call expectations (calls.json). A file that is named is tried with the
    trunks and rules of its folder. Exit code 0: all do. 1: some do not. 2: it could not be told.
    """
    from lklint.cli.ends import guarded
    from lklint.cli.testing import TryOptions, run
    from lklint.cli.workspace import WorkspaceOptions

    wanted = WorkspaceOptions(tuple(paths or ()), environment, server_version, config, isolated)
    sys.exit(guarded(lambda: run(TryOptions(output_format, output_file, verbose), wanted)))
