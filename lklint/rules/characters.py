"""Family 0: encodings, strings and numbers that JSON does not have."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.problems import Problem
from lklint.rules.found import Found, Proposal, show
from lklint.rules.registry import rule
from lklint.rules.text import HERE
from lklint.settings import Settings


@rule("LK005", "byte-order-mark", "error", "rejected", Problem)
def byte_order_mark(problem: Problem, settings: Settings) -> Iterator[Found]:
    """The file starts with a byte order mark.

    ## What it finds
    The invisible character U+FEFF that some editors on Windows put first.

    ## Why it matters
    `lk` answers `syntax error (line 1:1): invalid value` and shows nothing that one could see.

    ## Example
    ```json inbound-trunk
    \ufeff{"trunk": {"numbers": ["+15105550100"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"]}}
    ```

    ## Fix
    Safe: takes it out. In the editor, save as "UTF-8" without BOM.

    ## Evidence
    Seen: `lk` 2.18.3 answered `syntax error (line 1:1): invalid value` and the invisible character.
    RFC 8259, section 8.1.
    """
    yield Found(
        HERE,
        "an invisible byte order mark stands first, and LiveKit refuses the file for it",
        'Save the file as UTF-8 without "BOM".',
        "invisible",
        fix=Proposal("take the mark out", ()),
    )


@rule("LK006", "invalid-utf8", "error", "rejected", Problem)
def invalid_utf8(problem: Problem, settings: Settings) -> Iterator[Found]:
    """The file is not in UTF-8.

    ## What it finds
    Bytes of another encoding: UTF-16, which `>` writes in Windows PowerShell 5, Latin-1 and others.

    ## Why it matters
    `lk` answers `invalid UTF-8 in string`, and `invalid value` at line 1:1 to UTF-16.

    ## Example
    ```json inbound-trunk encoding=latin-1
    {"trunk": {"name": "Café", "numbers": ["+15105550100"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"name": "Café", "numbers": ["+15105550100"]}}
    ```

    ## Fix
    Safe for UTF-16 and UTF-32, which tell what they are. Unsafe otherwise: reads the bytes as
    Windows-1252.

    ## Evidence
    Seen: `lk` 2.18.3 answered `syntax error (line 1:18): invalid UTF-8 in string` to Latin-1, and
    `(line 1:1): invalid value` to UTF-16.
    """
    wide = problem.detail.startswith("UTF-")
    what = f"the file is in {problem.detail}" if wide else "the file is not in UTF-8 here"
    yield Found(
        HERE,
        f"{what}, and LiveKit refuses it",
        "Save the file as UTF-8.",
        "" if wide else problem.detail,
        fix=Proposal("write it as UTF-8", ()),
    )


@rule("LK007", "bad-escape", "error", "rejected", Problem)
def bad_escape(problem: Problem, settings: Settings) -> Iterator[Found]:
    r"""A backslash that does not start an escape of JSON.

    ## What it finds
    `\x`, `\'` and the like, and half of a pair that only works in two (`\ud83d` alone).

    ## Why it matters
    `lk` answers `invalid escape code`.

    ## Example
    ```json inbound-trunk
    {"trunk": {"name": "a\x41", "numbers": ["+15105550100"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"name": "aA", "numbers": ["+15105550100"]}}
    ```

    ## Fix
    Unsafe: doubles the backslash, so that it stands for itself. Safe for `\'`, which can only mean
    the quote. None for half of a pair.

    ## Evidence
    Seen: `lk` 2.18.3 answered `syntax error (line 1:18): invalid escape code "\\x" in string`, and
    the same to half of a pair. RFC 8259, section 7.
    """
    escape = problem.detail
    title = "take the backslash out"
    if escape == "surrogate":
        headline = "half of a character, its other half is missing, and LiveKit refuses the file"
        mend = "Write the character itself."
    elif escape == "\\\n":
        headline = "a text cannot go on in the next line in JSON, and LiveKit refuses the file"
        mend = "Write the text on one line."
    elif escape in ("\\'", "\\`"):
        headline = f"{escape} means nothing in JSON, and LiveKit refuses the file"
        mend = f"Write {escape[1]} alone."
    else:
        shown = escape if escape.isprintable() else show(escape)[1:-1]
        headline = f"{shown} means nothing in JSON, and LiveKit refuses the file"
        mend, title = "Write \\\\ for a backslash.", "double the backslash"
    yield Found(HERE, headline, mend, fix=Proposal(title, ()))


@rule("LK008", "control-character", "error", "rejected", Problem)
def control_character(problem: Problem, settings: Settings) -> Iterator[Found]:
    r"""A line break, a tab or another control character inside a text.

    ## What it finds
    Control characters between quotes that are not written as an escape.

    ## Why it matters
    `lk` answers `invalid character '\n' in string`.

    ## Example
    ```json inbound-trunk
    {"trunk": {"name": "Main
    line", "numbers": ["+15105550100"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"name": "Main line", "numbers": ["+15105550100"]}}
    ```

    ## Fix
    Safe: writes it as an escape.

    ## Evidence
    Seen: `lk` 2.18.3 answered `syntax error (line 1:18): invalid character '\n' in string`.
    RFC 8259, section 7.
    """
    written = problem.detail
    known = {"\\t": "a tab", "\\n": "a line break", "\\r\\n": "a line break"}
    what = known.get(written, "a control character")
    escape = written if len(written) <= 24 else "an escape"
    yield Found(
        HERE,
        f"{what} stands in a text as it is, and LiveKit refuses the file",
        f"Write {escape} for it, or take it out.",
        escape,
        fix=Proposal(f"write {escape}", ()),
    )


_NUMBERS = {
    "phone": (
        "a phone number without quotes is no number of JSON, and LiveKit refuses the file",
        "Put it into quotes.",
        "put it into quotes",
    ),
    "zeros": (
        "no number of JSON starts with 0 and more digits, and LiveKit refuses the file",
        "Put a PIN or a phone number into quotes; from any other number take the zeros.",
        "put it into quotes",
    ),
    "form": (
        "JSON writes this number otherwise, and LiveKit refuses the file",
        "Take the + out, and put a digit on both sides of a point.",
        "write the number as JSON does",
    ),
    "large": (
        "this number is larger than any that LiveKit can hold, and it refuses the file",
        "Write the number that was meant.",
        "",
    ),
    "": (
        "this is no number of JSON, and LiveKit refuses the file",
        "Write it in plain digits, or put it into quotes if it is a text.",
        "",
    ),
}
"""Headline, mend and title of the fix. The number is not named: it may be a PIN."""


@rule("LK009", "bad-number", "error", "rejected", Problem)
def bad_number(problem: Problem, settings: Settings) -> Iterator[Found]:
    """A number that JSON, or LiveKit, does not have.

    ## What it finds
    `NaN`, `Infinity`, `0x10`, `007`, `+1`, `.5`, `5.`, a phone number or a PIN without quotes, and
    numbers too large for any field.

    ## Why it matters
    `lk` answers `syntax error … invalid value`.

    ## Example
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "a", "pin": 0042}}}}
    ```

    ## Instead
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "a", "pin": "0042"}}}}
    ```

    ## Fix
    Safe for `+1`, `.5` and `5.`, which can only mean one thing, and for a phone number with a `+`,
    which it puts into quotes. Unsafe for leading zeros, which it puts into quotes too.

    ## Evidence
    Seen: `lk` 2.18.3 answered `syntax error (line 1:65): invalid value 02`, and the same to `NaN`.
    RFC 8259, section 6; protobuf-go internal/encoding/json/decode_number.go.
    """
    headline, mend, title = _NUMBERS[problem.detail]
    yield Found(HERE, headline, mend, fix=Proposal(title, ()))


@rule("LK014", "too-deep", "error", "rejected", Problem)
def too_deep(problem: Problem, settings: Settings) -> Iterator[Found]:
    """The document nests too deep to be telephony.

    ## What it finds
    More than 100 brackets inside each other.

    ## Why it matters
    LiveKit's messages nest nine deep, so on the way there is a field that LiveKit refuses.

    ## Example
    ```json inbound-trunk
    {"trunk": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
    [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"]}}
    ```

    ## Fix
    None.

    ## Evidence
    The deepest field of livekit/protocol 1.54.0 is that deep; protobuf-go refuses more than 10,000.
    """
    yield Found(
        HERE,
        "the brackets nest deeper than any LiveKit file, which LiveKit refuses",
        "Look for brackets that were repeated by mistake.",
    )


@rule("LK015", "too-large", "warning", "risky", Problem)
def too_large(problem: Problem, settings: Settings) -> Iterator[Found]:
    """The file is too large to be telephony, and was not read.

    ## What it finds
    A file of more than 4 MiB.

    ## Why it matters
    A trunk or a rule takes a few hundred bytes. lklint does not read such a file, so that a run
    stays quick and its memory small: nothing was checked.

    ## Example
    ```json inbound-trunk size=4200000
    {"trunk": {"numbers": ["+15105550100"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"]}}
    ```

    ## Fix
    None.

    ## Evidence
    A choice of lklint, not of LiveKit.
    """
    yield Found(
        HERE,
        "this file is larger than 4 MiB and was not checked",
        "Leave it out, or split it into one file for each trunk or rule.",
    )


@rule("LK016", "wrong-quotes", "error", "rejected", Problem)
def wrong_quotes(problem: Problem, settings: Settings) -> Iterator[Found]:
    """A name or a text without straight double quotes.

    ## What it finds
    Single quotes, typographic quotes, backticks, and words without quotes. What is the same all
    through a file is told once, at the first place.

    ## Why it matters
    JSON has one kind of quote. `lk` answers `syntax error … invalid value`.

    ## Example
    ```json inbound-trunk
    {trunk: {'numbers': ["+15105550100"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"]}}
    ```

    ## Fix
    Safe for names and for other quotes; unsafe for a bare word that stands as a value.

    ## Evidence
    Seen: `lk` 2.18.3 answered `syntax error (line 1:2): invalid value '` to single quotes and
    `invalid value trunk` to a name without. RFC 8259, section 7.
    """
    more = f" ({problem.times} places)" if problem.times > 1 else ""
    yield Found(
        HERE,
        f'names and texts need straight double quotes ("), or LiveKit refuses the file{more}',
        'Put " around each of them.' if more else 'Put " around it.',
        fix=Proposal("put double quotes around it", ()),
    )
