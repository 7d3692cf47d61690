"""Paths as a forge knows them: from the root of the repository on, with forward slashes."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import PurePath

from lklint.findings import Report


def repository_paths(report: Report) -> dict[str, str]:
    """The path in the repository of every file that the findings name.

    A file that lies outside has its absolute path.
    """
    files = {finding.file for finding in report.findings}
    files.update(related.file for finding in report.findings for related in finding.related)
    root = os.path.realpath(_root())
    return {file: _below(root, file) for file in files}


def _root() -> str:
    """The project that GitLab names, else the repository around here, else GitHub's workspace."""
    here = folder = os.getcwd()
    if os.environ.get("CI_PROJECT_DIR"):
        return os.environ["CI_PROJECT_DIR"]
    while not os.path.exists(os.path.join(folder, ".git")):
        outer = os.path.dirname(folder)
        if outer == folder:
            return os.environ.get("GITHUB_WORKSPACE") or here
        folder = outer
    return folder


def _below(root: str, file: str) -> str:
    """The path from the root on. A link counts as what it leads to, unless that is elsewhere."""
    for whole in (os.path.realpath, os.path.abspath):
        with suppress(ValueError):
            return PurePath(whole(file)).relative_to(root).as_posix()
    return PurePath(os.path.abspath(file)).as_posix()
