"""`lklint apply`: show the plan, ask, do it, and say what came of it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lklint.cli.ends import CLEAN, FAILED, FOUND, UsageError, say
from lklint.cli.planned import (
    Planned,
    PlanOptions,
    checked_environment,
    lock_of,
    make,
    show,
)
from lklint.cli.server.asking import agreed, at_terminal
from lklint.cli.server.talking import Remote, talked
from lklint.cli.variables import variables
from lklint.reports.escaping import printable
from lklint.workspace.environment import Environment

if TYPE_CHECKING:
    from lklint.reconcile.applying import Ended, Outcome
    from lklint.reconcile.as_json import Saved
    from lklint.remote.server import Server


def run(parameters: Mapping[str, Any]) -> int:
    """Apply files or a plan; returns the exit code."""
    options = PlanOptions.of(parameters)
    saved = _saved(options.paths)
    if saved is not None:
        options = PlanOptions.saved(saved.options)._replace(verbose=options.verbose)
        _must_be_at_home(saved)
    environment = checked_environment(options, variables(parameters["env_file"]))
    if environment is None:
        return FOUND

    async def work(remote: Remote) -> int:
        return await _held(remote, environment, options, saved, bool(parameters["yes"]))

    return talked(parameters, work)


def _saved(paths: tuple[str, ...]) -> Saved | None:
    """The plan file that is named, if one is. Raises `UsageError`."""
    from lklint.reconcile.as_json import BadPlan, is_plan_file, read_plan

    if len(paths) != 1 or not is_plan_file(paths[0]):
        return None
    try:
        return read_plan(paths[0])
    except BadPlan as error:
        raise UsageError(str(error)) from None


def _must_be_at_home(saved: Saved) -> None:
    """Raises `UsageError` where a plan is about files of another folder than this one."""
    away = "go where it was made, or plan again; nothing was sent"
    if os.path.isdir(saved.folder) and not os.path.samefile(saved.folder, os.curdir):
        raise UsageError(f"this plan was made in {saved.folder}: {away}")
    for file in saved.files:
        if not os.path.exists(file):
            raise UsageError(f"this plan is about {file}, which is not here: {away}")


async def _held(
    remote: Remote,
    environment: Environment,
    options: PlanOptions,
    saved: Saved | None,
    yes: bool,
) -> int:
    """Apply, while nobody else does in this folder."""
    from lklint.reconcile.holding import Held, holding

    try:
        with holding(environment.name):
            async with remote.connect() as server:
                return await _apply(server, remote, environment, options, saved, yes)
    except Held as error:
        raise UsageError(
            f"somebody else is applying {environment.name}: {error}; nothing was sent"
        ) from None


async def _apply(
    server: Server,
    remote: Remote,
    environment: Environment,
    options: PlanOptions,
    saved: Saved | None,
    yes: bool,
) -> int:
    from lklint.reconcile.applying import carry_out
    from lklint.reconcile.fetching import clear_up
    from lklint.reconcile.showing import outcome_lines, summary

    await _settle(remote, environment)
    planned = await make(server, remote, environment, options)
    plan = planned.plan
    show(planned, options)
    print(f"{summary(plan)}{' Nothing was sent.' if plan.problems else ''}")
    if plan.problems:
        return FOUND
    if saved is not None:
        _must_be_fresh(saved, planned)
    if any(plan.steps):
        _must_agree(planned, yes)
    for line in clear_up(planned.lock, planned.wants, planned.stored):
        say(printable(line))
    outcome = await carry_out(server, plan, planned.lock, _tell)
    for line in outcome_lines(outcome):
        print(line, flush=True)
    return _exit_code(outcome)


async def _settle(remote: Remote, environment: Environment) -> None:
    """Wait until what an earlier run may have left on its way has arrived."""
    from lklint.reconcile.fetching import unsettled_seconds

    seconds = unsettled_seconds(lock_of(environment, remote.credentials()))
    if seconds:
        say(f"a create was cut off a moment ago: waiting {seconds:.0f} s to see what came of it")
        await asyncio.sleep(seconds)


def _must_be_fresh(saved: Saved, planned: Planned) -> None:
    if saved.url != planned.plan.url:
        raise UsageError(f"this plan was made for {saved.url}; nothing was sent")
    if saved.seal != planned.plan.seal:
        raise UsageError(
            "this plan is stale: the files, the server or lklint.lock have changed since it was"
            " made; nothing was sent (plan again)"
        )


def _must_agree(planned: Planned, yes: bool) -> None:
    """Ask whether the plan is to be done. Raises `UsageError` for a no, or where nobody is."""
    if yes:
        return
    if not at_terminal():
        raise UsageError("nobody is here to be asked: --yes applies without; nothing was sent")
    buys = sum(step.action == "buy" for step in planned.plan.steps)
    money = f" This buys {buys:,} {'number' if buys == 1 else 'numbers'} for money." if buys else ""
    if not agreed(f"Apply this?{money}"):
        raise UsageError("not applied; nothing was sent")


def _tell(ended: Ended) -> None:
    from lklint.reconcile.showing import ended_lines

    for line in ended_lines(ended):
        print(line, flush=True)


def _exit_code(outcome: Outcome) -> int:
    if outcome.whole and not outcome.stopped:
        return CLEAN
    refused = any(ended.word == "failed" for ended in outcome.ended)
    unclear = outcome.stopped or any(ended.word == "unknown" for ended in outcome.ended)
    return FOUND if refused and not unclear else FAILED
