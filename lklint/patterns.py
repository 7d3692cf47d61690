"""Regular expressions that are compiled when they are first used.

Compiling one takes up to a millisecond, and most files need few of them.
"""

import re
from collections.abc import Iterator


class Pattern:
    """A regular expression with the methods of `re.Pattern`."""

    __slots__ = ("_compiled", "_flags", "_text")

    def __init__(self, text: str, flags: int = 0) -> None:
        self._text = text
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    def fullmatch(self, text: str) -> "re.Match[str] | None":
        """The match of a whole text."""
        return (self._compiled or self._compile()).fullmatch(text)

    def match(self, text: str, at: int = 0) -> "re.Match[str] | None":
        """The match that begins at a place."""
        return (self._compiled or self._compile()).match(text, at)

    def search(self, text: str, at: int = 0) -> "re.Match[str] | None":
        """The first match from a place on."""
        return (self._compiled or self._compile()).search(text, at)

    def finditer(self, text: str) -> "Iterator[re.Match[str]]":
        """Every match."""
        return (self._compiled or self._compile()).finditer(text)

    def findall(self, text: str) -> list[str]:
        """The texts of every match."""
        return (self._compiled or self._compile()).findall(text)

    def sub(self, replacement: str, text: str, count: int = 0) -> str:
        """The text with matches replaced."""
        return (self._compiled or self._compile()).sub(replacement, text, count)

    def split(self, text: str) -> list[str]:
        """The pieces between the matches."""
        return (self._compiled or self._compile()).split(text)

    def _compile(self) -> "re.Pattern[str]":
        self._compiled = re.compile(self._text, self._flags)
        return self._compiled
