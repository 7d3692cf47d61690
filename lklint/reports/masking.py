"""Hiding secrets in the lines of a file."""

from __future__ import annotations

from lklint.findings import Fix, Source

MASK = "*"


def masked(source: Source) -> str:
    """The text of a file with every secret covered."""
    return covered(source.text, source.secrets)


def covered(text: str, places: tuple[tuple[int, int], ...]) -> str:
    """A text with some stretches covered, character by character, line breaks kept."""
    for begin, end in places:
        hidden = "".join(mark if mark in "\r\n" else MASK for mark in text[begin:end])
        text = text[:begin] + hidden + text[end:]
    return text


def touches_secret(fix: Fix, source: Source) -> bool:
    """Whether a fix rewrites a secret, so that showing its edits would show the secret."""
    return any(
        edit.begin < end and begin < edit.end and edit.text
        for edit in fix.edits
        for begin, end in source.secrets
    )
