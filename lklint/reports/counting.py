"""Numbers of findings, as words."""

from __future__ import annotations

from lklint.findings import Applicability, Finding, Report, Severity


def plural(count: int, word: str) -> str:
    """A count with its word: 1 file, 2 files, 10,000 files."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def summary(report: Report) -> str:
    """One line on a run: how much was found, how much can be mended, what LiveKit refuses."""
    files = plural(len(report.checked), report.unit)
    passed = _passed_over(report) + _silenced(report)
    if not report.findings:
        return f"{files}, nothing to mend{passed}."
    counts = [
        plural(count, severity.value)
        for severity in Severity
        if (count := sum(finding.severity is severity for finding in report.findings))
    ]
    hit = len({f.file for f in report.findings} & {checked.file for checked in report.checked})
    sentence = f"{', '.join(counts)} in {hit:,} of {files}{_fixable(report)}{passed}."
    refused = len(report.refused) if report.unit == "file" else 0
    if refused:
        sentence += (
            f" {plural(refused, 'file')} {'is' if refused == 1 else 'are'} refused by LiveKit."
        )
    return sentence


def _fixable(report: Report) -> str:
    fixes = [finding.fix for finding in report.findings if finding.fix is not None]
    safe = sum(fix.applicability is Applicability.SAFE for fix in fixes)
    unsafe = len(fixes) - safe
    words = []
    if safe:
        words.append(f"{safe:,} can be fixed with --fix")
    if unsafe:
        words.append(f"{unsafe:,}{' more' if safe else ' can be fixed'} with --unsafe-fixes")
    return f" ({', '.join(words)})" if words else ""


def _silenced(report: Report) -> str:
    return f", {plural(report.silenced, 'accepted finding')} not told" if report.silenced else ""


def _passed_over(report: Report) -> str:
    count = len(report.passed_over)
    return f", {plural(count, 'other JSON file')} passed over" if count else ""


def worst_first(report: Report) -> list[Finding]:
    """The findings by severity, those of one severity in reading order."""
    return sorted(report.findings, key=lambda finding: -finding.severity.rank)
