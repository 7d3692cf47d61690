"""Dispatch rules (livekit-server v1.13.3 pkg/service/sip.go)."""

from __future__ import annotations

from typing import Any

from livekit.protocol.sip import ListSIPDispatchRuleResponse, SIPDispatchRuleInfo

from lklint.sandbox import conflicts, lists
from lklint.sandbox.changes import changed, upgrade
from lklint.sandbox.checks.table import refusal_of
from lklint.sandbox.identifiers import RULE, new_id
from lklint.sandbox.refusals import Refusal, invalid
from lklint.sandbox.store import Store


def create_rule(store: Store, request: Any) -> Any:
    """CreateSIPDispatchRule, in either form; beside a whole rule the flat fields are dropped."""
    if request.HasField("dispatch_rule"):
        rule = request.dispatch_rule
        upgrade(rule)
    else:
        rule = _from_flat(request)
    words = refusal_of(request) or refusal_of(rule)
    if words is not None:
        raise invalid(words)
    conflicts.refuse_new_rule(store, rule, request.trunk_ids)
    rule.sip_dispatch_rule_id = new_id(RULE)
    store.put("dispatch-rule", rule)
    return rule


def update_rule(store: Store, request: Any) -> Any:
    """UpdateSIPDispatchRule."""
    words = refusal_of(request)
    if words is not None:
        raise invalid(words)
    stored = stored_rule(store, request.sip_dispatch_rule_id)
    rule = changed("dispatch-rule", stored, request)
    conflicts.refuse_changed_rule(store, rule)
    store.put("dispatch-rule", rule)
    return rule


def list_rules(store: Store, request: Any) -> Any:
    """ListSIPDispatchRule."""
    wanted = lists.wants_rule(request)
    rules = lists.listed(store.all("dispatch-rule"), request, "sip_dispatch_rule_id", wanted)
    return ListSIPDispatchRuleResponse(items=rules)


def delete_rule(store: Store, request: Any) -> Any:
    """DeleteSIPDispatchRule; the answer is the rule that was there."""
    if not request.sip_dispatch_rule_id:
        raise invalid("dispatch rule ID is required")
    rule = stored_rule(store, request.sip_dispatch_rule_id)
    store.remove("dispatch-rule", rule.sip_dispatch_rule_id)
    return rule


def stored_rule(store: Store, id: str) -> Any:
    """The rule with an id. Raises `Refusal`."""
    rule = store.get("dispatch-rule", id)
    if rule is None:
        raise Refusal("not_found", "requested sip dispatch rule does not exist")
    return rule


def _from_flat(request: Any) -> Any:
    """The rule of a request in the old form, which has the fields of a rule beside each other.

    livekit/protocol v1.48.2 livekit/sip.go, `DispatchRuleInfo`.
    """
    rule = SIPDispatchRuleInfo()
    for field, value in request.ListFields():
        held = getattr(rule, field.name)
        if field.is_repeated:
            held.MergeFrom(value)
        elif field.message_type is not None:
            held.CopyFrom(value)
        else:
            setattr(rule, field.name, value)
    return rule
