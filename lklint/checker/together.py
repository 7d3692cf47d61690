"""What documents are together: the rules about a whole environment, and where they point."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from lklint.documents.document import Document
from lklint.documents.own_kinds import OWN_KINDS
from lklint.findings import Finding, Source
from lklint.rules.found import Found
from lklint.rules.registry import Rule
from lklint.settings import Settings
from lklint.workspace.gathering import Gathering

if TYPE_CHECKING:
    from lklint.workspace.environment import Environment

SettingsOf = Callable[[str], Settings]
"""The settings that a file is checked with."""
ReadFile = Callable[[str], bytes]
"""The bytes of a file. Raises OSError where it cannot be read any more."""
Told = tuple[Finding, tuple[Source, ...]]
"""A finding, and the texts that it points into, that of its own file first."""

_ABOUT_NAMES = ("LK127", "LK421")
"""Rules about single files that cannot tell what is the name of a trunk in another file."""


class Together:
    """Collects the documents of a run. `variables` are what `"${NAME}"` stands for in them."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.gathering = Gathering(variables)

    def add(
        self,
        file: str,
        document: Document | None,
        folder: str,
        clean: bool = True,
        kind: str = "",
    ) -> None:
        """Take in a document that goes to the server of a folder; None for one nobody can read.

        `kind` is what that one was taken for: without a file of lklint's own, nothing is lacking on
        the server.
        """
        if document is not None:
            self.gathering.add(file, document, folder, clean)
        elif kind in OWN_KINDS:
            self.gathering.unread.append(file)
        else:
            self.gathering.lacks(folder, file)

    def findings(
        self, settings_of: SettingsOf, read: ReadFile, complete: Callable[[str], bool]
    ) -> Iterator[Told]:
        """What the documents do to each other. `complete` is asked about folders."""
        if self.gathering.relates():
            environments = self.gathering.environments(shown_folder, complete)
            yield from environment_findings(environments, settings_of, read)

    def without_names(self, findings: list[Finding]) -> list[Finding]:
        """What was found in single files, less what was said of entries of `trunk_ids` that are the
        name of a trunk after all: "T1", or a phone number, may be one."""
        if not any(finding.code in _ABOUT_NAMES for finding in findings):
            return findings
        names = {
            (reference.rule.file, reference.entry.pointer)
            for environment in self.gathering.environments(shown_folder, lambda folder: False)
            for reference in environment.references()
            if reference.meaning in ("name", "several")
        }
        return [
            finding
            for finding in findings
            if finding.code not in _ABOUT_NAMES or (finding.file, finding.pointer) not in names
        ]


def environment_findings(
    environments: Iterable[Environment], settings_of: SettingsOf, read: ReadFile
) -> Iterator[Told]:
    """What the rules find in whole environments, and the texts that they point into."""
    from lklint.checker.locate import Locators

    locators = Locators(read, settings_of)
    for environment in environments:
        for rule, found in judge_environment(environment, settings_of):
            others = (place.file for place, _ in found.related if place.file)
            files = dict.fromkeys((found.place.file, *others))
            yield locators.finding(rule, found), tuple(map(locators.source, files))


def without_replaced(findings: list[Finding], told: Iterable[Finding]) -> list[Finding]:
    """What was found, less what a rule about an environment says better of the same place."""
    from lklint.rules.registry import RULES

    better = {
        (RULES[finding.code].replaces, finding.file, finding.pointer)
        for finding in told
        if RULES[finding.code].replaces
    }
    if not better:
        return findings
    return [at for at in findings if (at.code, at.file, at.pointer) not in better]


def judge_environment(
    environment: Environment, settings_of: SettingsOf
) -> Iterator[tuple[Rule, Found]]:
    """What every rule about whole environments finds in one."""
    from lklint.rules.all_rules import rules_for
    from lklint.workspace.environment import Environment

    first = environment.first_file
    if first is None:
        return
    settings = settings_of(first)
    for rule in rules_for(Environment):
        for found in rule.check(environment, settings):
            if settings_of(found.place.file).wants(rule.code, rule.default):
                yield rule, found


@lru_cache(maxsize=1024)
def shown_folder(folder: str) -> str:
    """A folder as people know it: from here on, where it is not elsewhere."""
    try:
        below = os.path.relpath(folder)
    except ValueError:
        return folder
    return folder if below.startswith("..") else below
