"""Trying the calls that people expect: each goes through the environment that its file is in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lklint.documents.own_kinds import CALLS, PHONE_NUMBERS
from lklint.telephony.expectations.calls import CallExpectation, call_expectations
from lklint.telephony.expectations.verdicts import Unmet, call_of, unmet
from lklint.telephony.phone_number_files import phone_numbers_of
from lklint.telephony.phone_numbers import normalize_number
from lklint.telephony.routing import Route, route
from lklint.telephony.routing.versions import Version
from lklint.workspace.environment import Environment
from lklint.workspace.filed import Filed, home, server_id
from lklint.workspace.filling import filled, unset, unset_beside, unset_words


class Trial(NamedTuple):
    """A call of the file `file` that was tried, where it went, and what was expected otherwise.

    `untold` says why nobody can know where it goes; "" where it is known. `unset` are the names of
    variables that it depends on and that are not set.
    """

    file: str
    expectation: CallExpectation
    route: Route
    unmet: tuple[Unmet, ...] = ()
    untold: str = ""
    unset: tuple[str, ...] = ()


def trials(environment: Environment, version: Version | None) -> Iterator[Trial]:
    """Every call that is expected of an environment, tried on a livekit-server of a version.

    `"${NAME}"` is filled in, in trunks, rules and calls.
    """
    environment = filled(environment)
    bought = _livekit_numbers(environment)
    unknown = _unknown_trunk(environment)
    for message in environment.of_kind(CALLS):
        for expectation in call_expectations(message).calls:
            found = route(call_of(expectation), environment.exchange, version)
            untold = ""
            if normalize_number(expectation.called) in bought and found.trunk is None:
                untold = "the number is bought from LiveKit, which alone knows its way from there"
            elif unknown and found.trunk is not None and server_id(found.trunk.message) is None:
                untold = f'no file says which trunk has the id "{unknown}" that a rule is bound to'
            wrong = () if untold else unmet(expectation, found)
            names = unset_beside(environment, expectation, found) if wrong else ()
            names = names or unset(environment, found)
            if names:
                wrong, untold = (), untold or unset_words(names)
            yield Trial(message.file, expectation, found, wrong, untold, names)


def deciding(found: Route) -> Iterator[tuple[Filed, str]]:
    """The trunks or rules that decided about a call, each with a word on what it did."""
    if found.fault is not None:
        rules = (found.fault.other, found.fault.rule)
        told = [(rule.message, "LiveKit stops here") for rule in rules if rule is not None]
    elif found.rule is not None:
        told = [(found.rule.message, "this rule takes it")]
    elif found.clash:
        told = [(trunk.message, "this trunk takes it") for trunk in found.clash]
    else:
        told = [] if found.trunk is None else [(found.trunk.message, "it comes in by this trunk")]
    for message, word in told:
        yield home(message), word


def _livekit_numbers(environment: Environment) -> frozenset[str]:
    """The numbers that are bought from LiveKit, as LiveKit compares numbers."""
    return frozenset(
        normalize_number(entry.number)
        for message in environment.of_kind(PHONE_NUMBERS)
        for entry in phone_numbers_of(message)
    )


def _unknown_trunk(environment: Environment) -> str:
    """An id that a rule is bound to and no file has, "" where there is none."""
    return next(
        (
            str(reference.entry)
            for rule in environment.dispatch_rules
            for reference in environment.directory.references(rule)
            if reference.meaning == "unknown" and reference.entry.startswith("ST_")
        ),
        "",
    )
