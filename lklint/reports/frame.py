"""The piece of a file that a finding is about, with the place marked under it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lklint.findings import Span
from lklint.reports.escaping import visible, width

TAB = "    "


class Mark(NamedTuple):
    """A stretch to be marked with `sign` and a short note."""

    span: Span
    sign: str
    note: str = ""


def frame(lines: list[str], mark: Mark, columns: int, context: int = 1) -> Iterator[str]:
    """The marked line, with up to `context` lines before it, cropped to `columns` characters.

    `lines` is the whole file. A stretch of several lines is marked on its first line.
    """
    line = mark.span.start.line
    gutter = len(str(line))
    room = max(20, columns - gutter - 4)
    first = max(1, line - context)
    content, marks = _marked(_line(lines, line), mark, room)
    for number in range(first, line):
        before = _clip(_line(lines, number), room)
        yield f" {number:>{gutter}} | {before}".rstrip()
    yield f" {line:>{gutter}} | {content}".rstrip()
    yield f" {'':>{gutter}} | {marks}{' ' + mark.note if mark.note else ''}"


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1].rstrip("\r") if number <= len(lines) else ""


def _marked(text: str, mark: Mark, room: int) -> tuple[str, str]:
    """The line and the signs under it, both cropped so that the marked stretch is in sight."""
    start = mark.span.start.column - 1
    end = mark.span.end.column - 1 if mark.span.end.line == mark.span.start.line else len(text)
    end = max(end, start + 1)
    left = 0
    if width(text[:end]) > room:
        left = max(0, min(start - room // 4, end - room // 2))
        left = min(left, start)
    head = "…" if left else ""
    shown = head + _printed(text[left:], room - len(head))
    before = width(head + _all(text[left:start]))
    under = max(1, min(width(_all(text[start:end])), room - before))
    return shown, " " * before + mark.sign * under


def _clip(text: str, room: int) -> str:
    return _printed(text, room)


def _all(text: str) -> str:
    return "".join(TAB if character == "\t" else visible(character) for character in text)


def _printed(text: str, room: int) -> str:
    """As much of a text as fits, with a sign that there is more."""
    pieces: list[str] = []
    used = 0
    for character in text:
        piece = TAB if character == "\t" else visible(character)
        used += width(piece)
        if used > room:
            return "".join(pieces).rstrip()[: max(0, room - 1)] + "…"
        pieces.append(piece)
    return "".join(pieces)
