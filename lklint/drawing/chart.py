"""A graph as boxes in columns, with arrows: what Mermaid, DOT and SVG have in common."""

from __future__ import annotations

from typing import NamedTuple

from lklint.drawing.captions import (
    DEAD,
    Caption,
    ending_caption,
    environment_name,
    no_trunk_caption,
    numbers_caption,
    room_caption,
    rule_caption,
    trunk_caption,
)
from lklint.drawing.network import Line, Network
from lklint.reports.escaping import printable
from lklint.telephony.routing.stored import Rule

COLUMNS = ("numbers", "trunks", "dispatch rules", "rooms and agents")
NUMBERS, TRUNKS, RULES, ROOMS = range(4)

MOST_LINES = 30
"""Lines, and rules apart, that are drawn unless everything is asked for."""
MOST_RULES = 12
"""Rules that are drawn for one line."""


class Box(NamedTuple):
    """A box of a column. Its texts are safe to print, and not escaped for any format."""

    key: str
    column: int
    title: str
    details: tuple[str, ...]
    marks: tuple[str, ...]

    @property
    def mark(self) -> str:
        """The worst of its marks, "" for none."""
        return self.marks[0] if self.marks else ""

    @property
    def told(self) -> str:
        """Its marks in words, so that nobody needs colours."""
        return ", ".join(self.marks).upper()


class Chart(NamedTuple):
    """Boxes, the arrows between them by their keys, and what was left out, in words."""

    name: str
    boxes: tuple[Box, ...]
    arrows: tuple[tuple[str, str], ...]
    left_out: str = ""


def chart(network: Network, everything: bool = False) -> Chart:
    """The boxes and arrows of an environment."""
    drawn = _Boxes(network)
    most = max(len(network.lines), len(network.apart)) if everything else MOST_LINES
    most_rules = len(network.environment.dispatch_rules) if everything else MOST_RULES
    for line in network.lines[:most]:
        drawn.line(line, most_rules)
    for at in network.apart[:most]:
        drawn.rule(at.rule, at.why, at.dead)
    more = max(len(network.lines) - most, 0) + max(len(network.apart) - most, 0)
    left_out = f"and {more:,} more (-v draws all)" if more else ""
    return Chart(
        printable(environment_name(network)),
        tuple(drawn.boxes.values()),
        tuple(dict.fromkeys(drawn.arrows)),
        left_out,
    )


class _Boxes:
    """Collects boxes, one for each thing however many lines it is on."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self.boxes: dict[object, Box] = {}
        self.arrows: list[tuple[str, str]] = []

    def line(self, line: Line, most_rules: int) -> None:
        """Numbers, trunk, and what gets their calls."""
        caption = numbers_caption(line)
        number = self._box(("number", line.numbers, caption), NUMBERS, caption)
        if line.trunk is None:
            trunk = self._box(("no trunk", line.bought), TRUNKS, no_trunk_caption(line))
        else:
            caption = trunk_caption(line.trunk, self._network)
            trunk = self._box(("trunk", line.trunk.id), TRUNKS, caption)
        self.arrows.append((number, trunk))
        for rule in line.rules[:most_rules]:
            self.arrows.append((trunk, self.rule(rule)))
        if len(line.rules) > most_rules:
            more = Caption(f"and {len(line.rules) - most_rules:,} more rules")
            self.arrows.append((trunk, self._box(("more", number), RULES, more)))
        if not line.rules:
            ending = ending_caption(line, self._network)
            self.arrows.append((trunk, self._box(("end", trunk, ending), RULES, ending)))

    def rule(self, rule: Rule, why: str = "", dead: bool = False) -> str:
        """A rule with its room; `why` no call gets there. Returns the key of its box."""
        caption = rule_caption(rule, self._network)
        if why:
            marks = caption.marks + ((DEAD,) if dead else ())
            caption = caption._replace(details=(*caption.details, why), marks=marks)
        key = self._box(("rule", rule.id), RULES, caption)
        room = room_caption(rule)
        self.arrows.append((key, self._box(("room", room), ROOMS, room)))
        return key

    def _box(self, thing: object, column: int, caption: Caption) -> str:
        if thing not in self.boxes:
            self.boxes[thing] = Box(
                f"{COLUMNS[column][0]}{len(self.boxes) + 1}",
                column,
                printable(caption.title),
                tuple(map(printable, caption.details)),
                caption.marks,
            )
        return self.boxes[thing].key
