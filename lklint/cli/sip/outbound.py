"""`lklint sip outbound …`: trunks that calls go out through."""

from __future__ import annotations

import typer

from lklint.cli.server.options import (
    ApiKey,
    ApiSecret,
    AsJson,
    Dev,
    EnvFile,
    NoVerify,
    Project,
    Quiet,
    ShowSecrets,
    Url,
    Yes,
    YesToo,
)
from lklint.cli.server.talking import Remote, talk
from lklint.cli.sip.options import (
    Address,
    AuthPass,
    AuthUser,
    Codecs,
    DestinationCountry,
    File,
    Files,
    Id,
    Ids,
    MediaEnc,
    Name,
    NoDefaultCodecs,
    Numbers,
    Transport,
)

outbound = typer.Typer(
    name="outbound", help="Trunks that calls go out through.", no_args_is_help=True
)


@outbound.command()
def create(
    context: typer.Context,
    files: Files = None,
    name: Name = None,
    numbers: Numbers = None,
    auth_user: AuthUser = None,
    auth_pass: AuthPass = None,
    address: Address = None,
    transport: Transport = None,
    destination_country: DestinationCountry = None,
    media_enc: MediaEnc = None,
    codecs: Codecs = None,
    no_default_codecs: NoDefaultCodecs = False,
    no_verify: NoVerify = False,
    yes: YesToo = False,
    url: Url = None,
    api_key: ApiKey = None,
    api_secret: ApiSecret = None,
    dev: Dev = False,
    project: Project = None,
    env_file: EnvFile = None,
    quiet: Quiet = False,
) -> None:
    """Make trunks of files or of flags. Each is checked first, and nothing is sent if one fails."""

    async def work(remote: Remote) -> int:
        from lklint.cli.sip.creating import create
        from lklint.cli.sip.flags import media_changes, trunk_changes

        changes = trunk_changes(
            name, numbers, auth_user, auth_pass, address, transport, destination_country
        )
        changes |= media_changes(media_enc, codecs, no_default_codecs)
        return await create(remote, "outbound-trunk", files or (), changes, not no_verify)

    talk(context.params, work)


@outbound.command()
def update(
    context: typer.Context,
    file: File = None,
    id: Id = None,
    name: Name = None,
    numbers: Numbers = None,
    auth_user: AuthUser = None,
    auth_pass: AuthPass = None,
    address: Address = None,
    transport: Transport = None,
    destination_country: DestinationCountry = None,
    media_enc: MediaEnc = None,
    codecs: Codecs = None,
    no_default_codecs: NoDefaultCodecs = False,
    no_verify: NoVerify = False,
    yes: Yes = False,
    url: Url = None,
    api_key: ApiKey = None,
    api_secret: ApiSecret = None,
    dev: Dev = False,
    project: Project = None,
    env_file: EnvFile = None,
    quiet: Quiet = False,
) -> None:
    """Put a file in the place of a trunk, or change some of its fields with flags alone.

    A file clears what it leaves out; that is shown first.
    """

    async def work(remote: Remote) -> int:
        from lklint.cli.sip.flags import media_changes, trunk_changes
        from lklint.cli.sip.updating import update

        changes = trunk_changes(
            name, numbers, auth_user, auth_pass, address, transport, destination_country
        )
        changes |= media_changes(media_enc, codecs, no_default_codecs)
        verify = not no_verify
        return await update(remote, "outbound-trunk", file, id, changes, verify, yes)

    talk(context.params, work)


@outbound.command("list")
def list_trunks(
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
    """List the trunks of the server."""

    async def work(remote: Remote) -> int:
        from lklint.cli.sip.listing import list_resources

        return await list_resources(remote, "outbound-trunk", as_json, show_secrets)

    talk(context.params, work)


@outbound.command()
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
    """Delete trunks. At a terminal it shows what depends on them, and asks."""

    async def work(remote: Remote) -> int:
        from lklint.cli.sip.deleting import delete_resources

        return await delete_resources(remote, "outbound-trunk", ids or (), yes)

    talk(context.params, work)
