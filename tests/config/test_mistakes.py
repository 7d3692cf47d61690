"""Whatever is wrong in a configuration is one clear line with the file and the key, and exit 2."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

MISTAKES = tomllib.loads((Path(__file__).parent / "mistakes.toml").read_text())["mistake"]
GOOD = '{"trunk": {"name": "t", "numbers": ["+442079460123"], "allowedNumbers": ["+442079460199"]}}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inbound-trunk.json").write_text(GOOD)
    return tmp_path


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake["title"] for mistake in MISTAKES])
def test_a_mistake_is_one_line(lklint: Run, folder: Path, mistake: dict[str, Any]) -> None:
    data = bytes.fromhex(mistake.get("hex", "")) or mistake["text"].encode()
    file = mistake.get("file", "lklint.toml")
    (folder / file).write_bytes(data + mistake.get("repeated", "").encode() * 100_000)
    done = lklint("check")
    assert done.stderr == f"lklint: {file}: {mistake['says']}\n"
    assert (done.stdout, done.returncode) == ("", 2)


@pytest.mark.parametrize(
    "arguments",
    [
        ("fix",),
        ("config",),
        ("baseline", "write"),
        ("baseline", "prune"),
        ("check", "--add-ignores", "r"),
    ],
)
def test_every_command_says_it_the_same_way(
    lklint: Run, folder: Path, arguments: tuple[str, ...]
) -> None:
    (folder / "lklint.toml").write_text("selct = []")
    done = lklint(*arguments)
    assert done.stderr == "lklint: lklint.toml: selct: there is no such key; did you mean select?\n"
    assert (done.stdout, done.returncode) == ("", 2)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--config", "nowhere.toml"), "nowhere.toml: No such file or directory"),
        (("--config", "."), ".: Is a directory"),
        (("--config", "inbound-trunk.json"), "inbound-trunk.json: not TOML: "),
        (("--config", "pyproject.toml"), "pyproject.toml: there is no [tool.lklint] in it"),
        (("--select", "LK1,LKX"), "--select: there is no rule 'LKX'; "),
        (("--extend-select", "LKX"), "--extend-select: there is no rule 'LKX'; "),
        (("--ignore", "LKX"), "--ignore: there is no rule 'LKX'; "),
        (("--exclude", "[z-a]"), "--exclude: '[z-a]' is no glob as in a .gitignore"),
        (("--extend-exclude", "!"), "--extend-exclude: '!' is no glob as in a .gitignore"),
        (("--server-version", "new"), "the command line: server-version: must be a version such"),
        (("--lk-version", "2"), "the command line: lk-version: must be a version such as 1.13.3"),
        (("--default-region", "Wales"), "the command line: default-region: must be a country in"),
        (("--agent-source", "agnets"), "--agent-source: 'agnets' leads to no Python or script"),
    ],
)
def test_a_mistake_on_the_command_line_is_one_line_too(
    lklint: Run, folder: Path, arguments: tuple[str, ...], says: str
) -> None:
    (folder / "pyproject.toml").write_text('[project]\ndependencies = ["lklint"]\n')
    done = lklint("check", *arguments)
    assert done.stderr.startswith(f"lklint: {says}")
    assert done.stderr.count("\n") == 1
    assert (done.stdout, done.returncode) == ("", 2)


def test_what_stands_in_a_file_cannot_write_to_the_terminal(lklint: Run, folder: Path) -> None:
    (folder / "lklint.toml").write_text('"\\u001b[2J\\u202e" = 1\n')
    done = lklint("check")
    assert not set(done.stderr) & set("\x1b\u202e")
    assert done.stderr.startswith(
        "lklint: lklint.toml: \\u{1b}[2J\\u{202e}: there is no such key; "
    )


def test_a_file_that_may_not_be_read(lklint: Run, folder: Path) -> None:
    (folder / "lklint.toml").mkdir()
    done = lklint("check")
    assert (done.stderr, done.returncode) == ("lklint: lklint.toml: Is a directory\n", 2)
