"""Every rule's page has the fixed headings, and its examples do what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from checking import check_in_folder

from lklint.checker.run import check_all
from lklint.findings import Effect, Finding, Severity
from lklint.rules.all_rules import FAMILIES, all_rules, find_rule
from lklint.rules.pages import HEADINGS, Example, examples, headings
from lklint.rules.registry import Rule
from lklint.settings import Settings

RULES = list(all_rules().values())
FORMS = ("create", "update", "any")
FAMILIES_FOLDER = Path(__file__).parent.parent / "lklint" / "rules"


def settings_of(example: Example, rule: Rule) -> Settings:
    words = list(example.words)
    options = dict(word.split("=", 1) for word in words if "=" in word)
    plain = [word for word in words if "=" not in word]
    server = options.get("server")
    return Settings(
        form=next((word for word in plain if word in FORMS), "create"),
        kind=next((word for word in plain if word not in FORMS), None),
        agents=frozenset(options["agents"].split(",")) if "agents" in options else None,
        target=options.get("target"),
        server_version=tuple(map(int, server.split("."))) if server else None,  # type: ignore[arg-type]
        default_region=options.get("region"),
        enabled=frozenset((rule.code,)),
    )


def findings_of(example: Example, rule: Rule) -> list[Finding]:
    options = dict(word.split("=", 1) for word in example.words if "=" in word)
    text = re.sub("«([0-9]+) letters»", lambda match: "x" * int(match[1]), example.text)
    data = text.encode(options.get("encoding", "utf-8"))
    data = data.ljust(int(options.get("size", 0)))
    if example.files:
        return list(check_in_folder({**dict(example.files), "example.json": data}).findings)
    documents = [("example.json", data)]
    return list(check_all(documents, settings_of(example, rule)).findings)


def shown(heading: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.code}-{number}")
        for rule in RULES
        for number, example in enumerate(examples(rule, heading), 1)
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_has_every_heading_and_a_summary(rule: Rule) -> None:
    assert headings(rule) == HEADINGS
    assert rule.summary.endswith(".")
    assert examples(rule, "Example")
    assert examples(rule, "Instead")


@pytest.mark.parametrize(("rule", "example"), shown("Example"))
def test_the_bad_example_is_found(rule: Rule, example: Example) -> None:
    assert rule.code in [finding.code for finding in findings_of(example, rule)]


@pytest.mark.parametrize(("rule", "example"), shown("Instead"))
def test_the_better_example_is_good(rule: Rule, example: Example) -> None:
    found = findings_of(example, rule)
    assert rule.code not in [finding.code for finding in found]
    bad = [f for f in found if f.severity is Severity.ERROR or f.effect is Effect.REJECTED]
    assert [(finding.code, finding.headline) for finding in bad] == []


def test_codes_and_names_are_unique_and_well_formed() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.code[:2] == "LK"
        assert rule.code[2:].isdigit()
        assert len(rule.code) == 5
        assert rule.name == rule.name.lower()
        assert find_rule(rule.name) is rule
        assert find_rule(rule.code.lower()) is rule


def test_the_families_tell_what_their_rules_look_at() -> None:
    """`FAMILIES` decides which modules are loaded for a kind of file, so it must be true."""
    there = {file.stem for file in FAMILIES_FOLDER.glob("*.py") if "@rule(" in file.read_text()}
    assert there - {"registry"} == set(FAMILIES)
    for family, subjects in FAMILIES.items():
        module = f"lklint.rules.{family}"
        own = [rule for rule in RULES if rule.check.__module__ == module]
        assert {s.__name__ for rule in own for s in rule.subjects} == set(subjects.split()), family


def test_a_refused_document_is_an_error() -> None:
    quiet = [
        r.code for r in RULES if r.effect is Effect.REJECTED and r.severity is not Severity.ERROR
    ]
    assert quiet == []
