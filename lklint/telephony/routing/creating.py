"""What create says to one more trunk or rule.

livekit-server validates the new one together with what is stored (livekit/livekit
pkg/service/sip.go): with the trunks that share a number with it or have none, with all rules. It
reads them by turns, one stored, the new one, and then the rest (dennwc/iters `MultiIter`); so its
words may name the new one first or second, and a conflict among stored ones refuses any new one.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from lklint.telephony.message import Message
from lklint.telephony.routing.conflicts import TrunkConflict, refused_trunks
from lklint.telephony.routing.exchange import Exchange
from lklint.telephony.routing.faults import RuleFault, rule_faults
from lklint.telephony.routing.stored import Trunk, stored_rule, stored_trunk

Thing = TypeVar("Thing")


def trunk_refusal(trunk: Message, exchange: Exchange) -> TrunkConflict | None:
    """Why create refuses a trunk beside those of an exchange, None where it does not."""
    new = stored_trunk("", trunk)
    return next(refused_trunks(by_turns(sharing_numbers(exchange.trunks, new), new)), None)


def rule_refusal(rule: Message, exchange: Exchange) -> RuleFault | None:
    """Why create refuses a rule beside those of an exchange, None where it does not."""
    new = stored_rule("", rule, len(exchange.rules))
    return next(rule_faults(by_turns(exchange.rules, new)), None)


def sharing_numbers(stored: Iterable[Trunk], trunk: Trunk) -> list[Trunk]:
    """The stored trunks that a trunk is held against: those without numbers and those with one of
    its own, or all for one without."""
    numbers = set(trunk.numbers)
    return [
        other
        for other in stored
        if not numbers or not other.numbers or not numbers.isdisjoint(other.numbers)
    ]


def by_turns(stored: Sequence[Thing], new: Thing) -> list[Thing]:
    """The order in which the server reads the stored ones and the new one."""
    return [*stored[:1], new, *stored[1:]]
