"""A reader that never gives up: the tree of any text, and what LiveKit's reader would refuse in it.

It reads on after a mistake where the mistake is of a kind that people make (a comment, a comma too
many or too few, the wrong quotes), so that all of them are reported at once; after anything else it
stops and says so (`whole` is False).
"""

import re
from typing import NamedTuple, NoReturn

from lklint.documents.problems import DEEPEST_NESTING, Problem
from lklint.documents.rough import read_roughly
from lklint.documents.strings import CLOSING_QUOTES, read_string
from lklint.documents.tree import Member, Node
from lklint.documents.words import Word, read_name, read_placeholder, read_word

MOST_PROBLEMS = 50
"""After so many mistakes in one text the rest is not read."""

MOST_ALIKE = 2000
"""The same for mistakes that are all told as one."""

_BLANKS = re.compile(r"[ \t\n\r]*")
_COMMENT = re.compile(r"//[^\n\r]*|/\*.*?(?:\*/|\Z)|#[^\n\r]*", re.DOTALL)
_FENCE = re.compile(r"```\w*")
_ODD_BLANK = re.compile(
    r"[\f\v\u0085\u00a0\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]+"
)
_GLUED = re.compile(r"[\w\"'`\\$+\-.<@(%&*\u201c\u201d\u201e\u2018\u2019]")
"""What stands right after a string only where its quotes are not those that were meant."""
_VALUE = re.compile(r"[\[{\"'`\u201c\u201e0-9-]|(?:true|false|null)\b")
"""What a value is sure to start with."""
_DOUBLES = ("keyFrameInterval", "key_frame_interval")
"""The fields of LiveKit's that are no whole numbers; there an exponent needs its digits."""


class Parsed(NamedTuple):
    """The tree of a text and its problems, in reading order.

    Where `whole` is False the tree is only `read_roughly`, and no value to be judged.
    """

    root: Node
    problems: tuple[Problem, ...]
    whole: bool


class _Lost(Exception):
    """Nothing sensible can be read after this place."""


class _Enough(_Lost):
    """More mistakes than anybody wants to read."""


def parse(text: str) -> Parsed:
    """Read any text."""
    parser = _Parser(text)
    root: Node | None = None
    sure = True
    try:
        root = parser.document()
    except _Lost as lost:
        parser.whole = False
        sure = isinstance(lost, _Enough)
    problems = sorted(parser.all_problems(), key=lambda problem: (problem.begin, problem.end))
    if not sure:
        # Where the way was lost, what came before may have been misread.
        problems = [problem._replace(safe=False) for problem in problems]
    if root is None or not parser.whole:
        root = read_roughly(text)
    return Parsed(root, tuple(problems), parser.whole)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 1 if text.startswith("\ufeff") else 0
        self.problems: list[Problem] = []
        self.alike: dict[str, list[Problem]] = {}
        self.open: list[str] = []
        self.whole = True

    def document(self) -> Node:
        self.skip()
        if self.at >= len(self.text):
            self.say_only("empty-file", self.at, self.at, "")
            raise _Lost
        root = self.value(0)
        self.skip()
        if root.shape not in ("object", "array"):
            is_name = self.text.startswith((":", "="), self.at)
            self.say_only("not-an-object", root.begin, root.end, "name" if is_name else root.shape)
            raise _Lost
        if self.at < len(self.text):
            self.trailing_text()
        if root.shape == "array":
            self.report("not-an-object", root.begin, root.end, root.shape)
            self.whole = False
        return root

    def say_only(self, name: str, begin: int, end: int, detail: str) -> None:
        """Notes a problem that makes every other one pointless."""
        self.problems.clear()
        self.alike.clear()
        self.report(name, begin, end, detail)

    def trailing_text(self) -> None:
        rest = self.text[self.at :].rstrip()
        only_marks = all(mark in "}],; \t\r\n" for mark in rest)
        end = self.at + len(rest)
        repair = ((self.at, end, ""),) if only_marks else ()
        self.report("trailing-text", self.at, end, rest[:40], repair=repair, safe=False)
        self.whole = self.whole and only_marks

    def value(self, depth: int) -> Node:
        mark = self.text[self.at]
        if mark in "{$<" and depth:
            placeholder = read_placeholder(self.text, self.at)
            if placeholder is not None:
                return self.word(placeholder)
        if mark in "{[" and depth >= DEEPEST_NESTING:
            self.report("too-deep", self.at, self.at + 1)
            raise _Lost
        if mark == "{":
            return self.object(depth)
        if mark == "[":
            return self.array(depth)
        if mark in CLOSING_QUOTES:
            return self.string()
        return self.word(read_word(self.text, self.at))

    def object(self, depth: int) -> Node:
        node = self.opened("object", "}")
        seen: dict[str, Member] = {}
        self.leading_commas()
        comma: int | None = None
        while True:
            self.skip()
            if self.closes("}", node, comma):
                return node
            member = self.member(depth)
            if node.members and comma is None:
                self.missing_comma(node.members[-1].value)
            node.members.append(member)
            if member.key in seen:
                self.duplicate(seen[member.key], member, node.members[-2])
            else:
                seen[member.key] = member
            self.skip()
            comma = self.comma()

    def array(self, depth: int) -> Node:
        node = self.opened("array", "]")
        self.leading_commas()
        comma: int | None = None
        while True:
            self.skip()
            if self.closes("]", node, comma):
                return node
            item = self.value(depth + 1)
            if node.items and comma is None:
                self.missing_comma(node.items[-1])
            node.items.append(item)
            self.skip()
            comma = self.comma()

    def opened(self, shape: str, closing: str) -> Node:
        node = Node(shape, self.at, self.at)
        self.open.append(closing)
        self.at += 1
        return node

    def closes(self, mark: str, node: Node, comma: int | None) -> bool:
        """Whether the container ends here; notes a comma left dangling before the end."""
        here = self.text[self.at : self.at + 1]
        if not here or (here != mark and here in "}]" and here in self.open):
            self.report("cut-off", node.begin, node.begin + 1, mark)
            raise _Lost
        if here != mark:
            return False
        if comma is not None:
            self.report("trailing-comma", comma, comma + 1, mark, repair=((comma, comma + 1, ""),))
        self.open.pop()
        self.at += 1
        node.end = self.at
        return True

    def leading_commas(self) -> None:
        """Passes over commas before the first entry."""
        self.skip()
        while self.text.startswith(",", self.at):
            self.extra_comma()

    def comma(self) -> int | None:
        """The place of the comma here, if there is one; commas after it are too many."""
        if self.text.startswith(";", self.at):
            self.report_here("not-json", ";", ",")
        elif not self.text.startswith(",", self.at):
            return None
        place = self.at
        self.at += 1
        self.skip()
        while self.text.startswith(",", self.at):
            self.extra_comma()
        return place

    def extra_comma(self) -> None:
        self.report_here("not-json", ",", "")
        self.at += 1
        self.skip()

    def missing_comma(self, before: Node) -> None:
        repair = ((before.end, before.end, ","),)
        self.report("missing-comma", before.end - 1, before.end, repair=repair)

    def member(self, depth: int) -> Member:
        quoted = self.text[self.at] in CLOSING_QUOTES
        name = self.string() if quoted else self.word(read_name(self.text, self.at))
        self.skip()
        self.colon(name)
        self.skip()
        if self.at >= len(self.text):
            self.report("cut-off", name.begin, name.end, "value")
            raise _Lost
        if self.text[self.at] in ",}]":
            self.stop("no-value", name)
        value = self.value(depth + 1)
        is_number = isinstance(value.scalar, (int, float))
        if name.scalar in _DOUBLES and is_number and self.text[value.end - 1] in "eE":
            self.report("bad-number", value.begin, value.end)
        return Member(str(name.scalar), name.begin, name.end, value)

    def colon(self, name: Node) -> None:
        if self.text.startswith(":", self.at):
            self.at += 1
        elif self.text.startswith("=", self.at):
            width = 2 if self.text.startswith("=>", self.at) else 1
            self.report_here("not-json", "=", ":", width)
            self.at += width
        elif self.at >= len(self.text):
            self.report("cut-off", name.begin, name.end, ":")
            raise _Lost
        elif _VALUE.match(self.text, self.at):
            repair = ((name.end, name.end, ":"),)
            self.report("not-json", name.begin, name.end, "no-colon", repair=repair)
        else:
            self.stop("lone-name", name)

    def string(self) -> Node:
        begin = self.at
        found = read_string(self.text, begin)
        node = Node("string", begin, found.end, scalar=found.value)
        if not found.cut_off and _GLUED.match(self.text, found.end):
            self.stop("quotes", node)
        for problem in found.problems:
            self.add(problem)
        if found.cut_off:
            raise _Lost
        self.at = found.end
        return node

    def word(self, word: Word | None) -> Node:
        """A value or a name that stands without quotes."""
        if word is None:
            self.unexpected()
        if word.problem is not None:
            self.add(word.problem)
        if word.lost:
            raise _Lost
        self.whole = self.whole and word.clear
        node = Node(word.shape, self.at, word.end, scalar=word.scalar)
        self.at = word.end
        return node

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
            if match := _COMMENT.match(self.text, self.at):
                self.comment(match)
            elif match := _FENCE.match(self.text, self.at):
                repair = (self.without(match),)
                self.report("not-json", *match.span(), "fence", repair=repair)
            elif match := _ODD_BLANK.match(self.text, self.at):
                blank = f"U+{ord(match[0][0]):04X}"
                self.report(
                    "not-json", *match.span(), blank, repair=((*match.span(), " " * len(match[0])),)
                )
            else:
                return
            self.at = match.end()

    def comment(self, found: re.Match[str]) -> None:
        begin, end = found.span()
        if found[0].startswith("/*") and not found[0].endswith("*/", 2):
            self.report("comment", begin, begin + 2, "open")
            raise _Lost
        self.report("comment", begin, end, repair=(self.without(found),))

    def without(self, found: re.Match[str]) -> tuple[int, int, str]:
        """The edit that takes a comment out, with the blanks or the whole line it stood on."""
        begin, end = found.span()
        while begin > 0 and self.text[begin - 1] in " \t":
            begin -= 1
        alone = begin == 0 or self.text[begin - 1] == "\n"
        if alone and self.text.startswith("\r\n", end):
            end += 2
        elif alone and self.text.startswith("\n", end):
            end += 1
        return (begin, end, "")

    def unexpected(self) -> NoReturn:
        here = "..." if self.text.startswith("...", self.at) else self.text[self.at : self.at + 1]
        superfluous = here and here in "}]" and here not in self.open
        repair = ((self.at, self.at + 1, ""),) if superfluous else ()
        self.report("not-json", self.at, self.at + len(here), here, repair=repair)
        raise _Lost

    def stop(self, what: str, node: Node) -> NoReturn:
        """Reading ends with this piece of the text, about which not-json has a word."""
        self.report("not-json", node.begin, node.end, what)
        raise _Lost

    def report_here(self, name: str, mark: str, better: str, width: int = 1) -> None:
        """Notes that the characters here stand for better ones."""
        end = self.at + width
        self.report(name, self.at, end, mark, repair=((self.at, end, better),))

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
        """Notes a problem; wrong quotes and odd blanks all through a text are one."""
        is_odd_blank = problem.name == "not-json" and problem.detail.startswith("U+")
        if problem.safe and (problem.name == "wrong-quotes" or is_odd_blank):
            group = self.alike.setdefault(problem.name, [])
            group.append(problem)
            if len(group) >= MOST_ALIKE:
                raise _Enough
            return
        self.problems.append(problem)
        if len(self.problems) >= MOST_PROBLEMS:
            raise _Enough

    def all_problems(self) -> list[Problem]:
        told_once = [
            group[0]._replace(
                repair=tuple(edit for problem in group for edit in problem.repair),
                times=len(group),
            )
            for group in self.alike.values()
        ]
        return self.problems + told_once
