"""The single writes of an apply: read again, write once, and look where the end was not seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from google.protobuf.message import Message

from lklint.protocol.messages import id_of
from lklint.reconcile.normal import compare, content, replacement
from lklint.reconcile.numbers import owned_numbers, rules_of
from lklint.reconcile.plan import Step
from lklint.remote.errors import OutcomeUnknown, Refused, RemoteError
from lklint.remote.server import Server
from lklint.telephony.phone_numbers import normalize_number


class Failed(Exception):
    """Nothing was written; one line on why."""


class Unsettled(Exception):
    """A write was sent, and what came of it cannot be told now; one line on why."""


class Written(NamedTuple):
    """A write that is done: `unseen` are secrets that the server does not show.

    `looked` tells that nobody saw the end of it; `message` then says what had happened.
    """

    id: str
    unseen: tuple[str, ...] = ()
    looked: bool = False
    message: str = ""


Nobodys = Callable[[str], bool]
"""Tells of an id whether nothing is known of it yet."""


async def written(
    server: Server,
    step: Step,
    message: Message | None,
    rule: str,
    nobodys: Nobodys,
    may_look: Callable[[], bool],
) -> Written:
    """Do a step; `message` is its resource with all ids in it, `rule` the id of a number's rule.

    Raises `Failed`, `Unsettled` or a `RemoteError` that means that nothing was written.
    """
    await _must_be_as_planned(server, step)
    try:
        return await _sent(server, step, message, rule)
    except OutcomeUnknown as error:
        if not may_look():
            raise Unsettled(str(error)) from None
        try:
            found = await _found(server, step, message, rule, nobodys)
        except RemoteError as second:
            raise Unsettled(f"{error}; and then: {second}") from None
        if found is None:
            raise Unsettled(f"{error}; as far as can be seen it is not done") from None
        return Written(found, looked=True, message=str(error))


async def _must_be_as_planned(server: Server, step: Step) -> None:
    """What is changed or deleted must still be what the plan was made of."""
    if step.stored is None:
        return
    try:
        now = await server.get(step.kind, step.id)
    except Refused as error:
        if error.code == "not_found":
            raise Failed("it is not on the server any more; plan again") from None
        raise
    if _said(step, now) != _said(step, step.stored):
        raise Failed("somebody changed it on the server since the plan was made; plan again")


def _said(step: Step, message: Message) -> object:
    """What of a resource must not have changed; the server may touch its times as it likes."""
    return rules_of(message) if step.number else content(step.kind, message)


async def _sent(server: Server, step: Step, message: Message | None, rule: str) -> Written:
    if step.action == "buy":
        bought = await server.numbers.purchase([step.number], rule)
        return Written(bought.phone_numbers[0].id)
    if step.action == "assign":
        await server.numbers.update(id=step.id, dispatch_rule_id=rule)
        return Written(step.id)
    if message is None:
        await server.delete(step.kind, step.id)
        return Written(step.id)
    if step.action == "create":
        made = await server.create(step.kind, message)
    else:
        assert step.stored is not None
        sent = replacement(step.kind, step.stored, message)
        made = await server.replace(step.kind, step.id, sent)
    return Written(id_of(step.kind, made) or step.id, _unseen(step, made, message))


def _unseen(step: Step, made: Message, message: Message) -> tuple[str, ...]:
    """The secrets that were sent and do not come back."""
    compared = compare(step.kind, made, message)
    gone = (it.path for it in compared.differences if it.hidden and it.after and not it.before)
    return (*compared.unseen, *gone)


async def _found(
    server: Server, step: Step, message: Message | None, rule: str, nobodys: Nobodys
) -> str | None:
    """The id of what a write was to lead to, None where it has not, or not yet."""
    if step.action == "create":
        assert message is not None
        wanted = content(step.kind, message)
        for stored in await server.list(step.kind):
            id = id_of(step.kind, stored)
            if nobodys(id) and content(step.kind, stored) == wanted:
                return id
        return None
    if step.action == "buy":
        owned = owned_numbers(await server.list("phone-number"))
        number = owned.get(normalize_number(step.number))
        return None if number is None else str(number.id)
    try:
        now: Any = await server.get(step.kind, step.id)
    except Refused as error:
        if error.code == "not_found":
            return step.id if step.action == "delete" else None
        raise
    if step.action == "assign":
        done = rules_of(now) == ([rule] if rule else [])
    else:
        done = message is not None and content(step.kind, now) == content(step.kind, message)
    return step.id if done else None
