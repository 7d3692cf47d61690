"""The options of the SIP commands, as `lk` has them."""

from __future__ import annotations

from typing import Annotated

import typer

Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILE]...",
        help="Files, - for standard input, or JSON itself; wrapped, bare or as a list.",
        show_default=False,
    ),
]
File = Annotated[
    str | None,
    typer.Argument(
        metavar="[FILE]", help="A file, - for standard input, or JSON itself.", show_default=False
    ),
]
Ids = Annotated[
    list[str] | None, typer.Argument(metavar="ID...", help="What to delete.", show_default=False)
]
Id = Annotated[str | None, typer.Option(help="Which one; else the id in the file.")]

Name = Annotated[str | None, typer.Option(help="The name.")]
Numbers = Annotated[list[str] | None, typer.Option(help="Phone numbers, with commas or often.")]
AuthUser = Annotated[str | None, typer.Option(help="The user name of the login.")]
AuthPass = Annotated[str | None, typer.Option(help="The password of the login.")]
Address = Annotated[str | None, typer.Option(help="The host that calls go to.")]
Transport = Annotated[str | None, typer.Option(help="auto, udp, tcp or tls.")]
DestinationCountry = Annotated[
    str | None, typer.Option(help="Where calls go to, as ISO 3166-1 has it: US.")
]

Trunks = Annotated[
    list[str] | None,
    typer.Option(help='Ids or names of inbound trunks; "[]" is for every trunk.'),
]
Direct = Annotated[str | None, typer.Option(help="All callers into the room of this name.")]
Caller = Annotated[
    str | None,
    typer.Option("--caller", "--individual", help="Each caller into a room with this prefix."),
]
Callee = Annotated[
    str | None, typer.Option(help="A room for each called number, with this prefix.")
]
Randomize = Annotated[
    bool, typer.Option("--randomize", help="With --callee: a new room for each call.")
]

MediaEnc = Annotated[
    str | None, typer.Option(help="Encryption of the audio: disable, allow or require.")
]
Codecs = Annotated[
    list[str] | None, typer.Option(help="Codecs as NAME/RATE, with commas or often.")
]
NoDefaultCodecs = Annotated[
    bool, typer.Option("--no-default-codecs", help="Only the codecs that are listed.")
]
