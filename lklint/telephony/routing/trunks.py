"""Which inbound trunk a call comes in by (livekit/protocol, sip/sip.go `MatchTrunkDetailed`)."""

from collections.abc import Collection, Iterable
from itertools import islice
from typing import Literal, NamedTuple

from lklint.telephony import addresses
from lklint.telephony.phone_numbers import normalize_number
from lklint.telephony.routing.calls import Call
from lklint.telephony.routing.exchange import Exchange
from lklint.telephony.routing.quoting import quoted
from lklint.telephony.routing.stored import Trunk
from lklint.telephony.routing.versions import Behaviour

Refusal = Literal["number", "caller", "address"]
"""Why a trunk does not take a call: the number is none of its own, the caller is not among its
`allowed_numbers`, or the call comes from none of its `allowed_addresses`."""


class TrunkMatch(NamedTuple):
    """The trunk of a call, if any; or two that both take it, with LiveKit's words for that."""

    trunk: Trunk | None
    clash: tuple[Trunk, ...] = ()
    error: str | None = None


def match_trunk(call: Call, exchange: Exchange, behaviour: Behaviour) -> TrunkMatch:
    """The one trunk with the number that takes the call, else the one without numbers that does."""
    caller = normalize_number(call.caller)
    candidates = exchange.trunks_for(normalize_number(call.called), caller)
    found = _first_two(candidates, call, behaviour)
    words = "Multiple SIP Trunks matched for"
    if not found:
        found = _first_two(exchange.catch_alls_for(caller), call, behaviour)
        words = "Multiple default SIP Trunks matched for"
    if len(found) > 1:
        return TrunkMatch(None, found, f"{words} {quoted(call.called)}")
    return TrunkMatch(found[0] if found else None)


def _first_two(candidates: Iterable[Trunk], call: Call, behaviour: Behaviour) -> tuple[Trunk, ...]:
    takers = (trunk for trunk in candidates if refusal(trunk, call, behaviour) is None)
    return tuple(islice(takers, 2))


def refusal(trunk: Trunk, call: Call, behaviour: Behaviour) -> Refusal | None:
    """Why a trunk does not take a call, None where it does."""
    if trunk.numbers and normalize_number(call.called) not in trunk.numbers:
        return "number"
    if trunk.callers and normalize_number(call.caller) not in trunk.callers:
        return "caller"
    return None if lets_in(trunk.masks, call, behaviour) else "address"


def lets_in(masks: Collection[str], call: Call, behaviour: Behaviour) -> bool:
    """Whether a list of addresses lets a call through."""
    if behaviour.reads_masks:
        return addresses.allows(masks, call.source_ip, call.from_host)
    source = addresses.parse_address(call.source_ip)
    kept = [mask for mask in masks if not addresses.is_ignored(mask)]
    if source is None or not kept:
        return True
    return any(mask == call.from_host or _was_in(mask, source) for mask in kept)


def _was_in(mask: str, source: addresses.Address) -> bool:
    """Whether an entry stood for an address before protocol 1.53.2 (`matchAddrMask`)."""
    if "/" not in mask:
        return addresses.parse_address(mask) == source
    block = addresses.parse_block(mask)
    return block is not None and block.holds(source)
