"""What a pull does: which file says what afterwards. Plain data; `making` makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from lklint.protocol.messages import Kind
from lklint.reconcile.lock import Entry, Lock
from lklint.reconcile.normal import Difference
from lklint.reconcile.pulling.secrets import Variables
from lklint.reconcile.wanted import Wants
from lklint.workspace.environment import Environment

Mark = Literal["new", "changed", "same"]


@dataclass(frozen=True, slots=True)
class Here:
    """What there is before a pull: an environment, what its files want, and its lock.

    `read` gives the bytes of a file (it raises OSError); `is_usable` tells of the path of a new
    file whether it would be found again.
    """

    environment: Environment
    wants: Wants
    lock: Lock
    variables: Mapping[str, str] = field(repr=False)
    read: Callable[[str], bytes]
    is_usable: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Pulled:
    """A resource of the server and its file. `differences` lead from the file to the server."""

    mark: Mark
    kind: Kind
    name: str
    id: str
    file: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class FileChange:
    """The bytes of a file before (None for a new one) and after."""

    before: bytes | None = field(repr=False)
    after: bytes = field(repr=False)


@dataclass(slots=True)
class Pull:
    """All of it. With a `problem`, nothing of it may be done.

    `entries` are for the lock; `refused` are lines on what is written into no file.
    """

    variables: Variables
    items: list[Pulled] = field(default_factory=list)
    files: dict[str, FileChange] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
