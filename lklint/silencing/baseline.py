"""The baseline: findings that were there before lklint was.

One file, in a stable order, one finding a line, so that changes of it are small. A finding is known
again by its rule, file, place and value, never by its line; where the value is an object the place
is enough, or any change inside would bring its findings back. What stands in an item of a list is
known by what the item is called, too: another call that fails is another finding. What the text
itself does wrong (family 0) is not taken in: a file that cannot be read hides everything else.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from lklint.config.finding import ConfigurationError
from lklint.config.globs import below_root
from lklint.documents.pointer import join, tokens, without_indices
from lklint.documents.tolerant import parse
from lklint.documents.tree import Node, find
from lklint.documents.values import value_of
from lklint.findings import Finding, Source
from lklint.telephony.fields import snake_case
from lklint.telephony.secrets import is_secret_field

FILE = "lklint-baseline.json"
VERSION = 1
_NEVER_HELD = ("LK0", "LK79")
"""What the text itself does wrong, and what is told about accepted findings."""


class Entry(NamedTuple):
    """A finding as the baseline knows it.

    `pointer` has a star for an item of a list, which may move; `value` is a hash of the value and
    of what its item is called, "" where there is neither.
    """

    file: str
    pointer: str
    rule: str
    value: str


def can_hold(finding: Finding) -> bool:
    """Whether a finding may be taken into a baseline."""
    return not finding.code.startswith(_NEVER_HELD)


def entry_for(finding: Finding, root: str, source: Source | None) -> Entry | None:
    """The entry of a finding, None where a baseline in the folder `root` cannot hold it."""
    below = below_root(os.path.abspath(finding.file), root)
    if below is None or not can_hold(finding):
        return None
    place = without_indices(finding.pointer)
    return Entry(below, place, finding.code, _fingerprint(finding.pointer, source))


def _fingerprint(pointer: str, source: Source | None) -> str:
    """The hash of the value at a place, and of the names of the items of lists that it stands in.

    A secret is not hashed: that could be guessed back.
    """
    root = _tree(source.text) if source is not None else None
    if root is None:
        return ""
    node = find(root, pointer)
    secret = any(map(is_secret_field, tokens(pointer)))
    known = [] if secret or node is None or node.shape == "object" else [_covered(node)]
    known += filter(None, map(_called, _items(root, pointer)))
    if not known:
        return ""
    held = known[0] if len(known) == 1 else known
    text = json.dumps(held, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


_CALLED_BY = frozenset(
    (
        *("name", "id", "sip_trunk_id", "sip_dispatch_rule_id", "number", "agent_name"),
        *("from", "to", "source_ip", "from_host", "no_pin"),
    )
)
"""Members that tell items of a list apart: names, ids, and what makes an expected call."""


def _items(root: Node, pointer: str) -> Iterator[Node]:
    """The objects of lists that a place stands in, or is, outermost first."""
    node: Node | None = root
    for token in tokens(pointer):
        listed = node is not None and node.shape == "array"
        node = find(node, join("", token)) if node is not None else None
        if listed and node is not None and node.shape == "object":
            yield node


def _called(item: Node) -> dict[str, Any]:
    """What an item of a list is called, whichever way its members are spelled."""
    named = {snake_case(member.key): value_of(member.value) for member in item.members}
    return {name: value for name, value in named.items() if name in _CALLED_BY}


@lru_cache(maxsize=1)
def _tree(text: str) -> Node | None:
    """The tree of a text; findings come file by file, so that the last one is enough."""
    return parse(text).root


def _covered(node: Node) -> Any:
    value = value_of(node)
    waiting = [value]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, dict):
            for name in inner:
                if is_secret_field(name):
                    inner[name] = None
            waiting.extend(inner.values())
        elif isinstance(inner, list):
            waiting.extend(inner)
    return value


class Baseline:
    """The entries of a baseline file, and which of them were met again."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = Counter(entries)
        self._places = {(entry.file, entry.pointer, entry.rule) for entry in self.entries}
        self._met: dict[str, Counter[Entry]] = {}

    def begin(self, below: str) -> None:
        """A file is looked at from the start."""
        self._met[below] = Counter()

    def silence(self, finding: Finding, below: str, source: Source | None) -> bool:
        """Whether a finding in a file (its path from the baseline's folder on) is an old one."""
        place = without_indices(finding.pointer)
        if (below, place, finding.code) not in self._places or not can_hold(finding):
            return False
        entry = Entry(below, place, finding.code, _fingerprint(finding.pointer, source))
        met = self._met.setdefault(below, Counter())
        if met[entry] >= self.entries[entry]:
            return False
        met[entry] += 1
        return True

    def stale(self, exists: Iterable[str]) -> list[Entry]:
        """The entries that found nothing in a file that was looked at, or whose file is gone."""
        there = set(exists)
        left: list[Entry] = []
        for entry, count in self.entries.items():
            if entry.file in self._met:
                left.extend([entry] * (count - self._met[entry.file][entry]))
            elif entry.file not in there:
                left.extend([entry] * count)
        return sorted(left)

    def files(self) -> list[str]:
        """The files that entries are about."""
        return sorted({entry.file for entry in self.entries})


def read_baseline(path: str) -> Baseline:
    """The baseline at a path. Raises ConfigurationError where it is no baseline."""
    shown = os.path.relpath(path)
    try:
        with open(path, encoding="utf-8") as stream:
            held = json.load(stream)
        if held["version"] != VERSION:
            raise ConfigurationError(f"{shown}: a baseline of another version of lklint")
        return Baseline(
            Entry(*(str(row[key]) for key in Entry._fields)) for row in held["findings"]
        )
    except OSError as error:
        raise ConfigurationError(f"{shown}: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ConfigurationError(f"{shown}: no baseline of lklint") from error


def baseline_text(entries: Iterable[Entry]) -> str:
    """A baseline as text: sorted, one entry a line."""
    rows = [json.dumps(entry._asdict()) for entry in sorted(entries)]
    held = ",\n".join(f"  {row}" for row in rows)
    return (
        f'{{"version": {VERSION}, "findings": [\n{held}\n]}}\n'
        if rows
        else (f'{{"version": {VERSION}, "findings": []}}\n')
    )
