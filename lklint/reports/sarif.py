"""The report in SARIF 2.1.0, as GitHub's code scanning wants it (and many other readers)."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lklint.findings import (
    DOCUMENTATION,
    Applicability,
    Effect,
    Finding,
    Report,
    Severity,
    Source,
    Span,
)
from lklint.reports.counting import plural
from lklint.reports.escaping import printable
from lklint.reports.fingerprints import fingerprints
from lklint.reports.masking import touches_secret
from lklint.reports.repository import repository_paths
from lklint.rules.all_rules import all_rules
from lklint.rules.pages import FAMILIES, page, section
from lklint.rules.registry import Rule
from lklint.version import __version__

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
MOST = 25_000
"""GitHub refuses a file with more results."""
LONGEST = 1024
"""GitHub takes no longer descriptions."""


def render(report: Report) -> Iterator[str]:
    """The report as one JSON document, ASCII only."""
    yield json.dumps(_document(report), indent=2)


def _document(report: Report) -> dict[str, Any]:
    paths = repository_paths(report)
    known = zip(report.findings, fingerprints(report, paths), strict=True)
    # Only the rules that speak: the pages of all of them are more than half a megabyte.
    spoken = {finding.code for finding in report.findings}
    rules = {code: rule for code, rule in all_rules().items() if code in spoken}
    index = {code: at for at, code in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "lklint",
                "semanticVersion": __version__,
                "informationUri": DOCUMENTATION.partition("/blob/")[0],
                "rules": [_rule(rule) for rule in rules.values()],
            }
        },
        "automationDetails": {"id": "lklint/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(len(report.findings))],
        "results": [
            {
                "ruleId": finding.code,
                "ruleIndex": index[finding.code],
                **_result(finding, report.sources.get(finding.file), paths),
                "partialFingerprints": {"primaryLocationLineHash": fingerprint},
            }
            for finding, fingerprint in sorted(known, key=_loudness)[:MOST]
        ],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _loudness(row: tuple[Finding, str]) -> int:
    return -row[0].severity.rank


def _rule(rule: Rule) -> dict[str, Any]:
    about = section(rule, "Why it matters") or rule.summary
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary[:LONGEST]},
        "fullDescription": {"text": about if len(about) <= LONGEST else f"{about[: LONGEST - 1]}…"},
        "help": {"text": page(rule), "markdown": page(rule)},
        "helpUri": f"{DOCUMENTATION}/{rule.code}.md",
        "defaultConfiguration": {"level": LEVELS[rule.severity], "enabled": rule.default},
        "properties": {
            "tags": [FAMILIES[rule.code[2]].lower().removeprefix("the "), rule.effect.value],
            # What LiveKit refuses is held against LiveKit itself, in both directions.
            "precision": "very-high" if rule.effect is Effect.REJECTED else "high",
            "problem.severity": LEVELS[rule.severity].replace("note", "recommendation"),
        },
    }


def _invocation(findings: int) -> dict[str, Any]:
    if findings <= MOST:
        return {"executionSuccessful": True}
    words = f"{plural(findings - MOST, 'more finding')} did not fit into this report"
    notification = {"level": "warning", "message": {"text": words}}
    return {"executionSuccessful": True, "toolExecutionNotifications": [notification]}


def _result(finding: Finding, source: Source | None, paths: dict[str, str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "level": LEVELS[finding.severity],
        "message": _message(finding.message),
        "locations": [{"physicalLocation": _place(paths[finding.file], finding.span)}],
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": _message(related.message),
                "physicalLocation": _place(paths[related.file], related.span),
            }
            for number, related in enumerate(finding.related, 1)
        ]
    fixes = _fixes(finding, source, paths[finding.file])
    return {**result, "fixes": fixes} if fixes else result


def _fixes(finding: Finding, source: Source | None, path: str) -> list[dict[str, Any]]:
    """The fix, where it keeps the meaning of the file and its text gives no secret away."""
    fix = finding.fix
    if fix is None or source is None or fix.applicability is not Applicability.SAFE:
        return []
    if touches_secret(fix, source):
        return []
    replacements = [
        {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
        for edit in fix.edits
    ]
    change = {"artifactLocation": _artifact(path), "replacements": replacements}
    return [{"description": _message(fix.title), "artifactChanges": [change]}]


def _message(text: str) -> dict[str, str]:
    """A text as a message; what stands in a file makes no link there."""
    return {"text": printable(text).replace("](", "] (")}


def _place(path: str, span: Span) -> dict[str, Any]:
    return {"artifactLocation": _artifact(path), "region": _region(span)}


def _artifact(path: str) -> dict[str, str]:
    if os.path.isabs(path):
        return {"uri": Path(path).as_uri()}
    return {"uri": quote(os.fsencode(path)), "uriBaseId": "%SRCROOT%"}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
    }
