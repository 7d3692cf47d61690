"""The group `lklint number`, with the flags of `lk number`."""

from __future__ import annotations

from typing import Annotated

import typer

from lklint.cli.server.options import (
    ApiKey,
    ApiSecret,
    AsJson,
    Dev,
    EnvFile,
    Project,
    Quiet,
    Url,
    Yes,
    YesToo,
    listed,
)
from lklint.cli.server.talking import Remote, talk

number = typer.Typer(
    name="number",
    help="Phone numbers of LiveKit Cloud, as `lk number` has them; asks before money is spent.",
    no_args_is_help=True,
)

Id = Annotated[str, typer.Option(help="The id of the number.")]
Number = Annotated[str, typer.Option(help="The number itself, as in +15550100.")]
Numbers = Annotated[list[str] | None, typer.Option(help="Numbers, with commas or often.")]
Ids = Annotated[list[str] | None, typer.Option(help="Ids, with commas or often.")]
Rule = Annotated[str, typer.Option("--sip-dispatch-rule-id", help="Id or name of a rule.")]
Limit = Annotated[int, typer.Option(min=1, max=2**31 - 1, help="How many at most.")]


@number.command()
def search(
    context: typer.Context,
    country_code: Annotated[str, typer.Option(help="The country: US, CA.")] = "",
    area_code: Annotated[str, typer.Option(help="The area code: 415.")] = "",
    limit: Limit = 50,
    as_json: AsJson = False,
    yes: YesToo = False,
    url: Url = None,
    api_key: ApiKey = None,
    api_secret: ApiSecret = None,
    dev: Dev = False,
    project: Project = None,
    env_file: EnvFile = None,
    quiet: Quiet = False,
) -> None:
    """Search numbers that can be bought."""

    async def work(remote: Remote) -> int:
        from lklint.cli.number.looking import search

        return await search(remote, country_code, area_code, limit, as_json)

    talk(context.params, work)


@number.command()
def purchase(
    context: typer.Context,
    numbers: Numbers = None,
    rule: Rule = "",
    yes: Yes = False,
    as_json: AsJson = False,
    url: Url = None,
    api_key: ApiKey = None,
    api_secret: ApiSecret = None,
    dev: Dev = False,
    project: Project = None,
    env_file: EnvFile = None,
    quiet: Quiet = False,
) -> None:
    """Buy numbers. They cost money: asks first, or takes --yes in scripts."""

    async def work(remote: Remote) -> int:
        from lklint.cli.number.changing import purchase

        return await purchase(remote, listed(numbers) or (), rule, yes, as_json)

    talk(context.params, work)


@number.command("list")
def list_numbers(
    context: typer.Context,
    limit: Limit = 50,
    offset: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="How many to pass over.")] = 0,
    status: Annotated[
        list[str] | None,
        typer.Option(help="active, pending, released or offline; with commas or often."),
    ] = None,
    rule: Annotated[
        str, typer.Option("--sip-dispatch-rule-id", help="Only those with this rule.")
    ] = "",
    as_json: AsJson = False,
    yes: YesToo = False,
    url: Url = None,
    api_key: ApiKey = None,
    api_secret: ApiSecret = None,
    dev: Dev = False,
    project: Project = None,
    env_file: EnvFile = None,
    quiet: Quiet = False,
) -> None:
    """List the numbers of the project."""

    async def work(remote: Remote) -> int:
        from lklint.cli.number.looking import list_numbers

        return await list_numbers(remote, limit, offset, listed(status) or (), rule, as_json)

    talk(context.params, work)


@number.command()
def get(
    context: typer.Context,
    id: Id = "",
    number: Number = "",
    as_json: AsJson = False,
    yes: YesToo = False,
    url: Url = None,
    api_key: ApiKey = None,
    api_secret: ApiSecret = None,
    dev: Dev = False,
    project: Project = None,
    env_file: EnvFile = None,
    quiet: Quiet = False,
) -> None:
    """Show one number."""

    async def work(remote: Remote) -> int:
        from lklint.cli.number.looking import get

        return await get(remote, id, number, as_json)

    talk(context.params, work)


@number.command()
def update(
    context: typer.Context,
    id: Id = "",
    number: Number = "",
    rule: Rule = "",
    as_json: AsJson = False,
    yes: YesToo = False,
    url: Url = None,
    api_key: ApiKey = None,
    api_secret: ApiSecret = None,
    dev: Dev = False,
    project: Project = None,
    env_file: EnvFile = None,
    quiet: Quiet = False,
) -> None:
    """Assign a dispatch rule to a number."""

    async def work(remote: Remote) -> int:
        from lklint.cli.number.changing import update

        return await update(remote, id, number, rule, as_json)

    talk(context.params, work)


@number.command()
def release(
    context: typer.Context,
    ids: Ids = None,
    numbers: Numbers = None,
    yes: Yes = False,
    url: Url = None,
    api_key: ApiKey = None,
    api_secret: ApiSecret = None,
    dev: Dev = False,
    project: Project = None,
    env_file: EnvFile = None,
    quiet: Quiet = False,
) -> None:
    """Give numbers back, for good: asks first, or takes --yes in scripts."""

    async def work(remote: Remote) -> int:
        from lklint.cli.number.changing import release

        return await release(remote, listed(ids) or (), listed(numbers) or (), yes)

    talk(context.params, work)
