"""Family 0: what no rule has that says it better. The other texts are in `text`."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.problems import Problem
from lklint.rules.found import Found, Proposal, show
from lklint.rules.registry import rule
from lklint.rules.text import HERE
from lklint.settings import Settings

_SAYINGS = {
    "no-colon": (
        "a colon is missing after this name, and LiveKit refuses the file",
        "Put a colon between name and value.",
        "put the colon in",
    ),
    "no-value": (
        "this name has no value, and LiveKit refuses the file",
        "Write its value, or take the name out.",
        "",
    ),
    "lone-name": (
        "no name with a value stands here, and LiveKit refuses the file",
        'Write "name": value. Values without names stand in a list, which is [ ].',
        "",
    ),
    "quotes": (
        "this text does not end where it should: a quote is missing or one too many",
        'Put the missing quote or comma, or write \\" for a quote inside of a text.',
        "",
    ),
    "odd-word": (
        "this is no value of JSON, and LiveKit refuses the file",
        "Write what it stands for: a text in quotes, a number, true, false or null.",
        "",
    ),
    "placeholder": (
        "a placeholder stands where a value belongs: `lk` fills nothing in and refuses the file",
        "Fill it in before the file goes to `lk`, with envsubst for example, and mind the quotes "
        "that a text needs.",
        "",
    ),
    "fence": (
        "``` is of Markdown, and LiveKit refuses the file for it",
        "Take it out.",
        "take the ``` out",
    ),
    "here": (
        "LiveKit's reader stops here and refuses the file",
        "Look for a missing quote, comma or bracket just before it.",
        "",
    ),
    "somewhere": (
        "this is no JSON that LiveKit takes, in a file too large to say where",
        "Split the file, or look for a name given twice.",
        "",
    ),
    "...": (
        "three dots stand for something left out, and LiveKit refuses the file",
        "Write what was left out, or take them out with a comma.",
        "",
    ),
    "=": (
        "an equals sign stands where a colon belongs, and LiveKit refuses the file",
        "Put a colon between name and value.",
        "write a colon",
    ),
    ",": (
        "one comma too many, and LiveKit refuses the file",
        "Take it out, or write the entry that is missing.",
        "take the comma out",
    ),
    ";": (
        "a semicolon stands where a comma belongs, and LiveKit refuses the file",
        "Put a comma between two entries.",
        "write a comma",
    ),
    "\\": (
        "a backslash stands outside of a text, and LiveKit refuses the file",
        "Take it out, and all others too if this JSON was copied out of a program.",
        "",
    ),
}
"""Headline, mend and title of the fix for what people do to JSON."""


@rule("LK001", "not-json", "error", "rejected", Problem)
def not_json(problem: Problem, settings: Settings) -> Iterator[Found]:
    """The text is not JSON at this place.

    ## What it finds
    A character or a word that JSON does not have there, where no other rule says it better.

    ## Why it matters
    `lk` answers `syntax error` and sends nothing.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers" = ["+15105550100"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"]}}
    ```

    ## Fix
    Safe where only one thing can be meant: `=` for `:`, a comma twice, `True` for `true`, a blank
    of another kind. Unsafe for `yes` and `no`, for a bracket too many, and where the rest of the
    file makes no sense, after a missing quote for example.

    ## Evidence
    Seen: protobuf-go, which `lk` reads files with, answered `syntax error (line 1:22): unexpected
    character =, missing ":" after field name` and the like. RFC 8259.
    """
    mark = problem.detail
    if mark in _SAYINGS:
        headline, mend, title = _SAYINGS[mark]
    elif mark.startswith("U+"):
        more = f" ({problem.times} times)" if problem.times > 1 else ""
        headline = f"a blank that JSON does not know, {mark}, makes LiveKit refuse the file{more}"
        mend = "Replace it by an ordinary blank; it came with text copied from elsewhere."
        title = "write an ordinary blank"
    elif mark.isalpha() and len(mark) > 1:
        headline = f"{mark} is not a word of JSON, and LiveKit refuses the file"
        mend, title = "JSON writes true, false and null.", "write it as JSON does"
    elif mark and mark in "}]":
        headline = f'one "{mark}" too many, and LiveKit refuses the file'
        mend, title = "Take it out, or open what it should close.", "take it out"
    else:
        what = show(mark) if mark else "the end of the text"
        headline = f"LiveKit's reader stops here: {what} cannot stand at this place"
        mend, title = "Look for a missing quote, comma or bracket just before it.", ""
    label = mark if mark.startswith("U+") else ""
    yield Found(HERE, headline, mend, label, fix=Proposal(title, ()))
