"""What was touched since a commit, as git tells it."""

from __future__ import annotations

import os
import re
import subprocess
from typing import NamedTuple

from lklint.config.globs import below_root
from lklint.documents.pointer import parent
from lklint.documents.tolerant import parse
from lklint.documents.tree import Lines, find
from lklint.findings import Finding, Source, Span


class ChangesUnknown(Exception):
    """Git cannot tell what was touched; the text is one line that says why."""


class Hunk(NamedTuple):
    """Lines [`first`, `last`] that are new or other than they were.

    `last` is `first` - 1 where lines were only taken out, between `last` and `first`. `shrank`
    tells whether more lines were taken out than put in.
    """

    first: int
    last: int
    shrank: bool


class Changes:
    """The files of the repository we are in that differ from a commit, and where."""

    def __init__(self, reference: str) -> None:
        top = _git(os.getcwd(), "rev-parse", "--show-toplevel").rstrip("\n")
        self._top = os.path.realpath(top)
        self._base = _fork_point(self._top, reference)
        self._origins = _origins(self._top, self._base)
        self._hunks: dict[str, list[Hunk]] = {}

    def touch(self, finding: Finding, path: str, source: Source | None) -> bool:
        """Whether a finding in the file at an absolute path stands where something was touched.

        Its own lines count, those of the places that belong to it, and, where lines were taken out,
        the object around it: what is missing there may be what was taken out. What lies outside of
        the repository is always told: git knows nothing of it.
        """
        below = below_root(os.path.realpath(path), self._top)
        if below is None:
            return True
        if below not in self._origins:
            return False
        hunks = self._hunks_of(below)
        if hunks is None:
            return True
        spans = [finding.span, *(r.span for r in finding.related if r.file == finding.file)]
        if any(_overlap(span, hunk) for span in spans for hunk in hunks):
            return True
        shrunk = [hunk for hunk in hunks if hunk.shrank]
        around = _around(finding, source) if shrunk else None
        return around is not None and any(_overlap(around, hunk) for hunk in shrunk)

    def _hunks_of(self, below: str) -> list[Hunk] | None:
        """Where a file differs from what it was, None where all of it is new."""
        origin = self._origins[below]
        if origin is None:
            return None
        if below not in self._hunks:
            paths = dict.fromkeys((origin, below))
            self._hunks[below] = _hunks(_git(self._top, *_PLAIN_DIFF, self._base, "--", *paths))
        return self._hunks[below]


_PLAIN_DIFF = (
    "diff", "--unified=0", "--inter-hunk-context=0", "--find-renames", "--text", "--no-textconv",
    "--no-ext-diff", "--no-color",
)  # fmt: skip
"""A diff that no configuration or attribute makes look otherwise."""

_HUNK = re.compile(r"^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


def _hunks(diff: str) -> list[Hunk]:
    hunks: list[Hunk] = []
    for out, start, put in _HUNK.findall(diff):
        count = int(put or "1")
        first = int(start) + (count == 0)
        hunks.append(Hunk(first, first + count - 1, int(out or "1") > count))
    return hunks


def _origins(top: str, base: str) -> dict[str, str | None]:
    """The path that each touched file had, None where the whole file is new; from the top on."""
    status = _git(top, "diff", "--name-status", "--find-renames", "-z", base, "--")
    words = iter(status.split("\0"))
    origins: dict[str, str | None] = {}
    for letter in filter(None, words):
        origin = next(words)
        path = next(words) if letter[0] in "RC" else origin
        origins[path] = origin if letter[0] in "MR" else None
    untracked = _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    return {**origins, **dict.fromkeys(filter(None, untracked.split("\0")))}


def _overlap(span: Span, hunk: Hunk) -> bool:
    """Whether a hunk touches a line of a span; one that only takes out must lie inside it."""
    end = span.end.line - (span.end.column == 1 and span.end.line > span.start.line)
    return span.start.line <= hunk.last and hunk.first <= end


def _around(finding: Finding, source: Source | None) -> Span | None:
    """The lines of the object that holds the place of a finding."""
    root = parse(source.text).root if source is not None else None
    if root is None or source is None:
        return None
    node = find(root, finding.pointer)
    if node is None or node.shape != "object":
        node = find(root, parent(finding.pointer))
    return Lines(source.text).span(node.begin, node.end) if node is not None else None


def _fork_point(top: str, reference: str) -> str:
    """The commit that this line of work left the reference at, or the reference itself."""
    if reference.startswith("-"):
        raise ChangesUnknown(f"{reference} is no commit")
    try:
        commit = _git(top, "rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}").strip()
    except ChangesUnknown as error:
        raise ChangesUnknown(f"git knows no commit {reference}{_if_shallow(top)}") from error
    try:
        return _git(top, "merge-base", commit, "HEAD").strip()
    except ChangesUnknown as error:
        advice = _if_shallow(top)
        if advice:
            raise ChangesUnknown(
                f"git does not know where this branch left {reference}{advice}"
            ) from error
        return commit


def _if_shallow(top: str) -> str:
    """What to do about a clone without its history, "" for a whole one."""
    if _git(top, "rev-parse", "--is-shallow-repository").strip() != "true":
        return ""
    return "; the clone is shallow: fetch all of its history (fetch-depth: 0, GIT_DEPTH: 0)"


def _git(folder: str, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "--literal-pathspecs", *arguments],
            cwd=folder,
            capture_output=True,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except OSError as error:
        raise ChangesUnknown(f"git could not be run: {error.strerror}") from error
    if done.returncode != 0:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        said = [line for line in lines if line.startswith("fatal: ")] or lines
        why = said[0].removeprefix("fatal: ") if said else f"git {arguments[0]} failed"
        raise ChangesUnknown(why)
    # Not as text: that would turn a carriage return, in a name or in a line, into a new line.
    return done.stdout.decode("utf-8", "surrogateescape")
