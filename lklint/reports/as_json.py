"""The report for programs; `schemas/report.json` documents it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lklint.findings import Applicability, Finding, Fix, Report, Severity, Source, Span
from lklint.reports.escaping import printable
from lklint.reports.masking import touches_secret

VERSION = 1
"""The version of the format. Keys may be added within a version, never changed or taken away."""


def render(report: Report) -> Iterator[str]:
    """The report as one JSON document, ASCII only, ready to print."""
    yield json.dumps(document(report), indent=2)


def document(report: Report) -> dict[str, Any]:
    """The report as plain values."""
    fixes = [finding.fix for finding in report.findings if finding.fix is not None]
    return {
        "version": VERSION,
        "findings": [
            _finding(finding, report.sources.get(finding.file)) for finding in report.findings
        ],
        "summary": {
            "checked": len(report.checked),
            "passed_over": len(report.passed_over),
            "silenced": report.silenced,
            "refused": [printable(file) for file in report.refused],
            **{
                f"{severity.value}s": sum(f.severity is severity for f in report.findings)
                for severity in Severity
            },
            "fixable": sum(fix.applicability is Applicability.SAFE for fix in fixes),
            "fixable_unsafe": sum(fix.applicability is Applicability.UNSAFE for fix in fixes),
        },
    }


def _finding(finding: Finding, source: Source | None) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "effect": finding.effect.value,
        "message": printable(finding.message),
        "file": finding.file,
        "pointer": finding.pointer,
        **_span(finding.span),
        "related": [
            {"message": printable(related.message), "file": related.file, **_span(related.span)}
            for related in finding.related
        ],
        "fix": _fix(finding.fix, source),
        "url": finding.url,
    }


def _fix(fix: Fix | None, source: Source | None) -> dict[str, Any] | None:
    """The fix, or None where there is none or its text would give a secret away."""
    if fix is None or source is None or touches_secret(fix, source):
        return None
    return {
        "applicability": fix.applicability.value,
        "title": printable(fix.title),
        "edits": [{**_span(edit.span), "text": edit.text} for edit in fix.edits],
    }


def _span(span: Span) -> dict[str, Any]:
    return {
        "start": {"line": span.start.line, "column": span.start.column},
        "end": {"line": span.end.line, "column": span.end.column},
    }
