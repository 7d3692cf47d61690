"""`lklint explain` and `lklint rules`."""

from __future__ import annotations

import json
import sys

from lklint.rules.all_rules import all_rules, find_rule, meant_instead, rules_below
from lklint.rules.pages import page
from lklint.rules.registry import Rule


def explain(word: str) -> int:
    """Print the page of a rule, or the rules of a family (LK3); returns the exit code."""
    rule = find_rule(word)
    family = rules_below(word) if rule is None else []
    if family:
        _print_table(family)
        return 0
    if rule is None:
        print(f"lklint: there is no rule {word!r}{meant_instead(word)}", file=sys.stderr)
        return 2
    print(page(rule), end="")
    return 0


def table(output_format: str) -> int:
    """Print every rule; returns the exit code."""
    known = list(all_rules().values())
    if output_format == "json":
        print(json.dumps([_facts(rule.code) for rule in known], indent=2))
        return 0
    _print_table(known)
    return 0


def _print_table(rules: list[Rule]) -> None:
    longest = max(len(rule.name) for rule in rules)
    for rule in rules:
        off = "" if rule.default else "  (off by default)"
        row = (
            f"{rule.code}  {rule.name:<{longest}}  {rule.severity.value:<7}  {rule.effect.value:<8}"
        )
        print(f"{row}  {rule.summary}{off}")


def _facts(code: str) -> dict[str, object]:
    rule = all_rules()[code]
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "effect": rule.effect.value,
        "default": rule.default,
        "summary": rule.summary,
        "page": page(rule),
    }
