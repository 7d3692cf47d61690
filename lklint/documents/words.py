"""Reading what stands without quotes: constants, numbers, and what people write in their place."""

import re
from typing import NamedTuple

from lklint.documents.numbers import TooLarge, integer, number
from lklint.documents.problems import Problem
from lklint.documents.values import as_json

_WORD = re.compile(r"(?:[^\s,:\[\]{}\"]|:(?=[^\s,:\[\]{}\"]))+")
_MORE = re.compile(r"(?:[ \t]+(?!//|/\*|#)[^\s,:\[\]{}\"]+)*")
_NAME = re.compile(r"[^\s,:=\[\]{}\"'`\u201c\u201d\u2018\u2019]+")
_COLON = re.compile(r"\s*[:=]")
_COMMENT = re.compile(r"(?<!:)//|/\*|(?<=.)#")
_PLACEHOLDER = re.compile(
    r"\$?\{\{(?!\")[^{}\n]*\}\}|\$\{[^{}\n]*\}|\$\([^()\n]*\)|\$[A-Za-z_][A-Za-z0-9_]*|<[^<>\"\n]*>"
)
_CONSTANTS = ("true", "false", "null")
_SURELY_MEANT = {"true": "true", "false": "false", "null": "null", "none": "null"}
_PERHAPS_MEANT = {"yes": "true", "on": "true", "no": "false", "off": "false"}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE](?:[+-]?[0-9]+)?)?")
"""Go's reader takes an exponent without digits (protobuf-go internal/encoding/json)."""
_PHONE_NUMBER = re.compile(r"\+[0-9]{7,}")
_LEADING_ZEROS = re.compile(r"0[0-9]+")
_LIKE_A_NUMBER = re.compile(
    r"[+-]*(?:0[xXoObB][0-9a-fA-F_]+|NaN|nan|Infinity|inf"
    r"|(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9_]*)?)"
)


class Word(NamedTuple):
    """A word, as a value, and what is wrong with it.

    `shape` and `scalar` are those of a `Node`. `clear` is False where nothing tells what value was
    meant, `lost` is True where the text after the word makes no sense either.
    """

    shape: str
    scalar: str | int | float | None
    end: int
    problem: Problem | None = None
    clear: bool = True
    lost: bool = False


def read_word(text: str, begin: int) -> Word | None:
    """Read the value that starts at `begin` without a quote; None where nothing sensible does."""
    match = _WORD.match(text, begin)
    if match is None:
        return None
    comment = _COMMENT.search(match[0])
    word = match[0][: comment.start()] if comment else match[0]
    end = begin + len(word)
    if word in _CONSTANTS:
        return Word(word, None, end)
    if _NUMBER.fullmatch(word):
        return _number(word, begin, end)
    if not any(mark.isalnum() for mark in word):
        return None
    if text[end : end + 1] in ('"', "[", "{"):
        problem = Problem("not-json", begin, end, "odd-word")
        return Word("broken", None, end, problem, lost=True)
    line_end = _end_of_words(text, end)
    if line_end == end:
        known = _constant(word, begin, end) or _bad_number(word, begin, end)
        if known is not None:
            return known
    word = text[begin:line_end]
    return _text(word, Problem("wrong-quotes", begin, line_end, "word", safe=False))


def read_placeholder(text: str, begin: int) -> Word | None:
    """Read a placeholder of a template (`${NAME}`, `{{ name }}`, `<name>`), if one stands here."""
    match = _PLACEHOLDER.match(text, begin)
    if match is None:
        return None
    problem = Problem("not-json", begin, match.end(), "placeholder")
    return Word("broken", None, match.end(), problem, clear=False)


def read_name(text: str, begin: int) -> Word | None:
    """Read the name without quotes that starts at `begin`; None where nothing sensible does."""
    match = _NAME.match(text, begin)
    if match is None or not any(mark.isalnum() for mark in match[0]):
        return None
    name, end = match[0], match.end()
    if not _COLON.match(text, end):
        return Word("string", name, end, Problem("not-json", begin, end, "lone-name"), lost=True)
    return _text(name, Problem("wrong-quotes", begin, end, "name"))


def _end_of_words(text: str, end: int) -> int:
    """Where the words on this line end that belong to a text without quotes."""
    match = _MORE.match(text, end)
    return match.end() if match else end


def _text(word: str, problem: Problem) -> Word:
    """A word that wants quotes around it. Its shape is that of what stands without."""
    repair = ((problem.begin, problem.end, as_json(word)),)
    return Word("number", word, problem.end, problem._replace(repair=repair))


def _constant(word: str, begin: int, end: int) -> Word | None:
    """True, None, yes and the like."""
    lower = "null" if word in ("undefined", "nil") else word.lower()
    shape = _SURELY_MEANT.get(lower) or _PERHAPS_MEANT.get(lower)
    if shape is None:
        return None
    repair = ((begin, end, shape),)
    problem = Problem("not-json", begin, end, word, repair=repair, safe=lower not in _PERHAPS_MEANT)
    return Word(shape, None, end, problem)


def _number(word: str, begin: int, end: int) -> Word:
    try:
        value = integer(word) if word.lstrip("-").isdigit() else number(word.rstrip("eE"))
    except TooLarge:
        return Word("number", 0, end, Problem("bad-number", begin, end, "large"), clear=False)
    return Word("number", value, end)


def _bad_number(word: str, begin: int, end: int) -> Word | None:
    """A number as JSON does not write it, or a phone number or a PIN, which is a text."""
    if _PHONE_NUMBER.fullmatch(word):
        return _text(word, Problem("bad-number", begin, end, "phone"))
    if _LEADING_ZEROS.fullmatch(word):
        return _text(word, Problem("bad-number", begin, end, "zeros", safe=False))
    better = re.sub(r"^(-?)\.", r"\g<1>0.", re.sub(r"\.$", "", word.removeprefix("+")))
    if _NUMBER.fullmatch(better):
        meant = _number(better, begin, end)
        if meant.problem is not None:
            return meant
        repair = ((begin, end, better),)
        return meant._replace(problem=Problem("bad-number", begin, end, "form", repair=repair))
    if _LIKE_A_NUMBER.fullmatch(word):
        return Word("number", 0, end, Problem("bad-number", begin, end), clear=False)
    return None
