"""`"${NAME}"` in what decides where a call goes, filled in; and what nobody can fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from lklint.documents.own_kinds import CALLS
from lklint.telephony.expectations.calls import CallExpectation
from lklint.telephony.routing import Route
from lklint.telephony.routing.rules import refusal
from lklint.telephony.variables import references, resolve
from lklint.workspace.environment import DISPATCH, INBOUND, Environment
from lklint.workspace.filed import Filed

_LISTS = ("numbers", "inbound_numbers", "allowed_numbers", "allowed_addresses")
"""What a call is compared with before anybody asks it for a PIN."""
_DECIDING = (*_LISTS, "rule")
"""The same, with the PIN and the room of a dispatch rule. Logins, headers, attributes and metadata
decide nothing and stay as they are written: a way is shown with them, and they may be secret."""


def filled(environment: Environment) -> Environment:
    """The same environment with values in the place of references, as far as routing looks at them.

    A reference to a variable that is not set stays as it is.
    """
    changed: dict[str, list[Filed]] = {}
    for kind, fill in ((INBOUND, _filled), (DISPATCH, _filled), (CALLS, _filled_calls)):
        written = environment.of_kind(kind)
        held = [fill(message, environment.variables) for message in written]
        if any(one is not other for one, other in zip(held, written, strict=True)):
            changed[kind] = held
    return environment.replaced(changed) if changed else environment


def unset(environment: Environment, found: Route) -> tuple[str, ...]:
    """The names of variables that are not set, and that the way of a call depends on; sorted.

    `environment` is filled, and the call went through it.
    """
    call = found.call
    open_values: list[Any] = [call.caller, call.called, call.source_ip, call.from_host]
    if call.pin and not found.answer.unasked:
        open_values.append(call.pin)
        if found.answer.end == "hung-up":
            open_values += (
                rule.pin
                for rule in environment.exchange.rules
                if rule.pin and refusal(rule, call, found.trunk) == "other-pin"
            )
    if found.trunk is None or found.rule is None:
        return tuple(sorted({*references(open_values), *_open_lists(environment)}))
    return references(open_values)


def unset_words(names: Sequence[str]) -> str:
    """What is said of variables that are not set: "it depends on CONF_PIN, which is not set"."""
    which = "which is" if len(names) == 1 else "which are"
    return f"it depends on {', '.join(names)}, {which} not set"


def unset_beside(
    environment: Environment, expectation: CallExpectation, found: Route
) -> tuple[str, ...]:
    """The same of a call that did not go as expected: what could let it go so."""
    room = found.rule.message.get("rule") if found.rule is not None else None
    beside = references([room, expectation.message.get("expect")])
    names = {*unset(environment, found), *beside, *_open_lists(environment)}
    return tuple(sorted(names))


@lru_cache(maxsize=1)
def _open_lists(environment: Environment) -> tuple[str, ...]:
    """The names that are left in the lists of all trunks and rules; there may be very many."""
    return references(
        [
            message.get(field)
            for kind in (INBOUND, DISPATCH)
            for message in environment.of_kind(kind)
            for field in _LISTS
        ]
    )


def _filled(message: Filed, variables: Mapping[str, str]) -> Filed:
    changed = {}
    for field in _DECIDING:
        key = message.key(field)
        if key is not None and references(message.value[key]):
            changed[key] = resolve(message.value[key], variables).value
    if not changed:
        return message
    return Filed({**message.value, **changed}, message.pointer, message.file)


def _filled_calls(message: Filed, variables: Mapping[str, str]) -> Filed:
    """A file of call expectations; the names of calls are for people, and stay."""
    calls = message.value.get("calls")
    if not isinstance(calls, list) or not references(calls):
        return message
    known = [
        {**resolve(call, variables).value, **{key: call[key] for key in ("name",) if key in call}}
        if isinstance(call, dict)
        else call
        for call in calls
    ]
    return Filed({**message.value, "calls": known}, message.pointer, message.file)
