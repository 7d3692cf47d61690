"""The page of a rule: one text that is `explain`, the documentation and the help in reports."""

import re
from inspect import cleandoc
from typing import NamedTuple

from lklint.rules.registry import Rule

HEADINGS = ("What it finds", "Why it matters", "Example", "Instead", "Fix", "Evidence")
FAMILIES = {
    "0": "The text",
    "1": "The shape of a file",
    "2": "Phone numbers",
    "3": "Trunks and outgoing calls",
    "4": "Dispatch rules, rooms and PINs",
    "5": "Agents",
    "6": "Headers and media",
    "7": "The workspace: what files do to each other",
    "8": "Providers",
}
"""What the rules of a family are about, by the first digit of their codes."""
_FENCE = re.compile(r"^```\w+ ?(?P<about>[^\n]*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)


class Example(NamedTuple):
    """A document on a page. `words` are those after "json": the kind, a form, `key=value`.

    `files` are what is shown before it, by file name: a configuration, a baseline.
    """

    words: tuple[str, ...]
    text: str
    files: tuple[tuple[str, str], ...] = ()


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
    """The documents shown under a heading. A fence that names a file is no document of its own."""
    found: list[Example] = []
    files: list[tuple[str, str]] = []
    for fence in _FENCE.finditer(section(rule, heading)):
        about = fence["about"]
        if about.endswith((".toml", ".json")):
            files.append((about, fence["text"]))
        else:
            found.append(Example(tuple(about.split()), fence["text"], tuple(files)))
            files = []
    return tuple(found)
