"""`lklint audit`: what is wrong with what a server has now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from lklint.checker.run import check_data
from lklint.checker.together import environment_findings, without_replaced
from lklint.cli.ends import CLEAN, FOUND, UsageError, say
from lklint.cli.options import CheckOptions
from lklint.cli.output import BadReport, targets, write_reports
from lklint.cli.planned import lock_of
from lklint.cli.server.talking import Remote, talked
from lklint.cli.stored import StoredWorkspace, stored_workspace
from lklint.config.profile import Layers
from lklint.findings import Checked, Finding, Report, Severity
from lklint.reports.escaping import printable
from lklint.workspace.environment import Environment

if TYPE_CHECKING:
    from lklint.reconcile.identity import Stored
    from lklint.remote.credentials import Credentials

_MANY = ("agents", "agent_sources", "select", "extend_select", "ignore", "reports")


def run(parameters: Mapping[str, Any]) -> int:
    """Audit a server; returns the exit code."""
    options = _options(parameters)
    try:
        targets(options)
    except BadReport as error:
        raise UsageError(str(error)) from error

    async def work(remote: Remote) -> int:
        layers = Layers(options.given(), options.config, options.isolated)
        async with remote.connect() as server:
            workspace = await stored_workspace(server, layers)
        stored = workspace.stored
        for line in (*_unnamed(stored), *_drift(stored, remote.credentials())):
            say(printable(line))
        return _audit(options, workspace)

    return talked(parameters, work)


def _audit(options: CheckOptions, workspace: StoredWorkspace) -> int:
    report = audited(workspace)
    least = Severity(workspace.layer.get("fail-on"))

    def fails(finding: Finding) -> bool:
        return finding.severity.rank >= least.rank

    write_reports(options, report, fails, to_stderr=False)
    return FOUND if any(map(fails, report.findings)) else CLEAN


def audited(workspace: StoredWorkspace) -> Report:
    """What the rules find in each resource, and in all of them together."""
    environment = workspace.environment
    findings: list[Finding] = []
    sources = {}
    checked = []
    for document, kind in workspace.kinds.items():
        outcome = check_data(workspace.read(document), document, workspace.settings_of(document))
        checked.append(Checked(document, kind, "bare", "the server says so", environment.name))
        findings += outcome.findings
        if outcome.source is not None:
            sources[document] = outcome.source
    told = list(environment_findings([environment], workspace.settings_of, workspace.read))
    sources |= {source.file: source for _, spoken_of in told for source in spoken_of}
    together = [finding for finding, _ in told]
    found = without_replaced([*findings, *together], together)
    # What a server has is mended by sending something else, not by an edit of a file.
    return Report(
        tuple(finding._replace(fix=None) for finding in found),
        sources,
        tuple(checked),
        unit="resource",
    )


def _options(parameters: Mapping[str, Any]) -> CheckOptions:
    names = {"agent": "agents", "agent_source": "agent_sources", "report": "reports"}
    given = {names.get(name, name): value for name, value in parameters.items()}
    kept = {name: given[name] for name in CheckOptions._fields if name in given}
    return CheckOptions(**{**kept, **{name: tuple(given[name] or ()) for name in _MANY}})


def _unnamed(stored: Stored) -> Iterator[str]:
    """What a newer server has said that no rule can look at."""
    from lklint.protocol.messages import unknown_fields
    from lklint.reconcile.identity import listed

    for messages in stored.values():
        for id, message in messages.items():
            fields = unknown_fields(message)
            if fields:
                yield f"{id}: nobody looked at field {listed(fields)}, which has no name here"


def _drift(stored: Stored, credentials: Credentials) -> Iterator[str]:
    """What the lock of this folder has, and the server has no longer."""
    for entry in sorted(lock_of(Environment(".", {}), credentials)):
        if entry.id not in stored.get(entry.kind, {}):
            what = entry.kind.replace("-", " ")
            yield f"{entry.place}: the {what} {entry.id} of lklint.lock is not on the server"
