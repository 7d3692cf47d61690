"""The report for GitLab's code quality, shown in merge requests."""

from __future__ import annotations

import json
from collections.abc import Iterator

from lklint.findings import Report, Severity
from lklint.reports.escaping import printable
from lklint.reports.fingerprints import fingerprints
from lklint.reports.repository import repository_paths

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report) -> Iterator[str]:
    """One JSON list, empty for a clean run. GitLab hides `check_name`: the text has it too."""
    paths = repository_paths(report)
    rows = [
        {
            "description": f"{finding.code} {printable(finding.message)}",
            "check_name": finding.code,
            "fingerprint": fingerprint,
            "severity": SEVERITIES[finding.severity],
            "location": {
                "path": printable(paths[finding.file]),
                "lines": {"begin": finding.span.start.line, "end": finding.span.end.line},
            },
        }
        for finding, fingerprint in zip(report.findings, fingerprints(report, paths), strict=True)
    ]
    yield json.dumps(rows, indent=2)
