"""The results for people: one line a call, and the way of those that did not go as expected."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from lklint.drawing.route_text import render as drawn
from lklint.drawing.rows import LineOf, Picture
from lklint.drawing.ways import way_of
from lklint.reports.counting import plural
from lklint.reports.escaping import printable, width
from lklint.reports.style import Style
from lklint.telephony.expectations.verdicts import answer_of
from lklint.telephony.routing.answers import End
from lklint.testing.results import Result, Verdict, count
from lklint.workspace.trials import Trial

_WORDS: dict[Verdict, tuple[str, str]] = {
    "passed": ("ok", "added"),
    "failed": ("FAILED", "error"),
    "untold": ("UNKNOWN", "warning"),
}
_REFUSED_BY_STATUS: tuple[End, ...] = ("not-found", "unavailable", "rejected", "no-media")
_SHORT: dict[End, str] = {
    **dict.fromkeys(_REFUSED_BY_STATUS, "refused"),
    "asked": "asked for a PIN",
    "silence": "rings, never answered",
    "hung-up": "cut off: the PIN is wrong",
}
"""What a caller gets who does not get in."""
_MARGIN = "          "
_WIDEST_TITLE = 40


def render(
    found: Sequence[Result],
    line_of: LineOf,
    colour: bool = False,
    columns: int = 100,
    verbose: bool = False,
) -> Iterator[str]:
    """The lines; the summary last."""
    style = Style(colour)
    longest = max((width(printable(result.title)) for result in found), default=0)
    for file, calls in groupby(found, lambda result: result.trial.file):
        yield style("strong", printable(file))
        for result in calls:
            yield from _call(result, style, min(longest, _WIDEST_TITLE))
            if result.found is not None:
                yield from _trouble(result, line_of, style, columns)
            if verbose and not result.trial.unset:
                yield from _way(result, line_of, colour, columns)
        yield ""
    yield _summary(found, style)


def _call(result: Result, style: Style, longest: int) -> Iterator[str]:
    word, colour = _WORDS[result.verdict]
    title = printable(result.title)
    gap = " " * max(longest - width(title), 0)
    yield f"  {style(colour, f'{word:<7}')} {title}{gap}  {printable(_end(result.trial))}"


def _end(trial: Trial) -> str:
    """Where a call ends, in a few words."""
    if trial.unset:
        return f"not known without {', '.join(trial.unset)}"
    found = trial.route
    answer = answer_of(found)
    if answer != "accepted":
        status = f" ({found.answer.status})" if found.answer.end in _REFUSED_BY_STATUS else ""
        return f"{_SHORT[found.answer.end]}{status}"
    agents = [agent or "any agent without a name" for agent in found.agents]
    room = f"room {found.room}" if found.room else "accepted"
    return ", ".join([room, *(f"agent {agent}" for agent in agents)])


def _trouble(result: Result, line_of: LineOf, style: Style, columns: int) -> Iterator[str]:
    """What is wrong, what to do, and where it stands."""
    assert result.found is not None
    found = result.found
    yield from _wrapped(found.headline, columns)
    yield from _wrapped(found.mend, columns)
    places = [
        (found.place, "expected here"),
        *((place, word) for place, word in found.related if place.file != found.place.file),
    ]
    for place, word in places:
        line = f"{printable(place.file)}:{line_of(place.file, place.pointer)}: {word}"
        yield _MARGIN + style("quiet", line)


def _way(result: Result, line_of: LineOf, colour: bool, columns: int) -> Iterator[str]:
    """The whole way of a call, as `lklint route -v` draws it."""
    route, environment = result.trial.route, result.environment
    way = way_of(route.call, route.exchange, route.server_version)
    for line in drawn(Picture(way, environment, line_of, True), colour, columns - len(_MARGIN)):
        yield f"{_MARGIN}{line}".rstrip()


def _wrapped(text: str, columns: int) -> Iterator[str]:
    yield from textwrap.wrap(
        printable(text),
        max(columns, 40),
        initial_indent=_MARGIN,
        subsequent_indent=f"{_MARGIN}  ",
        break_on_hyphens=False,
        break_long_words=False,
    )


def _summary(found: Sequence[Result], style: Style) -> str:
    files = len({result.trial.file for result in found})
    counts = [f"{count(found, 'passed'):,} passed"]
    failed, untold = count(found, "failed"), count(found, "untold")
    if failed:
        counts.append(f"{failed:,} failed")
    if untold:
        counts.append(f"{untold:,} that nobody can tell")
    line = f"{plural(len(found), 'call')} in {plural(files, 'file')}: {', '.join(counts)}."
    return style("error" if failed or untold else "added", line)
