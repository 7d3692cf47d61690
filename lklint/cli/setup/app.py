"""The group `lklint setup`."""

from __future__ import annotations

from typing import Annotated

import typer

from lklint.cli.server.options import ApiKey, ApiSecret, Dev, EnvFile, Project, Quiet, Url, Yes
from lklint.cli.server.talking import Remote, talk

setup = typer.Typer(
    name="setup", help="Set up what takes several steps, with a plan first.", no_args_is_help=True
)


@setup.callback()
def _setup() -> None:
    """A group, though it has one command yet."""


@setup.command()
def inbound(
    context: typer.Context,
    number: Annotated[str, typer.Option(help="The number, yours or to be bought.")] = "",
    country_code: Annotated[str, typer.Option(help="Where to look for a number: US.")] = "",
    area_code: Annotated[str, typer.Option(help="The area code to look in: 415.")] = "",
    agent: Annotated[str, typer.Option(help="The name your agent runs under.")] = "",
    room_prefix: Annotated[str, typer.Option(help="The first part of the rooms' names.")] = "call",
    name: Annotated[str, typer.Option(help="The name of the dispatch rule.")] = "Inbound calls",
    file: Annotated[
        str | None, typer.Option(help="A dispatch rule, instead of --agent and --room-prefix.")
    ] = None,
    yes: Yes = False,
    url: Url = None,
    api_key: ApiKey = None,
    api_secret: ApiSecret = None,
    dev: Dev = False,
    project: Project = None,
    env_file: EnvFile = None,
    quiet: Quiet = False,
) -> None:
    """From nothing to a number that an agent answers: number, rule, assignment, agent.

    What is there already is used. Run again after a failure, it goes on where it stopped.
    """

    async def work(remote: Remote) -> int:
        from lklint.cli.setup.inbound import Wishes, set_up

        wishes = Wishes(number, country_code, area_code, agent, room_prefix, name, file)
        return await set_up(remote, wishes, yes)

    talk(context.params, work)
