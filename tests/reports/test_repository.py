"""Forges know paths from the root of the repository on, wherever lklint is started."""

from __future__ import annotations

from pathlib import Path

import pytest
import sample

from lklint.findings import Report
from lklint.reports.repository import repository_paths


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a folder; we are in the folder, on nobody's continuous integration."""
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    root = tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    (root / "trunks" / "deep").mkdir(parents=True)
    (root / "trunks" / "a.json").touch()
    monkeypatch.chdir(root / "trunks")
    return root


def path_of(file: str | Path) -> str:
    finding = sample.FINDINGS[0]._replace(file=str(file))
    return repository_paths(Report((finding,)))[str(file)]


def test_a_path_starts_at_the_root_of_the_repository(repository: Path) -> None:
    assert path_of("a.json") == "trunks/a.json"
    assert path_of("deep/../a.json") == "trunks/a.json"
    assert path_of(repository / "trunks" / "a.json") == "trunks/a.json"


def test_a_link_counts_as_what_it_leads_to(repository: Path) -> None:
    (repository / "link.json").symlink_to("trunks/a.json")
    assert path_of("../link.json") == "trunks/a.json"


def test_a_link_that_leads_out_counts_as_itself(repository: Path) -> None:
    (repository.parent / "elsewhere.json").touch()
    (repository / "link.json").symlink_to("../elsewhere.json")
    assert path_of("../link.json") == "link.json"


def test_a_file_elsewhere_has_its_whole_path(repository: Path) -> None:
    elsewhere = repository.parent / "elsewhere.json"
    assert path_of("../../elsewhere.json") == elsewhere.as_posix()


def test_gitlab_says_where_its_project_is(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI_PROJECT_DIR", str(repository.parent))
    assert path_of("a.json") == "repository/trunks/a.json"


def test_a_project_that_is_named_by_a_link_is_the_same_project(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository.parent / "link").symlink_to(repository)
    monkeypatch.setenv("CI_PROJECT_DIR", str(repository.parent / "link"))
    assert path_of("a.json") == "trunks/a.json"


def test_without_a_repository_github_says_where_its_workspace_is(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / ".git").rmdir()
    assert path_of("a.json") == "a.json"
    monkeypatch.setenv("GITHUB_WORKSPACE", str(repository))
    assert path_of("a.json") == "trunks/a.json"


def test_places_that_belong_to_a_finding_have_paths_too(repository: Path) -> None:
    assert repository_paths(sample.REPORT)[sample.RULE] == f"trunks/{sample.RULE}"
