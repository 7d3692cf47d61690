"""Reading one JSON string, well or badly written (RFC 8259, section 7)."""

import re
from typing import NamedTuple

from lklint.documents.problems import Problem

CLOSING_QUOTES = {
    '"': '"',
    "'": "'",
    "`": "`",
    "\u201c": '\u201d"',
    "\u201d": '\u201d"',
    "\u201e": '\u201c\u201d"',
    "\u2018": "\u2019'",
    "\u201a": "\u2018\u2019'",
    "\u00ab": "\u00bb",
}
"""The marks that people open a string with, and the marks that then close it."""

_PIECE = re.compile(r'[^"\'`\u201c\u201d\u2018\u2019\u00bb\\\x00-\x1f]+')
_CONTROLS = re.compile(r"[\x00-\x1f]+")
_HEX = re.compile(r"[0-9a-fA-F]{4}")
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_CONTROL_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_WHAT_FOLLOWS = re.compile(r"\s*(?:[,:}\]]|\Z)")


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
    inner_quotes: list[int] = []
    at = begin + 1
    end_in_sight = begin
    while at < len(text):
        mark = text[at]
        if mark in closing:
            at += 1
            if text[begin] != '"':
                problems.insert(0, _wrong_quotes(text, begin, at, inner_quotes))
            return FoundString("".join(pieces), at, tuple(problems))
        if mark == "\\":
            piece, width, problem = _escape(text, at)
            pieces.append(piece)
            at += width
            if problem is not None:
                problems.append(problem)
        elif mark < " ":
            controls = _CONTROLS.match(text, at)
            assert controls is not None
            if "\n" in controls[0] or "\r" in controls[0]:
                if end_in_sight < at:
                    end_in_sight = _end_after_line_break(text, at, closing)
                if end_in_sight < at:
                    break
            problems.append(_control_characters(controls))
            pieces.append(controls[0])
            at = controls.end()
        else:
            if mark == '"':
                inner_quotes.append(at)
            match = _PIECE.match(text, at)
            end = match.end() if match else at + 1
            pieces.append(text[at:end])
            at = end
    problems.append(Problem("cut-off", begin, at, '"'))
    return FoundString("".join(pieces), at, tuple(problems), cut_off=True)


def _escape(text: str, at: int) -> tuple[str, int, Problem | None]:
    """The character an escape stands for, the width of the escape, and what is wrong with it."""
    letter = text[at + 1 : at + 2]
    if letter in _ESCAPES and letter:
        return _ESCAPES[letter], 2, None
    if letter == "u":
        match = _HEX.match(text, at + 2)
        if match is not None:
            return _unicode_escape(text, at, int(match[0], 16))
    if not letter:
        return "\\", 1, None
    if letter in "\r\n":
        width = 3 if text.startswith("\r\n", at + 1) else 2
        repair = ((at, at + width, ""),)
        return "", width, Problem("bad-escape", at, at + 1, "\\\n", repair=repair, safe=False)
    if letter in "'`":
        repair = ((at, at + 1, ""),)
        return letter, 2, Problem("bad-escape", at, at + 2, "\\" + letter, repair=repair)
    repair = ((at, at + 1, "\\\\"),)
    problem = Problem("bad-escape", at, at + 2, "\\" + letter, repair=repair, safe=False)
    return "\\" + letter, 2, problem


def _unicode_escape(text: str, at: int, code: int) -> tuple[str, int, Problem | None]:
    if not 0xD800 <= code <= 0xDFFF:
        return chr(code), 6, None
    if code < 0xDC00 and text.startswith("\\u", at + 6):
        match = _HEX.match(text, at + 8)
        low = int(match[0], 16) if match else 0
        if 0xDC00 <= low <= 0xDFFF:
            return chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)), 12, None
    return "\ufffd", 6, Problem("bad-escape", at, at + 6, "surrogate")


def _control_characters(found: re.Match[str]) -> Problem:
    """One problem for control characters in a row; a line break of Windows is two."""
    written = "".join(_CONTROL_ESCAPES.get(mark, f"\\u{ord(mark):04x}") for mark in found[0])
    begin, end = found.span()
    return Problem("control-character", begin, end, written, repair=((begin, end, written),))


def _end_after_line_break(text: str, at: int, closing: str) -> int:
    """Where the string ends that goes on after a line break; -1 where it looks not closed."""
    quote = re.compile(rf"(?<!\\)[{closing}]").search(text, at)
    if quote is None or not _WHAT_FOLLOWS.match(text, quote.end()):
        return -1
    return quote.start()


def _wrong_quotes(text: str, begin: int, end: int, inner_quotes: list[int]) -> Problem:
    inner = ((at, at, "\\") for at in inner_quotes)
    repair = ((begin, begin + 1, '"'), *inner, (end - 1, end, '"'))
    return Problem("wrong-quotes", begin, end, text[begin], repair=repair)
