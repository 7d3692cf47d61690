"""Checking what a command is about to send, as `lklint check` does."""

from __future__ import annotations

import json
import os
import sys
from typing import Any, NamedTuple

from lklint.checker.run import check_data
from lklint.cli.ends import UsageError, say
from lklint.cli.options import CheckOptions
from lklint.config.profile import Layers
from lklint.documents.discovery import STDIN, read_bytes
from lklint.documents.document import parts
from lklint.findings import Checked, Finding, Report, Severity, Source
from lklint.reports.escaping import printable

# What these rules find does not hold here: lklint sends `media`, keeps the fields of a call, takes
# lists, and puts ids in the place of trunks' names.
_NOT_HERE = ("LK114", "LK125", "LK126")
# In flags there is no file that somebody could read.
_NOT_IN_FLAGS = ("LK129",)


class Given(NamedTuple):
    """A document that a command was given: its name, its text, and the bare resources in it."""

    name: str
    data: bytes
    resources: tuple[dict[str, Any], ...]


class Checking:
    """Documents of one kind, checked one after the other; `passed` says what was found."""

    def __init__(self, kind: str) -> None:
        options = CheckOptions(form="any", kind=kind)
        self._layers = Layers(options.given(), None, False)
        self._findings: list[Finding] = []
        self._sources: dict[str, Source] = {}
        self._checked: list[Checked] = []
        self._unreadable = False

    def argument(self, argument: str, judged: bool = True) -> Given:
        """The document of an argument: a file, - for standard input, or JSON itself.

        With `judged` False its text must be readable, and what it says is left to `value`.
        Raises `UsageError` where there is none, OSError where the file cannot be read.
        """
        name, data = _read(argument)
        document = self._check(name, data, judged)
        if document is None:
            return Given(name, data, ())
        values = [part.value for part in parts(document)]
        return Given(name, data, tuple(value for value in values if isinstance(value, dict)))

    def judge(self, given: Given) -> None:
        """Judge a document after all that was to be judged with flags in it."""
        self._check(given.name, given.data, True)

    def value(
        self,
        name: str,
        wrapper: str | None,
        value: dict[str, Any],
        before: dict[str, Any] | None = None,
    ) -> None:
        """A resource that no file holds as it is, because flags are in it.

        What can be said of the one `before` as well is passed over.
        """
        told, checked = len(self._findings), len(self._checked)
        old = set()
        if before is not None:
            self._check(name, _text(wrapper, before), True)
            old = {(finding.code, finding.headline) for finding in self._findings[told:]}
            del self._findings[told:], self._checked[checked:]
        self._check(name, _text(wrapper, value), True)
        # No file holds this, so that nothing can be mended in one.
        fresh = [
            finding._replace(fix=None)
            for finding in self._findings[told:]
            if (finding.code, finding.headline) not in old and finding.code not in _NOT_IN_FLAGS
        ]
        self._findings[told:] = fresh

    def passed(self, verify: bool, quiet: bool = False) -> bool:
        """Tell on standard error what was found; whether it may be sent.

        Without `verify` everything may, and one line says what was passed over.
        """
        failing = [finding for finding in self._findings if self._fails(finding)]
        if not verify and not self._unreadable:
            if failing:
                codes = sorted({finding.code for finding in failing})
                say(f"--no-verify: sent in spite of {', '.join(codes)}")
            return True
        if self._findings and (failing or not quiet):
            self._show(bool(failing))
        if failing:
            way = "" if self._unreadable else " (--no-verify sends it all the same)"
            say(f"nothing was sent{way}")
        return not failing

    def _check(self, name: str, data: bytes, judged: bool) -> Any:
        path = os.path.abspath(name)
        layer = self._layers.of(path)
        outcome = check_data(data, name, layer.profile(path).settings)
        if layer.accepts_anything():
            from lklint.silencing.accept import Accepted

            outcome = Accepted(layer, True).keep(outcome, path)
        if outcome.identity is not None and (judged or outcome.document is None):
            kept = [finding for finding in outcome.findings if _holds(finding, outcome.document)]
            self._findings += kept
            identity = outcome.identity
            self._checked.append(Checked(name, identity.kind, identity.form, identity.why, ""))
            if outcome.source is not None:
                self._sources[name] = outcome.source
        if outcome.document is None:
            self._unreadable = True
            if not outcome.findings:
                raise UsageError(f"{name}: there is nothing in it to send")
        return outcome.document

    def _fails(self, finding: Finding) -> bool:
        least: str = self._layers.of(os.path.abspath(finding.file)).get("fail-on")
        return finding.severity.rank >= Severity(least).rank

    def _show(self, failing: bool) -> None:
        from lklint.cli.output import colour_wanted, columns
        from lklint.reports import concise, text

        report = Report(tuple(self._findings), self._sources, tuple(self._checked))
        colour = colour_wanted(sys.stderr)
        if failing:
            lines = text.render(report, colour, columns(sys.stderr))
        else:
            lines = concise.render(report, colour)
        for line in lines:
            print(line, file=sys.stderr)


def _text(wrapper: str | None, value: dict[str, Any]) -> bytes:
    whole = value if wrapper is None else {wrapper: value}
    return json.dumps(whole, indent=2, ensure_ascii=False).encode("utf-8", "surrogateescape")


def _holds(finding: Finding, document: Any) -> bool:
    """Whether a finding holds for what lklint sends itself."""
    if finding.code in _NOT_HERE:
        return False
    return not (finding.code in ("LK421", "LK360") and _is_name(finding, document))


def _is_name(finding: Finding, document: Any) -> bool:
    """Whether a finding about a trunk's id stands at the name of a trunk."""
    from lklint.documents.pointer import tokens
    from lklint.telephony.trunk_ids import classify_trunk_id

    value: Any = document.value if document is not None else None
    for token in tokens(finding.pointer):
        try:
            value = value[int(token)] if isinstance(value, list) else value[token]
        except (KeyError, IndexError, ValueError, TypeError):
            return False
    return isinstance(value, str) and classify_trunk_id(value) == "name"


def _read(argument: str) -> tuple[str, bytes]:
    if argument == STDIN:
        return "<stdin>", sys.stdin.buffer.read()
    if os.path.isdir(argument):
        raise UsageError(f"{argument} is a directory; name a file")
    if not os.path.exists(argument) and argument.lstrip().startswith("{"):
        return "<argument>", argument.encode("utf-8", "surrogateescape")
    try:
        return argument, read_bytes(argument)
    except FileNotFoundError:
        raise UsageError(f"{printable(argument)}: there is no such file") from None
