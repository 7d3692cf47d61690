"""The hooks, through the real pre-commit, when somebody commits in a real repository."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from packages import need_package_index
from repositories import Repository, snapshot

pytest.importorskip("pre_commit", reason="pre-commit is not installed")

GOOD = '{"trunk": {"name": "t", "numbers": ["+442079460123"], "allowedAddresses": ["8.8.8.0/24"]}}'
REFUSED = '{"name": "r", "rule": {"dispatchRuleIndividual": {"roomPrefix": "call-"}}}'
DEAD = '{"trunk": {"name": "t", "numbers": ["*"], "allowedAddresses": ["8.8.8.0/24"]}}'
AT = DEAD.index('"*"') + 1
OTHER = {
    "package.json": '{"name": "web", "version": "1.0.0", "scripts": {"test": "true"}}',
    "tsconfig.json": '{\n  // for the editor\n  "compilerOptions": {"strict": true,},\n}\n',
    "list.json": "[1, 2, 3]",
    "empty.json": "",
    "large.json": json.dumps({str(number): [number] * 10 for number in range(20_000)}),
}


class Hooks(NamedTuple):
    """The repository that offers the hooks, its commit, and where pre-commit keeps its builds."""

    source: Path
    commit: str
    home: Path


@pytest.fixture(scope="session")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Hooks:
    """Builds the environment of the hooks once; it needs the package index."""
    folder = tmp_path_factory.mktemp("hooks")
    need_package_index(folder)
    source = snapshot(folder / "source")
    made = Hooks(source.path, source.git("rev-parse", "HEAD").strip(), folder / "home")
    pre_commit(project(folder / "first", made, "lklint"), "install-hooks")
    return made


def project(folder: Path, hooks: Hooks, *ids: str, options: str = "") -> Repository:
    """A repository in which committing runs some of the hooks, each with more `options`."""
    repository = Repository(folder, PRE_COMMIT_HOME=str(hooks.home), COLUMNS="80")
    lines = [f"repos:\n- repo: {hooks.source}\n  rev: {hooks.commit}\n  hooks:"]
    lines += [f"  - id: {name}\n{options}" for name in ids]
    repository.write(".pre-commit-config.yaml", "\n".join(lines) + "\n")
    repository.commit()
    pre_commit(repository, "install")
    return repository


def pre_commit(repository: Repository, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments],
        cwd=repository.path,
        env=repository.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class Attempt(NamedTuple):
    """An attempt to commit: whether it went through, and what was said."""

    passed: bool
    said: str


def commit(repository: Repository, **files: str) -> Attempt:
    for name, text in files.items():
        repository.write(name, text)
    repository.git("add", "--all")
    done = repository.try_git("commit", "--message", "a change")
    return Attempt(done.returncode == 0, done.stdout + done.stderr)


ALL = pytest.mark.parametrize("hook", ["lklint", "lklint-fix", "lklint-workspace"])


@ALL
def test_a_clean_commit_passes(hooks: Hooks, tmp_path: Path, hook: str) -> None:
    attempt = commit(project(tmp_path, hooks, hook), **{"inbound-trunk.json": GOOD})
    assert attempt.passed, attempt.said
    assert "Passed" in attempt.said


@ALL
def test_a_bad_commit_is_stopped_with_the_place_and_the_reason(
    hooks: Hooks, tmp_path: Path, hook: str
) -> None:
    attempt = commit(project(tmp_path, hooks, hook), **{"trunks/inbound-trunk.json": DEAD})
    assert not attempt.passed
    assert 'error[LK201] wildcard-number: no call ever matches "*"' in attempt.said
    assert f"--> trunks/inbound-trunk.json:1:{AT}" in attempt.said
    assert "Traceback" not in attempt.said


@ALL
def test_json_that_is_no_telephony_is_passed_over_without_a_word(
    hooks: Hooks, tmp_path: Path, hook: str
) -> None:
    attempt = commit(project(tmp_path, hooks, hook), **OTHER)
    assert attempt.passed, attempt.said
    assert "json" not in attempt.said.partition("[main ")[0]


def test_a_repository_without_json_is_not_asked_about(hooks: Hooks, tmp_path: Path) -> None:
    attempt = commit(project(tmp_path, hooks, "lklint"), readme="nothing to see")
    assert attempt.passed
    assert "(no files to check)Skipped" in attempt.said


def test_the_fixing_hook_mends_fails_once_and_then_passes(hooks: Hooks, tmp_path: Path) -> None:
    repository = project(tmp_path, hooks, "lklint-fix")
    first = commit(repository, **{"dispatch-rule.json": REFUSED})
    assert not first.passed
    assert "files were modified by this hook" in first.said
    assert list(json.loads((tmp_path / "dispatch-rule.json").read_text())) == ["dispatch_rule"]
    assert commit(repository).passed


def test_the_checking_hook_changes_nothing(hooks: Hooks, tmp_path: Path) -> None:
    assert not commit(project(tmp_path, hooks, "lklint"), **{"dispatch-rule.json": REFUSED}).passed
    assert (tmp_path / "dispatch-rule.json").read_text() == REFUSED


@ALL
@pytest.mark.parametrize("exclude", ["drafts/", "**/inbound-trunk.json"])
def test_what_lklint_excludes_stays_excluded(
    hooks: Hooks, tmp_path: Path, hook: str, exclude: str
) -> None:
    repository = project(tmp_path, hooks, hook)
    repository.write("lklint.toml", f'extend-exclude = ["{exclude}"]\n')
    assert commit(repository, **{"drafts/inbound-trunk.json": DEAD}).passed


@pytest.mark.parametrize("hook", ["lklint", "lklint-fix"])
def test_what_pre_commit_excludes_stays_excluded(hooks: Hooks, tmp_path: Path, hook: str) -> None:
    repository = project(tmp_path, hooks, hook, options="    exclude: ^drafts/")
    assert commit(repository, **{"drafts/inbound-trunk.json": DEAD}).passed
    assert not commit(repository, **{"live/inbound-trunk.json": DEAD}).passed


UNUSUAL = [
    "two words.json",
    "don't.json",
    'a "quoted" name.json',
    "Rufnummern für Zürich.json",
    "電話.json",
    "-dash.json",
    "--fix.json",
    "$HOME `id` ;#.json",
    "tab\there.json",
]


@pytest.mark.parametrize("name", UNUSUAL)
def test_an_unusual_file_name_is_checked_like_any_other(
    hooks: Hooks, tmp_path: Path, name: str
) -> None:
    repository = project(tmp_path, hooks, "lklint")
    stopped = commit(repository, **{name: DEAD})
    assert not stopped.passed
    assert f"--> {name}:1:{AT}".replace("\t", r"\u{9}") in stopped.said
    assert commit(repository, **{name: GOOD}).passed


def test_the_workspace_hook_looks_at_the_whole_repository(hooks: Hooks, tmp_path: Path) -> None:
    repository = project(tmp_path, hooks, "lklint-workspace")
    repository.commit(**{"old/inbound-trunk.json": DEAD})
    stopped = commit(repository, **{"new/inbound-trunk.json": GOOD})
    assert not stopped.passed
    assert "--> old/inbound-trunk.json" in stopped.said


@pytest.mark.parametrize("file", ["lklint.toml", "sub/lklint.toml", "pyproject.toml"])
def test_the_workspace_hook_runs_when_the_configuration_changes(
    hooks: Hooks, tmp_path: Path, file: str
) -> None:
    repository = project(tmp_path, hooks, "lklint-workspace")
    attempt = commit(repository, **{file: "# nothing yet\n"})
    assert attempt.passed
    assert "Passed" in attempt.said


def test_own_arguments_come_before_the_files(hooks: Hooks, tmp_path: Path) -> None:
    repository = project(
        tmp_path, hooks, "lklint", options="    args: [--fail-on=warning, --output-format=concise]"
    )
    stopped = commit(repository, **{"t.json": '{"trunk": {"numbers": ["+442079460123"]}}'})
    assert not stopped.passed
    assert "t.json:1:12: warning LK302 number-only-trunk: " in stopped.said


@ALL
def test_a_mistake_in_the_configuration_stops_with_one_line(
    hooks: Hooks, tmp_path: Path, hook: str
) -> None:
    repository = project(tmp_path, hooks, hook)
    stopped = commit(repository, **{"lklint.toml": "ignor = []\n", "inbound-trunk.json": GOOD})
    assert not stopped.passed
    assert "lklint: lklint.toml: ignor: there is no such key; did you mean ignore?" in stopped.said
