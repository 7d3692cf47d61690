"""Making text from a file harmless before it is printed.

Control characters, terminal escapes, bidirectional marks and invisible characters are written as
`\\u{…}`, so that no file can repaint a terminal or hide what it says (Unicode Technical Report 36).
"""

from __future__ import annotations

_DANGEROUS = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


def printable(text: str) -> str:
    """The text with everything that is not plainly visible written out, tabs included."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(visible(character) for character in text)


def visible(character: str) -> str:
    """One character as it may be printed."""
    if character.isascii():
        return character if character.isprintable() else f"\\u{{{ord(character):x}}}"
    import unicodedata

    if unicodedata.category(character) in _DANGEROUS or character in "\u00a0\u2007\u202f":
        return f"\\u{{{ord(character):x}}}"
    return character


def width(text: str) -> int:
    """The columns a printable text takes on a terminal."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0
        if unicodedata.combining(character)
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )
