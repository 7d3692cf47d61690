"""A sandbox with things in it, and an empty folder to bring them into."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from fidelity.server import KEY, SECRET
from sandbox.conftest import served

from lklint.protocol.messages import Kind, read
from lklint.sandbox.faults import Faults
from lklint.sandbox.store import Store

PASSWORD, PIN = "x9-K-b-q2Lw7-long", "482913"

TRUNK = {
    "sip_trunk_id": "ST_main",
    "name": "Main line",
    "numbers": ["+442079460123"],
    "auth_username": "acme",
    "auth_password": PASSWORD,
}
OUTBOUND = {
    "sip_trunk_id": "ST_out",
    "name": "Way out",
    "address": "sip.example.net",
    "numbers": ["+442079460123"],
}
RULE = {
    "sip_dispatch_rule_id": "SDR_support",
    "name": "Support",
    "trunk_ids": ["ST_main"],
    "rule": {"dispatch_rule_direct": {"room_name": "support", "pin": PIN}},
}


class Live:
    """A server's store that tests fill by hand, and a folder in which `lklint` runs."""

    def __init__(self, run: Run, folder: Path, store: Store, faults: Faults, url: str) -> None:
        self._run = run
        self.folder = folder
        self.store = store
        self.faults = faults
        self.environment = {
            "LIVEKIT_URL": url,
            "LIVEKIT_API_KEY": KEY,
            "LIVEKIT_API_SECRET": SECRET,
            "HOME": str(folder.parent),
        }

    def has(self, kind: Kind, *values: dict[str, Any]) -> None:
        """The server has these now."""
        self.store.put(kind, *(read(kind, value) for value in values))  # type: ignore[arg-type]

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """`lklint …`, which never prints a secret."""
        done = self._run(*arguments, cwd=self.folder, **{**self.environment, **environment})
        assert PASSWORD not in done.stdout + done.stderr
        assert PIN not in done.stdout + done.stderr
        return done

    def json(self, file: str) -> Any:
        """A file of the folder."""
        return json.loads((self.folder / file).read_text("utf-8"))

    def write(self, file: str, text: str) -> Path:
        """Make a file."""
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def files(self) -> list[str]:
        """The JSON files there are."""
        return sorted(str(it.relative_to(self.folder)) for it in self.folder.rglob("*.json"))


@pytest.fixture
def live(lklint: Run, tmp_path: Path) -> Iterator[Live]:
    """A trunk of each direction and a rule, and an empty folder."""
    store, faults = Store(), Faults()
    folder = tmp_path / "files"
    folder.mkdir()
    with served(store, faults) as asked:
        found = Live(lklint, folder, store, faults, asked.url)
        found.has("inbound-trunk", TRUNK)
        found.has("outbound-trunk", OUTBOUND)
        found.has("dispatch-rule", RULE)
        yield found
