"""An environment: everything that goes to one server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from lklint.documents.own_kinds import PHONE_NUMBERS
from lklint.telephony.message import Message
from lklint.telephony.phone_number_files import phone_numbers_of
from lklint.telephony.routing import Exchange, TrunkConflict, trunk_conflicts
from lklint.telephony.routing.probing import Probes
from lklint.telephony.routing.reaching import Miss, misses
from lklint.telephony.routing.versions import Version
from lklint.workspace.filed import Filed, home, id_of, may_be_one, server_id
from lklint.workspace.references import Directory, Reference

INBOUND = "inbound-trunk"
OUTBOUND = "outbound-trunk"
DISPATCH = "dispatch-rule"
PARTICIPANT = "sip-participant"


class Environment:
    """The resources of one server, by kind, in the order in which they were found.

    `name` is what people call it: its folder. It is `complete` where every file of it was looked
    for and could be read, so that what is not there is missing. Resources have ids of the server,
    or go by their place (`id_of`). They are `stored` where a server has them as they are: then
    nobody puts ids in the place of names any more. `variables` are what `"${NAME}"` stands for.
    They are `applied` where a `lklint.lock` lies beside them: `lklint apply` hands them over.
    """

    def __init__(
        self,
        name: str,
        resources: Mapping[str, Sequence[Filed]],
        complete: bool = True,
        stored: bool = False,
        variables: Mapping[str, str] = MappingProxyType({}),
        applied: bool = False,
    ) -> None:
        self.name = name
        self.complete = complete
        self.stored = stored
        self.variables = variables
        self.applied = applied
        self._resources = resources
        self._misses: dict[Version | None, tuple[Miss, ...]] = {}

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(found)} {kind}" for kind, found in self._resources.items())
        return f"<Environment {self.name}: {counts or 'nothing'}>"

    def replaced(self, resources: Mapping[str, Sequence[Filed]]) -> Environment:
        """The same with other resources of some kinds."""
        held = {**self._resources, **resources}
        return Environment(
            self.name, held, self.complete, self.stored, self.variables, self.applied
        )

    def of_kind(self, kind: str) -> Sequence[Filed]:
        """The resources of a kind ("inbound-trunk" …)."""
        return self._resources.get(kind, ())

    @property
    def first_file(self) -> str | None:
        """The first file of it, None where nothing is in it."""
        held = (found[0].file for found in self._resources.values() if found)
        return next(held, None)

    @property
    def inbound_trunks(self) -> Sequence[Filed]:
        return self.of_kind(INBOUND)

    @property
    def outbound_trunks(self) -> Sequence[Filed]:
        return self.of_kind(OUTBOUND)

    @property
    def dispatch_rules(self) -> Sequence[Filed]:
        """The rules as they are written; those of the exchange have ids for names."""
        return self.of_kind(DISPATCH)

    @property
    def participants(self) -> Sequence[Filed]:
        """The outgoing calls."""
        return self.of_kind(PARTICIPANT)

    @cached_property
    def directory(self) -> Directory:
        """Its trunks by id and name."""
        return Directory(
            self.inbound_trunks, self.outbound_trunks, self.dispatch_rules, not self.stored
        )

    def references(self) -> Iterator[Reference]:
        """Every entry of `trunk_ids`, and what it means."""
        for rule in self.dispatch_rules:
            yield from self.directory.references(rule)

    def is_settled(self, rule: Message) -> bool:
        """Whether it is known of a rule which trunks it is bound to, or that it is to none."""
        return _place(rule) not in self._unsettled

    @property
    def is_known(self) -> bool:
        """Whether all of it is known, so that the files tell where each call goes."""
        return self.complete and not self._unsettled

    def surely_bound_to(self, rule: Message) -> frozenset[str]:
        """The ids of the trunks that a rule is known to be bound to; an entry of which that is not
        known stands for itself."""
        written = self._unsettled.get(_place(rule))
        if written is None:
            return frozenset(rule.texts("trunk_ids"))
        return frozenset(
            id_of(reference.trunks[0]) if is_sure(reference) else str(reference.entry)
            for reference in self.directory.references(written)
        )

    @cached_property
    def _unsettled(self) -> dict[tuple[str, str], Filed]:
        """The rules, by place, of which some entry is not known."""
        return {
            _place(reference.rule): reference.rule
            for reference in self.references()
            if not is_sure(reference)
        }

    @cached_property
    def sure_of_trunks(self) -> bool:
        """Whether it is known of every rule which calls it is asked about.

        An id that no file has may be that of any trunk whose file has no id.
        """
        if all(server_id(trunk) is not None for trunk in self.inbound_trunks):
            return True
        return all(
            reference.meaning not in ("assumed", "unknown") or not _is_id(reference)
            for reference in self.references()
        )

    @cached_property
    def trunk_conflicts(self) -> tuple[TrunkConflict, ...]:
        """The trunks that claim the same calls, other than what may be one trunk."""
        return tuple(
            conflict
            for conflict in trunk_conflicts(self.exchange)
            if not may_be_one(home(conflict.trunk.message), home(conflict.other.message))
        )

    @cached_property
    def probes(self) -> Probes:
        """Calls that are made up for its rules."""
        return Probes(self.exchange)

    def misses(self, version: Version | None) -> tuple[Miss, ...]:
        """The rules that surely do not get the calls they are there for, on a livekit-server of a
        version: nothing is told where a file may be missing, or a trunk is not known."""
        if version not in self._misses:
            found = misses(self.probes, version) if self.complete else ()
            self._misses[version] = tuple(filter(self._is_sure, found))
        return self._misses[version]

    def _is_sure(self, found: Miss) -> bool:
        winner = None if found.instead is None else found.instead.rule
        rules = (found.rule,) if winner is None else (found.rule, winner)
        if self._words_of_phone_numbers & {found.rule.id, found.rule.name}:
            return False
        return all(self.is_settled(rule.message) for rule in rules)

    @cached_property
    def _words_of_phone_numbers(self) -> frozenset[str]:
        """The names and ids of the rules that LiveKit's own phone numbers lead to."""
        return frozenset(
            str(number.dispatch_rule)
            for file in self.of_kind(PHONE_NUMBERS)
            for number in phone_numbers_of(file)
        )

    @cached_property
    def exchange(self) -> Exchange:
        """Its trunks and rules as a server would read them, names replaced by ids."""
        return Exchange(
            _under_ids(self.inbound_trunks),
            _under_ids(self.directory.resolved(rule) for rule in self.dispatch_rules),
        )


def is_sure(reference: Reference) -> bool:
    """Whether it is known which trunk an entry means."""
    return reference.meaning in ("id", "name")


def _place(message: Message) -> tuple[str, str]:
    return home(message).file, message.pointer


def _is_id(reference: Reference) -> bool:
    return reference.entry.startswith("ST_")


def _under_ids(messages: Iterable[Filed]) -> Iterator[tuple[str, Filed]]:
    """Messages with their ids; what stands there twice is a copy, and gets an id of its own."""
    copies: dict[str, int] = {}
    for message in messages:
        name = id_of(message)
        copies[name] = copies.get(name, 0) + 1
        yield (name if copies[name] == 1 else f"{name} ({copies[name]})"), message
