"""Loading every family, and finding rules by code, name or subject."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import import_module
from typing import Any

from lklint.rules.registry import RULES, Rule

FAMILIES = {
    "text": "Problem Failure",
    "not_json": "Problem",
    "characters": "Problem",
    "shape": "Failure",
    "fields": "Failure UnknownField",
    "forms": "Document Failure",
    "requests": "Document InboundTrunk OutboundTrunk DispatchRule Participant",
    "versions": "InboundTrunk OutboundTrunk DispatchRule Participant",
    "values": "InboundTrunk OutboundTrunk DispatchRule Participant",
    "secrets": "InboundTrunk OutboundTrunk DispatchRule Participant",
    "numbers": "InboundTrunk",
    "callers": "InboundTrunk",
    "rule_numbers": "DispatchRule",
    "inbound": "Failure InboundTrunk",
    "inbound_fields": "Failure InboundTrunk OutboundTrunk DispatchRule Participant",
    "addresses": "InboundTrunk",
    "outbound": "Failure OutboundTrunk Participant",
    "transport": "OutboundTrunk Participant",
    "caller_numbers": "Failure OutboundTrunk",
    "caller_formats": "OutboundTrunk Participant",
    "participant": "Failure Participant",
    "callees": "Failure Participant",
    "inline_trunk": "Failure Participant",
    "dispatch": "Failure DispatchRule",
    "dispatch_fields": "DispatchRule",
    "rooms": "DispatchRule",
    "hidden_numbers": "DispatchRule",
    "pins": "DispatchRule",
    "agents": "DispatchRule",
    "agent_fields": "DispatchRule",
    "headers": "Failure InboundTrunk OutboundTrunk Participant",
    "header_maps": "InboundTrunk OutboundTrunk Participant",
    "media": "Failure InboundTrunk OutboundTrunk DispatchRule Participant",
    "providers": "OutboundTrunk Participant",
    "providers_inbound": "InboundTrunk",
    "providers_login": "OutboundTrunk Participant",
    "providers_numbers": "OutboundTrunk Participant",
    "own_files": "Failure",
    "expectations": "Environment",
    "expectation_files": "CallExpectations",
    "livekit_numbers": "PhoneNumbers Environment",
    "workspace_trunks": "Environment",
    "workspace_conflicts": "Environment",
    "workspace_references": "Environment",
    "workspace_assumed": "Environment",
    "workspace_reach": "Environment",
    "workspace_spellings": "Environment",
    "workspace_shadows": "Environment",
    "workspace_pins": "Environment",
    "workspace_callers": "Environment",
    "workspace_coverage": "Environment",
    "workspace_doors": "Environment",
    "workspace_duplicates": "Environment",
    "workspace_calls": "Environment",
    "workspace_agents": "Environment",
    "accepted": "StaleIgnore StaleBaseline",
}
"""The modules of this folder that hold rules, and the types of what their rules look at.

A file is checked without loading the rules about other kinds of files; importing takes time.
"""


@lru_cache(maxsize=1)
def all_rules() -> dict[str, Rule]:
    """Every rule by its code, in order of the codes."""
    for family in FAMILIES:
        import_module(f"lklint.rules.{family}")
    return dict(sorted(RULES.items()))


@cache
def rules_for(subject: type[Any]) -> tuple[Rule, ...]:
    """The rules that look at a subject of this type, in order of their codes."""
    for family, subjects in FAMILIES.items():
        if subject.__name__ in subjects.split():
            import_module(f"lklint.rules.{family}")
    return tuple(rule for _, rule in sorted(RULES.items()) if subject in rule.subjects)


@cache
def rules_by_word(subject: type) -> dict[str, Rule]:
    """The rules that look at a subject of this type, by code and by name."""
    return {word: rule for rule in rules_for(subject) for word in (rule.code, rule.name)}


def needs_all_files(code: str) -> bool:
    """Whether a rule looks at a whole workspace; some files alone do not show what it finds."""
    rule = all_rules().get(code)
    return rule is not None and any(kind.__name__ == "Environment" for kind in rule.subjects)


def find_rule(word: str) -> Rule | None:
    """The rule with this code or name, in any case, or None."""
    plain = word.strip().lower().replace("_", "-")
    for rule in all_rules().values():
        if plain in (rule.code.lower(), rule.name):
            return rule
    return None


def rules_below(prefix: str) -> list[Rule]:
    """The rules whose codes begin with a prefix such as LK3."""
    plain = prefix.strip().upper()
    return [rule for code, rule in all_rules().items() if code.startswith(plain)] if plain else []


def meant_instead(word: str) -> str:
    """The end of a sentence about a word that is no rule: which rule was likely meant."""
    from difflib import get_close_matches

    known = [name for rule in all_rules().values() for name in (rule.code, rule.name)]
    near = get_close_matches(word.lower(), known, 1) or get_close_matches(word.upper(), known, 1)
    short = word[:2].upper() == "LK" and len(word) < 5
    return f"; did you mean {near[0]}?" if near and not short else "; `lklint rules` lists them"
