"""Hiding secrets in the lines of a file."""

from __future__ import annotations

from lklint.findings import Fix, Source

MASK = "*"


def masked(source: Source) -> str:
    """The text of a file with every secret covered."""
    return covered(source.text, source.secrets)


def covered(text: str, places: tuple[tuple[int, int], ...]) -> str:
    """A text with some stretches covered, character by character, line breaks kept."""
    pieces: list[str] = []
    at = 0
    for begin, end in sorted(places):
        if end > at:
            begin = max(begin, at)
            hidden = "".join(mark if mark in "\r\n" else MASK for mark in text[begin:end])
            pieces += (text[at:begin], hidden)
            at = end
    return "".join((*pieces, text[at:]))


def touches_secret(fix: Fix, source: Source) -> bool:
    """Whether showing the edits of a fix could show a secret.

    So it is where they take one out and put anything in, be it somewhere else: a field that moves
    takes its value along.
    """
    if not any(edit.text for edit in fix.edits):
        return False
    return any(
        edit.begin < end and begin < edit.end for edit in fix.edits for begin, end in source.secrets
    )
