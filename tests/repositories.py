"""Real git repositories for tests, made in a temporary folder."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
AUTHOR = {"NAME": "Somebody", "EMAIL": "somebody@example.com"}


def environment() -> dict[str, str]:
    """An environment in which git knows who commits and reads no configuration of this machine."""
    kept = {key: value for key, value in os.environ.items() if key not in _ABOUT_OTHER_REPOSITORIES}
    who = {f"GIT_{role}_{key}": AUTHOR[key] for role in ("AUTHOR", "COMMITTER") for key in AUTHOR}
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return {**kept, **who, **alone, "LC_ALL": "C.UTF-8"}


_ABOUT_OTHER_REPOSITORIES = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")


class Repository:
    """A git repository and its work tree."""

    def __init__(self, path: Path, **more: str) -> None:
        self.path = path
        self.environment = {**environment(), **more}
        path.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch", "main")

    def git(self, *arguments: str) -> str:
        """What a git command that must succeed prints."""
        done = self.try_git(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def try_git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *arguments],
            cwd=self.path,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def write(self, name: str, text: str) -> Path:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        return file

    def commit(self, **files: str) -> str:
        """Commit everything there is; returns the name of the commit."""
        for name, text in files.items():
            self.write(name, text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--no-verify", "--message", "a change")
        return self.git("rev-parse", "HEAD").strip()


def snapshot(into: Path) -> Repository:
    """This checkout as it is now, committed in a repository of its own: the files git knows."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listing.returncode != 0:
        pytest.skip(f"{ROOT.name} is no git checkout: {listing.stderr.decode().strip()}")
    copy = Repository(into)
    for name in filter(None, os.fsdecode(listing.stdout).split("\0")):
        if (ROOT / name).is_file():
            file = into / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes((ROOT / name).read_bytes())
    copy.commit()
    return copy
