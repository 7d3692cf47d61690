"""Every rule against its cases: `tests/cases/LKnnn.toml`.

A bad case gives a document (`text`, or `hex` for bytes) and, in `at`, the pieces of it that the
rule must point at, in reading order; an ok case is a document where the rule must be silent. Both
may have `kind`, `form`, `filename` and `settings` (see `lklint/settings.py`), `size` (the bytes
that blanks after the document fill it up to), or `files` that lie beside the document, such as a
`lklint.toml`. A bad case may also have `says` (words of the message), `fixed` (the document after
this rule's fix), `also` (the pieces of the related places, in the order of the findings) and
`alone` (true where nothing but infos may be found beside it).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from checking import check_in_folder

from lklint.checker.run import check_all
from lklint.documents.decoding import decode
from lklint.documents.edits import apply
from lklint.findings import Finding, Severity, Span
from lklint.rules.all_rules import all_rules
from lklint.settings import Settings

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CASES = Path(__file__).parent / "cases"


def load(verdict: str) -> list[Any]:
    cases = []
    for file in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(file.read_text(encoding="utf-8")).get(verdict, []):
            cases.append(pytest.param(file.stem, case, id=f"{file.stem}: {case['title']}"))
    return cases


def settings_of(code: str, case: dict[str, Any]) -> Settings:
    given = dict(case.get("settings", {}))
    if "agents" in given:
        given["agents"] = frozenset(given["agents"])
    for version in ("server_version", "lk_version"):
        if version in given:
            given[version] = tuple(given[version])
    settings = Settings(form=case.get("form", "create"), kind=case.get("kind"), **given)
    return settings._replace(enabled=settings.enabled | {code})


def text_of(case: dict[str, Any]) -> bytes:
    if "hex" in case:
        return bytes.fromhex(case["hex"])
    text: str = case["text"]
    return text.encode("utf-8").ljust(case.get("size", 0))


def findings_of(code: str, case: dict[str, Any]) -> list[Finding]:
    if "files" in case:
        files = {**case["files"], case.get("filename", "case.json"): text_of(case)}
        return list(check_in_folder(files).findings)
    documents = [(case.get("filename", "case.json"), text_of(case))]
    return list(check_all(documents, settings_of(code, case)).findings)


def place(finding: Finding, case: dict[str, Any]) -> str:
    """The piece of the document (or of a file beside it) that a finding points at."""
    return piece(finding.file, finding.span, case)


def piece(file: str, span: Span, case: dict[str, Any]) -> str:
    beside = case.get("files", {}).get(file)
    lines = (decode(text_of(case))[0] if beside is None else beside).split("\n")
    start, end = span.start, span.end
    if start.line == end.line:
        return lines[start.line - 1][start.column - 1 : end.column - 1]
    between = lines[start.line : end.line - 1]
    first, last = lines[start.line - 1][start.column - 1 :], lines[end.line - 1][: end.column - 1]
    return "\n".join([first, *between, last])


@pytest.mark.parametrize(("code", "case"), load("bad"))
def test_rule_speaks(code: str, case: dict[str, Any]) -> None:
    everything = findings_of(code, case)
    spoken = [finding for finding in everything if finding.code == code]
    assert [place(finding, case) for finding in spoken] == case["at"]
    for words in case.get("says", []):
        assert any(words in finding.message for finding in spoken), spoken[0].message
    if "also" in case:
        related = [piece(at.file, at.span, case) for f in spoken for at in f.related]
        assert related == case["also"]
    if case.get("alone"):
        others = [f for f in everything if f.code != code and f.severity is not Severity.INFO]
        assert [(finding.code, finding.headline) for finding in others] == []
    if "fixed" in case:
        edits = sorted(
            {(e.begin, e.end, e.text) for f in spoken if f.fix is not None for e in f.fix.edits}
        )
        text = decode(text_of(case))[0]
        assert apply(text, tuple(edits)) == case["fixed"]


@pytest.mark.parametrize(("code", "case"), load("ok"))
def test_rule_is_silent(code: str, case: dict[str, Any]) -> None:
    spoken = [finding for finding in findings_of(code, case) if finding.code == code]
    assert [(place(finding, case), finding.headline) for finding in spoken] == []


def test_every_rule_has_both_kinds_of_case() -> None:
    bad = {case.values[0] for case in load("bad")}
    ok = {case.values[0] for case in load("ok")}
    assert bad == set(all_rules()), "rules and files of bad cases differ"
    assert ok == set(all_rules()), "rules and files of ok cases differ"
