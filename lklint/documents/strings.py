"""Reading one JSON string, well or badly written (RFC 8259, section 7)."""

from __future__ import annotations

import re
from typing import NamedTuple

from lklint.documents.problems import Problem

CLOSING_QUOTES = {
    '"': '"',
    "'": "'",
    "\u201c": "\u201d",
    "\u201d": "\u201d",
    "\u2018": "\u2019",
    "`": "`",
}
"""The marks that people open a string with, and the mark that then closes it."""

_PIECE = re.compile(r'[^"\'`\u201d\u2019\\\x00-\x1f]+')
_HEX = re.compile(r"[0-9a-fA-F]{4}")
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_CONTROL_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


class FoundString(NamedTuple):
    """A decoded string, where it ends, and what is wrong with it."""

    value: str
    end: int
    problems: tuple[Problem, ...]
    cut_off: bool = False


def read_string(text: str, begin: int) -> FoundString:
    """Read the string whose opening quote stands at `begin`."""
    closing = CLOSING_QUOTES[text[begin]]
    pieces: list[str] = []
    problems: list[Problem] = []
    at = begin + 1
    while at < len(text):
        mark = text[at]
        if mark == closing or (mark in '"\u201d' and closing == "\u201d"):
            at += 1
            value = _joined(pieces)
            if text[begin] != '"' or text[at - 1] != '"':
                problems.insert(0, _wrong_quotes(text, begin, at))
            return FoundString(value, at, tuple(problems))
        if mark == "\\":
            piece, width, problem = _escape(text, at)
            pieces.append(piece)
            at += width
            if problem is not None:
                problems.append(problem)
        elif mark < " ":
            if mark in "\r\n" and not _goes_on_after_line_break(text, at, closing):
                break
            written = _CONTROL_ESCAPES.get(mark, f"\\u{ord(mark):04x}")
            repair = ((at, at + 1, written),)
            problems.append(Problem("control-character", at, at + 1, written, repair=repair))
            pieces.append(mark)
            at += 1
        else:
            match = _PIECE.match(text, at)
            end = match.end() if match else at + 1
            pieces.append(text[at:end])
            at = end
    problems.append(Problem("cut-off", begin, at, '"'))
    return FoundString(_joined(pieces), at, tuple(problems), cut_off=True)


def _escape(text: str, at: int) -> tuple[str, int, Problem | None]:
    """The character an escape stands for, the width of the escape, and what is wrong with it."""
    letter = text[at + 1 : at + 2]
    if letter in _ESCAPES and letter:
        return _ESCAPES[letter], 2, None
    if letter == "u":
        match = _HEX.match(text, at + 2)
        if match is not None:
            return _unicode_escape(text, at, int(match[0], 16))
    width = 1 + len(letter)
    repair = ((at, at + 1, "\\\\"),)
    problem = Problem("bad-escape", at, at + width, "\\" + letter, repair=repair, safe=False)
    return "\\" + letter, width, problem


def _unicode_escape(text: str, at: int, code: int) -> tuple[str, int, Problem | None]:
    if not 0xD800 <= code <= 0xDFFF:
        return chr(code), 6, None
    if code < 0xDC00 and text.startswith("\\u", at + 6):
        match = _HEX.match(text, at + 8)
        low = int(match[0], 16) if match else 0
        if 0xDC00 <= low <= 0xDFFF:
            return chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)), 12, None
    return "\ufffd", 6, Problem("bad-escape", at, at + 6, "surrogate")


def _goes_on_after_line_break(text: str, at: int, closing: str) -> bool:
    """Whether a raw line break is inside the string, rather than the string not being closed."""
    quote = text.find(closing, at)
    return quote >= 0 and text[quote + 1 :].lstrip()[:1] in ("", ",", ":", "}", "]")


def _wrong_quotes(text: str, begin: int, end: int) -> Problem:
    inner = text[begin + 1 : end - 1]
    repair = ((begin, begin + 1, '"'), (end - 1, end, '"')) if '"' not in inner else ()
    return Problem("wrong-quotes", begin, end, text[begin], repair=repair)


def _joined(pieces: list[str]) -> str:
    return "".join(pieces)
