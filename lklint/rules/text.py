"""Family 0: what stands between the values of a text, and what is missing there.

`not_json` has the rest of it, `characters` what is wrong within names and values.
"""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.edits import Remove
from lklint.documents.pointer import join, last, parent
from lklint.documents.problems import Problem
from lklint.documents.values import as_json
from lklint.rules.found import Found, Proposal, at_key, at_value, show
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure

HERE = at_value("")
"""The place of a problem is known to the checker."""


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
    Safe: takes the comment out; none where a `/*` is never closed. Trunks and rules have a `name`
    for people, which is the place for a note.

    ## Evidence
    Seen: `lk` 2.18.3 answered `syntax error (line 2:2): invalid value /`, and `invalid value #`.
    """
    if problem.detail == "open":
        yield Found(
            HERE,
            "a comment starts here and never ends, and LiveKit refuses the file",
            "Take the comment out: JSON has none.",
        )
        return
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
    Seen: `lk` 2.18.3 answered `syntax error (line 1:35): unexpected token }`, and `]` in a list.
    LiveKit's own page on dispatch rules had an example with such a comma.
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
    Seen: `lk` 2.18.3 answered `(line 1:66): duplicate field "authUsername"`, also where the first
    was null, and `duplicate map key "X-A"` for a header.
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
    names = [name for name in subject.given if name in subject.limit["enum"]]
    if subject.value != names[1]:
        return
    first, second = join(parent(subject.pointer), names[0]), subject.pointer
    same = as_json(subject.given[names[0]]) == as_json(subject.given[names[1]])
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
    Seen: `lk` 2.18.3, on an empty file and on one of blanks.
    """
    yield Found(
        HERE,
        "there is nothing in the file, and LiveKit refuses it",
        "Write the trunk or the rule into it.",
    )


@rule("LK011", "not-an-object", "error", "rejected", Problem, Failure)
def not_an_object(subject: Problem | Failure, settings: Settings) -> Iterator[Found]:
    """The file holds a list, a text or a number instead of an object.

    ## What it finds
    A document that does not start with `{`, also YAML and the like.

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
    Seen: `lk` 2.18.3 refused `[]`, `null`, `"x"` and `1` with `unexpected token`.
    """
    what = subject.detail if isinstance(subject, Problem) else ""
    if what == "name":
        headline = "no { stands around this, and LiveKit refuses the file"
        mend = "Put { before it and } at the end; what is no JSON, YAML for example, write as JSON."
    elif what == "array":
        headline = "the file holds a list, and LiveKit wants one object a file"
        mend = "Put each entry into a file of its own."
    else:
        headline = "the file holds no object, and LiveKit wants one object a file"
        mend = "Start the file with { and end it with }."
    yield Found(HERE, headline, mend)


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
    Seen: `lk` 2.18.3 answered `unexpected token {` to a second document, and `invalid value x` to
    a word.
    """
    rest = problem.detail
    if rest.startswith(("{", "[")):
        headline = "a second document starts here, and LiveKit refuses a file with more than one"
        mend = "Put it into a file of its own: `lk … create` takes several files."
    elif rest.startswith(("}", "]")):
        headline = f'one "{rest[0]}" too many: the document ended before it, and LiveKit refuses it'
        mend = "Take it out, or look for the one before it that closes too early."
    else:
        headline = "the document ends before this, and LiveKit refuses a file with more in it"
        mend = "Take it out."
    yield Found(HERE, headline, mend, fix=Proposal("take it out", ()))


@rule("LK013", "cut-off", "error", "rejected", Problem)
def cut_off(problem: Problem, settings: Settings) -> Iterator[Found]:
    """The text ends in the middle.

    ## What it finds
    A bracket, a brace or a text that is opened and never closed, also where the one around it is
    closed.

    ## Why it matters
    `lk` answers `unexpected EOF` and does not say where, or it names the place where it noticed.
    lklint marks what was left open.

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
    Seen: `lk` 2.18.3 answered `unexpected EOF` to a file that was cut off.
    """
    closing = problem.detail
    if closing == "value":
        headline = "the file ends where the value of this name should stand"
        mend = "Write the value, and what is missing after it."
    elif closing == ":":
        headline = "the file ends after this name"
        mend = "Write a colon and the value, and what is missing after it."
    elif closing == '"':
        headline = "this text is not closed on its line, and LiveKit refuses the file"
        mend = "Put the closing quote."
    else:
        headline = f'this is never closed: "{closing}" is missing, and LiveKit refuses the file'
        mend = f'Put the missing "{closing}" where it belongs.'
    yield Found(HERE, headline, mend)


@rule("LK017", "missing-comma", "error", "rejected", Problem)
def missing_comma(problem: Problem, settings: Settings) -> Iterator[Found]:
    """A comma is missing between two entries.

    ## What it finds
    Two entries of an object or a list with nothing between them.

    ## Why it matters
    `lk` answers `syntax error … unexpected token` and points at the second entry. lklint marks the
    end of the first.

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
    Seen: `lk` 2.18.3 answered `syntax error (line 1:35): unexpected token "name"`.
    """
    yield Found(
        HERE,
        "a comma is missing after this, and LiveKit refuses the file",
        "Put a comma between the two entries.",
        fix=Proposal("put the comma in", ()),
    )


def name_of(failure: Failure) -> str:
    """The field a failure is about, as the file spells it; for an item, that of its list."""
    name = last(failure.pointer)
    return last(parent(failure.pointer)) if name.isdigit() else name
