"""Family 7: call expectations that are wrong by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.edits import Remove, Replace
from lklint.rules.found import Found, Place, Proposal, at_brace, at_value, show
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.expectations.calls import (
    CallExpectation,
    CallExpectations,
    ExpectedRoute,
)
from lklint.telephony.expectations.patterns import as_pattern, is_regular_expression
from lklint.telephony.message import Text
from lklint.telephony.pins import why_not_dialable
from lklint.telephony.routing.placement import RANDOM
from lklint.telephony.routing.source import source_error
from lklint.telephony.variables import references

_REFUSALS = ("refused", "silence")
_ONLY_ACCEPTED = ("room", "identity", "participant_name", "agents", "attributes")


@rule("LK753", "expectation-twice", "info", "untidy", CallExpectations)
def expectation_twice(file: CallExpectations, settings: Settings) -> Iterator[Found]:
    """The same call is expected to do the same twice.

    ## What it finds
    Two calls of one file that are equal in all but their names.

    ## Why it matters
    Nothing happens on a call. The second one tests nothing, and was likely meant for another.

    ## Example
    ```json call-expectations
    {"calls": [{"from": "+442079460124", "to": "+442079460123", "expect": "refused"},
      {"from": "+442079460124", "to": "+442079460123", "expect": "refused"}]}
    ```

    ## Instead
    ```json call-expectations
    {"calls": [{"from": "+442079460124", "to": "+442079460123", "expect": "refused"},
      {"from": "+442079460124", "to": "+442079460125", "expect": "refused"}]}
    ```

    ## Fix
    Safe: takes the second one out.

    ## Evidence
    The file is lklint's own: `docs/calls.md`.
    """
    for earlier, later in _same_calls(file):
        if earlier.message.get("expect") == later.message.get("expect"):
            yield Found(
                at_brace(later.message.pointer),
                "the same is expected of the same call above",
                "Take it out, or let it be another call.",
                related=((at_brace(earlier.message.pointer), "expected here already"),),
                fix=Proposal("take it out", (Remove(later.message.pointer),), safe=True),
            )


@rule("LK754", "contradicting-expectations", "error", "dead", CallExpectations)
def contradicting_expectations(file: CallExpectations, settings: Settings) -> Iterator[Found]:
    """The same call is expected to do two things at once.

    ## What it finds
    Two calls of one file with the same numbers, address and PIN: one is to get in and the other to
    be refused, or they name two rooms, trunks, rules, statuses or lists of agents.

    ## Why it matters
    One of the two is never met, whatever the trunks and rules are.

    ## Example
    ```json call-expectations
    {"calls": [{"from": "+442079460124", "to": "+442079460123", "expect": "refused"},
      {"from": "+442079460124", "to": "+442079460123", "expect": {"room": "support"}}]}
    ```

    ## Instead
    ```json call-expectations
    {"calls": [{"from": "+442079460124", "to": "+442079460123", "expect": "refused"},
      {"from": "+442079460125", "to": "+442079460123", "expect": "refused"}]}
    ```

    ## Fix
    None: only you know which one is meant.

    ## Evidence
    The file is lklint's own: `docs/calls.md`. LiveKit routes two calls that are alike alike.
    """
    for earlier, later in _same_calls(file):
        what = _contradiction(earlier.expected, later.expected)
        if what is not None:
            one, other = what
            yield Found(
                one,
                "the same call is expected to do something else above, and cannot do both",
                "Take one of the two out, or let it be another call.",
                related=((other, "expected here"),),
            )


@rule("LK755", "impossible-call", "error", "dead", CallExpectations)
def impossible_call(file: CallExpectations, settings: Settings) -> Iterator[Found]:
    """A call that nobody can make.

    ## What it finds
    A `sourceIp` that is no IP address (a host, an address with a port, a range), and a `pin` with
    keys that no telephone has, or with more than 16. Where the call is expected to be refused, the
    PIN may be as wrong as you like.

    ## Why it matters
    The expectation tests a call that never comes.

    ## Example
    ```json call-expectations
    {"calls": [{"from": "+442079460124", "to": "+442079460123", "sourceIp": "203.0.113.0/24",
      "expect": "refused"}]}
    ```

    ## Instead
    ```json call-expectations
    {"calls": [{"from": "+442079460124", "to": "+442079460123", "sourceIp": "203.0.113.9",
      "expect": "refused"}]}
    ```

    ## Fix
    None.

    ## Evidence
    livekit/sip hands on the address that a packet came from. Go's `netip.ParseAddr` reads it. The
    keys of a PIN: livekit/sip, pkg/sip/inbound.go `pinPrompt`.
    """
    for call in file.calls:
        if source_error(call.source_ip) is not None and not references(call.source_ip):
            yield Found(
                at_value(call.message.at("source_ip")),
                f"no call comes from {show(str(call.source_ip))}: it is no IP address",
                "Write one address, without a port: 203.0.113.5 or 2001:db8::5.",
            )
        known = call.pin is not None and not references(call.pin)
        why = why_not_dialable(call.pin or "") if known else None
        if why is not None and call.expected.answer not in _REFUSALS:
            yield Found(
                at_value(call.message.at("pin")),
                f"no caller can enter this PIN: {why}",
                "Write the keys that are pressed, without the # at the end.",
            )


@rule("LK756", "regular-expression-as-pattern", "error", "dead", CallExpectations)
def regular_expression_as_pattern(file: CallExpectations, settings: Settings) -> Iterator[Found]:
    """A regular expression where only `*` stands for any text.

    ## What it finds
    Regular expressions in `room`, `identity`, `participantName` and the values of `attributes`.

    ## Why it matters
    The expectation is never met: every sign but `*` stands for itself.

    ## Example
    ```json call-expectations
    {"calls": [{"from": "+442079460124", "to": "+442079460123", "expect": {"room": "^call_.*$"}}]}
    ```

    ## Instead
    ```json call-expectations
    {"calls": [{"from": "+442079460124", "to": "+442079460123", "expect": {"room": "call_*"}}]}
    ```

    ## Fix
    Unsafe: writes `*` for what stands for several texts.

    ## Evidence
    The file is lklint's own: `docs/calls.md`.
    """
    for call in file.calls:
        expected = call.expected
        texts = (
            expected.room, expected.identity, expected.participant_name,
            *(pair.value for pair in expected.attributes),
        )  # fmt: skip
        for text in texts:
            if text is not None and is_regular_expression(text):
                better = as_pattern(text)
                yield Found(
                    at_value(text.pointer),
                    f"{show(str(text))} is a regular expression, and nothing is called that",
                    f"Write {show(better)}: only * stands for any text.",
                    fix=Proposal(f"write {show(better)}", (Replace(text.pointer, better),)),
                )


@rule("LK757", "expectation-beyond-answer", "error", "dead", CallExpectations)
def expectation_beyond_answer(file: CallExpectations, settings: Settings) -> Iterator[Found]:
    """A room or an agent is expected of a call that does not get in.

    ## What it finds
    `room`, `identity`, `participantName`, `agents` or `attributes` beside an `answer` other than
    `accepted`.

    ## Why it matters
    The expectation is never met: a call that is refused, or that is still asked for its PIN, lands
    in no room.

    ## Example
    ```json call-expectations
    {"calls": [{"from": "+442079460124", "to": "+442079460123",
      "expect": {"answer": "asked-for-pin", "room": "support"}}]}
    ```

    ## Instead
    ```json call-expectations
    {"calls": [{"from": "+442079460124", "to": "+442079460123", "expect": "asked-for-pin"},
      {"from": "+442079460124", "to": "+442079460123", "pin": "73914", "expect": {"room": "support"}}]}
    ```

    ## Fix
    None.

    ## Evidence
    livekit/sip, pkg/sip/inbound.go: the room is joined only once the PIN is right.
    """  # noqa: E501
    for call in file.calls:
        expected = call.expected
        if expected.answer == "accepted":
            continue
        for field in _ONLY_ACCEPTED:
            if expected.message is not call.message and expected.message.key(field) is not None:
                yield Found(
                    at_value(expected.message.at(field)),
                    f'a call that is "{expected.answer}" lands in no room, so this is never so',
                    "Take it out, or expect the call to be accepted; with a PIN, say which.",
                    related=((at_value(expected.answer.pointer), "because of this"),),
                )
                break


def _same_calls(file: CallExpectations) -> Iterator[tuple[CallExpectation, CallExpectation]]:
    """Calls that are the same as an earlier one of the file, after the first of these."""
    first: dict[tuple[object, ...], CallExpectation] = {}
    for call in file.calls:
        earlier = first.setdefault(call.key, call)
        if earlier is not call:
            yield earlier, call


def _contradiction(one: ExpectedRoute, other: ExpectedRoute) -> tuple[Place, Place] | None:
    """Where two expectations of one call exclude each other: in the second, and in the first."""
    if one.answer != other.answer and {one.answer, other.answer} != set(_REFUSALS):
        return at_value(other.answer.pointer), at_value(one.answer.pointer)
    facts = (
        ("status", one.status, other.status),
        ("login", one.login, other.login),
        ("agents", _sorted(one.agents), _sorted(other.agents)),
        ("trunk", _name(one.trunk), _name(other.trunk)),
        ("rule", _name(one.rule), _name(other.rule)),
        ("room", _literal(one.room), _literal(other.room)),
    )
    for field, first, second in facts:
        if first is not None and second is not None and first != second:
            return at_value(other.message.at(field)), at_value(one.message.at(field))
    return None


def _sorted(agents: tuple[Text, ...] | None) -> list[Text] | None:
    return None if agents is None else sorted(agents)


def _name(text: Text | None) -> Text | None:
    """A name of a trunk or a rule; an id may be that of any name."""
    return None if text is None or text.startswith(("ST_", "SDR_")) else text


def _literal(pattern: Text | None) -> Text | None:
    """A pattern that only one room has, if it is one."""
    return None if pattern is None or "*" in pattern or RANDOM in pattern else pattern
