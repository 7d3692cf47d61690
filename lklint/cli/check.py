"""`lklint check` and `lklint fix`: read, check, mend, report."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress

from lklint.checker.run import Outcome, check_data
from lklint.cli.options import CheckOptions
from lklint.documents.discovery import STDIN, MissingPath, discover
from lklint.findings import Checked, Finding, Report, Severity, Source
from lklint.settings import Settings

CLEAN, FOUND, FAILED = 0, 1, 2


class UsageError(Exception):
    """Something the person at the command line can put right; one clear line."""


def run(options: CheckOptions) -> int:
    """Do what was asked, and return the exit code."""
    try:
        return _run(options)
    except UsageError as error:
        return _fail(str(error))
    except MissingPath as error:
        return _fail(f"{error}: there is no such file or directory")
    except BrokenPipeError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        return _fail(f"{error.filename or 'input'}: {error.strerror or error}")
    except KeyboardInterrupt:
        return _fail("stopped")


def _run(options: CheckOptions) -> int:
    settings = _settings(options)
    run = _Run(options, settings)
    run.all()
    report = Report(tuple(run.findings), run.sources, tuple(run.checked), tuple(run.passed_over))
    if not report.checked and not report.passed_over:
        _say("no JSON files found: nothing was checked")
    if not (options.diff or options.fix_only):
        _write(options, report, to_stderr=run.mended_stdin)
    if run.mended:
        _say(
            f"mended {run.mended} {'file' if run.mended == 1 else 'files'}"
            f" ({run.applied} {'fix' if run.applied == 1 else 'fixes'})"
        )
    if run.failed:
        return FAILED
    if options.diff:
        return FOUND if run.would_change else CLEAN
    if options.fix_only:
        return CLEAN
    return FOUND if report.at_least(Severity(options.fail_on)) else CLEAN


class _Run:
    """One run over all documents, gathering what comes of them."""

    def __init__(self, options: CheckOptions, settings: Settings) -> None:
        self.options = options
        self.settings = settings
        self.mending = options.fix or options.fix_only or options.diff
        self.findings: list[Finding] = []
        self.sources: dict[str, Source] = {}
        self.checked: list[Checked] = []
        self.passed_over: list[str] = []
        self.mended = self.applied = 0
        self.would_change = self.failed = self.mended_stdin = False

    def all(self) -> None:
        """Every document that was asked for."""
        from lklint.cli.progress import Progress

        with Progress() as progress:
            for file, data in _documents(self.options):
                progress.step()
                self.one(file, data)

    def one(self, file: str, data: bytes) -> None:
        """One document: check it, or mend it and keep what is left."""
        outcome = self.mend(file, data) if self.mending else check_data(data, file, self.settings)
        identity = outcome.identity
        if identity is None:
            self.passed_over.append(file)
            return
        self.checked.append(Checked(file, identity.kind, identity.form, identity.why))
        self.findings.extend(outcome.findings)
        if outcome.source is not None:
            self.sources[file] = outcome.source

    def mend(self, file: str, data: bytes) -> Outcome:
        """Apply the fixes of one document, or show them, and return what is left."""
        from lklint.fixes.apply import mend

        mended = mend(data, file, self.settings, self.options.unsafe_fixes)
        from_stdin = file == _stdin_name(self.options) and STDIN in self.options.paths
        if self.options.diff:
            self.show_diff(file, data, mended.after)
        elif from_stdin:
            self.mended_stdin = True
            sys.stdout.buffer.write(mended.after)
            sys.stdout.flush()
        elif mended.changed:
            self.replace(file, data, mended.after, len(mended.applied))
        return mended.outcome

    def replace(self, file: str, before: bytes, after: bytes, fixes: int) -> None:
        """Write a mended file, or say why it was left alone."""
        from lklint.fixes.write import NotWritten, write
        from lklint.reports.escaping import printable

        try:
            write(file, before, after)
        except NotWritten as error:
            self.failed = True
            _say(f"{printable(file)}: not mended: {error}")
        else:
            self.mended += 1
            self.applied += fixes

    def show_diff(self, file: str, before: bytes, after: bytes) -> None:
        """Print what the fixes would change."""
        from lklint.fixes.diff import diff

        for line in diff(file, before, after):
            self.would_change = True
            print(line)


def _settings(options: CheckOptions) -> Settings:
    agents = frozenset(options.agents) if options.agents else None
    if options.agent_sources:
        from lklint.agents.names import names_in_globs

        agents = (agents or frozenset()) | names_in_globs(options.agent_sources)
    return Settings(
        form=options.form,
        kind=options.kind,
        agents=agents,
        target=options.target,
        default_region=options.default_region,
        enabled=_codes(options.enable),
    )


def _codes(words: Iterable[str]) -> frozenset[str]:
    codes = set()
    for word in words:
        from lklint.rules.all_rules import find_rule

        rule = find_rule(word)
        if rule is None:
            raise UsageError(f"there is no rule {word!r}; `lklint rules` lists them")
        codes.add(rule.code)
    return frozenset(codes)


def _documents(options: CheckOptions) -> Iterator[tuple[str, bytes]]:
    paths = options.paths or (".",)
    if STDIN in paths:
        if len(paths) > 1:
            raise UsageError("- (standard input) stands alone, without other paths")
        yield _stdin_name(options), sys.stdin.buffer.read()
        return
    from lklint.documents.reading import LARGEST_FILE

    for file in discover(paths):
        with open(file, "rb") as stream:
            yield file, stream.read(LARGEST_FILE + 1)


def _stdin_name(options: CheckOptions) -> str:
    return options.stdin_filename or "<stdin>"


def _write(options: CheckOptions, report: Report, to_stderr: bool) -> None:
    from lklint.cli.output import lines

    if options.output_file is not None:
        with open(options.output_file, "w", encoding="utf-8", newline="\n") as stream:
            for line in lines(options, report, None):
                stream.write(line + "\n")
        return
    stream_out = sys.stderr if to_stderr else sys.stdout
    for line in lines(options, report, stream_out):
        stream_out.write(line + "\n")
    stream_out.flush()


def _say(line: str) -> None:
    print(f"lklint: {line}", file=sys.stderr)


def _fail(line: str) -> int:
    from lklint.reports.escaping import printable

    _say(printable(line))
    return FAILED
