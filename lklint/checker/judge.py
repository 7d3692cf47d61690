"""Asking the rules about one document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Union

from lklint.documents.document import Document, Part, parts
from lklint.documents.pointer import join
from lklint.rules.all_rules import rules_by_word, rules_for
from lklint.rules.found import Found
from lklint.rules.registry import Rule
from lklint.settings import Settings
from lklint.shape.failures import Failure, UnknownField, failures
from lklint.telephony.message import Message
from lklint.telephony.resources import read_resource

Judgement = tuple[Rule, Found]
Complaint = Union[Failure, UnknownField]

MOST_OF_ONE_RULE = 200
"""So often a rule speaks about one resource; who makes a mistake in a list makes it everywhere."""
_ABSENCE = ("required", "anyOf", "minItems", "minProperties", "minLength", "not", "type")
"""Keywords whose failure may only follow from a mistake deeper down."""


def judge(document: Document, settings: Settings) -> Iterator[Judgement]:
    """What every rule finds in a document, in no particular order."""
    yield from _ask(document, settings)
    beside = _beside_the_wrapper(document)
    for part in parts(document):
        complaints = _causes(list(_complaints(document.kind, part)), beside)
        for complaint in complaints:
            yield from _ask_about_shape(complaint, settings)
        if isinstance(part.value, dict):
            broken = [*beside, *(c.pointer for c in complaints if _may_mislead(c))]
            refused = {(_family(c.code), c.pointer) for c in complaints if isinstance(c, Failure)}
            for rule, found in _ask_about_resource(document, part, settings):
                said = (_family(rule.code), found.place.pointer) in refused
                if not _follows_from(found, broken) and not (said and found.place.part == "value"):
                    yield rule, found


def _ask(subject: Any, settings: Settings) -> Iterator[Judgement]:
    kind: type = type(subject)
    for rule in rules_for(kind):
        if settings.wants(rule.code, rule.default):
            for found in islice(rule.check(subject, settings), MOST_OF_ONE_RULE):
                yield rule, found


def _ask_about_resource(document: Document, part: Part, settings: Settings) -> Iterator[Judgement]:
    at = part.pointer
    if part.value is not part.request and not part.inside and document.identity.wrapper:
        at = join("", document.identity.wrapper)
    yield from _ask(read_resource(document.kind, Message(part.value, at)), settings)


def _ask_about_shape(complaint: Complaint, settings: Settings) -> Iterator[Judgement]:
    """A failure goes to the rule that it names; an unknown field to the rules about those."""
    if isinstance(complaint, UnknownField):
        yield from _ask(complaint, settings)
        return
    rule = rules_by_word(Failure)[complaint.code]
    if settings.wants(rule.code, rule.default):
        for found in rule.check(complaint, settings):
            yield rule, found


def _complaints(kind: str, part: Part) -> Iterator[Complaint]:
    """The schema's complaints about a part, with pointers of the document."""
    for complaint in failures(kind, part.form, part.request):
        pointer = part.place(complaint.pointer)
        yield complaint._replace(pointer=pointer)


def _beside_the_wrapper(document: Document) -> list[str]:
    """Where the fields that stand beside the wrapper were meant to be: inside it."""
    wrapper = document.identity.wrapper if document.form == "wrapped" else None
    if wrapper is None or not isinstance(document.value[wrapper], dict):
        return []
    spellings = ("trunk", "dispatch_rule", "dispatchRule")
    return [join("", wrapper, name) for name in document.value if name not in spellings]


def _causes(complaints: list[Complaint], beside: list[str]) -> list[Complaint]:
    """The complaints without those that only follow from another one deeper down."""
    kept: list[Complaint] = []
    seen: set[tuple[Any, ...]] = set()
    deeper = [*beside, *(c.pointer for c in complaints if _may_mislead(c))]
    for complaint in complaints:
        if isinstance(complaint, Failure):
            key = (complaint.code, complaint.pointer)
            absent = complaint.keyword in _ABSENCE
            if key in seen or (absent and _holds_any(complaint.pointer, deeper)):
                continue
            seen.add(key)
        kept.append(complaint)
    return kept


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
