"""The options of every command that talks to a server, as `lk` has them.

A command declares them one by one and hands `context.params` to `talking.talk`, which reads them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Annotated, Any

import typer

Url = Annotated[
    str | None,
    typer.Option(help="The server's address. Default: LIVEKIT_URL.", show_default=False),
]
ApiKey = Annotated[str | None, typer.Option(help="Default: LIVEKIT_API_KEY.", show_default=False)]
ApiSecret = Annotated[
    str | None, typer.Option(help="Default: LIVEKIT_API_SECRET.", show_default=False)
]
Dev = Annotated[bool, typer.Option("--dev", help="The key and secret of `livekit-server --dev`.")]
Project = Annotated[str | None, typer.Option(help="A project that `lk` knows.", show_default=False)]
EnvFile = Annotated[
    str | None,
    typer.Option(help="Variables from a file, where the environment lacks them."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Do not say which server is used.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]
YesToo = Annotated[
    bool,
    typer.Option("--yes", "-y", hidden=True, help="As `lk` takes it; nothing is asked here."),
]
AsJson = Annotated[bool, typer.Option("--json", "-j", help="Print JSON.")]
ShowSecrets = Annotated[
    bool, typer.Option("--show-secrets", help="Print passwords and PINs as they are.")
]
NoVerify = Annotated[
    bool, typer.Option("--no-verify", help="Send what lklint would refuse, and say what that is.")
]


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """What a command line says about the server; key and secret stay out of its repr."""

    url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    api_secret: str | None = field(default=None, repr=False)
    dev: bool = False
    project: str | None = None
    env_file: str | None = None
    quiet: bool = False

    @classmethod
    def of(cls, parameters: Mapping[str, Any]) -> ServerOptions:
        """The options among the parameters of a command."""
        names = [each.name for each in fields(cls)]
        return cls(**{name: parameters[name] for name in names if name in parameters})


def listed(values: Sequence[str] | None) -> list[str] | None:
    """The entries of a list flag, given often or with commas; None where it is not given.

    "" and "[]" stand for the empty list: as in `--trunks "[]"`, which is for every trunk.
    """
    if values is None:
        return None
    if list(values) in ([""], ["[]"]):
        return []
    return [entry.strip() for value in values for entry in value.split(",") if entry.strip()]
