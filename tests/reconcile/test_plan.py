"""What is planned: changes, conflicts, names for ids, what is left alone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from lklint.protocol.messages import read
from lklint.reconcile.planning import Choice
from lklint.reconcile.showing import plan_lines
from lklint.sandbox.store import Store

from .site import Site, outbound, rule, sandbox_site, steps, trunk

Work = Callable[[Site], Awaitable[None]]
ONE, TWO, THREE = "+12025550101", "+12025550102", "+12025550103"


def with_site(folder: Path, work: Work, store: Store | None = None) -> None:
    async def run() -> None:
        async with sandbox_site(folder, store) as site:
            await work(site)

    asyncio.run(run())


def test_trunks_come_before_the_rules_that_name_them(tmp_path: Path) -> None:
    async def work(site: Site) -> None:
        site.files = {"r.json": rule("r", "t"), "t.json": trunk("t", ONE), "o.json": outbound("o")}
        plan = await site.plan()
        assert [len(stage) for stage in plan.stages] == [2, 1]
        assert (await site.carry_out(plan)).whole
        [trunk_now] = await site.server.list("inbound-trunk")
        [rule_now] = await site.server.list("dispatch-rule")
        assert list(rule_now.trunk_ids) == [trunk_now.sip_trunk_id]  # type: ignore[attr-defined]

    with_site(tmp_path, work)


def test_a_change_says_each_field_and_what_would_be_lost(tmp_path: Path) -> None:
    async def work(site: Site) -> None:
        site.files = {"r.json": rule("r", attributes={"team": "blue"})}
        await site.apply()
        site.files = {"r.json": rule("r", numbers=[ONE])}
        [step] = (await site.plan()).steps
        assert [(it.path, it.before, it.after) for it in step.differences] == [
            ("attributes.team", "blue", None),
            ("numbers", None, [ONE]),
        ]

    with_site(tmp_path, work)


def test_two_that_swap_their_numbers_have_no_order_but_with_a_new_one(tmp_path: Path) -> None:
    async def work(site: Site) -> None:
        site.files = {
            "a.json": trunk("a", ONE),
            "b.json": trunk("b", TWO),
            "r.json": rule("r", "a"),
        }
        await site.apply()
        site.files["a.json"], site.files["b.json"] = trunk("a", TWO), trunk("b", ONE)
        [problem] = (await site.plan()).problems
        assert "inbound trunk a and inbound trunk b take over from each other" in problem
        plan = await site.plan(Choice(replace=("a",)))
        assert steps(plan) == [
            "delete inbound-trunk a",
            "change inbound-trunk b",
            "create inbound-trunk a",
            "change dispatch-rule r",
        ]
        assert (await site.carry_out(plan)).whole
        assert steps(await site.plan()) == []

    with_site(tmp_path, work)


def test_a_conflict_that_the_servers_own_update_lets_in_is_a_problem(tmp_path: Path) -> None:
    async def work(site: Site) -> None:
        await site.server.create("inbound-trunk", read("inbound-trunk", trunk("other", ONE)[1]))
        site.files = {"t.json": trunk("t", TWO)}
        await site.apply()
        site.files = {"t.json": trunk("t", "+1 202 555 0101")}
        [problem] = (await site.plan()).problems
        assert problem.startswith("inbound trunk t: LiveKit refuses it: Conflicting inbound SIP")
        assert problem.endswith(": --prune-all deletes it)")

    with_site(tmp_path, work)


def test_a_conflict_on_the_server_is_mended_before_anything_is_created(tmp_path: Path) -> None:
    """LiveKit creates no rule beside two that are in conflict."""
    store = Store()
    for id in ("SDR_one", "SDR_two"):
        value = {**rule(id)[1], "sip_dispatch_rule_id": id}
        store.put("dispatch-rule", read("dispatch-rule", value))

    async def work(site: Site) -> None:
        new = rule("new", numbers=[ONE])
        site.files = {"new.json": new}
        [problem] = (await site.plan()).problems
        assert "LiveKit refuses every new dispatch rule" in problem
        site.files = {"new.json": new, "one.json": rule("SDR_one", numbers=[TWO])}
        assert steps(await site.plan()) == [
            "change dispatch-rule SDR_one",
            "create dispatch-rule new",
        ]
        assert (await site.apply()).whole

    with_site(tmp_path, work, store)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("trunk-n", 'no inbound trunk is called "trunk-n"; "trunk" is'),
        ("out", 'no inbound trunk is called "out"'),
        ("twins", 'several inbound trunks are called "twins"'),
        ("${TRUNK}", "TRUNK is not set"),
    ],
)
def test_a_name_that_means_no_trunk_is_a_problem(tmp_path: Path, entry: str, says: str) -> None:
    async def work(site: Site) -> None:
        site.files = {
            "trunk.json": trunk("trunk", ONE),
            "out.json": outbound("out"),
            "twin-1.json": trunk("twins", TWO),
            "twin-2.json": trunk("twins", THREE),
            "r.json": rule("r", entry),
        }
        problems = (await site.plan()).problems
        assert any(says in problem for problem in problems), problems

    with_site(tmp_path, work)


def test_a_name_of_the_environment_or_of_the_server_is_as_good(tmp_path: Path) -> None:
    async def work(site: Site) -> None:
        made = await site.server.create("inbound-trunk", read("inbound-trunk", trunk("x", ONE)[1]))
        site.files = {"r.json": rule("r", "${TRUNK}")}
        site.variables = {"TRUNK": "x"}
        assert (await site.apply()).whole
        [stored] = await site.server.list("dispatch-rule")
        assert list(stored.trunk_ids) == [made.sip_trunk_id]  # type: ignore[attr-defined]

    with_site(tmp_path, work)


def test_an_id_that_nobody_has_is_told_and_sent(tmp_path: Path) -> None:
    async def work(site: Site) -> None:
        site.files = {"r.json": rule("r", "ST_gone")}
        plan = await site.plan()
        assert plan.problems == ()
        assert "the server has no inbound trunk ST_gone" in plan.notes[0]

    with_site(tmp_path, work)


def test_what_no_file_has_is_left_alone_unless_it_is_ours_and_to_go(tmp_path: Path) -> None:
    async def work(site: Site) -> None:
        await site.server.create("inbound-trunk", read("inbound-trunk", trunk("theirs", ONE)[1]))
        site.files = {"ours.json": trunk("ours", TWO)}
        await site.apply()
        site.files = {}
        assert [it.ours for it in (await site.plan()).unmanaged] in ([True, False], [False, True])
        assert steps(await site.plan(Choice(prune=True))) == ["delete inbound-trunk ours"]
        assert len([*(await site.plan(Choice(prune_all=True))).steps]) == 2

    with_site(tmp_path, work)


def test_a_long_name_is_cut_short(tmp_path: Path) -> None:
    async def work(site: Site) -> None:
        long = "a" * 300
        await site.server.create("inbound-trunk", read("inbound-trunk", trunk(long, ONE)[1]))
        site.files = {"t.json": trunk("b" * 300, TWO)}
        create, other = plan_lines(await site.plan(), False, lambda style, words: words)
        assert f"{'b' * 59}… " in create
        assert f"{'a' * 59}… " in other

    with_site(tmp_path, work)


def test_a_rule_that_stays_bound_to_a_deleted_trunk_is_told(tmp_path: Path) -> None:
    async def work(site: Site) -> None:
        site.files = {"t.json": trunk("t", ONE)}
        await site.apply()
        [stored] = await site.server.list("inbound-trunk")
        id: Any = stored.sip_trunk_id  # type: ignore[attr-defined]
        theirs = read("dispatch-rule", rule("theirs", id)[1])
        await site.server.create("dispatch-rule", theirs)
        site.files = {}
        [note] = (await site.plan(Choice(prune=True))).notes
        expected = f"dispatch rule theirs stays bound to inbound trunk t ({id}), which is deleted"
        assert note == expected

    with_site(tmp_path, work)


def test_what_was_deleted_behind_our_back_is_made_again(tmp_path: Path) -> None:
    async def work(site: Site) -> None:
        site.files = {"t.json": trunk("t", ONE), "r.json": rule("r", "t")}
        await site.apply()
        [stored] = await site.server.list("inbound-trunk")
        id: Any = stored.sip_trunk_id  # type: ignore[attr-defined]
        await site.server.delete("inbound-trunk", id)
        plan = await site.plan()
        assert steps(plan) == ["create inbound-trunk t", "change dispatch-rule r"]
        assert next(plan.steps).why == f"{id} is not on the server any more"

    with_site(tmp_path, work)


def test_a_target_comes_with_what_it_needs_and_nothing_else(tmp_path: Path) -> None:
    async def work(site: Site) -> None:
        site.files = {
            "t.json": trunk("t", ONE),
            "other.json": trunk("other", TWO),
            "r.json": rule("r", "t"),
        }
        plan = await site.plan(Choice(targets=("r",)))
        assert steps(plan) == ["create inbound-trunk t", "create dispatch-rule r"]
        for option, choice in (
            ("--target", Choice(targets=("nothing",))),
            ("--replace", Choice(replace=("nothing",))),
        ):
            [problem] = (await site.plan(choice)).problems
            assert problem == f"{option} nothing: there is nothing of this name or file"

    with_site(tmp_path, work)


def test_numbers_are_bought_and_given_their_rule(tmp_path: Path) -> None:
    number = "+14155550100"

    def numbers(rule: str | None) -> tuple[str, Any]:
        return "phone-numbers", {"phoneNumbers": [{"number": number, "dispatchRule": rule}]}

    async def work(site: Site) -> None:
        site.files = {"r.json": rule("r"), "n.json": numbers("r")}
        plan = await site.plan()
        assert steps(plan) == ["create dispatch-rule r", f"buy phone-number {number}"]
        assert [*plan.steps][1].why == "buying it costs money"
        assert (await site.carry_out(plan)).whole
        assert steps(await site.plan()) == []
        [bought] = await site.server.numbers.all()
        [stored] = await site.server.list("dispatch-rule")
        assert list(bought.sip_dispatch_rule_ids) == [stored.sip_dispatch_rule_id]  # type: ignore[attr-defined]
        site.files["n.json"] = numbers(None)
        assert steps(await site.plan()) == [f"assign phone-number {number}"]
        assert (await site.apply()).whole
        assert steps(await site.plan()) == []

    with_site(tmp_path, work)


def test_two_plans_of_the_same_have_the_same_seal(tmp_path: Path) -> None:
    async def work(site: Site) -> None:
        site.files = {"t.json": trunk("t", ONE, auth_password="${PASSWORD}")}
        site.variables = {"PASSWORD": "one"}
        first = (await site.plan()).seal
        assert (await site.plan()).seal == first
        site.variables = {"PASSWORD": "two"}
        assert (await site.plan()).seal != first
        site.variables = {"PASSWORD": "one"}
        await site.server.create("outbound-trunk", read("outbound-trunk", outbound("o")[1]))
        assert (await site.plan()).seal != first

    with_site(tmp_path, work)


def test_no_secret_is_in_the_repr_of_a_plan(tmp_path: Path) -> None:
    async def work(site: Site) -> None:
        site.files = {"t.json": trunk("t", ONE, auth_password="${PASSWORD}")}
        site.variables = {"PASSWORD": "hunter2"}
        await site.apply()
        site.variables = {"PASSWORD": "hunter3"}
        assert "hunter" not in repr(await site.plan())

    with_site(tmp_path, work)
