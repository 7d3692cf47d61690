"""Whatever stands in a file, a report can be read by those whom it is for, and hides nothing."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import golden
import sample
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from reading import command, gitlab_row, hidden, table

from lklint.documents.tree import Lines
from lklint.findings import Applicability, Checked, Edit, Finding, Fix, Related, Report, Source
from lklint.reports.escaping import printable

ROOT = Path(__file__).parent.parent.parent
SCHEMA = json.loads((ROOT / "schemas" / "report.json").read_text(encoding="utf-8"))
FIXED = settings(
    max_examples=150, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

HOSTILE = st.sampled_from(
    [
        "::", "##[", "%", "%0A", ",", "|", "\\", "\\|", "`", "<b>", "&lt;", "]]>", "*", "_", "~~",
        "[a](b)", "![", "https://a.b", "www.a.b", "\n", "\r\n", "\0", "\x1b[2J", "\x85", "\u2028",
        "\u202e", "\u2066", "\ufeff", "\ufffe", "\ud800", "😀", '"', "'", "  ",
    ]
)  # fmt: skip
TEXT = st.lists(HOSTILE | st.text(st.characters(), max_size=8), max_size=6).map("".join)
NAME = TEXT.map(
    lambda text: "".join(c for c in text if c != "\0" and not "\ud800" <= c <= "\udfff")
)
MADE_BY_US = {finding.code: finding for finding in sample.FINDINGS}


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report whose texts, names and places are anything at all."""
    files = draw(st.lists(NAME.filter(bool), min_size=1, max_size=3, unique=True))
    texts = {file: draw(TEXT) for file in files}
    findings = [
        _finding(draw, draw(st.sampled_from(files)), files, texts)
        for _ in range(draw(st.integers(0, 4)))
    ]
    secrets = {file: (_stretch(draw, text),) for file, text in texts.items()}
    return Report(
        tuple(findings),
        {file: Source(file, text, secrets[file]) for file, text in texts.items()},
        tuple(Checked(file, "inbound-trunk", "wrapped", draw(TEXT)) for file in files),
        (draw(NAME),),
    )


def _finding(draw: st.DrawFn, file: str, files: list[str], texts: dict[str, str]) -> Finding:
    known = MADE_BY_US[draw(st.sampled_from(sorted(MADE_BY_US)))]
    lines = Lines(texts[file])
    other = draw(st.sampled_from(files))
    begin, end = _stretch(draw, texts[file])
    return known._replace(
        file=file,
        headline=draw(TEXT) or "x",
        mend=draw(TEXT),
        label=draw(TEXT),
        pointer=draw(TEXT.map(lambda text: f"/{text}")),
        span=lines.span(*_stretch(draw, texts[file])),
        related=(Related(draw(TEXT), other, Lines(texts[other]).span(0, 0)),),
        fix=Fix(
            draw(TEXT),
            draw(st.sampled_from(Applicability)),
            (Edit(begin, end, draw(TEXT), lines.span(begin, end)),),
        ),
    )


def _stretch(draw: st.DrawFn, text: str) -> tuple[int, int]:
    begin, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    return begin, end


@FIXED
@given(reports())
def test_text_and_concise_hide_nothing(report: Report) -> None:
    for name in ("text", "concise"):
        assert hidden(golden.rendered(name, report)) == set()


@FIXED
@given(reports())
def test_json_keeps_to_its_schema(report: Report) -> None:
    shown = golden.rendered("as_json", report)
    assert hidden(shown) == set()
    assert [e.message for e in Draft7Validator(SCHEMA).iter_errors(json.loads(shown))] == []


@FIXED
@given(reports())
def test_github_reads_back_every_command(report: Report) -> None:
    shown = golden.rendered("github", report)
    assert hidden(shown) == set()
    *commands, summary = map(str, shown.splitlines())
    assert len(commands) == len(report.findings)
    assert not summary.startswith("::")
    told = sorted(report.findings, key=lambda finding: -finding.severity.rank)
    for finding, line in zip(told, commands, strict=True):
        read = command(line)
        assert read.properties["title"] == f"{finding.code} {finding.name}"
        assert read.properties["line"] == str(finding.span.start.line)
        assert read.message.endswith(printable(finding.message))
        assert read.message.startswith(read.properties["file"])


@FIXED
@given(reports())
def test_sarif_is_json_with_a_result_for_each_finding(report: Report) -> None:
    shown = golden.rendered("sarif", report)
    assert hidden(shown) == set()
    results = json.loads(shown)["runs"][0]["results"]
    assert len(results) == len(report.findings)
    assert len({r["partialFingerprints"]["primaryLocationLineHash"] for r in results}) == len(
        results
    )


@FIXED
@given(reports())
def test_gitlab_takes_every_row(report: Report) -> None:
    shown = golden.rendered("gitlab", report)
    assert hidden(shown) == set()
    rows = json.loads(shown)
    for row in rows:
        gitlab_row(row)
    assert len({row["fingerprint"] for row in rows}) == len(rows) == len(report.findings)


@FIXED
@given(reports())
def test_junit_is_xml_with_a_test_for_each_finding(report: Report) -> None:
    shown = golden.rendered("junit", report)
    assert hidden(shown) == set()
    tests = [
        test for suite in ElementTree.fromstring(shown.encode()) for test in suite if len(test)
    ]
    assert len(tests) == len(report.findings)
    told = sorted("".join(test.itertext()).strip() for test in tests)
    whole = sorted(
        printable(
            f"{f.file}:{f.span.start.line}:{f.span.start.column}: {f.severity.value} {f.code}:"
            f" {f.message}"
        ).strip()
        for f in report.findings
    )
    assert told == whole


@FIXED
@given(reports())
def test_markdown_shows_the_texts_and_nothing_else(report: Report) -> None:
    shown = golden.rendered("markdown", report)
    assert hidden(shown) == set()
    told = sorted(report.findings, key=lambda finding: -finding.severity.rank)
    rows = table(shown)
    assert len(rows) == len(told)
    for finding, (severity, place, rule, what) in zip(told, rows, strict=True):
        start = finding.span.start
        assert severity.text == finding.severity.value
        assert place.text == f"{printable(finding.file)}:{start.line}:{start.column}".strip()
        assert rule == (f"{finding.code} {finding.name}", (finding.url,))
        assert what == (printable(finding.message).strip(), ())
