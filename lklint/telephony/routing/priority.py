"""Which of two dispatch rules that both take a call has it.

livekit/protocol, sip/sip.go `DispatchRulePriority` and `hasHigherPriority`. That a rule bound to
the trunk comes before every other is decided elsewhere (`rules`).
"""

from lklint.telephony.resources import RuleKind

Rank = tuple[int, str, int]
"""The priority, the room or its prefix, and the place in the order of ids. The lowest has the call.
Go compares the bytes of rooms; UTF-8 keeps the order of code points, which Python compares."""

NO_LIST = 1000
"""What a rule without `inbound_numbers`, and one without `numbers`, is set back by."""

OPEN = 100
"""What a rule without a PIN is set back by."""

_KINDS = {"direct": 0, "individual": 1, "callee": 2}
_LAST = 2**31 - 1


def rank(kind: RuleKind | None, callers: bool, numbers: bool, place: int) -> Rank:
    """The rank of a rule that stands at a place in the order of ids, and lists callers or numbers
    or neither."""
    if kind is None:
        return _LAST, "", place
    priority = _KINDS[kind.kind]
    if not kind.pin:
        priority += OPEN
    if not callers:
        priority += NO_LIST
    if not numbers:
        priority += NO_LIST
    return priority, _room(kind), place


def _room(kind: RuleKind) -> str:
    """The room or prefix as it stands in the document: no copy of it, for there may be many."""
    found = kind.message.get("room_name" if kind.kind == "direct" else "room_prefix")
    return found if isinstance(found, str) else ""
