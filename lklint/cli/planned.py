"""From a command line to a plan: what `lklint plan` and `lklint apply` have in common."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from lklint.cli.ends import UsageError, say
from lklint.cli.options import CheckOptions
from lklint.cli.output import colour_wanted, columns
from lklint.cli.server.talking import Remote
from lklint.cli.session import Run
from lklint.documents.discovery import STDIN
from lklint.findings import Report
from lklint.reports.escaping import printable
from lklint.workspace.environment import Environment

if TYPE_CHECKING:
    from lklint.reconcile.identity import Stored
    from lklint.reconcile.lock import Lock
    from lklint.reconcile.plan import Plan
    from lklint.reconcile.wanted import Wants
    from lklint.remote.credentials import Credentials
    from lklint.remote.server import Server


_SEVERAL = ("paths", "target", "replace")


class PlanOptions(NamedTuple):
    """What the command line says about a plan; a plan file keeps it.

    Of `paths`, `target` and `replace` there may be several; the others are texts or flags.
    """

    paths: tuple[str, ...] = ()
    environment: str | None = None
    target: tuple[str, ...] = ()
    replace: tuple[str, ...] = ()
    prune: bool = False
    prune_all: bool = False
    config: str | None = None
    isolated: bool = False
    verbose: bool = False

    @classmethod
    def of(cls, parameters: Mapping[str, Any]) -> PlanOptions:
        """The options among the parameters of a command."""
        given = {name: parameters[name] for name in cls._fields if name in parameters}
        for name in _SEVERAL:
            given[name] = tuple(given.get(name) or ())
        return cls(**given)

    @classmethod
    def saved(cls, options: Mapping[str, Any]) -> PlanOptions:
        """The options of a plan file. Raises `UsageError` where it never had them."""
        plain = cls()._asdict()
        for name, value in options.items():
            if name in _SEVERAL:
                good = isinstance(value, list) and all(isinstance(word, str) for word in value)
            elif isinstance(plain.get(name), bool):
                good = isinstance(value, bool)
            else:
                good = name in plain and (value is None or isinstance(value, str))
            if not good:
                raise UsageError("this is no plan that lklint wrote (its options are not)")
        return cls.of(options)

    @property
    def prunes(self) -> bool:
        """Whether anything that no file has is to be deleted."""
        return self.prune or self.prune_all


class Planned(NamedTuple):
    """A plan, and what it was made of."""

    plan: Plan
    wants: Wants
    stored: Stored
    lock: Lock


def checked_environment(options: PlanOptions, variables: Mapping[str, str]) -> Environment | None:
    """The environment that is meant of some paths; None where LiveKit would refuse it.

    `variables` are what `"${NAME}"` stands for in calls that are expected. What is wrong in the
    environment is told, and not what is wrong in others. Raises `UsageError`.
    """
    if STDIN in options.paths:
        raise UsageError("standard input has no folder to keep a lock in: name files")
    if options.prunes and options.target:
        raise UsageError("--prune looks at everything, and --target at one thing: choose")
    paths, config = options.paths, options.config
    asked = CheckOptions(paths, form="any", config=config, isolated=options.isolated)
    run = Run(asked, variables)
    run.all()
    environment_of = {checked.file: checked.environment for checked in run.report.checked}
    name = _chosen(list(dict.fromkeys(environment_of.values())), options)
    failing = [
        finding
        for finding in run.report.findings
        if run.fails(finding) and environment_of.get(finding.file, name) == name
    ]
    if failing or run.failed:
        checked = [each for each in run.report.checked if each.environment == name]
        _show(run.report._replace(findings=tuple(failing), checked=tuple(checked)))
        say("nothing was sent")
        return None
    found = {environment.name: environment for environment in run.environments()}
    environment = found.get(name) or Environment(name, {})
    if options.prunes and not environment.complete:
        raise UsageError("--prune needs every file of the environment: name its folder alone")
    return environment


async def make(
    server: Server, remote: Remote, environment: Environment, options: PlanOptions
) -> Planned:
    """The plan for an environment, of what the server has now. Raises `UsageError`."""
    from lklint.reconcile.fetching import fetch
    from lklint.reconcile.planning import Choice, make_plan
    from lklint.reconcile.wanted import wants

    credentials = remote.credentials()
    wanted = wants(environment, remote.environment)
    lock = lock_of(environment, credentials)
    stored = await fetch(server, wanted)
    choice = Choice(options.prune, options.prune_all, options.replace, options.target)
    plan = make_plan(environment, wanted, stored, lock, choice, credentials.api_secret)
    return Planned(plan, wanted, stored, lock)


def lock_of(environment: Environment, credentials: Credentials) -> Lock:
    """The lock of an environment for a server. Raises `UsageError`."""
    from urllib.parse import urlsplit

    from lklint.reconcile.lock import NAME, BadLock, read_lock

    parts = urlsplit(credentials.url)
    url = f"{parts.scheme}://{credentials.host}{parts.path}"
    try:
        return read_lock(os.path.join(environment.name, NAME), url)
    except BadLock as error:
        raise UsageError(str(error)) from None


def show(planned: Planned, options: PlanOptions) -> None:
    """The drawing of a plan, without its last line."""
    from lklint.reconcile.showing import plan_lines
    from lklint.reports.style import Style

    wants = planned.wants
    files = len({it.file for it in wants.resources} | {it.file for it in wants.numbers})
    print(f"{printable(planned.plan.url)}, {files:,} {'file' if files == 1 else 'files'}\n")
    style = Style(colour_wanted(sys.stdout))
    for line in plan_lines(planned.plan, options.verbose, style, not options.target):
        print(line)
    if wants.calls and options.verbose:
        calls = f"{wants.calls:,} {'file' if wants.calls == 1 else 'files'} of outgoing calls"
        print(f"    {calls}: a call is made (`lklint sip participant create`), and not applied")
    print()


def _chosen(names: list[str], options: PlanOptions) -> str:
    """The name of the environment that is meant. Raises `UsageError`."""
    named = options.environment
    if named is not None:
        wanted = os.path.normpath(named).replace(os.sep, "/")
        exact = [name for name in names if name == wanted]
        found = exact or [name for name in names if name.endswith(f"/{wanted}")]
    else:
        found = names
    if len(found) == 1:
        return found[0]
    listed = ", ".join(printable(name) for name in (found or names)[:10])
    if named is not None:
        raise UsageError(f"--environment {named}: there is {listed or 'none'}")
    if found:
        raise UsageError(
            f"these files go to several servers: name one with --environment ({listed})"
        )
    paths = options.paths or (".",)
    if len(paths) == 1 and os.path.isdir(paths[0]):
        return paths[0]
    raise UsageError("no LiveKit telephony found: there is nothing to plan")


def _show(report: Report) -> None:
    """What makes a plan impossible, on standard error."""
    from lklint.reports import text

    for line in text.render(report, colour_wanted(sys.stderr), columns(sys.stderr)):
        print(line, file=sys.stderr)
