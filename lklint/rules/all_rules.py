"""Loading every family, and finding rules by code, name or subject."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import import_module

from lklint.rules.registry import RULES, Rule

FAMILIES = (
    "text", "characters", "shape", "fields", "forms", "requests", "values", "secrets",
    "numbers", "callers", "rule_numbers", "inbound", "addresses", "outbound", "transport",
    "caller_numbers", "participant", "callees", "inline_trunk", "dispatch", "dispatch_fields",
    "rooms", "hidden_numbers", "pins", "agents", "agent_fields", "headers", "media",
)  # fmt: skip
"""The modules of this folder that hold rules."""


@lru_cache(maxsize=1)
def all_rules() -> dict[str, Rule]:
    """Every rule by its code, in order of the codes."""
    for family in FAMILIES:
        import_module(f"lklint.rules.{family}")
    return dict(sorted(RULES.items()))


@cache
def rules_for(subject: type) -> tuple[Rule, ...]:
    """The rules that look at a subject of this type."""
    return tuple(rule for rule in all_rules().values() if subject in rule.subjects)


def find_rule(word: str) -> Rule | None:
    """The rule with this code or name, in any case, or None."""
    plain = word.strip().lower().replace("_", "-")
    for rule in all_rules().values():
        if plain in (rule.code.lower(), rule.name):
            return rule
    return None
