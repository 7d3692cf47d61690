"""Which steps of a trace are worth a line of their own, and which are only counted."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from lklint.telephony.routing.trace import RuleStep, TrunkStep

Step = TrunkStep | RuleStep

FEW = 5
"""Steps that are all shown, whatever became of them."""
MOST = 8
"""Steps that are shown where there are more."""

_DECIDES = frozenset(("taken", "clash", "fault"))
_NEAR = frozenset(("outranked", "caller", "address", "number", "has-pin", "no-pin", "other-pin"))

_OTHERS = {
    "outranked": ("other takes the call, and goes behind", "others take the call, and go behind"),
    "address": ("other lists addresses", "others list addresses"),
    "trunk": ("other is bound to other trunks", "others are bound to other trunks"),
    "has-pin": ("other has a PIN", "others have a PIN"),
    "no-pin": ("other has no PIN", "others have no PIN"),
    "other-pin": ("other has another PIN", "others have another PIN"),
    "clash": ("other takes the call too", "others take the call too"),
    "fault": ("other ends the call", "others end the call"),
    "unweighed": ("other was not weighed", "others were not weighed"),
}
_OTHER_TRUNKS = {
    "number": ("other does not have the number", "others do not have the number"),
    "caller": ("other lists callers, and not this one", "others list callers, and not this one"),
}
_OTHER_RULES = {
    "number": ("other lists numbers, and not this one", "others list numbers, and not this one"),
    "caller": _OTHER_TRUNKS["caller"],
}


class Chosen(NamedTuple):
    """The steps to show, what decided last; and the rest in words: "12 others do not have …"."""

    steps: tuple[Step, ...]
    others: tuple[str, ...]


def chosen(steps: tuple[Step, ...], everything: bool = False) -> Chosen:
    """What to show of the trunks or the rules of a trace."""
    decisive = [step for step in steps if step.verdict in _DECIDES]
    rest = [step for step in steps if step.verdict not in _DECIDES]
    if everything:
        return Chosen((*rest, *decisive), ())
    if len(steps) <= FEW:
        shown = [step for step in rest if step.verdict != "unweighed"]
    else:
        shown = [step for step in rest if _is_near(step)]
    nearest_last = [*sorted(shown, key=_has_lookalike), *decisive[:MOST]]
    kept = nearest_last[-MOST:]
    seen = set(map(id, kept))
    left = Counter(_words(step) for step in steps if id(step) not in seen)
    return Chosen(
        tuple(kept),
        tuple(f"{count:,} {one if count == 1 else many}" for (one, many), count in left.items()),
    )


def _is_near(step: Step) -> bool:
    """Whether a step nearly took the call: a trunk that has the number, a rule of the trunk."""
    if step.entry is not None:
        return True
    if isinstance(step, TrunkStep):
        return step.verdict in _NEAR - {"number"}
    return step.verdict == "outranked" or (step.verdict in _NEAR and bool(step.rule.trunk_ids))


def _has_lookalike(step: Step) -> bool:
    return step.entry is not None


def _words(step: Step) -> tuple[str, str]:
    own = _OTHER_TRUNKS if isinstance(step, TrunkStep) else _OTHER_RULES
    return own.get(step.verdict) or _OTHERS[step.verdict]
