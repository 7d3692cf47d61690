"""A plan: what will be done to a server, in which order, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from google.protobuf.message import Message

from lklint.protocol.messages import Kind
from lklint.reconcile.normal import Difference
from lklint.reconcile.wanted import Wanted

Action = Literal["create", "change", "delete", "buy", "assign"]
"""What is done: to a trunk or a rule the first three, to a phone number the others."""


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One write. `id` is "" for what has none yet; `file` is "" where no file has it.

    `stored` is what the server had when the plan was made, and `sent` what takes its place.
    `why` is a word on a step that nobody would expect.
    """

    action: Action
    kind: Kind
    name: str
    id: str = ""
    file: str = ""
    differences: tuple[Difference, ...] = ()
    lost: tuple[str, ...] = ()
    why: str = ""
    wanted: Wanted | None = field(default=None, repr=False)
    stored: Message | None = field(default=None, repr=False)
    number: str = ""
    rule: str = ""

    @property
    def title(self) -> str:
        """What people call it: "inbound trunk twilio"."""
        return title(self.kind, self.number or self.name or self.file or self.id)

    @property
    def place(self) -> str:
        """What the lock knows it by."""
        return self.number if self.wanted is None else self.wanted.place


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A resource that is as the files want it; `found` tells that no lock knew of it."""

    kind: Kind
    name: str
    id: str
    file: str
    wanted: Wanted | None = field(default=None, repr=False)
    found: bool = False
    unseen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Unmanaged:
    """A resource of the server that no file has; `ours` tells that lklint made or found it once."""

    kind: Kind
    name: str
    id: str
    ours: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """All of it. With a `problem`, nothing of it may be done.

    The steps of a stage may be done in any order. `seal` is equal for two plans that were made of
    the same files and the same server, and tells nothing else.
    """

    url: str
    stages: tuple[tuple[Step, ...], ...]
    kept: tuple[Kept, ...] = ()
    unmanaged: tuple[Unmanaged, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    seal: str = ""

    @property
    def steps(self) -> Iterator[Step]:
        """Every step, in order."""
        for stage in self.stages:
            yield from stage


def title(kind: str, name: str) -> str:
    """A resource as people call it."""
    return f"{kind.replace('-', ' ')} {name}"
