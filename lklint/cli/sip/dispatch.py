"""`lklint sip dispatch …`: rules that say which room a call goes to."""

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
    Callee,
    Caller,
    Codecs,
    Direct,
    File,
    Files,
    Id,
    MediaEnc,
    Name,
    NoDefaultCodecs,
    Randomize,
    Trunks,
)

dispatch = typer.Typer(
    name="dispatch", help="Rules that say which room a call goes to.", no_args_is_help=True
)


@dispatch.command()
def create(
    context: typer.Context,
    files: Files = None,
    name: Name = None,
    trunks: Trunks = None,
    direct: Direct = None,
    caller: Caller = None,
    callee: Callee = None,
    randomize: Randomize = False,
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
    """Make rules of files or of flags. Each is checked first, and nothing is sent if one fails."""

    async def work(remote: Remote) -> int:
        from lklint.cli.sip.creating import create
        from lklint.cli.sip.flags import media_changes, rule_changes

        changes = rule_changes(name, trunks, direct, caller, callee, randomize)
        changes |= media_changes(media_enc, codecs, no_default_codecs)
        return await create(remote, "dispatch-rule", files or (), changes, not no_verify)

    talk(context.params, work)


@dispatch.command()
def update(
    context: typer.Context,
    file: File = None,
    id: Id = None,
    name: Name = None,
    trunks: Trunks = None,
    direct: Direct = None,
    caller: Caller = None,
    callee: Callee = None,
    randomize: Randomize = False,
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
    """Put a file in the place of a rule, or change some of its fields with flags alone.

    A file clears what it leaves out; that is shown first.
    """

    async def work(remote: Remote) -> int:
        from lklint.cli.sip.flags import media_changes, rule_changes
        from lklint.cli.sip.updating import update

        changes = rule_changes(name, trunks, direct, caller, callee, randomize)
        changes |= media_changes(media_enc, codecs, no_default_codecs)
        verify = not no_verify
        return await update(remote, "dispatch-rule", file, id, changes, verify, yes)

    talk(context.params, work)


add_list(dispatch, "dispatch-rule", "rules")
add_delete(dispatch, "dispatch-rule", "rules")
