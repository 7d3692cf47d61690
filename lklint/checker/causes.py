"""One cause, one finding: what a mistake in the shape of a document already explains.

A field in the wrong place also looks absent, a value that cannot be read also looks odd. What only
follows from a mistake that is told is not told again.
"""

from typing import Any, NamedTuple, Union

from lklint.documents.document import Document
from lklint.documents.pointer import join
from lklint.findings import Effect
from lklint.rules.found import Found
from lklint.rules.registry import Rule
from lklint.shape.failures import Failure, UnknownField

Complaint = Union[Failure, UnknownField]

_ABSENCE = ("required", "anyOf", "minItems", "minProperties", "minLength", "not", "type")
"""Keywords whose failure may only follow from a mistake deeper down."""
_UNREADABLE = frozenset(("LK105", "LK120", "LK122", "LK123", "LK124"))
"""Rules about values that LiveKit cannot read; what the value would mean is then no question."""


def causes(complaints: list[Complaint]) -> list[Complaint]:
    """The complaints without those that only follow from another one deeper down."""
    kept: list[Complaint] = []
    seen: set[tuple[Any, ...]] = set()
    deeper = [complaint.pointer for complaint in complaints if _may_mislead(complaint)]
    for complaint in complaints:
        if isinstance(complaint, Failure):
            key = (complaint.code, complaint.pointer)
            absent = complaint.keyword in _ABSENCE
            if key in seen or (absent and _holds_any(complaint.pointer, deeper)):
                continue
            seen.add(key)
        kept.append(complaint)
    return kept


class Explained(NamedTuple):
    """What the complaints about a part explain.

    `broken` are places that look absent although something was meant, `unreadable` and `refused`
    values that a rule has spoken about, `beside` the places where the fields beside the wrapper
    were meant to be.
    """

    broken: list[str]
    unreadable: frozenset[str]
    refused: frozenset[tuple[str, str]]
    beside: list[str]

    def covers(self, rule: Rule, found: Found) -> bool:
        """Whether what a rule found follows from something that is told already."""
        at = found.place.pointer
        said = at in self.unreadable or (_family(rule.code), at) in self.refused
        if said and found.place.part == "value":
            return True
        if rule.effect is not Effect.REJECTED and _follows_from(found, self.beside):
            return True
        return _follows_from(found, self.broken)


def explained(document: Document, complaints: list[Complaint]) -> Explained:
    """What some complaints about a document explain."""
    failed = [complaint for complaint in complaints if isinstance(complaint, Failure)]
    return Explained(
        [complaint.pointer for complaint in complaints if _may_mislead(complaint)],
        frozenset(failure.pointer for failure in failed if failure.code in _UNREADABLE),
        frozenset((_family(failure.code), failure.pointer) for failure in failed),
        _beside_the_wrapper(document),
    )


def _beside_the_wrapper(document: Document) -> list[str]:
    """Where the fields that stand beside the wrapper were meant to be: inside it."""
    wrapper = document.identity.wrapper if document.form == "wrapped" else None
    if wrapper is None or not isinstance(document.value[wrapper], dict):
        return []
    spellings = ("trunk", "dispatch_rule", "dispatchRule")
    return [join("", wrapper, name) for name in document.value if name not in spellings]


def _may_mislead(complaint: Complaint) -> bool:
    """Whether a complaint means that a field may look absent to the rules although it was meant."""
    if isinstance(complaint, UnknownField):
        return not complaint.name.startswith(("$", "_", "/", "#", "@"))
    return complaint.keyword == "type"


def _holds_any(pointer: str, places: list[str]) -> bool:
    return any(place.startswith(f"{pointer}/") for place in places)


def _follows_from(found: Found, broken: list[str]) -> bool:
    """Whether a rule complains about something that a broken place already explains."""
    place = found.place
    if place.part == "brace" and _holds_any(place.pointer, broken):
        return True
    return any(
        place.pointer == pointer or place.pointer.startswith(f"{pointer}/") for pointer in broken
    )


def _family(code: str) -> str:
    """What a value is refused for, no second rule of the family says again about that value."""
    return code[:3]
