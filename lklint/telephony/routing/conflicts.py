"""Trunks that LiveKit does not take beside each other, or takes and then cannot choose between.

livekit/protocol, sip/sip.go `ValidateTrunksIter` (asked by create and update, which look at numbers
and callers alone) and `MatchTrunkDetailed` (asked on every call). For rules see `faults`: what
create refuses is what ends calls, wherever it got in.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Literal, NamedTuple

from lklint.telephony.addresses import is_ignored, parse_mask
from lklint.telephony.message import Text
from lklint.telephony.phone_numbers import normalize_number
from lklint.telephony.routing.boxes import overlaps, shared
from lklint.telephony.routing.exchange import Exchange
from lklint.telephony.routing.quoting import quoted, quoted_list
from lklint.telephony.routing.stored import Trunk


class TrunkConflict(NamedTuple):
    """Two trunks that claim the same calls.

    `when` is "create" where LiveKit refuses the later one beside the earlier, and "call" where it
    takes both: one lists callers, the other takes every caller, and a call from a listed one finds
    both. `number` and `caller` are the entries of `trunk` that both claim, None for any.

    `kills` tells whether calls can find both, and are refused. Lists of addresses that have nothing
    in common keep trunks apart on calls, but not for create.
    """

    trunk: Trunk
    other: Trunk
    when: Literal["create", "call"]
    number: Text | None
    caller: Text | None
    kills: bool

    @property
    def text(self) -> str:
        """The server's words: to create, of the later trunk, or on a call to the number."""
        if self.when == "call":
            which = "default SIP Trunks" if self.number is None else "SIP Trunks"
            return f"Multiple {which} matched for {quoted(self.number or '')}"
        numbers = self.trunk.message.texts("numbers")
        words = (
            f"Conflicting inbound SIP Trunks: {quoted(self.trunk.id or '<new>')} and "
            f"{quoted(self.other.id or '<new>')}, using the same number(s) "
            f"{quoted_list(numbers) if numbers else '<any>'} "
        )
        if self.caller is None:
            return words + "without AllowedNumbers set"
        return words + f"and AllowedNumber {quoted(self.caller)}"


def trunk_conflicts(exchange: Exchange) -> Iterator[TrunkConflict]:
    """Every conflict among trunks: first what create refuses, then what only calls meet.

    Each trunk is told with the first that claims the same: three that do are two conflicts.
    """
    refused = set()
    for conflict in refused_trunks(exchange.trunks):
        refused.add((id(conflict.trunk), id(conflict.other)))
        yield conflict
    yield from _only_on_calls(exchange.trunks, refused)


def refused_trunks(trunks: Sequence[Trunk]) -> Iterator[TrunkConflict]:
    """The conflicts among trunks, read in this order, for which create refuses the later one."""
    for later, earlier in overlaps(len(trunks), lambda place: trunks[place].box):
        trunk, other = trunks[later], trunks[earlier]
        if trunk.id != other.id:
            number, caller = shared(trunk.box, other.box)
            yield TrunkConflict(
                trunk,
                other,
                "create",
                _written(trunk.message.texts("numbers"), number),
                _written(trunk.message.texts("allowed_numbers"), caller),
                bool(trunk.numbers) == bool(other.numbers) and may_meet(trunk, other),
            )


def _only_on_calls(
    trunks: Sequence[Trunk], refused: Collection[tuple[int, int]]
) -> Iterator[TrunkConflict]:
    """The trunks that list callers, each with the first that takes all callers of a number."""
    open_at: dict[str | None, list[int]] = {}
    for place, trunk in enumerate(trunks):
        if not trunk.callers:
            for number in trunk.numbers or (None,):
                open_at.setdefault(number, []).append(place)
    for place, trunk in enumerate(trunks):
        told = set()
        entries: Sequence[Text | None] = trunk.message.texts("numbers") or (None,)
        for written in entries if trunk.callers else ():
            number = None if written is None else normalize_number(written)
            for at in open_at.get(number, ()):
                later, earlier = trunks[max(place, at)], trunks[min(place, at)]
                if at in told or (id(later), id(earlier)) in refused:
                    break
                if may_meet(trunk, trunks[at]):
                    told.add(at)
                    caller = trunk.message.texts("allowed_numbers")[0]
                    yield TrunkConflict(trunk, trunks[at], "call", written, caller, True)
                    break


def may_meet(one: Trunk, other: Trunk) -> bool:
    """Whether the lists of addresses of two trunks let one and the same call through.

    A caller from a listed address may write any host that is listed.
    """
    lists = [[mask for mask in trunk.masks if not is_ignored(mask)] for trunk in (one, other)]
    if not all(lists):
        return True
    for mask in lists[0]:
        for against in lists[1]:
            block, over = parse_mask(mask), parse_mask(against)
            if block is None and over is None:
                if mask == against:
                    return True
            elif block is None or over is None or block.lies_in(over) or over.lies_in(block):
                return True
    return False


def _written(entries: Sequence[Text], normalized: str) -> Text | None:
    """The entry that LiveKit reads as a number, None where nothing is listed."""
    return next((entry for entry in entries if normalize_number(entry) == normalized), None)
