"""`lklint sip inbound …`: trunks that calls come in through."""

from __future__ import annotations

import typer

from lklint.cli.server.options import (
    ApiKey,
    ApiSecret,
    Dev,
    EnvFile,
    NoVerify,
    Project,
    Quiet,
    Url,
    Yes,
    YesToo,
)
from lklint.cli.server.talking import Remote, talk
from lklint.cli.sip.common import add_delete, add_list
from lklint.cli.sip.options import (
    AuthPass,
    AuthUser,
    Codecs,
    File,
    Files,
    Id,
    MediaEnc,
    Name,
    NoDefaultCodecs,
    Numbers,
)

inbound = typer.Typer(
    name="inbound", help="Trunks that calls come in through.", no_args_is_help=True
)


@inbound.command()
def create(
    context: typer.Context,
    files: Files = None,
    name: Name = None,
    numbers: Numbers = None,
    auth_user: AuthUser = None,
    auth_pass: AuthPass = None,
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

        changes = trunk_changes(name, numbers, auth_user, auth_pass)
        changes |= media_changes(media_enc, codecs, no_default_codecs)
        return await create(remote, "inbound-trunk", files or (), changes, not no_verify)

    talk(context.params, work)


@inbound.command()
def update(
    context: typer.Context,
    file: File = None,
    id: Id = None,
    name: Name = None,
    numbers: Numbers = None,
    auth_user: AuthUser = None,
    auth_pass: AuthPass = None,
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

        changes = trunk_changes(name, numbers, auth_user, auth_pass)
        changes |= media_changes(media_enc, codecs, no_default_codecs)
        verify = not no_verify
        return await update(remote, "inbound-trunk", file, id, changes, verify, yes)

    talk(context.params, work)


add_list(inbound, "inbound-trunk", "trunks")
add_delete(inbound, "inbound-trunk", "trunks")
