"""JSON pointers (RFC 6901), as text."""

from __future__ import annotations

import re


def join(pointer: str, *names: str | int) -> str:
    """The pointer to a member or an item below `pointer`."""
    for name in names:
        pointer = f"{pointer}/{escape(name) if isinstance(name, str) else name}"
    return pointer


def escape(name: str) -> str:
    """A member name as a pointer token (RFC 6901, section 3)."""
    if "~" in name or "/" in name:
        return name.replace("~", "~0").replace("/", "~1")
    return name


def tokens(pointer: str) -> list[str]:
    """The decoded names of a pointer, outermost first; none for the whole document."""
    if not pointer:
        return []
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer[1:].split("/")]


def parent(pointer: str) -> str:
    """The pointer of what holds the value; the whole document holds itself."""
    return pointer.rpartition("/")[0]


def last(pointer: str) -> str:
    """The decoded last name of a pointer, "" for the whole document."""
    return tokens(pointer)[-1] if pointer else ""


def without_indices(pointer: str) -> str:
    """A pointer with a star for every item of a list, wherever the item has moved to."""
    return _INDEX.sub("/*", pointer)


_INDEX = re.compile(r"/[0-9]+(?=/|$)")
