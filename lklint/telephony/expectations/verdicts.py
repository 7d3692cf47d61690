"""Whether a call goes where it is expected to go."""

from collections.abc import Iterator
from typing import NamedTuple

from lklint.telephony.expectations.calls import CallExpectation, ExpectedRoute
from lklint.telephony.expectations.patterns import matches, matches_room
from lklint.telephony.message import Text
from lklint.telephony.routing import Call, Route
from lklint.telephony.routing.stored import Rule, Trunk

_ENDS = {"joins": "accepted", "asked": "asked-for-pin", "silence": "silence"}
"""What a caller gets (`routing.answers.End`) as an expectation calls it; all else is a refusal."""
_SHOULD = {
    "accepted": "be accepted",
    "asked-for-pin": "be asked for a PIN",
    "refused": "be refused",
    "silence": "ring and never be answered",
}


class Unmet(NamedTuple):
    """A part of an expectation that is not so.

    `pointer` is the part. `should` completes "the call should …", and `but` says what is so
    instead; "" where the way of the call says it.
    """

    pointer: str
    should: str
    but: str = ""


def call_of(expectation: CallExpectation) -> Call:
    """The call that is expected."""
    return Call(
        expectation.caller, expectation.called, expectation.source_ip, expectation.from_host,
        expectation.pin, expectation.no_pin,
    )  # fmt: skip


def unmet(expectation: CallExpectation, found: Route) -> tuple[Unmet, ...]:
    """What of an expectation is not so, what explains the rest first.

    Where the caller gets something else, or by another trunk or rule, nothing more is told.
    """
    expected = expectation.expected
    for decisive in (_answer(expectation, found), _trunk(expected, found), _rule(expected, found)):
        if decisive is not None:
            return (decisive,)
    return tuple(_rest(expected, found))


def answer_of(found: Route) -> str:
    """What the caller gets, as an expectation calls it."""
    return _ENDS.get(found.answer.end, "refused")


def _answer(expectation: CallExpectation, found: Route) -> Unmet | None:
    expected, got = expectation.expected, answer_of(found)
    if found.answer.unasked and got == "accepted":
        field = "no_pin" if expectation.no_pin else "pin"
        return Unmet(expectation.message.at(field), "be asked for a PIN", "nobody asks it for one")
    wanted = str(expected.answer)
    if wanted != got and not (wanted == "refused" and got == "silence"):
        return Unmet(expected.answer.pointer, _SHOULD[wanted])
    if expected.status is not None and expected.status != found.answer.status:
        return Unmet(expected.message.at("status"), f"end with SIP status {expected.status}")
    return None


def _trunk(expected: ExpectedRoute, found: Route) -> Unmet | None:
    if expected.trunk is None or _is_named(found.trunk, expected.trunk):
        return None
    return Unmet(expected.trunk.pointer, f'come in by trunk "{expected.trunk}"')


def _rule(expected: ExpectedRoute, found: Route) -> Unmet | None:
    if expected.rule is None or _is_named(found.rule, expected.rule):
        return None
    return Unmet(expected.rule.pointer, f'be taken by rule "{expected.rule}"')


def _is_named(thing: Trunk | Rule | None, name: str) -> bool:
    return thing is not None and name in (thing.name, thing.id)


def _rest(expected: ExpectedRoute, found: Route) -> Iterator[Unmet]:
    if expected.login is not None and expected.login != (found.authentication == "challenge"):
        but = "nobody asks for one" if expected.login else "its trunk asks for one"
        word = "be asked for a login" if expected.login else "need no login"
        yield Unmet(expected.message.at("login"), word, but)
    if expected.room is not None and not matches_room(expected.room, found.room or ""):
        yield Unmet(expected.room.pointer, f'land in a room like "{expected.room}"')
    texts = (
        (expected.identity, found.identity, "the identity"),
        (expected.participant_name, found.participant_name, "the name"),
    )
    for pattern, text, what in texts:
        if pattern is not None and not matches(pattern, text or ""):
            yield Unmet(pattern.pointer, f'have {what} "{pattern}"', _has(text))
    if expected.agents is not None and sorted(expected.agents) != sorted(found.agents):
        but = f"it has {_agents(found.agents)}"
        yield Unmet(expected.message.at("agents"), f"have {_agents(expected.agents)}", but)
    for pair in expected.attributes:
        held = found.attributes.get(pair.name)
        if held is None or not matches(pair.value, held):
            should = f'have the attribute "{pair.name}" as "{pair.value}"'
            yield Unmet(pair.value.pointer, should, _has(held))


def _has(text: str | None) -> str:
    return "it has none" if text is None else f'it has "{text}"'


def _agents(names: tuple[str, ...] | tuple[Text, ...]) -> str:
    """Names of agents for a sentence. "" is LiveKit's name for those that run without one."""
    shown = [f'"{name}"' if name else "the agents without a name" for name in names]
    if not shown:
        return "no agent of its own"
    return f"the agent{'s' if len(shown) > 1 else ''} {', '.join(shown)}"
