"""Choosing the report, and fitting it to where it goes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TextIO

from lklint.cli.options import CheckOptions
from lklint.findings import Report, Severity

WIDEST = 110
"""Columns beyond which text is hard to read, however wide the terminal is."""


def lines(options: CheckOptions, report: Report, stream: TextIO | None) -> Iterator[str]:
    """The lines to print. `stream` is where they go, None for a file."""
    if options.output_format == "json":
        from lklint.reports import as_json

        yield from as_json.render(report)
        return
    shown = report
    if options.quiet:
        least = Severity(options.fail_on).rank
        kept = tuple(finding for finding in report.findings if finding.severity.rank >= least)
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
    colour = colour_wanted(stream)
    if options.output_format == "concise":
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
