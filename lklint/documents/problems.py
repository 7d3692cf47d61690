"""What can be wrong with a text before it says anything about telephony."""

from typing import NamedTuple

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes above which a file is not read: no telephony file comes near, and memory stays bounded."""

DEEPEST_NESTING = 100
"""Levels of nesting that are read. LiveKit's messages nest 9 deep, so that anything deeper holds an
unknown field and is refused in any case; the limit keeps later steps clear of deep recursion."""


class Problem(NamedTuple):
    """Something in the text itself that LiveKit's reader refuses.

    `name` is the name of the rule that speaks about it ("trailing-comma"); [`begin`, `end`) are
    0-based character offsets; `detail` is the piece of text or the word that the message needs;
    `other` is a second place (the first of two duplicates). `repair` lists (begin, end, text) edits
    that mend it, none where there is no sure mend; `safe` tells whether they keep the meaning.
    `times` is how often it is there, where the same all through a text is told only once.
    """

    name: str
    begin: int
    end: int
    detail: str = ""
    other: tuple[int, int] | None = None
    repair: tuple[tuple[int, int, str], ...] = ()
    safe: bool = True
    times: int = 1
