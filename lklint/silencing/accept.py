"""Leaving out what somebody accepted, for the files of one configuration."""

from __future__ import annotations

import os
from typing import Any

from lklint.checker.run import Outcome
from lklint.config.finding import ConfigurationError
from lklint.config.globs import below_root
from lklint.config.profile import Layer
from lklint.findings import Finding, Position, Severity, Source, Span
from lklint.rules.accepted import StaleBaseline, StaleIgnore
from lklint.rules.all_rules import needs_all_files, rules_for
from lklint.silencing.baseline import Baseline, Entry, read_baseline
from lklint.silencing.ignores import Ignores, line_of


class Accepted:
    """What one configuration accepts. Raises ConfigurationError where it cannot be read."""

    def __init__(self, layer: Layer, with_baseline: bool = True) -> None:
        self._layer = layer
        self._ignores = Ignores(layer)
        self._baseline = _baseline(layer) if with_baseline else None

    def keep(self, outcome: Outcome, path: str) -> Outcome:
        """What is left of the findings in the file at an absolute path."""
        below = below_root(path, self._layer.root) or ""
        self._ignores.begin(path, outcome.whole)
        if self._baseline is not None and outcome.whole:
            self._baseline.begin(below)
        kept = tuple(
            finding
            for finding in outcome.findings
            if not self.silences(finding, path, outcome.source)
        )
        return outcome._replace(findings=kept, silenced=len(outcome.findings) - len(kept))

    def silences(self, finding: Finding, path: str, source: Source | None) -> bool:
        """Whether a finding in the file at an absolute path is accepted."""
        if finding.code in self._layer.unignorable:
            return False
        if self._ignores.silence(finding, path):
            return True
        below = below_root(path, self._layer.root) or ""
        return self._baseline is not None and self._baseline.silence(finding, below, source)

    def stale(self, searched: bool, settled: bool) -> list[Finding]:
        """Findings about entries that silence nothing any more.

        `searched` tells whether every file of this configuration was looked for, and `settled`
        whether all of them could be used as well, so that nothing hides from a rule about whole
        environments.
        """
        found: list[Finding] = []
        for entry in self._ignores.stale(searched, settled):
            if any(self._wants(code) for code in entry.codes):
                configured = self._layer.configured
                assert configured is not None  # the entries stand in it
                names = _rule_words(entry.codes)
                never = entry.codes <= self._layer.unignorable
                subject = StaleIgnore(names, entry.file, entry.pointer, never)
                line = line_of(configured.path, entry.number)
                found += self._findings(subject, configured.file, line)
        idle = self.idle_entries(settled)
        if idle:
            file = os.path.relpath(self._layer.baseline_path)
            found += self._findings(StaleBaseline(len(idle)), file, 1)
        return found

    def idle_entries(self, settled: bool) -> list[Entry]:
        """The entries of the baseline that find nothing any more, as far as a run can tell."""
        if self._baseline is None:
            return []
        files = self._baseline.files()
        there = [file for file in files if os.path.lexists(os.path.join(self._layer.root, file))]
        return [
            entry
            for entry in self._baseline.stale(there)
            if self._wants(entry.rule) and (settled or not needs_all_files(entry.rule))
        ]

    def _wants(self, code: str) -> bool:
        from lklint.rules.all_rules import all_rules

        rule = all_rules().get(code)
        return rule is not None and self._layer.settings.wants(code, rule.default)

    def _findings(self, subject: Any, file: str, line: int) -> list[Finding]:
        settings = self._layer.settings
        kind: type = type(subject)
        span = Span(Position(line, 1), Position(line, 2))
        return [
            Finding(
                rule.code,
                rule.name,
                Severity(settings.severities.get(rule.code, rule.severity)),
                rule.effect,
                found.headline,
                found.mend,
                file,
                "",
                span,
                found.label,
            )
            for rule in rules_for(kind)
            if settings.wants(rule.code, rule.default)
            for found in rule.check(subject, settings)
        ]


def _baseline(layer: Layer) -> Baseline | None:
    """The baseline of a configuration; only one that it names must be there."""
    if os.path.lexists(layer.baseline_path):
        return read_baseline(layer.baseline_path)
    named = layer.value("baseline")
    if named.origin == "default":
        return None
    raise ConfigurationError(
        f"{layer.where('baseline')}: there is no {named.value}; `lklint baseline write` makes it"
    )


def _rule_words(codes: frozenset[str]) -> str:
    from lklint.rules.all_rules import all_rules

    return ", ".join(all_rules()[code].name for code in sorted(codes))
