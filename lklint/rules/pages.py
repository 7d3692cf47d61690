"""The page of a rule: one text that is `explain`, the documentation and the help in reports."""

from __future__ import annotations

import re
from inspect import cleandoc
from typing import NamedTuple

from lklint.rules.registry import Rule

HEADINGS = ("What it finds", "Why it matters", "Example", "Instead", "Fix", "Evidence")
_FENCE = re.compile(r"^```json(?P<about>[^\n]*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)


class Example(NamedTuple):
    """A document on a page. `words` are those after "json": the kind, a form, `key=value`."""

    words: tuple[str, ...]
    text: str


def page(rule: Rule) -> str:
    """The page of a rule as Markdown, with its title and its facts on top."""
    body = cleandoc(rule.documentation)
    state = "" if rule.default else " · off by default"
    facts = f"{rule.severity.value} · {rule.effect.value}{state}"
    return f"# {rule.code} {rule.name}\n\n{facts}\n\n{body}\n"


def section(rule: Rule, heading: str) -> str:
    """The text under one heading, "" where the page lacks it."""
    body = cleandoc(rule.documentation)
    match = re.search(rf"^## {heading}$\n(.*?)(?=^## |\Z)", body, re.DOTALL | re.MULTILINE)
    return match[1].strip() if match else ""


def headings(rule: Rule) -> tuple[str, ...]:
    """The headings of a page, in order."""
    return tuple(re.findall(r"^## (.+)$", cleandoc(rule.documentation), re.MULTILINE))


def examples(rule: Rule, heading: str) -> tuple[Example, ...]:
    """The documents shown under a heading."""
    return tuple(
        Example(tuple(match["about"].split()), match["text"])
        for match in _FENCE.finditer(section(rule, heading))
    )
