"""Asking the rules about one document."""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

from lklint.checker.causes import Complaint, causes, explained
from lklint.documents.document import Document, Part, parts, resource_place
from lklint.rules.all_rules import rules_by_word, rules_for
from lklint.rules.found import Found
from lklint.rules.registry import Rule
from lklint.settings import Settings
from lklint.shape.failures import Failure, UnknownField, failures
from lklint.telephony.message import Message
from lklint.telephony.resources import read_resource

Judgement = tuple[Rule, Found]

MOST_OF_ONE_RULE = 200
"""So often a rule speaks about one resource; who makes a mistake in a list makes it everywhere."""


def judge(document: Document, settings: Settings) -> Iterator[Judgement]:
    """What every rule finds in a document, in no particular order."""
    yield from _ask(document, settings)
    for part in parts(document):
        complaints = causes(list(_complaints(document.kind, part)))
        for complaint in complaints:
            yield from _ask_about_shape(complaint, settings)
        if isinstance(part.value, dict):
            known = explained(document, complaints)
            for rule, found in _ask_about_resource(document, part, settings):
                if not known.covers(rule, found):
                    yield rule, found


def _ask(subject: Any, settings: Settings) -> Iterator[Judgement]:
    kind: type = type(subject)
    for rule in _wanted(kind, settings.enabled, settings.silent):
        for found in islice(rule.check(subject, settings), MOST_OF_ONE_RULE):
            yield rule, found


@cache
def _wanted(kind: type, enabled: frozenset[str], silent: frozenset[str]) -> tuple[Rule, ...]:
    """The rules about a kind of subject that are to speak."""
    settings = Settings(enabled=enabled, silent=silent)
    return tuple(rule for rule in rules_for(kind) if settings.wants(rule.code, rule.default))


def _ask_about_resource(document: Document, part: Part, settings: Settings) -> Iterator[Judgement]:
    message = Message(part.value, resource_place(document, part))
    yield from _ask(read_resource(document.kind, message), settings)


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
