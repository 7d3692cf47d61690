"""What can still be told of a text that cannot be read: which value stands after which name."""

from __future__ import annotations

import re

from lklint.documents.strings import CLOSING_QUOTES
from lklint.documents.tree import Member, Node

_NAME = re.compile(r"(?<![A-Za-z_-])([A-Za-z_-]+)[\"'`\u201c\u201d\u2019\u00bb]?\s*([:=]>?\s*)?")
_AFTER_A_WORD = re.compile(r"[\s,}\]]|\Z")
_AFTER_QUOTES = {
    opening: re.compile(rf"(?<!\\)[{closing}](?=[ \t\r]*(?:[,}}\]\n/#]|\Z))|\n|\Z")
    for opening, closing in CLOSING_QUOTES.items()
}


def read_roughly(text: str) -> Node:
    """Every name with what stands after it, side by side in one object, wherever it was.

    It tells where secrets stand, so it would rather take too much for a value than too little.
    """
    root = Node("object", 0, len(text))
    ends: dict[re.Pattern[str], int] = {}
    for name in _NAME.finditer(text):
        begin = name.end()
        opening = text[begin : begin + 1]
        quoted = opening in _AFTER_QUOTES
        if not opening or opening in "{[" or not (quoted or name[2]):
            continue
        pattern = _AFTER_QUOTES[opening] if quoted else _AFTER_A_WORD
        if ends.get(pattern, -1) <= begin:
            found = pattern.search(text, begin + 1)
            ends[pattern] = found.start() if found else len(text)
        value = Node("string" if quoted else "number", begin, ends[pattern] + quoted)
        root.members.append(Member(name[1], *name.span(1), value))
    return root
