"""Putting associations into a `settings.json` of VS Code.

Whatever stands in it stays, comments and the way it is written included; what is there already is
not put there again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from lklint.documents.edits import TextEdit, apply, indentation
from lklint.documents.tolerant import parse
from lklint.documents.tree import Lines, Node
from lklint.editor.associations import Association

KEY = "json.schemas"
_EXTRAS = re.compile(
    r"""("(?:[^"\\\r\n]|\\.)*")|//[^\r\n]*|/\*.*?\*/|,(?=(?:\s|//[^\r\n]*|/\*.*?\*/)*[}\]])""",
    re.DOTALL,
)
"""What these files may have beyond JSON, comments and trailing commas; and texts, to pass over."""
_COMMA = re.compile(r"(?:\s|//[^\r\n]*|/\*.*?\*/)*,", re.DOTALL)
_REST_OF_LINE = re.compile(r"[ \t]*(?://[^\r\n]*|/\*[^\r\n]*?\*/)?[ \t]*(?=\r?\n)")
"""Nothing but blanks and a comment."""


class Unreadable(Exception):
    """Settings that cannot be read, or not understood; the text says where and why."""


def merged(text: str, wanted: Iterable[Association]) -> str:
    """The settings with the associations in them. Raises Unreadable."""
    if not _plain(text).strip("\ufeff \t\r\n"):
        text += "{}\n"
    for association in wanted:
        text = _with(text, association)
    return text


def _with(text: str, wanted: Association) -> str:
    """The settings with one association in them."""
    root = _read(text)
    schemas = _member(root, KEY)
    entry = {"fileMatch": list(wanted.patterns), "url": wanted.url}
    if schemas is None:
        return apply(text, _append(text, root, [entry], KEY))
    if schemas.shape != "array":
        raise Unreadable(f'{_place(text, schemas)}: "{KEY}" is not a list')
    if _entry(schemas, wanted.url) is None:
        return apply(text, _append(text, schemas, entry))
    for pattern in wanted.patterns:
        text = _with_pattern(text, wanted.url, pattern)
    return text


def _with_pattern(text: str, url: str, pattern: str) -> str:
    """The settings with one pattern more in the entry of a schema.

    The last pattern that matches a file decides about it: what takes files in goes before what
    takes some of them out again.
    """
    schemas = _member(_read(text), KEY)
    entry = _entry(schemas, url) if schemas is not None else None
    listed = _member(entry, "fileMatch") if entry is not None else None
    if listed is None or listed.shape != "array":
        raise Unreadable(f'"fileMatch" of the entry for {url} is not a list')
    there = [one.scalar for one in listed.items]
    if pattern in there:
        return text
    out = next((one for one in listed.items if str(one.scalar).startswith("!")), None)
    if out is None or pattern.startswith("!"):
        return apply(text, _append(text, listed, pattern))
    line = text[text.rfind("\n", 0, out.begin) + 1 : out.begin]
    between = f"{_newline(text)}{line}" if "\n" in text and not line.strip() else " "
    return apply(text, ((out.begin, out.begin, f"{json.dumps(pattern)},{between}"),))


def _entry(schemas: Node, url: str) -> Node | None:
    """The entry for a schema."""
    for item in schemas.items:
        there = _member(item, "url")
        if there is not None and there.scalar == url:
            return item
    return None


def _read(text: str) -> Node:
    """The tree of the settings. Of a name given twice VS Code takes the last."""
    parsed = parse(_plain(text))
    wrong = [problem for problem in parsed.problems if problem.name != "duplicate-key"]
    if wrong or parsed.root is None:
        start = Lines(text).position(wrong[0].begin if wrong else 0)
        what = wrong[0].name.replace("-", " ") if wrong else "too many mistakes"
        raise Unreadable(f"line {start.line}, column {start.column}: {what}")
    return parsed.root


def _plain(text: str) -> str:
    """The settings as JSON: blanks where comments and trailing commas are."""
    return _EXTRAS.sub(lambda extra: extra[1] or re.sub(r"[^\r\n]", " ", extra[0]), text)


def _place(text: str, node: Node) -> str:
    start = Lines(text).position(node.begin)
    return f"line {start.line}, column {start.column}"


def _member(node: Node, name: str) -> Node | None:
    return next((member.value for member in reversed(node.members) if member.key == name), None)


def _append(text: str, node: Node, value: object, name: str | None = None) -> tuple[TextEdit, ...]:
    """The edits that put a value at the end of a list, or of an object under a name.

    Where the list or object has lines, the new value gets its own, after any comment on the last.
    """
    newline = _newline(text)
    key = "" if name is None else f"{json.dumps(name)}: "
    starts = [member.key_begin for member in node.members] or [item.begin for item in node.items]
    ends = [member.value.end for member in node.members] or [item.end for item in node.items]
    unit = indentation(text) or "  "
    inner = _indentation_at(text, starts[-1] if starts else node.begin)
    inner += "" if starts else unit
    lines = json.dumps(value, indent=unit, ensure_ascii=False).replace("\n", f"{newline}{inner}")
    own_line = f"{newline}{inner}{key}{lines}"
    if not ends:
        at = len(text[: node.end - 1].rstrip())
        closing = f"{newline}{_indentation_at(text, node.begin)}"
        return ((at, node.end - 1, f"{own_line}{closing}"),)
    comma = _COMMA.match(text, ends[-1])
    edits = [] if comma else [(ends[-1], ends[-1], ",")]
    after = comma.end() if comma else ends[-1]
    rest = _REST_OF_LINE.match(text, after)
    if rest is not None:
        return (*edits, (rest.end(), rest.end(), own_line))
    return (*edits, (after, after, f" {key}{json.dumps(value, ensure_ascii=False)}"))


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _indentation_at(text: str, offset: int) -> str:
    """The blanks that the line of a place begins with."""
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    return line[: len(line) - len(line.lstrip(" \t"))]
