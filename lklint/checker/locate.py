"""From pointers to lines and columns, and from proposed changes to text edits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from lklint.checker.secrets import secret_places
from lklint.documents.edits import TextEdit, resolve
from lklint.documents.pointer import parent
from lklint.documents.problems import Problem
from lklint.documents.tree import Lines, Node, find, find_member
from lklint.findings import Applicability, Edit, Finding, Fix, Related, Severity, Source, Span
from lklint.rules.found import Found, Place, Proposal
from lklint.rules.registry import Rule
from lklint.settings import Settings

Elsewhere = Callable[[str], "Locator"]
"""Knows where everything stands in another file."""


class Locator:
    """Knows where everything stands in one text."""

    def __init__(
        self, text: str, root: Node | None, file: str, severities: Mapping[str, str]
    ) -> None:
        self._text = text
        self._root = root
        self._file = file
        self._severities = severities
        self._lines = Lines(text)

    def finding(self, rule: Rule, found: Found, elsewhere: Elsewhere | None = None) -> Finding:
        """A rule's report as a finding. `elsewhere` knows the other files that it speaks of."""
        related = tuple(
            Related(word, place.file or self._file, self._related(place, elsewhere))
            for place, word in found.related
        )
        return self._finding(rule, found, self._place(found.place), related, self._fix(found.fix))

    def span(self, place: Place) -> Span:
        """Where a place stands."""
        return self._span(self._place(place))

    def _related(self, place: Place, elsewhere: Elsewhere | None) -> Span:
        if elsewhere is None or place.file in ("", self._file):
            return self.span(place)
        return elsewhere(place.file).span(place)

    def problem(self, rule: Rule, found: Found, problem: Problem) -> Finding:
        """A rule's report about a problem of the text as a finding."""
        related: tuple[Related, ...] = ()
        if problem.other is not None:
            related = (Related("first given here", self._file, self._span(problem.other)),)
        fix = None
        if problem.repair:
            title = found.fix.title if found.fix is not None else rule.summary
            fix = self._fixed(title, problem.safe, problem.repair)
        return self._finding(rule, found, (problem.begin, problem.end), related, fix)

    def source(self) -> Source:
        """The text, with the characters that no report may show."""
        return Source(self._file, self._text, self.secrets())

    def secrets(self) -> tuple[tuple[int, int], ...]:
        """The characters of the text that no report may show."""
        return secret_places(self._text, self._root)

    def _finding(
        self,
        rule: Rule,
        found: Found,
        place: tuple[int, int],
        related: tuple[Related, ...],
        fix: Fix | None,
    ) -> Finding:
        return Finding(
            rule.code,
            rule.name,
            Severity(self._severities.get(rule.code, rule.severity)),
            rule.effect,
            found.headline,
            found.mend,
            self._file,
            found.place.pointer,
            self._span(place),
            found.label,
            related,
            fix,
        )

    def _place(self, place: Place) -> tuple[int, int]:
        if self._root is None:
            return 0, 0
        if place.part in ("key", "member") and place.pointer:
            held = find_member(self._root, place.pointer)
            if held is not None:
                member = held[0].members[held[1]]
                end = member.key_end if place.part == "key" else member.value.end
                return member.key_begin, end
        pointer = place.pointer
        node = find(self._root, pointer)
        while node is None:
            pointer = parent(pointer)
            node = find(self._root, pointer)
        whole = place.part != "brace" and pointer == place.pointer
        return node.begin, node.end if whole else node.begin + 1

    def _span(self, place: tuple[int, int]) -> Span:
        return self._lines.span(*place)

    def _fix(self, proposal: Proposal | None) -> Fix | None:
        if proposal is None or self._root is None:
            return None
        edits = resolve(self._text, self._root, proposal.changes)
        return None if edits is None else self._fixed(proposal.title, proposal.safe, edits)

    def _fixed(self, title: str, safe: bool, edits: tuple[TextEdit, ...]) -> Fix:
        return Fix(
            title,
            Applicability.SAFE if safe else Applicability.UNSAFE,
            tuple(
                Edit(begin, end, text, self._lines.span(begin, end)) for begin, end, text in edits
            ),
        )


class Locators:
    """Knows where everything stands in many files; the last few are kept, the rest read again.

    `of` gives the locator of a file, `source` its text. What cannot be read any more is an empty
    text.
    """

    def __init__(
        self, read: Callable[[str], bytes], settings_of: Callable[[str], Settings]
    ) -> None:
        self._read = read
        self._settings_of = settings_of
        self.of = lru_cache(maxsize=64)(self._of)
        self.source = lru_cache(maxsize=64)(self._source)

    def finding(self, rule: Rule, found: Found) -> Finding:
        """A report of a rule about a workspace as a finding."""
        return self.of(found.place.file).finding(rule, found, self.of)

    def _source(self, file: str) -> Source:
        return self.of(file).source()

    def _of(self, file: str) -> Locator:
        from lklint.documents.decoding import decode
        from lklint.documents.tolerant import parse

        try:
            text, _ = decode(self._read(file))
        except OSError:
            text = ""
        return Locator(text, parse(text).root, file, self._settings_of(file).severities)
