"""What the `trunk_ids` of rules mean in files, where trunks have names and often no ids yet."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from lklint.telephony.routing import Route
from lklint.telephony.routing.stored import Rule, Trunk
from lklint.telephony.routing.words import named
from lklint.workspace.environment import Environment
from lklint.workspace.filed import Filed, home, server_id
from lklint.workspace.references import Reference


class Bindings:
    """The rules of an environment as they are written, and which trunks their entries mean."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def of(self, rule: Rule) -> tuple[Reference, ...]:
        """What a rule is bound to, entry by entry."""
        found = home(rule.message)
        written = self._written.get((found.file, found.pointer))
        return () if written is None else self._environment.directory.references(written)

    def missed(self, rule: Rule) -> Iterator[str]:
        """Why entries of a rule lead to no inbound trunk, each in a clause."""
        for reference in self.of(rule):
            if reference.meaning == "unknown":
                nowhere = "the server has no" if self._environment.stored else "no file has"
                yield f'{nowhere} "{reference.entry}"'
            elif reference.meaning == "outbound":
                yield f'"{reference.entry}" is an outbound trunk'
            elif reference.meaning == "several":
                yield f'"{reference.entry}" is the name of several trunks'
            elif reference.meaning == "phone-number":
                yield f'"{reference.entry}" is a phone number of LiveKit\'s own'

    def remarks(self, rule: Rule, trunk: Trunk) -> Iterator[str]:
        """What a reader has to know of how a rule is bound to the trunk of a call."""
        for reference in self.of(rule):
            if not any(_is_same(found, trunk) for found in reference.trunks):
                continue
            if reference.meaning == "name":
                yield (
                    f'Rule {named(rule)} gives the name of its trunk, "{reference.entry}": lklint '
                    "puts the id in its place. `lk` alone stores the name, and no call matches it."
                )
            elif reference.meaning == "assumed":
                yield _guess(rule, reference, trunk)

    def guesses(self, found: Route) -> Iterator[str]:
        """The ids in the rule of a call that were taken for its trunk without anybody saying so."""
        if found.rule is None or found.trunk is None:
            return
        for reference in self.of(found.rule):
            if reference.meaning == "assumed" and _is_same(reference.trunks[0], found.trunk):
                yield _guess(found.rule, reference, found.trunk)

    @cached_property
    def _written(self) -> dict[tuple[str, str], Filed]:
        return {(rule.file, rule.pointer): rule for rule in self._environment.dispatch_rules}


def has_id(thing: Trunk | Rule) -> bool:
    """Whether LiveKit has given a trunk or a rule its id already."""
    return server_id(thing.message) is not None


def _guess(rule: Rule, reference: Reference, trunk: Trunk) -> str:
    return (
        f'Rule {named(rule)} is bound to "{reference.entry}", which no file has. It is '
        f"taken for trunk {named(trunk)}, the only one whose file has no id."
    )


def _is_same(found: Filed, trunk: Trunk) -> bool:
    there = home(trunk.message)
    return (found.file, found.pointer) == (there.file, there.pointer)
