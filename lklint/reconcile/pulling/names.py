"""Names for files and variables, from names that a server has: those may be anything.

A name keeps its ASCII letters and digits and nothing else: no separator, dot, blank or mark, and no
capital in a file, since some file systems tell them apart and some do not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

LONGEST = 60
"""Characters of a name. File systems take 255 bytes; people read less."""

_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)
"""Names that Windows keeps for devices, whatever stands behind a dot (Microsoft's page "Naming
Files, Paths, and Namespaces")."""

_OF_LIVEKIT = "LIVEKIT_"
"""Variables of this prefix say which server is meant, with which key."""


def file_stem(name: str) -> str:
    """A name as that of a file, without its ending; "" where nothing of it is left."""
    stem = "-".join(_words(name)).lower()
    return "" if stem in _RESERVED else stem


def variable_stem(*names: str) -> str:
    """Some names as that of a variable: "TWILIO_MAIN_PASSWORD"."""
    stem = "_".join(word for name in names for word in _words(name)).upper()
    return f"SIP_{stem}" if stem[:1].isdigit() or stem.startswith(_OF_LIVEKIT) else stem


class NoNameLeft(Exception):
    """No name that would do is free; one clear line."""


class Numbered:
    """Finds free names: a stem, or the stem with the lowest number behind it that makes it free."""

    def __init__(self, joint: str) -> None:
        self._joint = joint
        self._next: dict[str, int] = {}

    def first_free(self, stems: Sequence[str], is_free: Callable[[str], bool]) -> str:
        """The first stem that is free, or the last one with a number. Raises `NoNameLeft`."""
        for stem in stems:
            if is_free(stem):
                return stem
        last = stems[-1]
        start = self._next.get(last, 2)
        for number in range(start, start + _TRIES):
            name = f"{last}{self._joint}{number}"
            if is_free(name):
                self._next[last] = number + 1
                return name
        raise NoNameLeft(f'there is no free name like "{last}"')


_TRIES = 100_000


def _words(name: str) -> list[str]:
    """The words of a name in ASCII; letters lose their accents, and others are left out."""
    plain = unicodedata.normalize("NFKD", name[: 4 * LONGEST])
    words = re.findall(r"[A-Za-z0-9]+", "".join(_ascii(plain)))
    while sum(map(len, words)) + len(words) > LONGEST and len(words) > 1:
        words.pop()
    return [word[:LONGEST] for word in words]


def _ascii(text: str) -> Iterator[str]:
    """The characters of a text; what is not ASCII parts words, but for accents on letters."""
    for character in text:
        if character.isascii():
            yield character
        elif not unicodedata.combining(character):
            yield " "
