"""Single findings that a configuration accepts, each with a reason."""

from __future__ import annotations

import json
import os
import re
from typing import Any, NamedTuple

from lklint.config.finding import OWN, SHARED, Configured, table
from lklint.config.globs import Glob, Globs, below_root
from lklint.config.profile import Layer
from lklint.config.selection import codes_of
from lklint.findings import Finding
from lklint.rules.all_rules import needs_all_files
from lklint.silencing.pointers import matches


class Ignore(NamedTuple):
    """One `[[ignores]]` entry; `number` counts them from 0, `codes` are the rules it means."""

    number: int
    file: str
    pointer: str
    codes: frozenset[str]
    reason: str


def ignores_of(layer: Layer) -> list[Ignore]:
    """The entries of a configuration. Raises ConfigurationError for an unknown rule."""
    entries: list[dict[str, Any]] = layer.get("ignores")
    return [
        Ignore(
            number,
            entry["file"],
            entry.get("pointer", "/**"),
            codes_of(entry["rule"], f"{layer.where('ignores')}[{number}].rule")[0],
            entry["reason"],
        )
        for number, entry in enumerate(entries)
    ]


class Ignores:
    """The entries of one configuration, and which of them have silenced something."""

    def __init__(self, layer: Layer) -> None:
        self.entries = ignores_of(layer)
        self._root = layer.root
        self._unignorable = layer.unignorable
        where = layer.where("ignores")
        globs = [Glob(entry.file, entry, f"{where}[{entry.number}].file") for entry in self.entries]
        self._globs = Globs(layer.root, globs)
        self._of: dict[str, list[Ignore]] = {}
        self._used: set[int] = set()
        self._asked: set[int] = set()
        self._unsure: set[int] = set()

    def begin(self, path: str, whole: bool) -> None:
        """A file is looked at; where it is not read as a whole, nobody knows what it holds."""
        (self._asked if whole else self._unsure).update(entry.number for entry in self._about(path))

    def silence(self, finding: Finding, path: str) -> bool:
        """Whether an entry accepts a finding in the file at an absolute path."""
        hit = [
            entry
            for entry in self._about(path)
            if finding.code in entry.codes and matches(entry.pointer, finding.pointer)
        ]
        self._used.update(entry.number for entry in hit)
        return bool(hit)

    def _about(self, path: str) -> list[Ignore]:
        if path not in self._of:
            self._of[path] = self._globs.values(path)
        return self._of[path]

    def stale(self, searched: bool, settled: bool) -> list[Ignore]:
        """The entries that silence nothing any more, as far as the files looked at can tell.

        An entry about one file is told by that file, or by its absence; all others only where every
        file was `searched` for. What rules about whole environments find must be `settled`.
        """
        known = self._used | self._unsure
        return [
            entry
            for entry in self.entries
            if entry.codes <= self._unignorable
            or (entry.number not in known and self._is_over(entry, searched, settled))
        ]

    def _is_over(self, entry: Ignore, searched: bool, settled: bool) -> bool:
        """Whether all files that an entry may be about were looked at, or are gone."""
        if not settled and any(map(needs_all_files, entry.codes)):
            return False
        unescaped = re.sub(r"\\.", "x", entry.file)
        if "/" not in unescaped or set(unescaped) & set("*?["):
            return searched
        file = os.path.join(self._root, re.sub(r"\\(.)", r"\1", entry.file).strip("/"))
        if os.path.isdir(file):
            return searched
        return entry.number in self._asked or not os.path.lexists(file)


def line_of(file: str, number: int) -> int:
    """The line on which an entry of a configuration begins, 1 where it cannot be told."""
    try:
        with open(file, encoding="utf-8", errors="replace") as stream:
            text = stream.read()
    except OSError:
        return 1
    heads = list(_HEAD.finditer(text))
    if number >= len(heads):
        return 1
    return text.count("\n", 0, heads[number].start()) + 1


_HEAD = re.compile(r"^[ \t]*\[\[[ \t]*(?:tool\.lklint\.)?ignores[ \t]*\]\]", re.MULTILINE)


def ignore_for(finding: Finding, root: str, reason: str) -> dict[str, str] | None:
    """A new entry that accepts a finding.

    None for a file outside of the folder of the configuration, for a name that TOML cannot hold,
    for what is told about accepted findings, and for mistakes of the text itself: they hide
    everything else.
    """
    below = below_root(os.path.abspath(finding.file), root)
    if below is None or finding.code.startswith(("LK0", "LK79")):
        return None
    if _SURROGATE.search(below + finding.pointer):
        return None
    file = _literal(below)
    return {"file": file, "pointer": finding.pointer, "rule": finding.name, "reason": reason}


_SURROGATE = re.compile("[\ud800-\udfff]")


def _literal(path: str) -> str:
    """A path as a glob that means just this path (but for blanks that no glob can name)."""
    plain = re.sub(r"([*?\[\]!#\\ ])", r"\\\1", path)
    plain = re.sub(r"[^\S ]", "?", plain)
    return plain if "/" in plain else f"/{plain}"


def with_entries(text: str, entries: list[dict[str, str]], shared: bool) -> str | None:
    """The text of a configuration with entries added at its end.

    None where the file writes its `ignores` in a way that nothing can be added to.
    """
    head = "[[tool.lklint.ignores]]" if shared else "[[ignores]]"
    blocks = [
        "\n".join([head, *(f"{key} = {_quoted(value)}" for key, value in entry.items())])
        for entry in entries
    ]
    newline = "\r\n" if "\r\n" in text else "\n"
    added = ("\n\n".join(blocks) + "\n").replace("\n", newline)
    gap = newline * (2 - text.endswith("\n")) if text else ""
    whole = text + gap + added
    before = table(text, shared) or {}
    wanted = {**before, "ignores": [*before.get("ignores", []), *entries]}
    try:
        return whole if table(whole, shared) == wanted else None
    except ValueError:
        return None


def _quoted(text: str) -> str:
    """A basic string of TOML; JSON's escapes are TOML's too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def configuration_file(configured: Configured | None) -> str:
    """The file that new entries go to: the one in force, or a new `lklint.toml` here."""
    return configured.path if configured else os.path.join(os.getcwd(), OWN)


def is_shared(path: str) -> bool:
    """Whether a configuration file is one that other tools share."""
    return os.path.basename(path) == SHARED
