"""`--changed-since REF`: what stands where nothing was touched is not told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run
from repositories import Repository


def trunk(*members: str) -> str:
    """An inbound trunk, one member a line."""
    return '{\n  "trunk": {\n    ' + ",\n    ".join(members) + "\n  }\n}\n"


NAME, RENAMED = '"name": "main line"', '"name": "front desk"'
DEAD = '"numbers": ["*"]'
ALSO_DEAD = '"numbers": ["+1-415"]'
CALLERS = '"allowedNumbers": ["+442079460199"]'
USER, PASSWORD = '"authUsername": "pbx"', '"authPassword": "${SIP_PASSWORD}"'
FILE = "inbound-trunk.json"
Told = Callable[..., list[str]]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


@pytest.fixture
def told(lklint: Run, repository: Repository) -> Told:
    """The `file:line` and name of each error that is told about what was touched since a commit."""

    def run(since: str = "HEAD", *paths: str, folder: str = ".") -> list[str]:
        done = lklint(
            "check", "--select", "LK2,LK303", "--output-format", "concise",
            "--changed-since", since, *paths, cwd=repository.path / folder,
            **repository.environment,
        )  # fmt: skip
        assert done.returncode in (0, 1), done.stderr
        rows = [line.split(": ") for line in done.stdout.splitlines() if " LK" in line]
        return [f"{row[0].rpartition(':')[0]} {row[1].split()[-1]}" for row in rows]

    return run


def test_a_finding_on_a_touched_line_is_told(repository: Repository, told: Told) -> None:
    repository.commit(**{FILE: trunk(NAME, ALSO_DEAD, CALLERS)})
    repository.write(FILE, trunk(NAME, DEAD, CALLERS))
    assert told() == [f"{FILE}:4 wildcard-number"]


def test_a_finding_on_an_untouched_line_is_not(repository: Repository, told: Told) -> None:
    repository.commit(**{FILE: trunk(NAME, DEAD, CALLERS)})
    assert told() == []
    repository.write(FILE, trunk(RENAMED, DEAD, CALLERS))
    assert told() == []


def test_what_is_not_told_is_counted(lklint: Run, repository: Repository) -> None:
    repository.commit(**{FILE: trunk(NAME, DEAD, CALLERS)})
    arguments = ("check", "--select", "LK201", "--changed-since", "HEAD")
    done = lklint(*arguments, cwd=repository.path)
    assert done.stderr == "lklint: 1 finding not told: nothing was touched there\n"
    assert done.returncode == 0
    assert lklint(*arguments, "--quiet", cwd=repository.path).stderr == ""


def test_lines_that_only_moved_are_not_touched(repository: Repository, told: Told) -> None:
    repository.commit(**{FILE: trunk(NAME, DEAD, CALLERS)})
    repository.write(FILE, trunk(NAME, '"metadata": "a"', '"krispEnabled": true', DEAD, CALLERS))
    assert told() == []


def test_staged_and_committed_changes_count_too(repository: Repository, told: Told) -> None:
    first = repository.commit(**{FILE: trunk(NAME, ALSO_DEAD, CALLERS)})
    repository.write(FILE, trunk(NAME, DEAD, CALLERS))
    repository.git("add", FILE)
    assert told() == [f"{FILE}:4 wildcard-number"]
    repository.commit()
    assert told() == []
    assert told(first) == [f"{FILE}:4 wildcard-number"]


@pytest.mark.parametrize("stage", [False, True])
def test_a_new_file_is_told_whole(repository: Repository, told: Told, stage: bool) -> None:
    repository.commit()
    repository.write(f"trunks/{FILE}", trunk(NAME, DEAD, CALLERS))
    if stage:
        repository.git("add", "--all")
    assert told() == [f"trunks/{FILE}:4 wildcard-number"]


def test_a_file_that_git_ignores_is_nobodys_change(repository: Repository, told: Told) -> None:
    repository.commit(**{".gitignore": "*.local.json\n"})
    repository.write("my.local.json", trunk(NAME, DEAD, CALLERS))
    assert told("HEAD", "my.local.json") == []


def test_a_renamed_file_is_told_where_it_was_changed_as_well(
    repository: Repository, told: Told
) -> None:
    repository.commit(**{FILE: trunk(NAME, DEAD, CALLERS, USER, PASSWORD)})
    repository.git("config", "diff.renames", "false")
    repository.git("mv", FILE, "renamed.json")
    assert told() == []
    repository.write("renamed.json", trunk(NAME, DEAD, CALLERS, USER))
    assert told() == ["renamed.json:6 half-credentials"]


def test_a_deleted_file_has_nothing_to_tell(repository: Repository, told: Told) -> None:
    repository.commit(**{FILE: trunk(NAME, DEAD, CALLERS), "other.json": trunk(NAME, CALLERS)})
    (repository.path / FILE).unlink()
    assert told() == []
    repository.git("rm", "--quiet", "--cached", FILE)
    assert told() == []


def test_where_a_line_was_taken_out_the_object_around_it_counts(
    repository: Repository, told: Told
) -> None:
    repository.commit(**{FILE: trunk(USER, CALLERS, PASSWORD, '"metadata": "x"', NAME)})
    repository.write(FILE, trunk(USER, CALLERS, '"metadata": "x"', NAME))
    assert told() == [f"{FILE}:3 half-credentials"]
    repository.write(FILE, trunk(USER, CALLERS, '"metadata": "y"', NAME))
    assert told() == [f"{FILE}:3 half-credentials"]


def test_what_was_taken_out_elsewhere_does_not_count(repository: Repository, told: Told) -> None:
    """Two trunks in one file: a line of the first goes, the second is as it was."""
    first, second = '{\n  "name": "a",\n  "metadata": "b"\n}', '{\n  "authUsername": "pbx"\n}'
    text = f'{{"items": [\n{first},\n{second}\n]}}\n'
    repository.commit(**{FILE: text})
    repository.write(FILE, text.replace(',\n  "metadata": "b"', ""))
    assert told() == []


def test_a_merge_base_that_moved_on(repository: Repository, told: Told) -> None:
    """What the main branch changed since does not count as touched here."""
    repository.commit(**{FILE: trunk(NAME, DEAD, CALLERS), "b.json": trunk(NAME, CALLERS)})
    repository.git("switch", "--quiet", "--create", "topic")
    repository.commit(**{"b.json": trunk(NAME, DEAD, CALLERS)})
    repository.git("switch", "--quiet", "main")
    repository.commit(**{FILE: trunk(NAME, '"numbers": ["+442079460123"]', CALLERS)})
    repository.git("switch", "--quiet", "topic")
    assert told("main") == ["b.json:4 wildcard-number"]


def test_histories_without_a_common_beginning(repository: Repository, told: Told) -> None:
    repository.commit(**{FILE: trunk(NAME, DEAD, CALLERS)})
    repository.git("switch", "--quiet", "--orphan", "other")
    repository.commit(**{FILE: trunk(RENAMED, DEAD, CALLERS), "b.json": trunk(DEAD)})
    assert told("main") == ["b.json:3 wildcard-number"]


@pytest.mark.parametrize(
    "name",
    [
        "two words.json",
        "Zürich.json",
        '"quoted".json',
        "-dash.json",
        ":(top)x.json",
        "*.json",
        "a\tb.json",
        "a\rb.json",
        "a\nb.json",
        "back\\slash.json",
    ],
)
def test_unusual_file_names(repository: Repository, told: Told, name: str) -> None:
    repository.commit(**{name: trunk(NAME, DEAD, CALLERS), "plain.json": trunk(DEAD)})
    repository.write(name, trunk(NAME, '"numbers": ["*"  ]', CALLERS))
    repository.write(f"new {name}", trunk(NAME, DEAD, CALLERS))
    assert len(told()) == 2


def test_a_folder_below_the_top(repository: Repository, told: Told) -> None:
    repository.commit(**{f"sub/{FILE}": trunk(NAME, CALLERS), "a.json": trunk(DEAD)})
    repository.write(f"sub/{FILE}", trunk(NAME, DEAD, CALLERS))
    assert told("HEAD", folder="sub") == [f"{FILE}:4 wildcard-number"]
    assert told("HEAD", "..", folder="sub") == [f"../sub/{FILE}:4 wildcard-number"]


def test_a_file_outside_of_the_repository_is_told_whole(
    repository: Repository, told: Told, tmp_path_factory: pytest.TempPathFactory
) -> None:
    repository.commit()
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "a.json"
    elsewhere.write_text(trunk(NAME, DEAD, CALLERS))
    assert told("HEAD", str(elsewhere)) == [f"{elsewhere}:4 wildcard-number"]


def test_a_link_is_touched_where_the_file_behind_it_is(repository: Repository, told: Told) -> None:
    (repository.path / "link.json").symlink_to(FILE)
    repository.commit(**{FILE: trunk(NAME, CALLERS)})
    repository.write(FILE, trunk(NAME, DEAD, CALLERS))
    assert told() == [f"{FILE}:4 wildcard-number", "link.json:4 wildcard-number"]


@pytest.mark.parametrize(
    ("configuration", "attributes"),
    [
        ({"diff.interHunkContext": "9", "diff.context": "9"}, ""),
        ({"diff.external": "true", "color.ui": "always", "diff.noprefix": "true"}, ""),
        ({"diff.renames": "false", "core.quotePath": "true", "diff.relative": "true"}, ""),
        ({"diff.upper.textconv": "tail -n 2"}, "*.json diff=upper\n"),
        ({}, "*.json binary\n"),
    ],
)
def test_no_configuration_of_git_changes_the_answer(
    repository: Repository, told: Told, configuration: dict[str, str], attributes: str
) -> None:
    lines = (NAME, '"metadata": "a"', DEAD, CALLERS, '"krispEnabled": true')
    repository.commit(**{FILE: trunk(*lines), ".gitattributes": attributes})
    for key, value in configuration.items():
        repository.git("config", key, value)
    repository.write(FILE, trunk(*lines).replace("main", "a").replace("true", "false"))
    assert told() == []
    repository.write(FILE, trunk(*lines).replace('"*"', '"**"'))
    assert len(told()) == 1


def test_carriage_returns_and_other_encodings(repository: Repository, told: Told) -> None:
    text = trunk(NAME, DEAD, CALLERS)
    repository.write(FILE, text.replace("\n", "\r\n"))
    (repository.path / "wide.json").write_bytes(text.encode("utf-16"))
    repository.commit()
    assert told() == []
    repository.write(FILE, text.replace("\n", "\r\n").replace('"*"', '"**"'))
    assert [row.split(":")[0] for row in told()] == [FILE]


def test_not_in_a_repository(lklint: Run, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(trunk(NAME, DEAD))
    done = lklint("check", "--changed-since", "HEAD", GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert done.stderr.startswith("lklint: --changed-since: not a git repository")
    assert (done.stderr.count("\n"), done.stdout, done.returncode) == (1, "", 2)


@pytest.mark.parametrize(
    "reference", ["mian", "-x", "--output=x", "main..topic", "HEAD:t.json", ""]
)
def test_a_reference_that_git_does_not_know(
    lklint: Run, repository: Repository, reference: str
) -> None:
    repository.commit(**{"t.json": trunk(NAME, DEAD)})
    done = lklint("check", f"--changed-since={reference}", cwd=repository.path)
    assert done.stderr.startswith("lklint: --changed-since: ")
    assert (done.stderr.count("\n"), done.stdout, done.returncode) == (1, "", 2)
    assert not (repository.path / "x").exists()


def test_a_repository_without_a_commit(lklint: Run, repository: Repository) -> None:
    repository.write("t.json", trunk(NAME, DEAD))
    done = lklint("check", "--changed-since", "HEAD", cwd=repository.path)
    assert done.stderr == "lklint: --changed-since: git knows no commit HEAD\n"


def test_a_shallow_clone_says_what_to_do(lklint: Run, repository: Repository) -> None:
    """As CI checks a pull request out: the last commit only, the main branch fetched beside it."""
    repository.commit(**{"t.json": trunk(NAME, CALLERS)})
    repository.git("switch", "--quiet", "--create", "topic")
    repository.commit(**{"t.json": trunk(NAME, DEAD, CALLERS)})
    repository.git("switch", "--quiet", "main")
    repository.commit(**{"u.json": trunk(NAME, CALLERS)})
    clone = Repository(repository.path / "clone")
    clone.git("fetch", "--quiet", "--depth=1", f"file://{repository.path}", "topic:topic")
    clone.git("switch", "--quiet", "topic")
    advice = "the clone is shallow: fetch all of its history (fetch-depth: 0, GIT_DEPTH: 0)\n"

    unknown = lklint("check", "--changed-since", "origin/main", cwd=clone.path)
    assert unknown.stderr == (f"lklint: --changed-since: git knows no commit origin/main; {advice}")
    clone.git("fetch", "--quiet", "--depth=1", f"file://{repository.path}", "main:main")
    parted = lklint("check", "--changed-since", "main", cwd=clone.path)
    assert parted.stderr == (
        f"lklint: --changed-since: git does not know where this branch left main; {advice}"
    )
    assert {unknown.returncode, parted.returncode} == {2}

    clone.git("fetch", "--quiet", "--unshallow", f"file://{repository.path}", "topic", "main")
    assert "LK201" in lklint("check", "--changed-since", "main", cwd=clone.path).stdout


def test_without_git(lklint: Run, repository: Repository) -> None:
    repository.commit(**{"t.json": trunk(NAME, DEAD)})
    done = lklint("check", "--changed-since", "HEAD", cwd=repository.path, PATH="")
    assert (
        done.stderr == "lklint: --changed-since: git could not be run: No such file or directory\n"
    )
    assert done.returncode == 2


@pytest.mark.parametrize("option", ["--fix", "--fix-only", "--diff"])
def test_mending_is_never_narrowed(lklint: Run, repository: Repository, option: str) -> None:
    file = repository.write("t.json", trunk(NAME, DEAD) + ",")
    before = file.read_bytes()
    done = lklint("check", option, "--changed-since", "HEAD", cwd=repository.path)
    assert done.stderr.startswith("lklint: --changed-since is for checking: ")
    assert done.returncode == 2
    assert file.read_bytes() == before
