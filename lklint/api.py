"""A workspace from Python: what its files are together, and where a call would go."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from lklint.checker.run import open_data
from lklint.checker.together import Together, environment_findings, shown_folder, without_replaced
from lklint.documents.discovery import read_all, read_bytes, searched
from lklint.findings import Finding
from lklint.settings import Settings, Version
from lklint.telephony.routing import Call, Route, route
from lklint.workspace.environment import DISPATCH, INBOUND, OUTBOUND, Environment
from lklint.workspace.filed import Filed, server_id
from lklint.workspace.folders import environment_folder

Json = dict[str, Any]


class Workspace:
    """Trunks and dispatch rules that belong together, an `Environment` for each server.

    `server_version` is (major, minor, patch) of the livekit-server that has them, None for the
    newest.
    """

    def __init__(
        self,
        environments: Iterable[Environment],
        read: Callable[[str], bytes],
        server_version: Version | None = None,
    ) -> None:
        self.environments = tuple(environments)
        self.server_version = server_version
        self._read = read

    @classmethod
    def load(
        cls,
        paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
        *,
        server_version: Version | None = None,
    ) -> Workspace:
        """The workspace of files and directories, in any form; what LiveKit refuses is left out.

        Each folder is a server of its own, but for those named after a kind (`trunks/`), which
        belong to the folder above. No configuration is read. Raises FileNotFoundError where a path
        does not exist, OSError where one cannot be read.
        """
        named = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
        given = [os.fspath(path) for path in named]
        together = Together(os.environ)
        for file, data in read_all(given):
            opened = open_data(data, file, Settings(form="any"))
            if opened.identity is not None:
                folder = environment_folder(os.path.abspath(file), "")
                together.add(file, opened.document, folder, opened.clean, opened.identity.kind)
        environments = together.gathering.environments(shown_folder, searched(given))
        return cls(environments, read_bytes, server_version)

    @classmethod
    def from_resources(
        cls,
        inbound_trunks: Sequence[Json] = (),
        outbound_trunks: Sequence[Json] = (),
        dispatch_rules: Sequence[Json] = (),
        *,
        server_version: Version | None = None,
    ) -> Workspace:
        """The workspace of resources as a server lists them: JSON objects in either spelling, with
        their ids (`sip_trunk_id`, `sip_dispatch_rule_id`). Findings name the id as their file."""
        kinds = {INBOUND: inbound_trunks, OUTBOUND: outbound_trunks, DISPATCH: dispatch_rules}
        resources = {
            kind: [_filed(kind, number, value) for number, value in enumerate(values)]
            for kind, values in kinds.items()
        }

        values = {at.file: at.value for found in resources.values() for at in found}

        def read(file: str) -> bytes:
            import json

            text = json.dumps(values[file], indent=2, ensure_ascii=False)
            return text.encode("utf-8", "replace")

        return cls([Environment("server", resources, stored=True)], read, server_version)

    def findings(self) -> list[Finding]:
        """What the resources do to each other: conflicts, numbers that ring out, rules that no call
        reaches. What is wrong in a file by itself is said by `lklint.check`."""
        settings = Settings(form="any", server_version=self.server_version)
        told = environment_findings(self.environments, lambda file: settings, self._read)
        found = [finding for finding, _ in told]
        return without_replaced(found, found)

    def route(self, call: Call, environment: str | None = None) -> Route:
        """Where a call goes, and why.

        Raises ValueError where the workspace is of several servers and none of them is named.
        """
        return route(call, self._environment(environment).exchange, self.server_version)

    def _environment(self, name: str | None) -> Environment:
        meant = [found for found in self.environments if name in (None, found.name)]
        if not meant and name is None:
            return Environment("nothing", {})
        if len(meant) != 1:
            names = ", ".join(found.name for found in self.environments)
            raise ValueError(f"name one of the environments: {names}")
        return meant[0]


def _filed(kind: str, number: int, value: Json) -> Filed:
    message = Filed(value, "", "")
    message.file = server_id(message) or f"{kind}[{number}]"
    return message
