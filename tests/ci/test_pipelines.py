"""The GitHub Action, the GitLab template and the Dockerfile: what they run is run here.

There is no GitHub, no GitLab and no Docker here. Each script is run as those run it, by bash, with
the environment filled in; `uses`, `image`, `FROM` and `WORKDIR` are only read.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from packages import need_package_index

from lklint.version import __version__

ROOT = Path(__file__).parent.parent.parent
GOOD = '{"trunk": {"name": "t", "numbers": ["+442079460123"], "allowedAddresses": ["8.8.8.0/24"]}}'
DEAD = GOOD.replace("+442079460123", "*")


def load(name: str) -> Any:
    """A YAML file; `on` is a word there, not the truth value that YAML 1.1 makes of it."""
    return yaml.load((ROOT / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


ACTION, WORKFLOW, GITLAB = (
    load("action.yml"),
    load(".github/workflows/lint.yml"),
    load("ci/gitlab.yml"),
)
INSTALL, CHECK, UPLOAD = ACTION["runs"]["steps"]


class Ran(NamedTuple):
    """What came of a script."""

    code: int
    out: str
    err: str


def bash(script: str, cwd: Path, **environment: str) -> Ran:
    """Run a script as a GitHub runner does."""
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], **_of_pip(), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def _of_pip() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key.startswith("PIP_")}


@pytest.fixture(scope="session")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The temporary folder of a runner, after the action has installed its own checkout."""
    folder = tmp_path_factory.mktemp("runner")
    need_package_index(folder)
    # The python3 of a runner; here it is the one that runs the tests.
    (folder / "python3").symlink_to(sys.executable)
    path = f"{folder}:{os.environ['PATH']}"
    environment = {"VERSION": "", "GITHUB_ACTION_PATH": str(ROOT), "PATH": path}
    done = bash(INSTALL["run"], folder, RUNNER_TEMP=str(folder), **environment)
    assert done.code == 0, done.out + done.err
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    folder.mkdir()
    (folder / "inbound-trunk.json").write_text(GOOD)
    (folder / "package.json").write_text('{"name": "web"}')
    return folder


class Checked(NamedTuple):
    """What the step of the action that checks left behind."""

    code: int
    out: str
    err: str
    summary: str
    outputs: str


def check(runner: Path, workspace: Path, **inputs: str) -> Checked:
    """Run the checking step with some inputs of the action; the others have their defaults."""
    files = {name: workspace.parent / name for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    for file in files.values():
        file.write_text("before\n")
    given = {name: inputs.get(name, about["default"]) for name, about in ACTION["inputs"].items()}
    environment = {
        name: given[expression.removeprefix("${{ inputs.").removesuffix(" }}")]
        for name, expression in CHECK["env"].items()
    }
    places = {name: str(file) for name, file in files.items()}
    done = bash(CHECK["run"], workspace, RUNNER_TEMP=str(runner), **places, **environment)
    summary, outputs = (file.read_text() for file in files.values())
    return Checked(*done, summary, outputs)


def test_a_clean_workspace_passes(runner: Path, workspace: Path) -> None:
    done = check(runner, workspace)
    assert done.code == 0, done.err
    assert done.out == "1 file, nothing to mend, 1 other JSON file passed over.\n"
    assert done.summary.startswith("before\n")
    assert "1 file, nothing to mend" in done.summary
    assert done.outputs == "before\n"


def test_a_broken_workspace_fails_with_annotations_and_a_summary(
    runner: Path, workspace: Path
) -> None:
    (workspace / "inbound-trunk.json").write_text(DEAD)
    done = check(runner, workspace)
    assert done.code == 1
    assert done.out.startswith("::error file=inbound-trunk.json,line=1,endLine=1,col=")
    assert "LK201" in done.summary
    assert done.outputs == "before\n"


@pytest.mark.parametrize(("text", "code"), [(GOOD, 0), (DEAD, 1)])
def test_findings_are_handed_to_the_upload_and_the_run_fails_all_the_same(
    runner: Path, workspace: Path, text: str, code: int
) -> None:
    (workspace / "inbound-trunk.json").write_text(text)
    done = check(runner, workspace, sarif="true")
    assert done.code == code
    file = done.outputs.removeprefix("before\nsarif=").strip()
    results = json.loads(Path(file).read_text())["runs"][0]["results"]
    assert ("LK201" in {result["ruleId"] for result in results}) == bool(code)
    assert UPLOAD["with"]["sarif_file"] == "${{ steps.check.outputs.sarif }}"
    assert CHECK["id"] == "check"


def test_a_mistake_in_the_configuration_hands_nothing_on(runner: Path, workspace: Path) -> None:
    check(runner, workspace, sarif="true")
    (workspace / "lklint.toml").write_text("selct = []\n")
    done = check(runner, workspace, sarif="true")
    assert (done.code, done.out, done.outputs) == (2, "", "before\n")
    assert done.err == "lklint: lklint.toml: selct: there is no such key; did you mean select?\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("--fail-on=info\n--select=LK201\n.", 0),
        ("clean\n", 0),
        ("\n\nclean\n\n", 0),
        ("two words", 1),
        ("clean\ntwo words", 1),
        ("--\n-dash.json", 1),
        ("$(touch pwned)", 2),
        ("`touch pwned`; touch pwned", 2),
        ('" && touch pwned #', 2),
        ("*", 2),
    ],
)
def test_arguments_are_one_a_line_and_nothing_but_arguments(
    runner: Path, workspace: Path, arguments: str, code: int
) -> None:
    for name, text in (("clean/t.json", GOOD), ("two words/t.json", DEAD), ("-dash.json", DEAD)):
        (workspace / name).parent.mkdir(exist_ok=True)
        (workspace / name).write_text(text)
    if code == 0:
        (workspace / "-dash.json").unlink()
        shutil.rmtree(workspace / "two words")
    assert check(runner, workspace, arguments=arguments).code == code
    assert not (workspace / "pwned").exists()


@pytest.mark.parametrize(
    ("version", "installed"),
    [
        ("", "/the/action"),
        ("1.2.3", "lklint==1.2.3"),
        ("1 --index-url elsewhere", "lklint==1 --index-url elsewhere"),
        ("$(touch pwned)", "lklint==$(touch pwned)"),
    ],
)
def test_which_version_is_installed(tmp_path: Path, version: str, installed: str) -> None:
    stub = tmp_path / "bin"
    stub.mkdir()
    (stub / "python3").write_text("#!/bin/sh\n")
    pip = tmp_path / "lklint" / "bin" / "pip"
    pip.parent.mkdir(parents=True)
    pip.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    for file in (pip, stub / "python3"):
        file.chmod(0o755)
    done = bash(
        INSTALL["run"],
        tmp_path,
        PATH=f"{stub}:/usr/bin:/bin",
        RUNNER_TEMP=str(tmp_path),
        VERSION=version,
        GITHUB_ACTION_PATH="/the/action",
    )
    assert done.out.splitlines() == ["install", "--quiet", installed]
    assert not (tmp_path / "pwned").exists()


def scripts() -> list[str]:
    steps = [*ACTION["runs"]["steps"], *WORKFLOW["jobs"]["examples"]["steps"]]
    return [step["run"] for step in steps if "run" in step]


def test_what_somebody_else_wrote_reaches_a_script_only_by_its_environment() -> None:
    assert scripts()
    assert not [script for script in scripts() if "${{" in script]


def test_our_own_workflow_checks_our_own_examples_with_the_action_of_this_checkout(
    runner: Path, tmp_path: Path
) -> None:
    [step] = [s for s in WORKFLOW["jobs"]["examples"]["steps"] if s["uses"].startswith(".")]
    assert (ROOT / step["uses"] / "action.yml").is_file()
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / "examples", folder / "examples")
    done = check(runner, folder, **step["with"])
    assert done.code == 0, done.out + done.err
    assert " 7 files" in done.out or done.out.startswith("7 files")


@pytest.mark.parametrize(("text", "code"), [(GOOD, 0), (DEAD, 1)])
def test_the_gitlab_job(runner: Path, workspace: Path, text: str, code: int) -> None:
    (workspace / "inbound-trunk.json").write_text(text)
    job = GITLAB["lklint"]
    # `pip install lklint` finds it installed here, as it is not yet what PyPI would give.
    path = f"{runner / 'lklint' / 'bin'}:{os.environ['PATH']}"
    script = "\n".join([*job["before_script"], *job["script"]])
    done = bash(script, workspace, PATH=path, CI_PROJECT_DIR=str(workspace), **job["variables"])
    assert done.code == code, done.err
    report = json.loads((workspace / job["artifacts"]["reports"]["codequality"]).read_text())
    assert [issue["location"]["path"] for issue in report] == ["inbound-trunk.json"] * code
    assert ("LK201 wildcard-number" in done.out) == bool(code)
    assert job["artifacts"]["when"] == "always"


def test_the_gitlab_job_takes_options_and_paths(runner: Path, workspace: Path) -> None:
    (workspace / "inbound-trunk.json").write_text(DEAD)
    path = f"{runner / 'lklint' / 'bin'}:{os.environ['PATH']}"
    arguments = "--ignore=LK201 inbound-trunk.json"
    script = "\n".join(GITLAB["lklint"]["script"])
    done = bash(script, workspace, PATH=path, LKLINT_ARGUMENTS=arguments)
    assert (done.code, done.out) == (0, "1 file, nothing to mend.\n")


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile, in order: the word and what follows it."""
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return [
        (word, rest)
        for word, _, rest in (line.partition(" ") for line in lines)
        if word and word != "#"
    ]


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which COPY and RUN were done as in the image, with a fresh environment as its
    Python; `/source` is a folder in it."""
    folder = tmp_path_factory.mktemp("image")
    need_package_index(folder)
    subprocess.run([sys.executable, "-m", "venv", folder / "python"], check=True)
    for word, rest in instructions():
        if word == "COPY":
            *sources, into = rest.split()
            copy(sources, folder / into.lstrip("/"), is_folder=into.endswith("/"))
        elif word == "RUN":
            script = rest.replace("/source", str(folder / "source"))
            done = bash(script, folder, PATH=f"{folder / 'python' / 'bin'}:/usr/bin:/bin")
            assert done.code == 0, done.out + done.err
    return folder


def copy(sources: list[str], into: Path, is_folder: bool) -> None:
    """COPY as Docker does it: of a folder its content, of a file the file."""
    for source in sources:
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, into, dirs_exist_ok=True)
        else:
            into.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, into if is_folder else into.parent)


@pytest.mark.parametrize(
    ("arguments", "text", "code"),
    [
        ([], GOOD, 0),
        ([], DEAD, 1),
        (["check", "--ignore=LK2", "."], DEAD, 0),
        (["--version"], "", 0),
    ],
)
def test_the_image(
    image: Path, workspace: Path, arguments: list[str], text: str, code: int
) -> None:
    (workspace / "inbound-trunk.json").write_text(text)
    words = dict(instructions())
    command = json.loads(words["ENTRYPOINT"]) + (arguments or json.loads(words["CMD"]))
    done = subprocess.run(
        [image / "python" / "bin" / command[0], *command[1:]],
        cwd=workspace,
        env={"PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert done.stderr == ""


def test_the_image_holds_no_sources(image: Path) -> None:
    assert not (image / "source").exists()


SCHEMAS = {
    "action.yml": ("vendor.github-actions",),
    ".github/workflows/lint.yml": ("vendor.github-workflows",),
    "ci/gitlab.yml": ("vendor.gitlab-ci", "--data-transform", "gitlab-ci"),
}


@pytest.mark.parametrize("file", SCHEMAS)
def test_each_file_follows_the_schema_that_is_published_for_it(file: str) -> None:
    pytest.importorskip("check_jsonschema", reason="check-jsonschema is not installed")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", *SCHEMAS[file]]
    done = subprocess.run([*command, ROOT / file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


SNIPPETS = [
    pytest.param(yaml.load(block, Loader=yaml.BaseLoader), id=f"{page} {number}")
    for page in ("README.md", "docs/ci.md")
    for number, block in enumerate(
        re.findall(r"^```yaml\n(.*?)^```$", (ROOT / page).read_text(encoding="utf-8"), re.M | re.S)
    )
]


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_the_documentation_shows_what_there_is(snippet: Any) -> None:
    """Hooks, inputs, variables and the version by their names."""
    offered = {hook["id"] for hook in load(".pre-commit-hooks.yaml")}
    steps = [step for job in snippet.get("jobs", {}).values() for step in job["steps"]]
    for repository in snippet.get("repos", ()):
        assert {hook["id"] for hook in repository["hooks"]} <= offered
        assert repository["rev"] == f"v{__version__}"
    for step in steps:
        if step["uses"].startswith("lklint/"):
            assert step["uses"] == f"lklint/lklint@v{__version__}"
            assert set(step["with"]) <= set(ACTION["inputs"])
    for included in snippet.get("include", ()):
        assert included["remote"].endswith(f"/v{__version__}/ci/gitlab.yml")
        assert set(snippet["lklint"]["variables"]) <= set(GITLAB["lklint"]["variables"])
    assert {"repos", "jobs", "include"} & set(snippet)


def test_nothing_names_a_package_registry_or_a_path_of_this_machine() -> None:
    for file in (*SCHEMAS, "Dockerfile", ".pre-commit-hooks.yaml", "docs/ci.md"):
        text = (ROOT / file).read_text(encoding="utf-8")
        assert not re.search(r"pypi\.org|pythonhosted|index-url|/home/|/root/|/tmp/", text), file
