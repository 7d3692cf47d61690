"""Showing where lklint and LiveKit disagree: few, different, and small."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import lklint

from .generate import Case
from .oracle import Oracle, Verdict
from .tree import Array, Layout, Member, Node, Object, Token, copied, nodes, written

SHOWN = 20

COMPACT = Layout(None, colon=": ", comma=", ")


def rejections(case: Case) -> list[str]:
    """The codes of what lklint says LiveKit refuses."""
    report = lklint.check_text(case.text, kind=case.kind, form=case.form)
    return [finding.code for finding in report.findings if finding.effect == "rejected"]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A document on which the two verdicts differ, and lklint's rejected codes."""

    case: Case
    verdict: Verdict
    codes: tuple[str, ...]

    @property
    def sort(self) -> tuple[bool, tuple[str, ...], str]:
        """What makes two disagreements look alike."""
        return (
            self.verdict.refused,
            self.codes,
            self.case.mistakes[-1] if self.case.mistakes else "",
        )

    def shown(self) -> str:
        """All there is to know about it."""
        text = self.case.text
        body = repr(text) if isinstance(text, bytes) or not text.isprintable() else text
        return "\n".join(
            (
                f"{self.case.id}  {self.case.kind}, asked for {self.case.form}",
                f"  mistakes: {', '.join(self.case.mistakes) or 'none'}",
                f"  LiveKit:  {self.verdict.message if self.verdict.refused else 'accepted'}",
                f"  lklint:   {', '.join(self.codes) or 'nothing rejected'}",
                f"  {body[:2000]}",
            )
        )


def disagreements(judged: list[tuple[Case, Verdict]]) -> list[Disagreement]:
    """Every document on which lklint's verdict is not LiveKit's."""
    found = []
    for case, verdict in judged:
        codes = rejections(case)
        if bool(codes) != verdict.refused:
            found.append(Disagreement(case, verdict, tuple(codes)))
    return found


def explained(found: list[Disagreement], oracle: Oracle, documents: int) -> str:
    """A report of at most `SHOWN` of them, one of each sort first, made small."""
    sorts = Counter(one.sort for one in found)
    first = {one.sort: one for one in reversed(found)}
    chosen = sorted(first.values(), key=lambda one: -sorts[one.sort])[:SHOWN]
    head = f"{len(found)} of {documents} documents, {len(sorts)} sorts; {len(chosen)} of them:"
    parts = [f"[{sorts[one.sort]} like it] {smaller(one, oracle).shown()}" for one in chosen]
    return "\n\n".join([head, *parts])


def smaller(one: Disagreement, oracle: Oracle) -> Disagreement:
    """The same disagreement with as much of the document taken away as can be."""
    for _ in range(40):
        tries = [replace(one.case, text=text) for text in _cuts(one.case.text)]
        answers = zip(tries, oracle.verdicts(tries), strict=True)
        alike = (
            (case, verdict) for case, verdict in answers if verdict.refused == one.verdict.refused
        )
        better = next(_still(alike, one.verdict.refused), None)
        if better is None:
            return one
        one = better
    return one


def _still(alike: Iterator[tuple[Case, Verdict]], refused: bool) -> Iterator[Disagreement]:
    for case, verdict in alike:
        codes = rejections(case)
        if bool(codes) != refused:
            yield Disagreement(case, verdict, tuple(codes))


def _cuts(text: str | bytes) -> list[str | bytes]:
    """Smaller documents to try, the smallest first."""
    root = _parsed(text)
    if root is None:
        return _without_pieces(text)
    cuts: set[str | bytes] = set()
    for place in list(nodes(root)):
        held: list[Any] = place.members if isinstance(place, Object) else []
        held = place.items if isinstance(place, Array) else held
        for index in range(len(held)):
            gone = held.pop(index)
            cuts.add(written(root, COMPACT))
            held.insert(index, gone)
    return sorted((cut for cut in cuts if len(cut) < len(text)), key=len)[:400]


def _without_pieces(text: str | bytes) -> list[str | bytes]:
    cuts: set[str | bytes] = set()
    size = len(text) // 2
    while size:
        step = max(1, size // 2, len(text) // 100)
        cuts.update(_without(text, at, size) for at in range(0, len(text), step))
        size //= 2
    return sorted(cuts, key=len)[:400]


def _without(text: str | bytes, at: int, size: int) -> str | bytes:
    if isinstance(text, bytes):
        return text[:at] + text[at + size :]
    return text[:at] + text[at + size :]


def _parsed(text: str | bytes) -> Node | None:
    """The document with every member it has, or None where it is no JSON."""
    try:
        read = json.loads(
            text if isinstance(text, str) else text.decode(),
            object_pairs_hook=lambda pairs: Object(
                "", [Member(json.dumps(key), _node(value)) for key, value in pairs]
            ),
            parse_int=Token,
            parse_float=Token,
            parse_constant=lambda name: Token("?"),
        )
    except (ValueError, RecursionError):
        return None
    return _node(read)


def _node(value: Any) -> Node:
    if isinstance(value, list):
        return Array([_node(item) for item in value])
    if isinstance(value, (Token, Object)):
        return copied(value)
    return Token(json.dumps(value))
