"""What a run was asked: plain settings that rules may look at."""

from __future__ import annotations

from typing import NamedTuple


class Settings(NamedTuple):
    """The questions a document is checked with.

    `form` is "create" (would `lk … create` take it?), "update" or "any"; `kind` overrules the
    guess.
    `agents` are the names agents are known by, None where nobody has said. `target` is "cloud",
    "self-hosted" or None. `server_version` is (major, minor, patch) of the livekit-server that will
    read the files, None for the newest. `default_region` is the country (ISO 3166-1 alpha-2) whose
    national numbers are meant. `enabled` are codes of rules that are off by default and wanted.
    """

    form: str = "create"
    kind: str | None = None
    agents: frozenset[str] | None = None
    target: str | None = None
    server_version: tuple[int, int, int] | None = None
    default_region: str | None = None
    enabled: frozenset[str] = frozenset()
