"""Family 0, second half: encodings, strings and numbers that JSON does not have."""

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
    Seen: `lk`, probe json-bom. RFC 8259, section 8.1.
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
    Bytes of another encoding: UTF-16, Latin-1 and the like.

    ## Why it matters
    `lk` answers `invalid UTF-8 in string`.

    ## Example
    ```json inbound-trunk encoding=latin-1
    {"trunk": {"name": "Café", "numbers": ["+15105550100"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"name": "Café", "numbers": ["+15105550100"]}}
    ```

    ## Fix
    Safe for UTF-16, which says what it is. Unsafe otherwise: reads the bytes as Windows-1252.

    ## Evidence
    Seen: `lk`, probes json-latin1 and json-utf16.
    """
    what = f"the file is in {problem.detail}" if problem.detail == "UTF-16" else "this is no UTF-8"
    yield Found(
        HERE,
        f"{what}, and LiveKit's reader refuses it",
        "Save the file as UTF-8.",
        "" if problem.detail == "UTF-16" else problem.detail,
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
    Unsafe: doubles the backslash, so that it stands for itself.

    ## Evidence
    Seen: `lk`, probes json-bad-escape and json-lone-surrogate. RFC 8259, section 7.
    """
    if problem.detail == "surrogate":
        headline = "half of a character: the other half of this pair is missing"
        mend = "Write the character itself."
    else:
        headline = f"{show(problem.detail)[1:-1]} means nothing in JSON, and LiveKit refuses it"
        mend = "Write \\\\ for a backslash."
    yield Found(HERE, headline, mend, fix=Proposal("double the backslash", ()))


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
    Seen: `lk`, probes json-raw-newline and json-raw-tab. RFC 8259, section 7.
    """
    yield Found(
        HERE,
        "a line break or control character cannot stand in a text as it is",
        f"Write {problem.detail} for it.",
        problem.detail,
        fix=Proposal(f"write {problem.detail}", ()),
    )


@rule("LK009", "bad-number", "error", "rejected", Problem)
def bad_number(problem: Problem, settings: Settings) -> Iterator[Found]:
    """A number that JSON, or LiveKit, does not have.

    ## What it finds
    `NaN`, `Infinity`, `0x10`, `007`, `+1`, `.5`, `5.`, and numbers too large for any field.

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
    Safe for `+1`, `.5` and `5.`, which can only mean one thing.

    ## Evidence
    RFC 8259, section 6; protobuf-go internal/encoding/json/decode_number.go.
    """
    yield Found(
        HERE,
        f"{show(problem.detail)[1:-1]} is no number that LiveKit's reader takes",
        "Write digits without + and without leading zeros; put phone numbers and PINs in quotes.",
        fix=Proposal("write the number as JSON does", ()),
    )


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
    The deepest field of protocol v1.54.0 is that deep; protobuf-go refuses more than 10,000.
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
    A file of more than 16 MiB.

    ## Why it matters
    A trunk or a rule takes a few hundred bytes. lklint does not read such a file, so that a run
    stays quick and its memory small: nothing was checked.

    ## Example
    ```json inbound-trunk size=17000000
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
        f"this file has {int(problem.detail):,} bytes and was not checked",
        "Leave it out, or split it into one file for each trunk or rule.",
    )


@rule("LK016", "wrong-quotes", "error", "rejected", Problem)
def wrong_quotes(problem: Problem, settings: Settings) -> Iterator[Found]:
    """A name or a text without straight double quotes.

    ## What it finds
    Single quotes, typographic quotes, backticks, and words without quotes.

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
    Seen: `lk`. RFC 8259, section 7.
    """
    yield Found(
        HERE,
        'names and texts need straight double quotes ("), or LiveKit refuses the file',
        'Put " around it.',
        fix=Proposal("put double quotes around it", ()),
    )
