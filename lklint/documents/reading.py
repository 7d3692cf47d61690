"""From bytes to a value, exactly as strictly as LiveKit reads JSON.

`lk` decodes files with Go's protojson (livekit-cli cmd/lk/proto.go): RFC 8259 and nothing more, no
byte order mark, no duplicate names, no lone surrogates, UTF-8 only. The quick way below takes a
clean text in one pass; a text that is not clean goes to `tolerant`, which says what is wrong where.
"""

import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from lklint.documents.numbers import TooLarge, integer, number
from lklint.documents.problems import DEEPEST_NESTING, LARGEST_FILE, Problem

LARGEST_BROKEN_FILE = 1024 * 1024
"""Bytes above which only the first mistake of a broken file is told: reading on costs time."""


class Reading(NamedTuple):
    """A text and what could be read of it.

    `value` is the decoded JSON value (what a repair would make of it, where the text is broken);
    `whole` is False where too much is broken for the value to be judged.
    """

    text: str
    value: Any
    problems: tuple[Problem, ...] = ()
    whole: bool = True


class _Unclean(Exception):
    """The quick way met something that needs a closer look."""


def read(data: bytes, wanted: Callable[[str], bool] = lambda text: True) -> Reading:
    """Read a document. Never raises, whatever the bytes are.

    `wanted` is asked about a text that is JSON and no object: only if it says so, what is wrong
    with it is looked for, which takes long for the large lists that other programs keep in files.
    """
    if len(data) > LARGEST_FILE:
        return Reading("", None, (Problem("too-large", 0, 0, str(len(data))),), whole=False)
    try:
        text = data.decode("utf-8")
        value = _DECODER.decode(text)
        if _SURROGATE.search(text) and holds_lone_surrogate(value):
            raise _Unclean
        if not isinstance(value, dict) and not wanted(text):
            return Reading(text, value, whole=False)
        if not isinstance(value, dict) or _may_nest_too_deep(text):
            raise _Unclean
    except (ValueError, RecursionError, TooLarge, _Unclean):
        return _read_tolerantly(data)
    return Reading(text, value)


def _read_tolerantly(data: bytes) -> Reading:
    from lklint.documents.decoding import decode
    from lklint.documents.tolerant import parse
    from lklint.documents.values import value_of

    if len(data) > LARGEST_BROKEN_FILE:
        return _first_mistake(data)
    text, problems = decode(data)
    parsed = parse(text)
    value = value_of(parsed.root) if parsed.whole else None
    more = parsed.problems
    if any(problem.name == "invalid-utf8" for problem in problems):
        more = tuple(problem for problem in more if not _follows_from_bad_bytes(text, problem))
    return Reading(text, value, (*problems, *more), parsed.whole)


def _follows_from_bad_bytes(text: str, problem: Problem) -> bool:
    """Whether a word is only odd because its bytes are, which is said already."""
    is_about_a_word = problem.name in ("not-json", "wrong-quotes")
    return is_about_a_word and "\ufffd" in text[problem.begin : problem.end]


def _first_mistake(data: bytes) -> Reading:
    from lklint.documents.decoding import decode

    text, problems = decode(data)
    if not problems:
        problems = (_where_json_ends(text),)
    return Reading(text, None, problems, whole=False)


def _where_json_ends(text: str) -> Problem:
    at, detail = 0, "somewhere"
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        at, detail = error.pos, "here"
    except (ValueError, RecursionError):
        pass
    return Problem("not-json", at, min(at + 1, len(text)), detail)


def _may_nest_too_deep(text: str) -> bool:
    return text.count("{") + text.count("[") > DEEPEST_NESTING and _nests_too_deep(text)


def _nests_too_deep(text: str) -> bool:
    depth = 0
    for mark in re.finditer(r'"(?:[^"\\]|\\.)*"|([{\[])|[}\]]', text):
        if mark[1]:
            depth += 1
            if depth > DEEPEST_NESTING:
                return True
        elif mark[0] in "}]":
            depth -= 1
    return False


def holds_lone_surrogate(value: Any) -> bool:
    """Whether a string anywhere in a value (names included) holds half of a surrogate pair."""
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            if any("\ud800" <= character <= "\udfff" for character in node):
                return True
        elif isinstance(node, dict):
            waiting.extend(node)
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return False


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _Unclean
    return value


def _constant(name: str) -> Any:
    raise _Unclean


_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_constant=_constant,
    parse_float=number,
    parse_int=integer,
)
