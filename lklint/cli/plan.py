"""`lklint plan`: what an apply would do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lklint.cli.ends import CLEAN, FAILED, FOUND
from lklint.cli.planned import Planned, PlanOptions, checked_environment, make, show
from lklint.cli.server.talking import Remote, talked
from lklint.cli.variables import variables
from lklint.workspace.environment import Environment

CHANGES = 2
"""The exit code for changes, where it is asked for."""


def run(parameters: Mapping[str, Any]) -> int:
    """Show a plan; returns the exit code."""
    if not parameters["detailed_exitcode"]:
        return _run(parameters, [])
    told: list[Planned] = []
    code = _run(parameters, told)
    if code == CLEAN and told and any(told[0].plan.steps):
        return CHANGES
    return FOUND if code == FAILED else code


def _run(parameters: Mapping[str, Any], told: list[Planned]) -> int:
    options = PlanOptions.of(parameters)
    environment = checked_environment(options, variables(parameters["env_file"]))
    if environment is None:
        return FOUND

    async def work(remote: Remote) -> int:
        return await _plan(remote, environment, options, parameters, told)

    return talked(parameters, work)


async def _plan(
    remote: Remote,
    environment: Environment,
    options: PlanOptions,
    parameters: Mapping[str, Any],
    told: list[Planned],
) -> int:
    from lklint.reconcile.as_json import as_text, document, save_plan
    from lklint.reconcile.showing import summary

    async with remote.connect() as server:
        planned = await make(server, remote, environment, options)
    told.append(planned)
    plan, out = planned.plan, parameters["out"]
    if parameters["output_format"] == "json":
        print(as_text(document(plan)))
    else:
        show(planned, options)
        print(f"{summary(plan)} Nothing was sent.")
    if plan.problems:
        return FOUND
    if out is not None:
        save_plan(out, plan, options._asdict())
    return CLEAN
