"""`lklint sip participant …`: calling somebody, and handing a caller on."""

from __future__ import annotations

from typing import Annotated

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
    YesToo,
)
from lklint.cli.server.talking import Remote, talk
from lklint.cli.sip.options import Codecs, Files, MediaEnc, NoDefaultCodecs

participant = typer.Typer(
    name="participant", help="Call somebody, and hand callers on.", no_args_is_help=True
)

Room = Annotated[str | None, typer.Option("--room", "-r", help="The room.")]
Identity = Annotated[str | None, typer.Option("--identity", "-i", help="The participant.")]


@participant.command()
def create(
    context: typer.Context,
    files: Files = None,
    room: Room = None,
    identity: Identity = None,
    trunk: Annotated[str | None, typer.Option(help="Id or name of the outbound trunk.")] = None,
    number: Annotated[str | None, typer.Option(help="The number to call from.")] = None,
    call: Annotated[str | None, typer.Option(help="The number to call.")] = None,
    name: Annotated[str | None, typer.Option(help="The participant's name.")] = None,
    display_name: Annotated[str | None, typer.Option(help="The caller's name to show.")] = None,
    no_display_name: Annotated[
        bool, typer.Option("--no-display-name", help="Show no caller's name.")
    ] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Wait until the call is taken.")] = False,
    timeout: Annotated[
        str | None, typer.Option(help="How long it may ring: 80s, 1m30s. Default: 80s.")
    ] = None,
    header: Annotated[
        list[str] | None, typer.Option(help="A SIP header, Name:Value; may be given often.")
    ] = None,
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
    """Call somebody into a room. What a file says stays, unless a flag says otherwise."""

    async def work(remote: Remote) -> int:
        from lklint.cli.sip.calling import create, participant_changes
        from lklint.cli.sip.flags import media_changes

        said = {
            "room_name": room,
            "participant_identity": identity,
            "sip_trunk_id": trunk,
            "sip_number": number,
            "sip_call_to": call,
            "participant_name": name,
            "display_name": "" if no_display_name else display_name,
        }
        changes = participant_changes(said, wait, timeout, header or ())
        changes |= media_changes(media_enc, codecs, no_default_codecs)
        return await create(remote, files or (), changes, not no_verify)

    talk(context.params, work)


@participant.command()
def transfer(
    context: typer.Context,
    room: Annotated[str, typer.Option("--room", "-r", help="The room.")],
    identity: Annotated[str, typer.Option("--identity", "-i", help="The caller in it.")],
    to: Annotated[str, typer.Option(help="Where to: tel:+15550100 or sip:…")],
    play_dialtone: Annotated[
        bool, typer.Option("--play-dialtone", help="Let the caller hear a tone meanwhile.")
    ] = False,
    yes: YesToo = False,
    url: Url = None,
    api_key: ApiKey = None,
    api_secret: ApiSecret = None,
    dev: Dev = False,
    project: Project = None,
    env_file: EnvFile = None,
    quiet: Quiet = False,
) -> None:
    """Hand a caller on to another number."""

    async def work(remote: Remote) -> int:
        from lklint.cli.sip.calling import transfer

        return await transfer(remote, room, identity, to, play_dialtone)

    talk(context.params, work)
