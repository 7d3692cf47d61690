"""A file of call expectations, read: calls, and where each is to go.

The file is lklint's own; `docs/calls.md` describes it. Every text remembers its pointer.
"""

from typing import NamedTuple

from lklint.telephony.message import Message, Pair, Text

ANSWERS = ("accepted", "asked-for-pin", "refused", "silence")
"""What a caller may be expected to get: the room; a voice that asks for a PIN; no way in, whatever
the caller hears; and of these refusals the one where it rings and nobody ever answers."""


class ExpectedRoute(NamedTuple):
    """Where a call is to go.

    `pointer` is where it stands, and `answer` one of `ANSWERS`. `status` is the last SIP status
    that the caller gets. Rooms, identities, names and attributes are `patterns`. None, or nothing,
    where any will do; but `agents` () are none.
    """

    message: Message
    pointer: str
    answer: Text
    status: int | None = None
    login: bool | None = None
    trunk: Text | None = None
    rule: Text | None = None
    room: Text | None = None
    identity: Text | None = None
    participant_name: Text | None = None
    agents: tuple[Text, ...] | None = None
    attributes: tuple[Pair, ...] = ()


class CallExpectation(NamedTuple):
    """A call, as `routing.Call` has it, and where it is to go."""

    message: Message
    name: Text | None
    caller: str
    called: str
    source_ip: str
    from_host: str
    pin: str | None
    no_pin: bool
    expected: ExpectedRoute

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it the same call as another one."""
        return (
            self.caller, self.called, self.source_ip, self.from_host, self.pin, self.no_pin
        )  # fmt: skip

    @property
    def title(self) -> str:
        """What people call it: its name, or its numbers. The PIN is never told."""
        return self.name or f"{self.caller or 'nobody'} to {self.called}"


class CallExpectations(NamedTuple):
    """A file of call expectations."""

    message: Message
    calls: tuple[CallExpectation, ...]


def call_expectations(message: Message) -> CallExpectations:
    """A file, from its message. What is not written as lklint reads it is left out."""
    found = map(_expectation, message.messages("calls"))
    return CallExpectations(message, tuple(one for one in found if one is not None))


def _expectation(message: Message) -> CallExpectation | None:
    expected = _expected(message)
    if expected is None:
        return None
    return CallExpectation(
        message=message,
        name=message.text("name"),
        caller=message.text("from") or "",
        called=message.text("to") or "",
        source_ip=message.text("source_ip") or "",
        from_host=message.text("from_host") or "",
        pin=message.text("pin"),
        no_pin=message.flag("no_pin"),
        expected=expected,
    )


def _expected(call: Message) -> ExpectedRoute | None:
    """What is expected of a call, be it written as one word or as an object."""
    word, message, at = call.text("expect"), call.message("expect"), call.at("expect")
    if message is None:
        return ExpectedRoute(call, at, word) if word is not None and word in ANSWERS else None
    answer = message.text("answer")
    return ExpectedRoute(
        message=message,
        pointer=at,
        answer=Text(ANSWERS[0], at) if answer is None else answer,
        status=message.integer("status"),
        login=None if message.key("login") is None else message.flag("login"),
        trunk=message.text("trunk"),
        rule=message.text("rule"),
        room=message.text("room"),
        identity=message.text("identity"),
        participant_name=message.text("participant_name"),
        agents=None if message.key("agents") is None else message.texts("agents"),
        attributes=message.pairs("attributes"),
    )
