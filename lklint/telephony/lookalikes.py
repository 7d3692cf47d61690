"""Characters that look like plain ones and are not.

LiveKit compares numbers, addresses, names and PINs by their characters. A hyphen that a word
processor made non-breaking (U+2011) looks right on every screen and never compares equal; in a
phone number it also keeps LiveKit from normalising the rest (`NormalizeNumber` knows ASCII only).
"""

from __future__ import annotations

_PLAIN = {
    # Hyphens, dashes and minus signs (Unicode category Pd, and U+2212).
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
    # Blanks of every width (category Zs), and the line separators.
    **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000\u2028\u2029", " "),
    **dict.fromkeys(map(chr, range(0x2000, 0x200B)), " "),
    # Nothing to see at all: soft hyphen, joiners, marks of direction, byte-order mark.
    **dict.fromkeys("\u00ad\u034f\u061c\u180e\ufeff", ""),
    **dict.fromkeys(map(chr, range(0x200B, 0x2010)), ""),
    **dict.fromkeys(map(chr, range(0x202A, 0x202F)), ""),
    **dict.fromkeys(map(chr, range(0x2060, 0x2070)), ""),
    # Quotes, dots and slashes that word processors put in.
    **dict.fromkeys("\u2018\u2019\u201b\u2032", "'"),
    **dict.fromkeys("\u201c\u201d\u2033", '"'),
    **dict.fromkeys("\u2024\u3002\uff61", "."),
    **dict.fromkeys("\u2044\u2215", "/"),
    # Full-width forms of ASCII (U+FF01 to U+FF5E).
    **{chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F) if code != 0x2D},
    # Cyrillic and Greek letters drawn like Latin ones (Unicode Technical Standard 39).
    **dict(zip("асеіјорѕхуһԁԛԝАВЕІЈКМНОРЅСТХ", "aceijopsxyhdqwABEIJKMHOPSCTX", strict=True)),
    **dict(zip("οανρΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oavpABEZHIKMNOPTYX", strict=True)),
}


def plain(text: str) -> str | None:
    """The ASCII text that a text looks like, or None where it is ASCII or looks like none.

    A text with any other character of its own (`客服`, `Ärzte – Notdienst`) is meant as it is, and
    so is a word of another alphabet (`хор`): its letters are look-alikes only among Latin ones.
    """
    if text.isascii():
        return None
    read = "".join(map(_plain_character, text))
    foreign_word = _has_letters(text, latin=False) and not _has_letters(text, latin=True)
    return read if read.isascii() and not foreign_word else None


def first_lookalike(text: str) -> str:
    """The first character of a text that is not ASCII, by code and name; "" where there is none.

    `U+2011 NON-BREAKING HYPHEN`, say.
    """
    import unicodedata

    for character in text:
        if not character.isascii():
            name = unicodedata.name(character, "")
            return f"U+{ord(character):04X} {name}".rstrip()
    return ""


def is_typography(text: str) -> bool:
    """Whether the only characters of a text that are not ASCII are dashes and quotes as printed.

    People type those into names on purpose (`Sales – Berlin`).
    """
    return all(
        mark in "\u2013\u2014\u2018\u2019\u201c\u201d" for mark in text if not mark.isascii()
    )


def _has_letters(text: str, latin: bool) -> bool:
    return any(mark.isalpha() for mark in text if mark.isascii() == latin)


def _plain_character(character: str) -> str:
    if character.isascii():
        return character
    known = _PLAIN.get(character)
    if known is not None:
        return known
    if character.isdecimal():
        import unicodedata

        return str(unicodedata.decimal(character))
    return character
