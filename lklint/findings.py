"""What lklint has to say: a finding, where it stands, and how to mend it.

Everything here is plain data. Rules make findings (through the checker), reports print them, fixes
apply their edits; none of those needs to know the others.
"""

from enum import Enum
from typing import NamedTuple


class Severity(str, Enum):
    """How loudly a finding speaks. Ordered: info < warning < error."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return ("info", "warning", "error").index(self.value)


class Effect(str, Enum):
    """What the mistake does once the file is handed to LiveKit."""

    REJECTED = "rejected"
    """`lk` or the LiveKit API refuses the file."""
    DEAD = "dead"
    """Accepted, and then it never works on a call."""
    INSECURE = "insecure"
    """Accepted, and it stands open or gives something away."""
    RISKY = "risky"
    """Accepted, and it surprises: works in some calls, or not as it reads."""
    UNTIDY = "untidy"
    """Accepted and harmless, but it misleads the next reader."""


class Applicability(str, Enum):
    """Whether a fix keeps the meaning of the file (`safe`) or changes it (`unsafe`)."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Position(NamedTuple):
    """A place in a text: 1-based line, 1-based column counted in characters."""

    line: int
    column: int


class Span(NamedTuple):
    """A stretch of text. `start` is its first character, `end` the one after its last."""

    start: Position
    end: Position


class Edit(NamedTuple):
    """Replace the characters [`begin`, `end`) of the text by `text`.

    `begin` and `end` are 0-based offsets in characters of the decoded text; `span` is the same
    stretch in lines and columns.
    """

    begin: int
    end: int
    text: str
    span: Span


class Fix(NamedTuple):
    """A mend that can be applied: all of its edits together, or none."""

    title: str
    applicability: Applicability
    edits: tuple[Edit, ...]


class Related(NamedTuple):
    """A second place that belongs to a finding, with a word on why."""

    message: str
    file: str
    span: Span


class Finding(NamedTuple):
    """One mistake, at one place.

    `headline` says what is wrong and what it does on a call; `mend` says what to do about it;
    `label` is the short note under the marked characters. `pointer` is the JSON pointer (RFC 6901)
    of the value meant, or "" where the text has none.
    """

    code: str
    name: str
    severity: Severity
    effect: Effect
    headline: str
    mend: str
    file: str
    pointer: str
    span: Span
    label: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None

    @property
    def message(self) -> str:
        """The whole message in one line: what happens, then what to do."""
        return f"{self.headline}. {self.mend}" if self.mend else self.headline

    @property
    def url(self) -> str:
        """The page of the rule."""
        return f"{DOCUMENTATION}/{self.code}.md"


DOCUMENTATION = "https://github.com/lklint/lklint/blob/main/docs/rules"


class Checked(NamedTuple):
    """A file that was checked: what it was taken for, and why.

    `environment` is the folder whose files go to the same server.
    """

    file: str
    kind: str
    form: str
    why: str
    environment: str = ""


class Source(NamedTuple):
    """The text of a file that has findings, for reports that show its lines.

    `secrets` are the stretches (0-based character offsets, end exclusive) that no report may show.
    """

    file: str
    text: str
    secrets: tuple[tuple[int, int], ...] = ()


class Report(NamedTuple):
    """The outcome of a run: the findings in reading order, and what was looked at."""

    findings: tuple[Finding, ...] = ()
    sources: dict[str, Source] = {}  # noqa: RUF012 (never written to)
    """The text of every file that findings point into, by file name."""
    checked: tuple[Checked, ...] = ()
    """Every file that was checked, in order."""
    passed_over: tuple[str, ...] = ()
    """JSON files that are no LiveKit telephony files, in order."""
    silenced: int = 0
    """How many findings are not told because somebody accepted them."""
    unit: str = "file"
    """What was checked: files, or resources that a server has."""

    @property
    def refused(self) -> tuple[str, ...]:
        """The files that LiveKit refuses, in order."""
        bad = {finding.file for finding in self.findings if finding.effect is Effect.REJECTED}
        return tuple(checked.file for checked in self.checked if checked.file in bad)

    def at_least(self, severity: Severity) -> bool:
        """Whether a finding is as severe as `severity`, or worse."""
        return any(finding.severity.rank >= severity.rank for finding in self.findings)
