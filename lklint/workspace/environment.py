"""An environment: everything that goes to one server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from lklint.telephony.routing import Exchange
from lklint.workspace.filed import Filed, id_of, server_id
from lklint.workspace.references import Directory, Reference

INBOUND = "inbound-trunk"
OUTBOUND = "outbound-trunk"
DISPATCH = "dispatch-rule"


class Environment:
    """The resources of one server, by kind, in the order in which they were found.

    `name` is what people call it: its folder. It is `complete` where every file of it was looked
    for and could be read, so that what is not there is missing. Resources have ids of the server,
    or go by their place (`id_of`).
    """

    def __init__(
        self, name: str, resources: Mapping[str, Sequence[Filed]], complete: bool = True
    ) -> None:
        self.name = name
        self.complete = complete
        self._resources = resources

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(found)} {kind}" for kind, found in self._resources.items())
        return f"<Environment {self.name}: {counts or 'nothing'}>"

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

    @cached_property
    def directory(self) -> Directory:
        """Its trunks by id and name."""
        return Directory(self.inbound_trunks, self.outbound_trunks, self.dispatch_rules)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every entry of `trunk_ids`, and what it means."""
        return tuple(
            reference
            for rule in self.dispatch_rules
            for reference in self.directory.references(rule)
        )

    @cached_property
    def sure_of_trunks(self) -> bool:
        """Whether it is known of every rule which calls it is asked about.

        An id that no file has may be that of any trunk whose file has no id.
        """
        if all(server_id(trunk) is not None for trunk in self.inbound_trunks):
            return True
        return all(
            reference.meaning not in ("assumed", "unknown") or not _is_id(reference)
            for reference in self.references
        )

    @cached_property
    def exchange(self) -> Exchange:
        """Its trunks and rules as a server would read them, names replaced by ids."""
        return Exchange(
            _under_ids(self.inbound_trunks),
            _under_ids(self.directory.resolved(rule) for rule in self.dispatch_rules),
        )


def _is_id(reference: Reference) -> bool:
    return reference.entry.startswith("ST_")


def _under_ids(messages: Iterable[Filed]) -> Iterator[tuple[str, Filed]]:
    """Messages with their ids; what stands there twice is a copy, and gets an id of its own."""
    copies: dict[str, int] = {}
    for message in messages:
        name = id_of(message)
        copies[name] = copies.get(name, 0) + 1
        yield (name if copies[name] == 1 else f"{name} ({copies[name]})"), message
