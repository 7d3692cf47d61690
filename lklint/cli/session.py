"""One run over all documents: find them, check or mend each, keep what came of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from lklint.checker.run import Outcome, check_data
from lklint.checker.together import Together, shown_folder, without_replaced
from lklint.cli.documents import Documents
from lklint.cli.ends import UsageError, say
from lklint.cli.options import CheckOptions
from lklint.config.profile import Layer, Layers
from lklint.documents.discovery import searched
from lklint.findings import Checked, Finding, Report, Severity, Source
from lklint.settings import Settings
from lklint.workspace.folders import environment_folder

if TYPE_CHECKING:
    from lklint.silencing.accept import Accepted
    from lklint.silencing.baseline import Entry
    from lklint.workspace.environment import Environment


class Run:
    """One run over all documents: `report` is what came of it.

    `variables` are what `"${NAME}"` stands for in them, None for the variables of the process.
    """

    def __init__(self, options: CheckOptions, variables: Mapping[str, str] | None = None) -> None:
        self.options = options
        self.layers = Layers(options.given(), options.config, options.isolated)
        self.report = Report()
        self.mended = self.applied = 0
        self.would_change = self.failed = self.mended_stdin = False
        self.mends = options.fix or options.fix_only or options.diff
        self._accepted: dict[int, Accepted | None] = {}
        self._layer_of: dict[str, Layer] = {}
        self._findings: list[Finding] = []
        self._sources: dict[str, Source] = {}
        self._checked: list[Checked] = []
        self._passed_over: list[str] = []
        self._silenced = 0
        self._together = Together(os.environ if variables is None else variables)
        self._documents = Documents(
            options.paths, self.layers, options.force_exclude, options.stdin_filename
        )

    def all(self) -> None:
        """Every document that was asked for."""
        from lklint.cli.progress import Progress

        with Progress() as progress:
            for file, data in self._documents:
                progress.step()
                self.one(file, data)
        self.failed = self.failed or self._documents.failed
        if self._documents.piped and self._passed_over:
            name = self._passed_over[0]
            raise UsageError(f"{name}: no LiveKit telephony; --kind says what it is meant for")
        self._tell_together()
        if self.options.verbose:
            self._tell_untried()
        self._tell_stale()
        self.report = Report(
            tuple(self._findings),
            self._sources,
            tuple(self._checked),
            tuple(self._passed_over),
            self._silenced,
        )
        if self.options.changed_since is not None:
            self._only_touched(self.options.changed_since)

    def one(self, file: str, data: bytes) -> None:
        """One document: check it, or mend it and keep what is left."""
        path = os.path.abspath(file)
        layer = self.layers.of(path)
        settings = layer.profile(path).settings
        accepted = self._accepted_by(layer)

        def check(text: bytes) -> Outcome:
            outcome = check_data(text, file, settings)
            return outcome if accepted is None else accepted.keep(outcome, path)

        outcome = self._mend(file, data, check) if self.mends else check(data)
        identity = outcome.identity
        if identity is None:
            self._passed_over.append(file)
            return
        folder = environment_folder(path, layer.root, tuple(layer.get("environments")))
        self._together.add(file, outcome.document, folder, outcome.clean, identity.kind)
        self._layer_of[file] = layer
        environment = shown_folder(folder)
        self._checked.append(Checked(file, identity.kind, identity.form, identity.why, environment))
        self._findings.extend(outcome.findings)
        self._silenced += outcome.silenced
        if outcome.source is not None:
            self._sources[file] = outcome.source

    def environments(self) -> list[Environment]:
        """What was checked, sorted by the server it goes to; with the ids of the files alone."""
        whole = searched(self._documents.paths)
        return self._together.gathering.environments(shown_folder, whole, locked=False)

    def idle_entries(self, layer: Layer) -> list[Entry]:
        """The entries of a configuration's baseline that find nothing any more."""
        accepted = self._accepted.get(id(layer))
        return accepted.idle_entries(self._settles(layer)) if accepted else []

    def layer_of(self, finding: Finding) -> Layer:
        """The configuration that a finding's file is checked under."""
        return self._layer_of[finding.file]

    def fails(self, finding: Finding) -> bool:
        """Whether a finding makes the run fail."""
        least: str = self._layer_of[finding.file].get("fail-on")
        return finding.severity.rank >= Severity(least).rank

    def _accepted_by(self, layer: Layer) -> Accepted | None:
        key = id(layer)
        if key not in self._accepted:
            self._accepted[key] = None
            if layer.accepts_anything() and not self.options.isolated:
                from lklint.silencing.accept import Accepted

                self._accepted[key] = Accepted(layer, not self.options.no_baseline)
        return self._accepted[key]

    def _tell_together(self) -> None:
        """What the files do to each other, less what is accepted."""
        told = list(
            self._together.findings(
                self._settings_of, self._documents.read_again, searched(self._documents.paths)
            )
        )
        for finding, sources in told:
            accepted = self._accepted_by(self._layer_of[finding.file])
            path = os.path.abspath(finding.file)
            if accepted is not None and accepted.silences(finding, path, sources[0]):
                self._silenced += 1
                continue
            self._findings.append(finding)
            for source in sources:
                self._sources.setdefault(source.file, source)
        left = without_replaced(self._findings, (finding for finding, _ in told))
        self._findings = self._together.without_names(left)

    def _tell_untried(self) -> None:
        """Say of calls that are not tried that it is for want of files."""
        from lklint.documents.own_kinds import CALLS
        from lklint.reports.escaping import printable

        whole = searched(self._documents.paths)
        for environment in self._together.gathering.environments(shown_folder, whole):
            for message in () if environment.complete else environment.of_kind(CALLS):
                say(
                    f"{printable(message.file)}: its calls are not tried, because not every file "
                    f"of {printable(environment.name)} was looked at and can be used"
                )

    def _settings_of(self, file: str) -> Settings:
        return self._layer_of[file].profile(os.path.abspath(file)).settings

    def _tell_stale(self) -> None:
        for layer in self.layers.all():
            accepted = self._accepted.get(id(layer))
            if accepted is None:
                continue
            for finding in accepted.stale(self._searched(layer), self._settles(layer)):
                self._layer_of.setdefault(finding.file, layer)
                self._findings.append(finding)

    def _searched(self, layer: Layer) -> bool:
        """Whether all files of a configuration were looked for, not only some that were named."""
        return searched(self._documents.paths)(layer.root)

    def _settles(self, layer: Layer) -> bool:
        """Whether a rule about whole environments finds everything there is to find: all files of
        a configuration were looked for, and none of them is one that cannot be used."""
        return self._searched(layer) and all(
            environment.complete
            for environment in self.environments()
            if self._layer_of.get(environment.first_file or "") is layer
        )

    def _only_touched(self, reference: str) -> None:
        from lklint.silencing.changes import Changes, ChangesUnknown

        try:
            changes = Changes(reference)
            kept = [
                finding
                for finding in self.report.findings
                if changes.touch(
                    finding, os.path.abspath(finding.file), self._sources.get(finding.file)
                )
            ]
        except ChangesUnknown as error:
            raise UsageError(f"--changed-since: {error}") from error
        untouched = len(self.report.findings) - len(kept)
        if untouched and not self.options.quiet:
            from lklint.reports.counting import plural

            say(f"{plural(untouched, 'finding')} not told: nothing was touched there")
        self.report = self.report._replace(findings=tuple(kept))

    def _mend(self, file: str, data: bytes, check: Callable[[bytes], Outcome]) -> Outcome:
        """Apply the fixes of one document, or show them, and return what is left."""
        from lklint.fixes.apply import mend

        mended = mend(data, check, self.options.unsafe_fixes)
        if self.options.diff:
            from lklint.fixes.diff import diff

            for line in diff(file, data, mended.after):
                self.would_change = True
                print(line)
        elif self._documents.piped:
            self.mended_stdin = True
            sys.stdout.buffer.write(mended.after)
            sys.stdout.flush()
        elif mended.changed:
            self._replace(file, data, mended.after, len(mended.applied))
        return mended.outcome

    def _replace(self, file: str, before: bytes, after: bytes, fixes: int) -> None:
        """Write a mended file, or say why it was left alone."""
        from lklint.fixes.write import NotWritten, write
        from lklint.reports.escaping import printable

        try:
            write(file, before, after)
        except NotWritten as error:
            self.failed = True
            say(f"{printable(file)}: not mended: {error}")
        else:
            self.mended += 1
            self.applied += fixes
