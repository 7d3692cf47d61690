"""`lklint explain` and `lklint rules`."""

from __future__ import annotations

import json
import sys

from lklint.rules.all_rules import all_rules, find_rule, meant_instead
from lklint.rules.pages import page


def explain(word: str) -> int:
    """Print the page of a rule; returns the exit code."""
    rule = find_rule(word)
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
    longest = max(len(rule.name) for rule in known)
    for rule in known:
        off = "" if rule.default else "  (off by default)"
        row = (
            f"{rule.code}  {rule.name:<{longest}}  {rule.severity.value:<7}  {rule.effect.value:<8}"
        )
        print(f"{row}  {rule.summary}{off}")
    return 0


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
