"""When a dispatch rule conflicts with itself.

LiveKit gives a rule one key for each combination of trunk, caller and called number, with its PIN,
and refuses it where two keys are equal (livekit/protocol, sip/sip.go, `Validate` of
`DispatchRuleValidator`). Numbers are normalised for the keys, trunk ids are not. The keys are all
combinations of three lists, so two of them are equal exactly when one of the lists says the same
thing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

AnyText = TypeVar("AnyText", bound=str)


def repetitions(
    entries: Sequence[AnyText], normalize: Callable[[str], str]
) -> list[tuple[AnyText, AnyText]]:
    """The entries that say what another one says: (the one too many, the one to keep).

    Of several forms the plain one is kept, the form that `normalize` gives; else one of digits and
    nothing else, which a call can have; else the first.
    """
    groups: dict[str, list[AnyText]] = {}
    for entry in entries:
        groups.setdefault(normalize(entry), []).append(entry)
    found: list[tuple[AnyText, AnyText]] = []
    for key, group in groups.items():
        digits = (at for at, entry in enumerate(group) if entry.isdecimal())
        kept = group.index(key) if key in group else next(digits, 0)
        found += [(entry, group[kept]) for at, entry in enumerate(group) if at != kept]
    return found
