"""Family 0, first half: texts that are no JSON. `characters` has the second half."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.edits import Remove
from lklint.documents.pointer import last, parent
from lklint.documents.problems import Problem
from lklint.rules.found import Found, Proposal, at_key, at_value, show
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure

HERE = at_value("")
"""The place of a problem is known to the checker."""


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
    Safe where only one thing can be meant: `=` for `:`, a comma twice, `True` for `true`.

    ## Evidence
    Seen: the real `lk` on 40 broken files. RFC 8259.
    """
    mark = problem.detail
    if mark == ":":
        headline, mend = "a colon is missing after this name", "Put a colon between name and value."
    elif mark == ",":
        headline, mend = "one comma too many", "Take the second comma out."
    elif mark in ("True", "False", "None", "undefined"):
        headline, mend = f"{mark} is not a word of JSON", "JSON writes true, false and null."
    elif mark and mark.isspace():
        headline, mend = "this blank is not one that JSON knows", "Replace it by an ordinary blank."
    else:
        what = show(mark) if mark else "the end of the text"
        headline = f"LiveKit's reader stops here: {what} cannot stand at this place"
        mend = "Look for a missing quote, comma or bracket just before it."
    yield Found(HERE, headline, mend, fix=Proposal("write it as JSON does", ()))


@rule("LK002", "comment", "error", "rejected", Problem)
def comment(problem: Problem, settings: Settings) -> Iterator[Found]:
    """A comment in a JSON file.

    ## What it finds
    `// …`, `/* … */` and `# …`.

    ## Why it matters
    JSON has no comments: `lk` answers `syntax error … invalid value /` and sends nothing.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"]} /* main line */}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"name": "main line", "numbers": ["+15105550100"]}}
    ```

    ## Fix
    Safe: takes the comment out. Trunks and rules have a `name` for people, trunks a `metadata` too.

    ## Evidence
    Seen: `lk`, probes json-line-comment, json-block-comment, json-hash-comment.
    """
    yield Found(
        HERE,
        "LiveKit's reader knows no comments and refuses the file",
        "Take the comment out; the name of a trunk or rule is the place for a note.",
        fix=Proposal("take the comment out", ()),
    )


@rule("LK003", "trailing-comma", "error", "rejected", Problem)
def trailing_comma(problem: Problem, settings: Settings) -> Iterator[Found]:
    """A comma after the last entry.

    ## What it finds
    A comma just before `}` or `]`.

    ## Why it matters
    Many programs forgive it, LiveKit's reader does not: `unexpected token }`.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"],}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"]}}
    ```

    ## Fix
    Safe: takes the comma out.

    ## Evidence
    Seen: `lk`, probes json-trailing-comma-object and -array. One of LiveKit's own pages has one.
    """
    yield Found(
        HERE,
        f'a comma before "{problem.detail}" makes LiveKit\'s reader refuse the file',
        "Take the comma out.",
        fix=Proposal("take the comma out", ()),
    )


@rule("LK004", "duplicate-key", "error", "rejected", Problem, Failure)
def duplicate_key(subject: Problem | Failure, settings: Settings) -> Iterator[Found]:
    """A name is given twice in one object.

    ## What it finds
    The same name twice, also in a map of headers or attributes, and one field in both its spellings
    (`trunk_ids` and `trunkIds`).

    ## Why it matters
    Other programs keep the last one and say nothing; LiveKit's reader answers `duplicate field`.

    ## Example
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "a", "room_name": "b"}}}}
    ```

    ## Instead
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "a"}}}}
    ```

    ## Fix
    Safe where both say the same: takes the second one out.

    ## Evidence
    Seen: `lk`, probes json-duplicate-key, json-duplicate-camel-snake; also when the first is null.
    """
    if isinstance(subject, Problem):
        yield Found(
            HERE,
            f"{show(subject.detail)} is given twice, and LiveKit's reader refuses the file",
            "Keep one of the two.",
            "given again",
            fix=Proposal("take the second one out", ()),
        )
        return
    names = [name for name in subject.value if name in subject.limit.get("required", ())]
    if len(names) != 2:
        return
    first, second = (f"{subject.pointer}/{name}" for name in names)
    same = subject.value[names[0]] == subject.value[names[1]]
    yield Found(
        at_key(second),
        f'"{names[0]}" and "{names[1]}" are the same field, and LiveKit refuses it twice',
        "Keep one of the two spellings.",
        "the same field again",
        ((at_key(first), "first given here"),),
        Proposal("take the second one out", (Remove(second),), safe=True) if same else None,
    )


@rule("LK010", "empty-file", "error", "rejected", Problem)
def empty_file(problem: Problem, settings: Settings) -> Iterator[Found]:
    """There is nothing in the file.

    ## What it finds
    A file without a value: empty, or blanks and comments only.

    ## Why it matters
    `lk` answers `syntax error (line 1:1): unexpected token`.

    ## Example
    ```json inbound-trunk
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"]}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: `lk`, an empty file and one of blanks.
    """
    yield Found(HERE, "the file is empty, and LiveKit refuses it", "Write the resource into it.")


@rule("LK011", "not-an-object", "error", "rejected", Problem, Failure)
def not_an_object(subject: Problem | Failure, settings: Settings) -> Iterator[Found]:
    """The file holds a list, a text or a number instead of an object.

    ## What it finds
    A document that does not start with `{`.

    ## Why it matters
    A file is one request, a request an object. To a list `lk` answers `unexpected token [`.

    ## Example
    ```json inbound-trunk
    [{"trunk": {"numbers": ["+15105550100"]}}]
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"]}}
    ```

    ## Fix
    None: put each resource into a file of its own.

    ## Evidence
    Seen: `lk` on `[]`, `null`, `"x"` and `1`.
    """
    is_list = isinstance(subject, Problem) and subject.detail == "array"
    what = "a list" if is_list else "no object"
    mend = "Put each entry into a file of its own." if is_list else "Start the file with {."
    yield Found(HERE, f"the file holds {what}, and LiveKit wants one object a file", mend)


@rule("LK012", "trailing-text", "error", "rejected", Problem)
def trailing_text(problem: Problem, settings: Settings) -> Iterator[Found]:
    """Something stands after the end of the document.

    ## What it finds
    A second document, a bracket too many, or any other text after the closing brace.

    ## Why it matters
    LiveKit's reader wants one document a file and refuses the rest.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"]}}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"]}}
    ```

    ## Fix
    Unsafe, for left-over brackets and commas only: takes them out.

    ## Evidence
    Seen: `lk`, `unexpected token {` and `invalid value x`.
    """
    yield Found(
        HERE,
        "the document ends before this, and LiveKit refuses a file with more in it",
        "Take it out, or put a second document into a file of its own.",
        fix=Proposal("take it out", ()),
    )


@rule("LK013", "cut-off", "error", "rejected", Problem)
def cut_off(problem: Problem, settings: Settings) -> Iterator[Found]:
    """The text ends in the middle.

    ## What it finds
    A bracket, a brace or a text that is opened and never closed.

    ## Why it matters
    `lk` answers `unexpected EOF` and does not say where; lklint marks what was left open.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"]}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"]}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: `lk`, probe json-truncated.
    """
    closing = problem.detail
    if closing == "value":
        headline, mend = "the text ends where a value should stand", "Write the value."
    elif closing == '"':
        headline, mend = "this text is not closed on its line", "Put the closing quote."
    else:
        headline = f'this is opened and never closed: "{closing}" is missing'
        mend = f'Put the missing "{closing}" where it belongs.'
    yield Found(HERE, headline, mend)


@rule("LK017", "missing-comma", "error", "rejected", Problem)
def missing_comma(problem: Problem, settings: Settings) -> Iterator[Found]:
    """A comma is missing between two entries.

    ## What it finds
    Two entries of an object or a list with nothing between them.

    ## Why it matters
    `lk` answers `syntax error … unexpected token` and points at the second entry.

    ## Example
    ```json inbound-trunk
    {"trunk": {"name": "Main line" "numbers": ["+15105550100"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"name": "Main line", "numbers": ["+15105550100"]}}
    ```

    ## Fix
    Safe: puts the comma in.

    ## Evidence
    Seen: `lk`, probe json-missing-comma.
    """
    yield Found(
        HERE,
        "a comma is missing here, and LiveKit's reader stops",
        "Put a comma after the entry before.",
        fix=Proposal("put the comma in", ()),
    )


def name_of(failure: Failure) -> str:
    """The field a failure is about, as the file spells it; for an item, that of its list."""
    name = last(failure.pointer)
    return last(parent(failure.pointer)) if name.isdigit() else name
