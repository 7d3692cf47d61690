"""What create and update say to a trunk or rule beside those that are stored.

livekit-server v1.13.3 pkg/service/sip.go. Create reads the stored ones and the new one by turns;
update reads the stored ones with the changed one in the place of its old self, if that is among
them: only those are read that share a number, or a trunk, with the changed one. So an update lets
in what create refuses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from lklint.sandbox.refusals import from_inside, invalid
from lklint.sandbox.store import Store, rule_claim, trunk_claim
from lklint.telephony.routing.conflicts import refused_trunks
from lklint.telephony.routing.creating import by_turns, sharing_numbers
from lklint.telephony.routing.faults import rule_faults
from lklint.telephony.routing.stored import Rule, Trunk

Claim = TypeVar("Claim", bound="Trunk | Rule")


def refuse_new_trunk(store: Store, trunk: Any) -> None:
    """Raises `Refusal` where create does."""
    new = trunk_claim("", trunk)
    _refuse_trunks(by_turns(sharing_numbers(store.trunk_claims(), new), new))


def refuse_changed_trunk(store: Store, trunk: Any) -> None:
    """Raises `Refusal` where update does."""
    changed = trunk_claim(trunk.sip_trunk_id, trunk)
    _refuse_trunks(_replaced(sharing_numbers(store.trunk_claims(), changed), changed))


def refuse_new_rule(store: Store, rule: Any, trunk_ids: Sequence[str]) -> None:
    """Raises `Refusal` where create does.

    `trunk_ids` are those of a request in the old, flat form; the rule of a wrapped request is held
    against all others, whatever its trunks are.
    """
    new = rule_claim("", rule)
    _refuse_rules(by_turns(_sharing_trunks(store, trunk_ids), new))


def refuse_changed_rule(store: Store, rule: Any) -> None:
    """Raises `Refusal` where update does."""
    changed = rule_claim(rule.sip_dispatch_rule_id, rule)
    _refuse_rules(_replaced(_sharing_trunks(store, rule.trunk_ids), changed))


def _refuse_trunks(trunks: Sequence[Trunk]) -> None:
    conflict = next(refused_trunks(trunks), None)
    if conflict is not None:
        raise invalid(conflict.text)


def _refuse_rules(rules: Sequence[Rule]) -> None:
    fault = next(rule_faults(rules), None)
    if fault is None:
        return
    if fault.other is None:
        raise from_inside("invalid_argument", fault.text)
    raise invalid(fault.text)


def _sharing_trunks(store: Store, trunk_ids: Sequence[str]) -> list[Rule]:
    """The rules without trunks and those with one of the same, or all for none."""
    wanted = set(trunk_ids)
    return [
        other
        for other in store.rule_claims()
        if not wanted or not other.trunk_ids or not wanted.isdisjoint(other.trunk_ids)
    ]


def _replaced(stored: Sequence[Claim], changed: Claim) -> list[Claim]:
    return [changed if other.id == changed.id else other for other in stored]
