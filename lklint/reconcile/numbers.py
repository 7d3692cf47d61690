"""Phone numbers that are bought from LiveKit: which rule each is to have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, cast

from google.protobuf.message import Message

from lklint.protocol.messages import Kind
from lklint.protocol.phone_numbers import STATUSES
from lklint.reconcile.identity import Match, Stored, listed
from lklint.reconcile.normal import Difference
from lklint.reconcile.plan import Kept, Step, Unmanaged
from lklint.reconcile.wanted import Wanted, Wants
from lklint.telephony.phone_numbers import normalize_number

KIND: Kind = "phone-number"
COSTS = "buying it costs money"
_RELEASED = STATUSES.index("PHONE_NUMBER_STATUS_RELEASED")


class Numbers(NamedTuple):
    """What is to be done for the phone numbers of the files."""

    steps: tuple[Step, ...] = ()
    kept: tuple[Kept, ...] = ()
    unmanaged: tuple[Unmanaged, ...] = ()
    problems: tuple[str, ...] = ()


def number_steps(
    wants: Wants, resources: Sequence[Wanted], matches: Sequence[Match], stored: Stored
) -> Numbers:
    """Numbers that the project lacks are bought, the others get their rule."""
    owned = owned_numbers(stored.get(KIND, {}).values())
    rules = _rules(resources, matches, stored)
    steps, kept, problems = [], [], []
    for wanted in wants.numbers:
        ids = [""] if wanted.rule is None else rules.get(wanted.rule, [])
        if len(ids) != 1:
            said = f'{listed(ids)} are called "{wanted.rule}"' if ids else f'no "{wanted.rule}"'
            problems.append(f"{wanted.file}: {wanted.number}: which dispatch rule? {said}")
            continue
        number = owned.pop(normalize_number(wanted.number), None)
        if number is None:
            step = Step("buy", KIND, "", file=wanted.file, why=COSTS)
        elif ids[0] in rules_of(number) or (not ids[0] and not rules_of(number)):
            kept.append(Kept(KIND, wanted.number, number.id, wanted.file))
            continue
        else:
            change = Difference("dispatch_rule", listed(rules_of(number)) or None, wanted.rule)
            step = Step("assign", KIND, "", number.id, wanted.file, (change,), stored=number)
        steps.append(replace(step, number=wanted.number, rule=ids[0]))
    others = tuple(Unmanaged(KIND, number.e164_format, number.id) for number in owned.values())
    return Numbers(tuple(steps), tuple(kept), others, tuple(problems))


def owned_numbers(messages: Any) -> dict[str, Any]:
    """The numbers of a project that are not given back, as LiveKit compares numbers."""
    held = (cast("Any", message) for message in messages)
    return {normalize_number(it.e164_format): it for it in held if it.status != _RELEASED}


def rules_of(number: Any) -> list[str]:
    """The ids of a number's dispatch rules; an older server fills in the field of one alone."""
    one = number.sip_dispatch_rule_id
    return [*number.sip_dispatch_rule_ids] or ([one] if one else [])


def _rules(
    resources: Sequence[Wanted], matches: Sequence[Match], stored: Stored
) -> Mapping[str, list[str]]:
    """The ids, or tokens, of the dispatch rules by every word that means them."""
    found: dict[str, list[str]] = {}
    used = set()
    for resource, match in zip(resources, matches, strict=True):
        if resource.kind == "dispatch-rule":
            used.add(match.id)
            for word in {resource.name, resource.id, match.id} - {""}:
                found.setdefault(word, []).append(match.id or resource.token)
    rules: Mapping[str, Message] = stored.get("dispatch-rule", {})
    for id, message in rules.items():
        if id not in used:
            for word in {id, cast("Any", message).name} - {""}:
                found.setdefault(word, []).append(id)
    return found
