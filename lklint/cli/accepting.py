"""`lklint check --add-ignores` and `lklint baseline`: accepting what is found."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

from lklint.cli.ends import CLEAN, UsageError, say
from lklint.cli.options import CheckOptions
from lklint.cli.session import Run
from lklint.config.finding import ConfigurationError
from lklint.config.globs import below_root
from lklint.config.profile import Layer
from lklint.findings import Finding
from lklint.fixes.write import NotWritten, replace_file
from lklint.reports.counting import plural
from lklint.reports.escaping import printable
from lklint.silencing.baseline import Entry, baseline_text, entry_for, read_baseline
from lklint.silencing.ignores import configuration_file, ignore_for, is_shared, with_entries


def add_ignores(run: Run, reason: str) -> int:
    """Write an `[[ignores]]` entry for each finding into its configuration; the exit code."""
    if not reason.strip():
        raise UsageError("--add-ignores: give a reason; the next reader will ask")
    reason = reason.encode("utf-8", "replace").decode("utf-8")
    accepted = 0
    for layer in run.layers.all():
        made = [
            entry
            for finding in _acceptable(run, layer)
            if (entry := ignore_for(finding, layer.root, reason))
        ]
        if made:
            path = configuration_file(layer.configured)
            _add_entries(path, list({tuple(entry.values()): entry for entry in made}.values()))
            say(f"{_shown(path)}: {plural(len(made), 'finding')} accepted")
            accepted += len(made)
    _tell_left(run, accepted)
    return CLEAN


def write_baseline(options: CheckOptions) -> int:
    """Take everything that is found now into the baselines; returns the exit code."""
    run = Run(options._replace(no_baseline=True))
    run.all()
    accepted = 0
    for layer in run.layers.all():
        made = [
            entry
            for finding in _acceptable(run, layer)
            if (entry := entry_for(finding, layer.root, run.report.sources.get(finding.file)))
        ]
        path = layer.baseline_path
        if made or os.path.lexists(path):
            # An entry of a file with a broken text may be found again and be kept: once, not twice.
            entries = Counter(made) | Counter(_unseen(run, layer))
            _write(path, baseline_text(entries.elements()))
            say(f"{_shown(path)}: {plural(len(made), 'finding')} accepted")
            accepted += len(made)
    _tell_left(run, accepted)
    return CLEAN


def prune_baseline(options: CheckOptions) -> int:
    """Take out of the baselines what is no longer found; returns the exit code."""
    run = Run(options)
    run.all()
    pruned = 0
    for layer in run.layers.all():
        idle = run.idle_entries(layer)
        if idle:
            path = layer.baseline_path
            entries = read_baseline(path).entries - Counter(idle)
            pruned += len(idle)
            _write(path, baseline_text(entries.elements()))
            say(f"{_shown(path)}: {len(idle)} taken out")
    if not pruned:
        say("the baseline holds nothing that is mended")
    return CLEAN


def _acceptable(run: Run, layer: Layer) -> list[Finding]:
    """The findings in the files of a configuration that it does not keep from being silenced."""
    return [
        finding
        for finding in run.report.findings
        if run.layer_of(finding) is layer and finding.code not in layer.unignorable
    ]


def _unseen(run: Run, layer: Layer) -> list[Entry]:
    """The entries of a baseline about files that this run could not judge: they stay."""
    path = layer.baseline_path
    try:
        known = read_baseline(path).entries if os.path.lexists(path) else Counter[Entry]()
    except ConfigurationError as error:
        say(printable(f"{error}; it is written anew"))
        return []
    report = run.report
    broken = {finding.file for finding in report.findings if finding.code.startswith("LK0")}
    looked_at = {checked.file for checked in report.checked} | set(report.passed_over)
    seen = {below_root(os.path.abspath(file), layer.root) for file in looked_at - broken}
    return [
        entry
        for entry in known.elements()
        if entry.file not in seen and os.path.lexists(os.path.join(layer.root, entry.file))
    ]


def _add_entries(path: str, entries: list[dict[str, str]]) -> None:
    """Write entries into a configuration; every other byte of it stays as it is."""
    text = Path(path).read_bytes().decode("utf-8") if os.path.lexists(path) else ""
    added = with_entries(text, entries, is_shared(path))
    if added is None:
        raise UsageError(
            f"{_shown(path)}: its `ignores` are not written as [[…]]; add to them by hand"
        )
    _write(path, added)


def _write(path: str, text: str) -> None:
    try:
        replace_file(path, text.encode("utf-8"))
    except NotWritten as error:
        raise UsageError(f"{_shown(path)}: not written: {error}") from error


def _tell_left(run: Run, accepted: int) -> None:
    """Say what could not be accepted, so that nobody believes it was."""
    left = len(run.report.findings) - accepted
    if left:
        say(f"{plural(left, 'finding')} not accepted: run `lklint check` to see them")
    elif not accepted:
        say("nothing was found, so that there is nothing to accept")


def _shown(path: str) -> str:
    return printable(os.path.relpath(path))
