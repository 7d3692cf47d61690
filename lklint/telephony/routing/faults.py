"""Dispatch rules that end a call before any rule is chosen.

livekit-server reads the rules of a trunk one by one, in the order of their ids, and gives the call
up at the first that has no kind or claims what one before it claims, whichever number was called
(livekit/protocol, sip/sip.go `DispatchRuleValidator`, which `MatchDispatchRuleIter` reads through).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lklint.telephony.routing.boxes import overlaps
from lklint.telephony.routing.quoting import quoted
from lklint.telephony.routing.stored import Rule


class RuleFault(NamedTuple):
    """A rule at which LiveKit stops, and the one that claims the same.

    `other` is the rule itself where one of its lists says something twice, and None where the rule
    has no kind.
    """

    rule: Rule
    other: Rule | None

    @property
    def text(self) -> str:
        """The server's words."""
        if self.other is None:
            return "unsupported SIP Dispatch Rule: <nil>"
        name, words = self.other.id or "<new>", self.other.name or "<blank name>"
        return (
            "Dispatch rule for the same trunk, inbound number, number, and PIN combination already "
            f"exists in dispatch rule {quoted(name)} {quoted(words)}"
        )


def rule_faults(rules: Sequence[Rule]) -> Iterator[RuleFault]:
    """Every fault among rules that are read together, in the order they are come upon.

    Each later rule is told with the first that claims the same: three that do are two faults.
    """
    kindless = [place for place, rule in enumerate(rules) if rule.pin is None]
    places = [place for place, rule in enumerate(rules) if rule.pin is not None]
    for later, earlier in overlaps(len(places), lambda index: rules[places[index]].box):
        while kindless and kindless[0] < places[later]:
            yield RuleFault(rules[kindless.pop(0)], None)
        yield RuleFault(rules[places[later]], rules[places[earlier]])
    yield from (RuleFault(rules[place], None) for place in kindless)


class Reach(NamedTuple):
    """Which calls a fault may end, apart from those without a trunk, which every fault ends.

    Those on the trunks with these ids, or with `everywhere` all of them.
    """

    trunks: frozenset[str]
    everywhere: bool

    def holds(self, trunk: str) -> bool:
        """Whether a trunk is among them."""
        return self.everywhere or trunk in self.trunks


def reach(fault: RuleFault) -> Reach:
    """The calls that a fault ends: those for which both its rules are read."""
    trunks = fault.rule.trunk_ids
    others = trunks if fault.other is None else fault.other.trunk_ids
    if not trunks or not others:
        bound = trunks or others  # the one without trunks is read for every call
        return Reach(frozenset(bound), not bound)
    return Reach(frozenset(trunks) & frozenset(others), False)
