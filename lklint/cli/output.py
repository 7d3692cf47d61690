"""Which reports are written, and where to."""

import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from io import TextIOWrapper
from typing import NamedTuple, TextIO

from lklint.cli.options import OUTPUT_FORMATS, CheckOptions
from lklint.findings import Finding, Report

WIDEST = 110
"""Columns beyond which text is hard to read, however wide the terminal is."""
STANDARD_OUTPUT = "-"
FOR_PEOPLE = ("text", "concise")
FOR_PROGRAMS = ("json", "sarif", "gitlab", "junit")
"""Formats that are one whole document."""
Fails = Callable[[Finding], bool]


class BadReport(ValueError):
    """A report that was asked for in words that mean none."""


class Target(NamedTuple):
    """A report that is wanted: its format and its file ("-" for standard output)."""

    format: str
    file: str


def targets(options: CheckOptions) -> list[Target]:
    """The reports that are wanted. Raises BadReport."""
    wanted = [_target(word) for word in options.reports]
    if not wanted or options.output_format is not None or options.output_file is not None:
        own = Target(options.output_format or "text", options.output_file or STANDARD_OUTPUT)
        wanted.insert(0, own)
    for target in wanted:
        same = [other for other in wanted if other.file == target.file]
        if len(same) > 1 and target.format in FOR_PROGRAMS:
            place = "standard output" if target.file == STANDARD_OUTPUT else target.file
            raise BadReport(f"--report: {target.format} wants {place} for itself")
    return wanted


def _target(word: str) -> Target:
    name, _, file = word.partition(":")
    if name not in OUTPUT_FORMATS:
        raise BadReport(f"--report: there is no format {name!r}; {', '.join(OUTPUT_FORMATS)}")
    return Target(name, file or STANDARD_OUTPUT)


def write_reports(options: CheckOptions, report: Report, fails: Fails, to_stderr: bool) -> None:
    """Write every report that is wanted; those for standard output go to standard error instead
    where that is taken by a mended file."""
    for target in targets(options):
        if target.file == STANDARD_OUTPUT:
            stream = sys.stderr if to_stderr else sys.stdout
            _make_writable(stream, target.format)
            lines = _lines(options, target.format, report, fails, stream)
            if target.format in FOR_PEOPLE and os.environ.get("GITHUB_ACTIONS") == "true":
                lines = _without_commands(lines)
            _write(stream, lines)
            stream.flush()
            continue
        summary = target.file == os.environ.get("GITHUB_STEP_SUMMARY")
        with open(target.file, "a" if summary else "w", encoding="utf-8", newline="\n") as file:
            _write(file, _lines(options, target.format, report, fails, None))


def _without_commands(lines: Iterator[str]) -> Iterator[str]:
    """Lines among which GitHub's runner looks for no workflow commands: what stands in a file, and
    so in a message, may look like one (GitHub's page "Workflow commands", stop-commands)."""
    from secrets import token_hex

    token = token_hex(16)
    first = next(lines, None)
    if first is not None:
        yield f"::stop-commands::{token}"
        yield first
        yield from lines
        yield f"::{token}::"


def _make_writable(stream: TextIO, name: str) -> None:
    """Formats for programs are UTF-8, whatever the terminal's encoding."""
    if name not in FOR_PEOPLE and isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _write(stream: TextIO, lines: Iterator[str]) -> None:
    for line in lines:
        stream.write(line + "\n")


def _lines(
    options: CheckOptions, name: str, report: Report, fails: Fails, stream: TextIO | None
) -> Iterator[str]:
    """The lines of one report. `stream` is where they go, None for a file."""
    if name == "junit":
        from lklint.reports import junit

        yield from junit.render(report, fails)
        return
    if name not in FOR_PEOPLE:
        module = {"json": "as_json"}.get(name, name)
        yield from import_module(f"lklint.reports.{module}").render(report)
        return
    shown = report
    if options.quiet:
        kept = tuple(filter(fails, report.findings))
        if not kept:
            return
        shown = report._replace(findings=kept)
    if options.verbose:
        from lklint.reports import identities

        yield from identities.render(report)
    if options.statistics:
        from lklint.reports import statistics

        yield from statistics.render(shown)
        return
    if not shown.findings:
        from lklint.reports.counting import summary

        yield summary(shown)
        return
    colour = colour_wanted(stream)
    if name == "concise":
        from lklint.reports import concise

        yield from concise.render(shown, colour)
    else:
        from lklint.reports import text

        yield from text.render(shown, colour, columns(stream))


def colour_wanted(stream: TextIO | None) -> bool:
    """Colour on a terminal only; NO_COLOR and FORCE_COLOR are kept (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def columns(stream: TextIO | None) -> int:
    """How wide the text may be."""
    if os.environ.get("COLUMNS", "").isdigit():
        return min(int(os.environ["COLUMNS"]), WIDEST) or WIDEST
    if stream is not None and stream.isatty():
        try:
            return min(os.get_terminal_size(stream.fileno()).columns or WIDEST, WIDEST)
        except OSError:
            return WIDEST
    return WIDEST
