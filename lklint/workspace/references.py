"""Which trunks a dispatch rule is bound to.

LiveKit compares ids and nothing else. In files a rule may also give the name of an inbound trunk:
lklint puts the id in its place when it talks to the server, as it knows it only then.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from lklint.telephony.message import Text
from lklint.telephony.trunk_ids import classify_trunk_id
from lklint.workspace.filed import Filed, id_of, server_id

Meaning = Literal["id", "name", "assumed", "phone-number", "several", "outbound", "unknown"]
"""What an entry of `trunk_ids` is:

- id, name: that of an inbound trunk of the workspace;
- assumed: an id that no file has, where only one trunk can be meant;
- phone-number: a phone number of LiveKit's own (`PN_…`), which no trunk file has;
- several: the name of more than one inbound trunk;
- outbound: the id or name of an outbound trunk;
- unknown: none of these.
"""


class Reference(NamedTuple):
    """An entry of `trunk_ids`, what it is, and the trunks it may mean."""

    rule: Filed
    entry: Text
    meaning: Meaning
    trunks: tuple[Filed, ...] = ()


class Directory:
    """The trunks of an environment by their ids and names.

    `by_name` tells whether a rule may give the name of a trunk.
    """

    def __init__(
        self,
        inbound: Sequence[Filed],
        outbound: Sequence[Filed],
        rules: Sequence[Filed],
        by_name: bool = True,
    ) -> None:
        self._ids = {id_of(trunk): trunk for trunk in inbound}
        self._outbound = outbound
        self._rules = rules
        self._by_name = by_name

    @cached_property
    def names(self) -> list[str]:
        """The names of the inbound trunks."""
        return list(self._names)

    def called(self, name: str) -> Sequence[Filed]:
        """The inbound trunks of a name."""
        return self._names.get(name, ())

    @property
    def outbound_words(self) -> Collection[str]:
        """The ids and names of the outbound trunks."""
        return self._outbound_by_word

    def references(self, rule: Filed) -> tuple[Reference, ...]:
        """What a rule is bound to, entry by entry."""
        return tuple(self._reference(rule, entry) for entry in rule.texts("trunk_ids"))

    def resolved(self, rule: Filed) -> Filed:
        """A rule with ids in its `trunk_ids`, as the server will have it."""
        key = rule.key("trunk_ids")
        if key is None or all(entry in self._ids for entry in rule.value[key]):
            return rule
        meant = [self._reference(rule, entry) for entry in rule.texts("trunk_ids")]
        ids = [id_of(found.trunks[0]) if _certain(found) else str(found.entry) for found in meant]
        return Filed({**rule.value, key: ids}, rule.pointer, rule.file)

    def _reference(self, rule: Filed, entry: Text) -> Reference:
        if entry in self._ids:
            return Reference(rule, entry, "id", (self._ids[entry],))
        named = self.called(entry) if self._by_name else ()
        if named:
            return Reference(rule, entry, "name" if len(named) == 1 else "several", tuple(named))
        if entry.startswith("PN_"):
            return Reference(rule, entry, "phone-number")
        outbound = self._outbound_by_word.get(entry)
        if outbound:
            return Reference(rule, entry, "outbound", tuple(outbound))
        assumed = self._assumed.get(entry)
        if assumed is not None:
            return Reference(rule, entry, "assumed", (assumed,))
        return Reference(rule, entry, "unknown")

    @cached_property
    def _names(self) -> dict[str, list[Filed]]:
        named: dict[str, list[Filed]] = {}
        for trunk in self._ids.values():
            name = trunk.get("name")
            if isinstance(name, str) and name:
                named.setdefault(name, []).append(trunk)
        return named

    @cached_property
    def _outbound_by_word(self) -> dict[str, list[Filed]]:
        """The outbound trunks by id and by name."""
        found: dict[str, list[Filed]] = {}
        for trunk in self._outbound:
            for word in {server_id(trunk), trunk.text("name")} - {None}:
                found.setdefault(str(word), []).append(trunk)
        return found

    @cached_property
    def _assumed(self) -> Mapping[str, Filed]:
        """Files for `create` have no ids. One trunk without and one id without are taken for each
        other."""
        nameless = [trunk for trunk in self._ids.values() if server_id(trunk) is None]
        if len(nameless) != 1:
            return {}
        others = {server_id(trunk) for trunk in self._outbound}
        unknown = {
            entry
            for rule in self._rules
            for entry in rule.get("trunk_ids") or ()
            if isinstance(entry, str) and entry.startswith("ST_")
            if classify_trunk_id(entry) == "fine" and entry not in self._ids
            if entry not in others
        }
        return dict.fromkeys(unknown, nameless[0]) if len(unknown) == 1 else {}


def _certain(reference: Reference) -> bool:
    return reference.meaning in ("id", "name", "assumed")
