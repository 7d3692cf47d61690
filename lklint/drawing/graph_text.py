"""Where all calls go, drawn as a tree for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lklint.drawing.captions import (
    CONFLICT,
    DEAD,
    OPEN,
    Caption,
    conflict_words,
    ending_caption,
    environment_name,
    no_trunk_caption,
    numbers_caption,
    room_caption,
    rule_caption,
    trunk_caption,
)
from lklint.drawing.network import Apart, Line, Network
from lklint.drawing.rows import LineOf
from lklint.reports.counting import plural
from lklint.reports.escaping import printable
from lklint.reports.style import Style
from lklint.telephony.routing.stored import Rule, Trunk
from lklint.workspace.filed import home

MOST_LINES = 40
"""Numbers, rules apart and conflicts that are drawn, each, unless everything is asked for."""
MOST_RULES = 8
"""Rules that are drawn for one line."""

_TONES = {DEAD: "error", OPEN: "warning", CONFLICT: "error"}


class Branch(NamedTuple):
    """A text of the tree, and what hangs on it."""

    text: str
    below: tuple[Branch, ...] = ()


def render(
    network: Network, line_of: LineOf, colour: bool = False, everything: bool = False
) -> Iterator[str]:
    """The tree of an environment, and what is wrong in it."""
    drawer = _Drawer(network, line_of, Style(colour), everything)
    yield drawer.heading()
    for branch in drawer.branches():
        yield ""
        yield branch.text
        yield from _hanging(branch.below, "")
    conflicts = list(conflict_words(network))
    if conflicts:
        yield ""
        yield "conflicts"
        yield from _hanging(drawer.cut([Branch(printable(told)) for told in conflicts]), "")
    yield ""
    yield verdict(network)


def verdict(network: Network) -> str:
    """One line on what is wrong, or that nothing is."""
    counts = ((network.dead_ends, DEAD), (network.open_doors, OPEN), (network.conflicts, CONFLICT))
    told = [plural(count, word) for count, word in counts if count]
    words = f"{', '.join(told)}." if told else "No dead end, no open door, no conflict."
    if network.sure:
        return words
    return f"{words} Not everything was looked at, so that some dead ends may not be told."


class _Drawer:
    """Puts captions, places and marks together, for one environment."""

    def __init__(self, network: Network, line_of: LineOf, style: Style, everything: bool) -> None:
        self._network = network
        self._line_of = line_of
        self._style = style
        self._everything = everything

    def heading(self) -> str:
        """The name of the environment and how much is in it."""
        held = self._network.environment
        counts = (
            plural(len(held.inbound_trunks), "trunk"),
            plural(len(held.dispatch_rules), "rule"),
        )
        return self._style(
            "strong", printable(f"{environment_name(self._network)}: {', '.join(counts)}")
        )

    def branches(self) -> tuple[Branch, ...]:
        """The lines, and the rules that are on none."""
        groups: dict[object, list[Line]] = {}
        for line in self._network.lines:
            groups.setdefault((numbers_caption(line), line.numbers), []).append(line)
        lines = self.cut([self._numbers(group) for group in groups.values()])
        apart = self.cut([self._apart(at) for at in self._network.apart])
        return (*lines, Branch("no number", apart)) if apart else lines

    def cut(self, branches: list[Branch]) -> tuple[Branch, ...]:
        """The first of them, and how many more there are."""
        most = len(branches) if self._everything else MOST_LINES
        more = len(branches) - most
        rest = (Branch(f"and {more:,} more (-v draws all)"),) if more > 0 else ()
        return (*branches[:most], *rest)

    def _numbers(self, lines: list[Line]) -> Branch:
        """Numbers, with every trunk by which calls to them come in."""
        numbers = printable(numbers_caption(lines[0]).title)
        return Branch(self._style("strong", numbers), tuple(map(self._line, lines)))

    def _line(self, line: Line) -> Branch:
        most = len(line.rules) if self._everything else MOST_RULES
        below = [self._rule(rule) for rule in line.rules[:most]]
        if len(line.rules) > most:
            below.append(Branch(f"and {plural(len(line.rules) - most, 'more rule')}"))
        if not line.rules:
            below.append(Branch(self._text("", ending_caption(line, self._network))))
        return Branch(self._trunk(line), tuple(below))

    def _trunk(self, line: Line) -> str:
        if line.trunk is None:
            return self._text("", no_trunk_caption(line))
        caption = trunk_caption(line.trunk, self._network)
        return self._text("trunk ", caption, self._place(line.trunk))

    def _rule(self, rule: Rule) -> Branch:
        caption = rule_caption(rule, self._network)
        room = Branch(self._text("room ", room_caption(rule)))
        return Branch(self._text("rule ", caption, self._place(rule)), (room,))

    def _apart(self, at: Apart) -> Branch:
        caption = rule_caption(at.rule, self._network)
        marks = caption.marks + ((DEAD,) if at.dead else ())
        caption = caption._replace(details=(*caption.details, at.why), marks=marks)
        return Branch(self._text("rule ", caption, self._place(at.rule)))

    def _place(self, thing: Trunk | Rule) -> str:
        message = home(thing.message)
        return f"{message.file}:{self._line_of(message.file, message.at('name'))}"

    def _text(self, kind: str, caption: Caption, place: str = "") -> str:
        pieces = [printable(f"{kind}{caption.title}")]
        if place:
            pieces.append(self._style("quiet", printable(place)))
        pieces += [self._style(_TONES[mark], mark.upper()) for mark in caption.marks]
        if caption.details:
            pieces.append(printable(", ".join(caption.details)))
        return "  ".join(pieces)


def _hanging(branches: tuple[Branch, ...], before: str) -> Iterator[str]:
    """The lines of branches, behind what hangs them on."""
    for place, branch in enumerate(branches):
        last = place == len(branches) - 1
        yield f"{before}{'└─' if last else '├─'} {branch.text}"
        yield from _hanging(branch.below, before + ("   " if last else "│  "))
