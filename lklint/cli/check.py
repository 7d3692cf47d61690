"""`lklint check` and `lklint fix`."""

from __future__ import annotations

from lklint.cli.ends import CLEAN, FAILED, FOUND, UsageError, guarded, say
from lklint.cli.options import CheckOptions
from lklint.cli.session import Run
from lklint.findings import Report
from lklint.reports.escaping import printable


def run(options: CheckOptions) -> int:
    """Do what was asked, and return the exit code."""
    return guarded(lambda: _run(options))


def _run(options: CheckOptions) -> int:
    from lklint.cli.output import BadReport, targets, write_reports

    try:
        targets(options)
    except BadReport as error:
        raise UsageError(str(error)) from error
    run = Run(options)
    if options.changed_since is not None and run.mends:
        raise UsageError("--changed-since is for checking: --fix and --diff look at whole files")
    run.all()
    if not run.report.checked:
        say(_nothing_checked(options, run.report))
    if options.add_ignores is not None:
        from lklint.cli.accepting import add_ignores

        return add_ignores(run, options.add_ignores)
    if not (options.diff or options.fix_only):
        write_reports(options, run.report, run.fails, to_stderr=run.mended_stdin)
    if run.mended:
        say(
            f"mended {run.mended} {'file' if run.mended == 1 else 'files'}"
            f" ({run.applied} {'fix' if run.applied == 1 else 'fixes'})"
        )
    if run.failed:
        return FAILED
    if options.diff:
        return FOUND if run.would_change else CLEAN
    if options.fix_only:
        return CLEAN
    return FOUND if any(map(run.fails, run.report.findings)) else CLEAN


def _nothing_checked(options: CheckOptions, report: Report) -> str:
    """Why a run looked at nothing, so that nobody takes its silence for praise."""
    if not report.passed_over:
        return "no JSON files found: nothing was checked"
    named = [printable(path) for path in options.paths if path in report.passed_over]
    what = named[0] if len(named) == 1 else "none of these files"
    verb = "holds no" if len(named) == 1 else "holds"
    return f"{what} {verb} LiveKit telephony: nothing was checked (--kind says what a file is)"
