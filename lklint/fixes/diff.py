"""A unified diff of what fixes would change, with secrets covered."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.checker.secrets import secret_places
from lklint.documents.decoding import decode
from lklint.documents.tolerant import parse
from lklint.reports.escaping import printable
from lklint.reports.masking import covered


def diff(file: str, before: bytes, after: bytes) -> Iterator[str]:
    """The lines of the diff, none where nothing changes."""
    if before == after:
        return
    from difflib import unified_diff

    old, new = _lines(before), _lines(after)
    name = printable(file)
    if old == new:
        yield f"{name}: only the encoding changes"
    for line in unified_diff(old, new, f"{name} as it is", f"{name} mended", lineterm=""):
        yield printable(line.replace("\t", "    "))


def _lines(data: bytes) -> list[str]:
    text, _ = decode(data)
    return covered(text, secret_places(text, parse(text).root)).splitlines()
