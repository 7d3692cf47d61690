"""One set of findings that every report has to cope with.

Hostile texts and paths, several files, places that belong together, fixes of both kinds, stretches
over several lines, a secret, characters beyond the first plane, and the same mistake twice.
"""

from __future__ import annotations

from lklint.documents.tree import Lines
from lklint.findings import (
    Applicability,
    Checked,
    Edit,
    Effect,
    Finding,
    Fix,
    Related,
    Report,
    Severity,
    Source,
    Span,
)
from lklint.rules.registry import Rule

SECRET = "correct horse battery"
PIN = "471193"
HOSTILE = (
    "\x1b[2J\x07\r\n::error::no\u202e\u2028\ufeff|a`b`<img src=x>&amp;*c*[d](https://evil.example)"
)

TRUNK = "trunks/my trunk, 100%: old.json"
RULE = "rules/été/😀`|<b>.json"
HIDDEN = "rules/\x1b[31m\u202enosj.json"
CLEAN = "rules/night.json"
BROKEN = "broken.json"

TEXTS = {
    TRUNK: f"""{{"trunk": {{
  "numbers": ["*", "*"],
  "allowedAddresses": [
    "192.0.2.0/24"
  ],
  "auth_password": "{SECRET}"
}}}}
""",
    RULE: f'{{"dispatch_rule": {{"name": "😀😀", "pin": "{PIN}", "roomName": "a"}}}}\n',
    HIDDEN: '{"\x1b[31m": 1}\n',
    BROKEN: '{"trunk": {"numbers": [],},}\n',
}


def places(file: str, marked: str) -> list[tuple[int, int]]:
    """Where some characters stand in a file, each time they come."""
    text, found, at = TEXTS[file], [], -1
    while (at := text.find(marked, at + 1)) >= 0:
        found.append((at, at + len(marked)))
    assert found, marked
    return found


def span(file: str, marked: str, nth: int = 0) -> Span:
    """The nth place of some characters, in lines and columns."""
    return Lines(TEXTS[file]).span(*places(file, marked)[nth])


def fix(file: str, title: str, kind: str, *changes: tuple[str, int, str]) -> Fix:
    """A fix of (characters, which of them, what takes their place)."""
    edits = [
        Edit(*places(file, marked)[nth], text, span(file, marked, nth))
        for marked, nth, text in changes
    ]
    return Fix(title, Applicability(kind), tuple(edits))


def source(file: str, *secrets: str) -> Source:
    """The text of a file, with what no report may show."""
    return Source(file, TEXTS[file], tuple(places(file, secret)[0] for secret in secrets))


FINDINGS = (
    *(
        Finding(
            "LK201", "wildcard-number", Severity.ERROR, Effect.DEAD,
            'no call ever matches "*": LiveKit compares numbers letter by letter',
            "Give the number, or leave the list out to take calls to any number.",
            TRUNK, f"/trunk/numbers/{nth}", span(TRUNK, '"*"', nth), "a text like any other",
            fix=fix(TRUNK, "leave the list out", "unsafe", ('"*", "*"', 0, "")),
        )
        for nth in (0, 1)
    ),
    Finding(
        "LK302", "number-only-trunk", Severity.WARNING, Effect.INSECURE,
        "whoever knows the number may call", "Say who may call.",
        TRUNK, "/trunk/allowedAddresses",
        Span(span(TRUNK, "[\n").start, span(TRUNK, "\n  ],\n").end), "several lines",
        related=(
            Related("the number", TRUNK, span(TRUNK, '"numbers"')),
            Related(f"and a rule {HOSTILE}", RULE, span(RULE, '"roomName"')),
        ),
    ),
    Finding(
        "LK129", "plaintext-credential", Severity.WARNING, Effect.INSECURE,
        "everybody who reads this file knows the password", "Take it from a secret store.",
        TRUNK, "/trunk/auth_password", span(TRUNK, f'"{SECRET}"'), "a secret",
        fix=fix(
            TRUNK, "move it to the front", "safe",
            (f',\n  "auth_password": "{SECRET}"', 0, ""),
            ('"numbers"', 0, f'"auth_password": "{SECRET}", "numbers"'),
        ),
    ),
    Finding(
        "LK118", "read-only-field", Severity.INFO, Effect.UNTIDY,
        f"a headline {HOSTILE}", f"A mend {HOSTILE}",
        RULE, "/dispatch_rule/pin", span(RULE, '"pin"'), f"a label {HOSTILE}",
        fix=fix(RULE, f"rename it {HOSTILE}", "safe", ('"pin"', 0, '"💡"')),
    ),
    Finding(
        "LK101", "unknown-field", Severity.ERROR, Effect.REJECTED,
        "the name of this field cannot be seen", "", HIDDEN, "/\x1b[31m",
        span(HIDDEN, '"\x1b[31m"'),
    ),
    *(
        Finding(
            "LK003", "trailing-comma", Severity.ERROR, Effect.REJECTED,
            'a comma before "}" makes LiveKit\'s reader refuse the file', "Take the comma out.",
            BROKEN, "", span(BROKEN, ",}", nth),
            fix=fix(BROKEN, "take the comma out", "safe", (",}", nth, "}")),
        )
        for nth in (0, 1)
    ),
)  # fmt: skip

REPORT = Report(
    FINDINGS,
    {
        TRUNK: source(TRUNK, SECRET),
        RULE: source(RULE, PIN),
        HIDDEN: source(HIDDEN),
        BROKEN: source(BROKEN),
    },
    tuple(
        Checked(file, kind, "wrapped", "it looks like one")
        for file, kind in (
            (TRUNK, "inbound-trunk"), (RULE, "dispatch-rule"), (CLEAN, "dispatch-rule"),
            (HIDDEN, "dispatch-rule"), (BROKEN, "inbound-trunk"),
        )
    ),
    ("package.json",),
    3,
)  # fmt: skip
CLEAN_REPORT = Report(checked=REPORT.checked[2:3])


def _page(subject: object, settings: object) -> tuple[()]:
    """A made-up rule.

    ## What it finds
    Nothing.

    ## Why it matters
    It has a page of its own, so that real pages may change.
    """
    return ()


RULES = {
    finding.code: Rule(
        finding.code, finding.name, finding.severity, finding.effect, (), _page,
        default=finding.severity is not Severity.INFO,
    )
    for finding in sorted(FINDINGS, key=lambda finding: finding.code)
}  # fmt: skip
"""The rules that a SARIF report lists, instead of all that exist."""
