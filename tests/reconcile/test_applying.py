"""An apply step by step: what is written when, and what is said when it cannot go on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message

from lklint.protocol.messages import Kind, read
from lklint.reconcile import recording
from lklint.reconcile.applying import WORKERS
from lklint.reconcile.showing import outcome_lines
from lklint.remote.server import Server
from lklint.sandbox.faults import Fault, Faults

from .site import Site, outbound, rule, sandbox_site, steps, trunk

ONE, TWO = "+12025550101", "+12025550102"
Work = Callable[[Site], Awaitable[None]]


def with_site(folder: Path, work: Work, faults: Faults | None = None) -> None:
    async def run() -> None:
        async with sandbox_site(folder, faults=faults) as site:
            await work(site)

    asyncio.run(run())


def words(site: Site) -> list[tuple[str, str]]:
    """How each step that was begun ended."""
    return [(ended.word, ended.step.title) for ended in site.told]


def test_the_note_is_on_the_disk_before_the_create_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create, seen = Server.create, []

    async def work(site: Site) -> None:
        async def watched(server: Server, kind: Kind, message: Message) -> Message:
            seen.append(json.loads(site.lock_text)["servers"][site.url][0])
            return await create(server, kind, message)

        monkeypatch.setattr(Server, "create", watched)
        site.files = {"t.json": trunk("t", ONE)}
        await site.apply()
        assert seen[0]["place"] == "t.json"
        assert "id" not in seen[0]
        assert "sent" not in site.lock_text

    with_site(tmp_path, work)


@pytest.mark.parametrize("kind", ["reset-after", "error-after", "garbage"])
def test_a_lost_answer_is_looked_up_and_the_rest_goes_on(tmp_path: Path, kind: str) -> None:
    async def work(site: Site) -> None:
        site.files = {"t.json": trunk("t", ONE), "r.json": rule("r", "t")}
        outcome = await site.apply()
        assert words(site) == [("found", "inbound trunk t"), ("done", "dispatch rule r")]
        assert outcome.whole
        assert len(await site.server.list("inbound-trunk")) == 1

    with_site(tmp_path, work, Faults([Fault(kind, "CreateSIPInboundTrunk")]))


def test_a_lost_request_is_not_repeated_and_the_note_stays(tmp_path: Path) -> None:
    async def work(site: Site) -> None:
        site.files = {"t.json": trunk("t", ONE), "r.json": rule("r", "t")}
        outcome = await site.apply()
        assert words(site) == [("unknown", "inbound trunk t")]
        assert [step.title for step in outcome.left] == ["dispatch rule r"]
        assert '"sent"' in site.lock_text
        assert [*outcome_lines(outcome)][-1] == (
            "Run `lklint apply` again to finish: 2 steps are left."
        )
        [note] = (await site.plan()).notes
        assert "a create was cut off a moment ago: apply waits" in note
        assert (await site.apply()).whole

    with_site(tmp_path, work, Faults([Fault("reset-before", "CreateSIPInboundTrunk")]))


def test_what_somebody_changed_since_the_plan_is_not_overwritten(tmp_path: Path) -> None:
    async def work(site: Site) -> None:
        site.files = {"t.json": trunk("t", ONE)}
        await site.apply()
        site.files = {"t.json": trunk("t", TWO)}
        plan = await site.plan()
        [stored] = await site.server.list("inbound-trunk")
        id = stored.sip_trunk_id  # type: ignore[attr-defined]
        await site.server.update("inbound-trunk", id, {"metadata": "theirs"})
        outcome = await site.carry_out(plan)
        assert not outcome.whole
        assert outcome.ended[-1].message.startswith("somebody changed it on the server")
        assert (await site.server.get("inbound-trunk", id)).metadata == "theirs"  # type: ignore[attr-defined]

    with_site(tmp_path, work)


def test_what_says_the_same_twice_is_made_twice_even_if_answers_are_lost(tmp_path: Path) -> None:
    async def work(site: Site) -> None:
        site.files = {f"{place}.json": outbound("twin") for place in range(3)}
        assert (await site.apply()).whole
        assert len(await site.server.list("outbound-trunk")) == 3
        assert steps(await site.plan()) == []

    with_site(tmp_path, work, Faults([Fault("reset-after", "CreateSIPOutboundTrunk", 2)]))


def test_a_lock_that_cannot_be_written_stops_the_apply_and_tells_the_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The note is on the disk by then: the next run finds what was made."""
    real, written = recording.write_whole, []

    def full(path: str, text: bytes) -> None:
        written.append(text)
        if len(written) > 1:
            raise OSError(28, "No space left on device", path)
        real(path, text)

    async def work(site: Site) -> None:
        monkeypatch.setattr(recording, "write_whole", full)
        site.files = {"o.json": outbound("")}
        outcome = await site.apply()
        [ended] = outcome.ended
        assert ended.id.startswith("ST_")
        assert "No space left on device" in ended.message
        assert "could not be recorded" in "\n".join(outcome_lines(outcome))
        monkeypatch.setattr(recording, "write_whole", real)
        assert steps(await site.plan()) == []

    with_site(tmp_path, work)


def test_ctrl_c_leaves_a_true_lock_and_a_truthful_last_line(tmp_path: Path) -> None:
    async def work(site: Site) -> None:
        site.files = {"t.json": trunk("t", ONE), "r.json": rule("r", "t")}
        task = asyncio.create_task(site.apply())
        while '"sent"' not in site.lock_text:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        task.cancel()
        outcome = await task
        assert outcome.stopped
        assert words(site) == [("unknown", "inbound trunk t")]
        lines = [*outcome_lines(outcome)]
        assert "Stopped." in lines
        assert lines[-1] == "Run `lklint apply` again to finish: 2 steps are left."
        assert '"sent"' in site.lock_text

    with_site(tmp_path, work, Faults([Fault("delay", "CreateSIPInboundTrunk", 1, 1.0)]))


def test_a_server_that_hides_secrets_is_not_changed_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LiveKit Cloud may one day answer without passwords."""

    def hidden(message: Any) -> Any:
        copy = type(message)()
        copy.CopyFrom(message)
        copy.auth_password = ""
        return copy

    create, listed = Server.create, Server.list

    async def made(server: Server, kind: Kind, message: Message) -> Message:
        return hidden(await create(server, kind, message))

    async def all_of(server: Server, kind: Kind) -> list[Message]:
        found = await listed(server, kind)
        return [hidden(it) for it in found] if kind.endswith("trunk") else found

    async def work(site: Site) -> None:
        monkeypatch.setattr(Server, "create", made)
        monkeypatch.setattr(Server, "list", all_of)
        site.files = {"t.json": trunk("t", ONE, auth_password="hunter2")}
        assert (await site.apply()).whole
        plan = await site.plan()
        assert steps(plan) == []
        assert plan.notes == (
            "inbound trunk t: the server does not show auth_password: not compared",
        )
        assert "hunter2" not in site.lock_text

    with_site(tmp_path, work)


def test_many_are_under_way_at_once_and_never_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create, now, most = Server.create, [0], [0]

    async def counted(server: Server, kind: Kind, message: Message) -> Message:
        now[0] += 1
        most[0] = max(most[0], now[0])
        await asyncio.sleep(0.01)
        try:
            return await create(server, kind, message)
        finally:
            now[0] -= 1

    async def work(site: Site) -> None:
        monkeypatch.setattr(Server, "create", counted)
        site.files = {f"{place}.json": outbound(f"o{place}") for place in range(40)}
        assert (await site.apply()).whole
        assert 1 < most[0] <= WORKERS

    with_site(tmp_path, work)


def test_where_there_is_nothing_to_do_nothing_is_written(tmp_path: Path) -> None:
    async def work(site: Site) -> None:
        assert (await site.apply()).whole
        assert site.lock_text == ""

    with_site(tmp_path, work)


def test_what_was_there_by_its_name_is_in_the_lock_afterwards(tmp_path: Path) -> None:
    async def work(site: Site) -> None:
        value = trunk("t", ONE)[1]
        made = await site.server.create("inbound-trunk", read("inbound-trunk", value))
        site.files = {"t.json": trunk("t", ONE)}
        assert (await site.apply()).whole
        assert made.sip_trunk_id in site.lock_text  # type: ignore[attr-defined]

    with_site(tmp_path, work)
