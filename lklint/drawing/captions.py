"""What is written beside the numbers, trunks, rules and rooms of a graph.

Nothing here is escaped; whoever prints it does that. No PIN and no password is ever said.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lklint.drawing.admission import admitted
from lklint.drawing.network import Line, Network, door
from lklint.reports.counting import plural
from lklint.telephony.routing import RuleFault, TrunkConflict
from lklint.telephony.routing.placement import room_of
from lklint.telephony.routing.routes import authentication
from lklint.telephony.routing.stored import Rule, Trunk
from lklint.telephony.routing.words import answer_words, named
from lklint.workspace.filed import home, server_id

DEAD, OPEN, CONFLICT = "dead end", "open door", "conflict"

MOST_LISTED = 3
"""Numbers, callers or agents that are written out before the rest is counted."""


class Caption(NamedTuple):
    """A title, what is beside it, and marks where something is wrong: CONFLICT, DEAD, OPEN."""

    title: str
    details: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


def environment_name(network: Network) -> str:
    """The environment by its folder."""
    name = network.environment.name
    return "this folder" if name == "." else name


def numbers_caption(line: Line) -> Caption:
    """The numbers of a line."""
    if line.numbers:
        return Caption(listed(line.numbers))
    return Caption("any number" if line.is_open else "any other number")


def trunk_caption(trunk: Trunk, network: Network) -> Caption:
    """A trunk and who may call in by it."""
    details = []
    if authentication(trunk) == "challenge":
        details.append("asks for a login")
    if trunk.masks and door(trunk) is None:
        details.append(admitted(trunk))
    if trunk.callers:
        details.append(f"lets in {plural(len(trunk.callers), 'caller')}")
    opened = door(trunk)
    if opened == "half":
        details.append("half a login, which nobody is asked for")
    elif opened is not None:
        details.append("no login, no addresses")
    marks = (OPEN,) if opened is not None else ()
    return Caption(_name(trunk), tuple(details), _clash(trunk, network) + marks)


def no_trunk_caption(line: Line) -> Caption:
    """What stands for the trunk of calls that come in by none."""
    if line.bought:
        return Caption("LiveKit Phone Numbers", ("bought from LiveKit",))
    return Caption("no trunk", ("whoever calls, without a login",), (OPEN,))


def rule_caption(rule: Rule, network: Network) -> Caption:
    """A rule and which calls it is asked about."""
    details = []
    if rule.pin:
        details.append("PIN")
    if rule.numbers:
        details.append(f"to {listed(rule.numbers)}")
    if rule.callers:
        details.append(f"from {listed(rule.callers)}")
    return Caption(_name(rule), tuple(details), _clash(rule, network))


def room_caption(rule: Rule) -> Caption:
    """The room of a rule, with what stands for the numbers of a call, and the agents in it."""
    resource = rule.resource
    kind = resource.rule
    if kind is None:
        return Caption("no room", ("the rule has no kind",))
    caller = "<last 4 digits>" if resource.hide_phone_number else "<caller>"
    room = room_of(kind, caller, "<number>")
    config = resource.room_config
    names = [agent.agent_name or "" for agent in config.agents] if config is not None else []
    agents = listed([name or "<no name>" for name in names])
    told = f"agent {agents}" if len(names) == 1 else f"agents {agents}" if names else ""
    return Caption(room or "no room is named", (told or "agents without a name",))


def ending_caption(line: Line, network: Network) -> Caption:
    """What becomes of the calls of a line that no rule takes."""
    if line.never:
        return Caption("no call comes in", (line.never,), (DEAD,))
    ending = line.ending
    if ending is None:
        return Caption("no rule is given", ("by its file",), (DEAD,) if network.sure else ())
    if ending.stage == "match-trunk":
        return Caption("two trunks take it", (answer_words(ending.answer),), (CONFLICT,))
    if ending.outcome == "error":
        return Caption("conflicting rules", (answer_words(ending.answer),), (CONFLICT,))
    if not network.sure:
        return Caption("no rule here takes it", ("one that was not looked at may",))
    return Caption("no rule takes it", (answer_words(ending.answer),), (DEAD,))


def conflict_words(network: Network) -> Iterator[str]:
    """Each conflict, in a sentence."""
    yield from map(_trunk_conflict, network.trunk_conflicts)
    yield from map(_rule_fault, network.rule_faults)


def _trunk_conflict(conflict: TrunkConflict) -> str:
    names = f"trunks {named(conflict.other)} and {named(conflict.trunk)}"
    if conflict.when == "create":
        return f"{names} claim the same calls: LiveKit refuses the second."
    return f"{names} both take calls from {conflict.caller}: LiveKit turns these calls away (503)."


def _rule_fault(fault: RuleFault) -> str:
    rule, other = fault
    if other is None:
        return f"rule {named(rule)} has no kind: LiveKit refuses it."
    if other is rule:
        return f"rule {named(rule)} says something twice: LiveKit refuses it."
    return (
        f"rules {named(other)} and {named(rule)} claim the same calls: LiveKit refuses the second."
    )


def listed(entries: Sequence[str]) -> str:
    """Entries in words: the first few, and how many more."""
    shown = ", ".join(entry or '""' for entry in entries[:MOST_LISTED])
    more = len(entries) - MOST_LISTED
    return f"{shown} and {more:,} more" if more > 0 else shown


def _clash(thing: Trunk | Rule, network: Network) -> tuple[str, ...]:
    return (CONFLICT,) if thing.id in network.clashing else ()


def _name(thing: Trunk | Rule) -> str:
    """A trunk or a rule by its name, its id, or the name of its file."""
    return thing.name or server_id(thing.message) or os.path.basename(home(thing.message).file)
