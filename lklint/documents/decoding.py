"""From bytes to text, noting what is not plain UTF-8."""

from __future__ import annotations

from json import detect_encoding

from lklint.documents.problems import Problem

_BYTE_ORDER_MARK = "\ufeff"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_ENOUGH = 64
"""Bytes at the start of a text that tell its encoding."""


def decode(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The text of `data`, whatever its encoding, with a problem for each departure from UTF-8.

    JSON exchanged between systems is UTF-8 without a byte order mark (RFC 8259, section 8.1), and
    Go's reader takes nothing else.
    """
    encoding = detect_encoding(data) if _is_wide(data) else "utf-8"
    if not encoding.startswith("utf-8"):
        text = data.decode(encoding, errors="replace")
        name = encoding[:6].upper()
        return text, (Problem("invalid-utf8", 0, min(1, len(text)), name, repair=((0, 0, ""),)),)
    text = data.decode("utf-8", errors="surrogateescape")
    problems: list[Problem] = []
    if text.startswith(_BYTE_ORDER_MARK):
        problems.append(Problem("byte-order-mark", 0, 1, repair=((0, 1, ""),)))
    if text.isascii():
        return text, tuple(problems)
    first_bad = next((at for at, mark in enumerate(text) if _is_bad(mark)), None)
    if first_bad is not None:
        problems.append(_not_utf8(text, first_bad))
        text = "".join("\ufffd" if _is_bad(mark) else mark for mark in text)
    return text, tuple(problems)


def _is_wide(data: bytes) -> bool:
    """Whether a text has two or four bytes a character: it says so, or every other byte is zero."""
    start = data[:_ENOUGH]
    return start[:2] in _UTF_16_MARKS or start.count(0) * 3 > len(start)


def _is_bad(character: str) -> bool:
    return "\udc80" <= character <= "\udcff"


def _not_utf8(text: str, first: int) -> Problem:
    """One problem for all bad bytes; the repair reads them as Windows-1252, most likely right."""
    repair: list[tuple[int, int, str]] = []
    for at in range(first, len(text)):
        if _is_bad(text[at]):
            byte = bytes([ord(text[at]) - 0xDC00])
            repair.append((at, at + 1, byte.decode("cp1252", errors="replace")))
    byte_value = ord(text[first]) - 0xDC00
    return Problem(
        "invalid-utf8",
        first,
        first + 1,
        f"byte 0x{byte_value:02X}",
        repair=tuple(repair),
        safe=False,
    )
