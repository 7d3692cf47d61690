"""The commands that both kinds of trunks and dispatch rules have alike: `list` and `delete`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from lklint.cli.server.options import (
    ApiKey,
    ApiSecret,
    AsJson,
    Dev,
    EnvFile,
    Project,
    Quiet,
    ShowSecrets,
    Url,
    Yes,
    YesToo,
)
from lklint.cli.server.talking import Remote, talk
from lklint.cli.sip.options import Ids

if TYPE_CHECKING:
    from lklint.remote.sip import SipKind


def add_list(group: typer.Typer, kind: SipKind, plural: str) -> None:
    """Give a group of commands its `list`."""

    @group.command("list", help=f"List the {plural} of the server.")
    def list_all(
        context: typer.Context,
        as_json: AsJson = False,
        show_secrets: ShowSecrets = False,
        yes: YesToo = False,
        url: Url = None,
        api_key: ApiKey = None,
        api_secret: ApiSecret = None,
        dev: Dev = False,
        project: Project = None,
        env_file: EnvFile = None,
        quiet: Quiet = False,
    ) -> None:
        async def work(remote: Remote) -> int:
            from lklint.cli.sip.listing import list_resources

            return await list_resources(remote, kind, as_json, show_secrets)

        talk(context.params, work)


def add_delete(group: typer.Typer, kind: SipKind, plural: str) -> None:
    """Give a group of commands its `delete`."""

    @group.command(help=f"Delete {plural}. At a terminal it shows what depends on them, and asks.")
    def delete(
        context: typer.Context,
        ids: Ids = None,
        yes: Yes = False,
        url: Url = None,
        api_key: ApiKey = None,
        api_secret: ApiSecret = None,
        dev: Dev = False,
        project: Project = None,
        env_file: EnvFile = None,
        quiet: Quiet = False,
    ) -> None:
        async def work(remote: Remote) -> int:
            from lklint.cli.sip.deleting import delete_resources

            return await delete_resources(remote, kind, ids or (), yes)

        talk(context.params, work)
