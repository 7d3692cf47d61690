"""What is told of ids in `trunk_ids` that are replaced."""

from __future__ import annotations

import asyncio
from pathlib import Path

from .site import rule, sandbox_site, trunk


def test_an_id_that_is_taken_for_the_only_trunk_without_one_is_told(tmp_path: Path) -> None:
    async def run() -> None:
        async with sandbox_site(tmp_path) as site:
            site.files = {
                "t.json": trunk("t", "+12025550101"),
                "r.json": rule("r", "ST_aB3xY9kLmN2p"),
            }
            [note] = (await site.plan()).notes
            assert note.endswith(
                "r.json: neither the server nor a file has the id ST_aB3xY9kLmN2p: that of trunk "
                "t, the only one without an id, takes its place"
            )
            assert (await site.apply()).whole
            [made] = await site.server.list("inbound-trunk")
            [bound] = await site.server.list("dispatch-rule")
            assert list(bound.trunk_ids) == [made.sip_trunk_id]  # type: ignore[attr-defined]

    asyncio.run(run())
