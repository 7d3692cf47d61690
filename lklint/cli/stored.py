"""What a server has, as documents: each with a name to be told by, and a text to point into."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from lklint.checker.locate import Locators
from lklint.config.profile import Layer, Layers
from lklint.protocol.messages import Kind, write
from lklint.reconcile.normal import OF_THE_SERVER
from lklint.reconcile.numbers import owned_numbers, rules_of
from lklint.rules.found import Place
from lklint.settings import Settings, Version
from lklint.workspace.environment import Environment
from lklint.workspace.filed import Filed

if TYPE_CHECKING:
    from google.protobuf.message import Message

    from lklint.reconcile.identity import Stored
    from lklint.remote.server import Server

NUMBERS = "phone numbers"
"""The name of the document of all phone numbers that are bought from LiveKit."""

_LONGEST = 40
"""Characters of a resource's name in that of its document."""
_ABOUT_FILES = frozenset(("LK118", "LK125", "LK126", "LK129"))
"""Rules that are about files and their way to a server: times in them, what `lk` drops, passwords
in clear."""


class StoredWorkspace:
    """The environment that a server is, and where everything in it stands.

    A document holds one resource as LiveKit lists it, less its times; all phone numbers are one.
    """

    def __init__(self, stored: Stored, host: str, layer: Layer) -> None:
        self.stored = stored
        self.layer = layer
        self._settings = _settings(layer, host)
        self.kinds: dict[str, str] = {}
        self._texts: dict[str, bytes] = {}
        held: dict[str, list[Filed]] = {}
        for kind, messages in stored.items():
            if kind == "phone-number":
                value = _numbers(messages)
                if value is not None:
                    held["phone-numbers"] = [self._document("phone-numbers", NUMBERS, value)]
                continue
            for id, message in messages.items():
                name = f"{id}{_named(message)}"
                held.setdefault(kind, []).append(self._document(kind, name, _value(kind, message)))
        self.environment = Environment(host, held, stored=True)
        self._locators = Locators(self.read, self.settings_of)

    def settings_of(self, document: str) -> Settings:
        """The settings that a document is judged with."""
        return self._settings._replace(kind=self.kinds.get(document))

    def read(self, document: str) -> bytes:
        """The text of a document."""
        return self._texts[document]

    @property
    def server_version(self) -> Version | None:
        """The version of the server as the command line or the configuration says it, else None:
        no question that LiveKit answers tells it."""
        return self._settings.server_version

    def line(self, document: str, pointer: str) -> int:
        """The line at which a place in a document begins, from 1 on."""
        return self._locators.of(document).span(Place(pointer)).start.line

    def _document(self, kind: str, name: str, value: dict[str, Any]) -> Filed:
        self.kinds[name] = kind
        self._texts[name] = json.dumps(value, indent=2, ensure_ascii=False).encode()
        return Filed(value, "", name)


async def stored_workspace(server: Server, layers: Layers) -> StoredWorkspace:
    """All that a server has, under the configuration of this folder. Raises `RemoteError`."""
    from lklint.reconcile.pulling.fetching import fetch_all

    layer = layers.of(os.path.abspath(NUMBERS))
    return StoredWorkspace(await fetch_all(server), server.host, layer)


def _settings(layer: Layer, host: str) -> Settings:
    """How a server's resources are judged; which target it is, its name says."""
    settings = layer.settings
    name = host.partition(":")[0]
    target = "cloud" if name.endswith(".livekit.cloud") else "self-hosted"
    return settings._replace(
        form="update",
        target=settings.target or target,
        silent=settings.silent | _ABOUT_FILES,
        stored=True,
    )


def _value(kind: Kind, message: Message) -> dict[str, Any]:
    value = write(message)
    return {name: item for name, item in value.items() if name not in OF_THE_SERVER and item != {}}


def _numbers(messages: Any) -> dict[str, Any] | None:
    """The phone numbers in the words of lklint's own file for them; None where there are none."""
    entries = []
    for number in owned_numbers(messages.values()).values():
        rules = [{"dispatch_rule": rule} for rule in rules_of(number)] or [{}]
        entries += [{"number": number.e164_format, **rule} for rule in rules[:1]]
    return {"phone_numbers": entries} if entries else None


def _named(message: Any) -> str:
    name = str(message.name)
    return f" ({name[:_LONGEST]}{'…' if len(name) > _LONGEST else ''})" if name else ""
