"""What a run was asked: plain settings that rules may look at."""

from collections.abc import Mapping
from typing import NamedTuple

Version = tuple[int, int, int]


class Settings(NamedTuple):
    """The questions a document is checked with.

    `form` is "create" (would `lk … create` take it?), "update" or "any"; `kind` overrules the
    guess.
    `agents` are the names agents are known by, None where nobody has said. `target` is "cloud",
    "self-hosted" or None. `server_version` is (major, minor, patch) of the livekit-server that will
    read the files and `lk_version` that of the `lk` that will send them, None for the newest.
    `default_region` is the country (ISO 3166-1 alpha-2) whose national numbers are meant.
    `enabled` are codes of rules that are off by default and wanted, `silent` those of rules that
    are not wanted. `severities` are other severities than the rules' own, by code. `stored` tells
    that a server has the values as they are: nothing is filled in any more.
    """

    form: str = "create"
    kind: str | None = None
    agents: frozenset[str] | None = None
    target: str | None = None
    server_version: Version | None = None
    lk_version: Version | None = None
    default_region: str | None = None
    enabled: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    severities: Mapping[str, str] = {}
    stored: bool = False

    def wants(self, code: str, default: bool) -> bool:
        """Whether a rule is to speak; `default` tells whether it does so unasked."""
        return code not in self.silent and (default or code in self.enabled)

    def older_server(self, version: Version) -> bool:
        """Whether the files go to a livekit-server known to be older than a version."""
        return self.server_version is not None and self.server_version < version

    def older_lk(self, version: Version) -> bool:
        """Whether the files go through an `lk` known to be older than a version."""
        return self.lk_version is not None and self.lk_version < version
