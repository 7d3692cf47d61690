"""Dispatch rules (livekit/protocol v1.48.2 livekit/sip.go)."""

from __future__ import annotations

from typing import Any


def rule_has_no_id(request: Any) -> str | None:
    """A new rule gets its id from the server (`CreateSIPDispatchRuleRequest.Validate`)."""
    return "rule id must not be set" if request.dispatch_rule.sip_dispatch_rule_id else None


def has_rule(info: Any) -> str | None:
    """A dispatch rule says something (`SIPDispatchRuleInfo.Validate`); not yet of which kind."""
    return None if info.HasField("rule") else "missing rule"
