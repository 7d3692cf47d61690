"""A reader that never gives up: the tree of any text, and what LiveKit's reader would refuse in it.

It reads on after a mistake where the mistake is of a kind that people make (a comment, a comma too
many or too few, the wrong quotes), so that all of them are reported at once; after anything else it
stops and says so (`whole` is False).
"""

from __future__ import annotations

import re
from typing import NamedTuple, NoReturn

from lklint.documents.numbers import TooLarge, integer, number
from lklint.documents.problems import DEEPEST_NESTING, Problem
from lklint.documents.strings import CLOSING_QUOTES, read_string
from lklint.documents.tree import Member, Node

MOST_PROBLEMS = 50
"""After so many mistakes in one text the rest is not read."""

_BLANKS = re.compile(r"[ \t\n\r]*")
_COMMENT = re.compile(r"//[^\n\r]*|/\*.*?(?:\*/|\Z)|#[^\n\r]*", re.DOTALL)
_ODD_BLANK = re.compile(
    r"[\f\v\u0085\u00a0\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]+"
)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE](?:[+-]?[0-9]+)?)?")
"""Go's reader takes an exponent without digits (protobuf-go internal/encoding/json)."""
_DOUBLES = ("keyFrameInterval", "key_frame_interval")
"""The fields of LiveKit's that are no whole numbers; there it does not."""
_WORD = re.compile(r"[^\s,:\[\]{}\"]+")
_CONSTANTS = ("true", "false", "null")
_PYTHON_CONSTANTS = {"True": "true", "False": "false", "None": "null", "undefined": "null"}
_NO_NUMBERS = ("NaN", "Infinity", "-Infinity", "+Infinity", "nan", "inf", "-inf")


class Parsed(NamedTuple):
    """The tree of a text (None where there is no value) and its problems, in reading order."""

    root: Node | None
    problems: tuple[Problem, ...]
    whole: bool


class _Lost(Exception):
    """Nothing sensible can be read after this place."""


def parse(text: str) -> Parsed:
    """Read any text."""
    parser = _Parser(text)
    root = None
    try:
        root = parser.document()
    except _Lost:
        parser.whole = False
    problems = sorted(parser.problems, key=lambda problem: (problem.begin, problem.end))
    return Parsed(root, tuple(problems), parser.whole)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 1 if text.startswith("\ufeff") else 0
        self.problems: list[Problem] = []
        self.whole = True

    def document(self) -> Node:
        self.skip()
        if self.at >= len(self.text):
            self.report("empty-file", self.at, self.at)
            raise _Lost
        root = self.value(0)
        self.skip()
        if self.at < len(self.text):
            self.trailing_text()
        if root.shape != "object":
            self.report("not-an-object", root.begin, root.end, root.shape)
            self.whole = False
        return root

    def trailing_text(self) -> None:
        rest = self.text[self.at :].rstrip()
        only_marks = all(mark in "}],; \t\r\n" for mark in rest)
        end = self.at + len(rest)
        repair = ((self.at, end, ""),) if only_marks else ()
        self.report("trailing-text", self.at, end, rest[:40], repair=repair, safe=False)
        self.whole = self.whole and only_marks

    def value(self, depth: int) -> Node:
        if depth > DEEPEST_NESTING:
            self.report("too-deep", self.at, self.at + 1)
            raise _Lost
        mark = self.text[self.at]
        if mark == "{":
            return self.object(depth)
        if mark == "[":
            return self.array(depth)
        if mark in CLOSING_QUOTES:
            return self.string()
        return self.plain()

    def object(self, depth: int) -> Node:
        node = Node("object", self.at, self.at)
        self.at += 1
        seen: dict[str, Member] = {}
        comma: int | None = None
        while True:
            self.skip()
            if self.closes("}", node, comma):
                return node
            if node.members and comma is None:
                self.missing_comma(node.members[-1].value)
            comma = None
            member = self.member(depth)
            node.members.append(member)
            if member.key in seen:
                self.duplicate(seen[member.key], member, node.members[-2])
            else:
                seen[member.key] = member
            self.skip()
            comma = self.comma()

    def array(self, depth: int) -> Node:
        node = Node("array", self.at, self.at)
        self.at += 1
        comma: int | None = None
        while True:
            self.skip()
            if self.closes("]", node, comma):
                return node
            if node.items and comma is None:
                self.missing_comma(node.items[-1])
            if self.text[self.at] in ":}":
                self.unexpected()
            node.items.append(self.value(depth + 1))
            self.skip()
            comma = self.comma()

    def closes(self, mark: str, node: Node, comma: int | None) -> bool:
        """Whether the container ends here; notes a comma left dangling before the end."""
        if self.at >= len(self.text):
            self.report("cut-off", node.begin, node.begin + 1, mark)
            raise _Lost
        if self.text[self.at] != mark:
            return False
        if comma is not None:
            self.report("trailing-comma", comma, comma + 1, mark, repair=((comma, comma + 1, ""),))
        self.at += 1
        node.end = self.at
        return True

    def comma(self) -> int | None:
        """The place of the comma here, if there is one; commas after it are too many."""
        if not self.text.startswith(",", self.at):
            return None
        place = self.at
        self.at += 1
        self.skip()
        while self.text.startswith(",", self.at):
            self.report("not-json", self.at, self.at + 1, ",", repair=((self.at, self.at + 1, ""),))
            self.at += 1
            self.skip()
        return place

    def missing_comma(self, before: Node) -> None:
        if self.text[self.at] in "}]:":
            self.unexpected()
        self.report(
            "missing-comma", before.end, self.at + 1, repair=((before.end, before.end, ","),)
        )

    def member(self, depth: int) -> Member:
        mark = self.text[self.at]
        if mark in CLOSING_QUOTES:
            name = self.string()
        elif mark in "{}[],:":
            self.unexpected()
        else:
            name = self.bare_name()
        self.skip()
        self.colon(name)
        self.skip()
        if self.at >= len(self.text):
            self.report("cut-off", name.begin, name.end, "value")
            raise _Lost
        if self.text[self.at] in ",}]:":
            self.unexpected()
        value = self.value(depth + 1)
        if name.scalar in _DOUBLES and self.text[value.end - 1] in "eE" and value.shape == "number":
            self.report("bad-number", value.begin, value.end, self.text[value.begin : value.end])
        return Member(str(name.scalar), name.begin, name.end, value)

    def colon(self, name: Node) -> None:
        if self.text.startswith(":", self.at):
            self.at += 1
        elif self.text.startswith("=", self.at):
            self.report(
                "not-json", self.at, self.at + 1, "=", repair=((self.at, self.at + 1, ":"),)
            )
            self.at += 1
        elif self.at >= len(self.text):
            self.report("cut-off", name.begin, name.end, ":")
            raise _Lost
        elif self.text[self.at] in ",}]":
            self.unexpected()
        else:
            self.report("not-json", name.end, self.at + 1, ":", repair=((name.end, name.end, ":"),))

    def bare_name(self) -> Node:
        match = _WORD.match(self.text, self.at)
        if match is None:
            self.unexpected()
        begin, end = match.span()
        quoted = '"' + match[0].replace("\\", "\\\\") + '"'
        self.report("wrong-quotes", begin, end, match[0], repair=((begin, end, quoted),))
        self.at = end
        return Node("string", begin, end, scalar=match[0])

    def string(self) -> Node:
        begin = self.at
        found = read_string(self.text, begin)
        for problem in found.problems:
            self.add(problem)
        if found.cut_off:
            raise _Lost
        self.at = found.end
        return Node("string", begin, found.end, scalar=found.value)

    def plain(self) -> Node:
        """A number, a constant, or a word that is neither."""
        begin = self.at
        match = _WORD.match(self.text, begin)
        if match is None:
            self.unexpected()
        word, self.at = match[0], match.end()
        for slash in ("//", "/*"):
            if slash in word:
                word = word[: word.index(slash)]
                self.at = begin + len(word)
        if word in _CONSTANTS:
            return Node(word, begin, self.at)
        if _NUMBER.fullmatch(word):
            return self.number(word, begin)
        if word in _NO_NUMBERS or word[0] in "+-.0123456789":
            self.report("bad-number", begin, self.at, word, repair=self.better_number(word, begin))
            return Node("number", begin, self.at, scalar=0)
        if word in _PYTHON_CONSTANTS:
            shape = _PYTHON_CONSTANTS[word]
            self.report("not-json", begin, self.at, word, repair=((begin, self.at, shape),))
            return Node(shape, begin, self.at)
        quoted = f'"{word}"'
        plain = "\\" not in word
        repair = ((begin, self.at, quoted),) if plain else ()
        self.report("wrong-quotes", begin, self.at, word, repair=repair, safe=False)
        return Node("string", begin, self.at, scalar=word)

    def number(self, word: str, begin: int) -> Node:
        try:
            value = integer(word) if word.lstrip("-").isdigit() else number(word.rstrip("eE"))
        except TooLarge:
            self.report("bad-number", begin, self.at, word[:40])
            value = 0
        return Node("number", begin, self.at, scalar=value)

    def better_number(self, word: str, begin: int) -> tuple[tuple[int, int, str], ...]:
        better = re.sub(r"^\+", "", word)
        better = re.sub(r"^(-?)\.", r"\g<1>0.", better)
        better = re.sub(r"\.$", "", better)
        return ((begin, self.at, better),) if _NUMBER.fullmatch(better) else ()

    def duplicate(self, first: Member, second: Member, before: Member) -> None:
        """Notes a name given twice; where both say the same, the second can go."""
        one = self.text[first.value.begin : first.value.end]
        two = self.text[second.value.begin : second.value.end]
        repair = ((before.value.end, second.value.end, ""),) if one == two else ()
        self.report(
            "duplicate-key",
            second.key_begin,
            second.key_end,
            second.key,
            other=(first.key_begin, first.key_end),
            repair=repair,
        )

    def skip(self) -> None:
        """Passes over blanks, and over what people put where blanks go."""
        while True:
            self.at = _BLANKS.match(self.text, self.at).end()  # type: ignore[union-attr]
            match = _COMMENT.match(self.text, self.at)
            if match is not None:
                self.report("comment", *match.span(), match[0][:2], repair=(self.without(match),))
            else:
                match = _ODD_BLANK.match(self.text, self.at)
                if match is None:
                    return
                self.report("not-json", *match.span(), match[0], repair=((*match.span(), " "),))
            self.at = match.end()

    def without(self, comment: re.Match[str]) -> tuple[int, int, str]:
        """The edit that takes a comment out, with the blanks or the whole line it stood on."""
        begin, end = comment.span()
        while begin > 0 and self.text[begin - 1] in " \t":
            begin -= 1
        alone = begin == 0 or self.text[begin - 1] == "\n"
        if alone and self.text.startswith("\r\n", end):
            end += 2
        elif alone and self.text.startswith("\n", end):
            end += 1
        return (begin, end, "")

    def unexpected(self) -> NoReturn:
        self.report(
            "not-json", self.at, min(self.at + 1, len(self.text)), self.text[self.at : self.at + 1]
        )
        raise _Lost

    def report(
        self,
        name: str,
        begin: int,
        end: int,
        detail: str = "",
        *,
        other: tuple[int, int] | None = None,
        repair: tuple[tuple[int, int, str], ...] = (),
        safe: bool = True,
    ) -> None:
        self.add(Problem(name, begin, end, detail, other, repair, safe))

    def add(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) >= MOST_PROBLEMS:
            raise _Lost
