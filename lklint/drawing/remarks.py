"""What the drawing of a way alone does not tell, in whole sentences."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.own_kinds import PHONE_NUMBERS
from lklint.drawing.bindings import Bindings, has_id
from lklint.drawing.ways import Way
from lklint.telephony.phone_number_files import phone_numbers_of
from lklint.telephony.phone_numbers import normalize_number
from lklint.telephony.routing import Route, advice
from lklint.telephony.routing.stored import Rule
from lklint.telephony.routing.trace import RuleStep, TrunkStep
from lklint.telephony.routing.words import named, summary
from lklint.workspace.environment import Environment


def sentence(way: Way, environment: Environment) -> str:
    """What becomes of the call, and what would change it, in one sentence.

    A second one says which trunk an id was taken for, where that is a guess.
    """
    told = summary(way.last)
    step = next_step(way, environment)
    if step is not None:
        told = f"{told.removesuffix('.')}; to change that, {step[:1].lower()}{step[1:]}"
    return " ".join((told, *Bindings(environment).guesses(way.last)))


def next_step(way: Way, environment: Environment) -> str | None:
    """What to do about a call that goes nowhere; None where it goes somewhere."""
    return None if way.accepted else advice(way.last, environment.directory.outbound_words)


def remarks(way: Way, environment: Environment, bindings: Bindings) -> Iterator[str]:
    """What else somebody who meant this call to go somewhere has to know."""
    found = way.last
    if way.unused_pin:
        yield "Nobody asks this caller for a PIN, so the one that was given never counts."
    if found.rule is not None and found.trunk is not None:
        yield from bindings.remarks(found.rule, found.trunk)
    if found.rule is not None:
        yield from _ties(found.rule, found)
        yield from _bypassed(found.rule, found)
    if found.trunk is None:
        yield from _bought(found, environment)
    if found.outcome == "drop" and not environment.complete:
        yield "Not every file of this workspace was looked at: another one may take the call."


def _bought(found: Route, environment: Environment) -> Iterator[str]:
    """The number is one of LiveKit's own, whose calls come in otherwise than by SIP."""
    called = normalize_number(found.call.called)
    for file in environment.of_kind(PHONE_NUMBERS):
        for entry in phone_numbers_of(file):
            if normalize_number(entry.number) == called:
                rule = f"to rule {entry.dispatch_rule}" if entry.dispatch_rule else "to no rule"
                yield (
                    f"{entry.number} is bought from LiveKit, which alone knows the way of its "
                    f"calls: by {file.file} they go {rule}."
                )
                return


def is_tie(step: TrunkStep | RuleStep, winner: Rule | None) -> bool:
    """Whether only ids decide between two rules, and LiveKit has not made both of them yet."""
    if not isinstance(step, RuleStep) or step.edge != "order" or winner is None:
        return False
    return not (has_id(step.rule) and has_id(winner))


def _ties(winner: Rule, found: Route) -> Iterator[str]:
    for step in found.trace.rules:
        if is_tie(step, winner):
            yield (
                f"Between rules {named(winner)} and {named(step.rule)} only their ids decide, and "
                "LiveKit makes ids at random: nobody can know which of them will have the call."
            )
            return


def _bypassed(rule: Rule, found: Route) -> Iterator[str]:
    """A trunk has the number and keeps the call out, and a rule takes it all the same."""
    if found.trunk is not None:
        return
    for step in found.trace.trunks:
        if step.verdict in ("caller", "address") and step.trunk.numbers:
            kept = "callers" if step.verdict == "caller" else "addresses"
            yield (
                f"Trunk {named(step.trunk)} has the number and keeps this call out by its list of "
                f"{kept}, and rule {named(rule)} takes it all the same, without a login, because "
                "it is bound to no trunk. Bind it: write the trunk in its trunk_ids."
            )
            return
