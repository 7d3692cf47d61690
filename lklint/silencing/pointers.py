"""Matching places in a document against JSON pointers with wildcards."""

from __future__ import annotations

import re
from functools import cache


@cache
def pointer_pattern(glob: str) -> re.Pattern[str]:
    """A pointer glob as a regular expression: `*` is one name or index, `**` any number of them.

    "/trunk/numbers/*" matches "/trunk/numbers/0"; "/**" matches every place.
    """
    pattern = ""
    for step in glob.split("/")[1:]:
        if step == "**":
            pattern += "(?:/[^/]*)*"
        else:
            pattern += "/" + re.escape(step).replace(r"\*", "[^/]*")
    return re.compile(pattern)


def matches(glob: str, pointer: str) -> bool:
    """Whether a place is one that the glob means."""
    return pointer_pattern(glob).fullmatch(pointer) is not None
