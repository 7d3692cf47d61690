"""Updates: which thing, and how it changes (livekit/protocol v1.48.2 livekit/sip.go, types.go)."""

from __future__ import annotations

from typing import Any


def names_trunk(request: Any) -> str | None:
    """An update of a trunk says which (`UpdateSIPInboundTrunkRequest.Validate`)."""
    return None if request.sip_trunk_id else "trunk id must be set"


def names_rule(request: Any) -> str | None:
    """An update of a rule says which (`UpdateSIPDispatchRuleRequest.Validate`)."""
    return None if request.sip_dispatch_rule_id else "rule id must be set"


def has_action(request: Any) -> str | None:
    """An update replaces all, or changes fields."""
    given = request.HasField("replace") or request.HasField("update")
    return None if given else "missing or unsupported update action"


def trunk_ids_agree(request: Any) -> str | None:
    """The id inside is the id outside."""
    if request.replace.sip_trunk_id in ("", request.sip_trunk_id):
        return None
    return "trunk id in the info must be empty or match the id in the update"


def rule_ids_agree(request: Any) -> str | None:
    """The id inside is the id outside."""
    if request.replace.sip_dispatch_rule_id in ("", request.sip_dispatch_rule_id):
        return None
    return "rule id in the info must be empty or match the id in the update"


def list_change(change: Any) -> str | None:
    """A list is set, cleared, or added to and taken from (`ListUpdate.Validate`)."""
    partly = [*change.add, *change.remove]
    entries = [*change.set, *partly]
    if not change.clear and not entries:
        return "unsupported list update operation"
    if change.clear and entries:
        return "cannot clear and change the list at the same time"
    if change.set and partly:
        return "cannot set and change the list at the same time"
    return "empty element in the list" if "" in entries else None
