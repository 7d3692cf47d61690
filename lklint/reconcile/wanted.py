"""What the files want: a message for each resource, with values of the environment in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from google.protobuf.message import Message

from lklint.protocol.messages import ID_FIELDS, Kind, UnreadableValue, read
from lklint.reconcile.normal import leaves
from lklint.telephony.phone_number_files import phone_numbers_of
from lklint.telephony.variables import resolve
from lklint.workspace.environment import Environment
from lklint.workspace.filed import Filed, server_id
from lklint.workspace.locked import place_in

KINDS: tuple[Kind, ...] = ("inbound-trunk", "outbound-trunk", "dispatch-rule")
"""The kinds that are applied, in the order in which one needs the other."""

TO_BE_MADE = " (to be made)"
"""Behind a place, this stands where the id of a resource will stand that is not there yet."""


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """A resource of a file.

    `place` is the file from the environment's folder on, with the JSON pointer where a file holds
    several; `id` is that in the file, "" for none. `covered` are the paths whose values come from
    the environment and are not shown; `waiting` has, by path, the variables that a value lacks. The
    message may hold secrets.
    """

    kind: Kind
    name: str
    file: str
    place: str
    id: str
    message: Message = field(repr=False)
    covered: frozenset[str] = frozenset()
    waiting: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    source: Filed | None = field(default=None, repr=False)
    """The same as a JSON value."""

    @property
    def token(self) -> str:
        """What stands for its id as long as it has none."""
        return self.place + TO_BE_MADE

    def with_message(self, message: Message) -> Wanted:
        """The same with another message."""
        return replace(self, message=message)


@dataclass(frozen=True, slots=True)
class WantedNumber:
    """A phone number, and the name or id of its dispatch rule: None for none."""

    number: str
    rule: str | None
    file: str


@dataclass(frozen=True, slots=True)
class Wants:
    """All that the files of an environment want; `problems` are lines on what is in the way."""

    folder: str
    resources: tuple[Wanted, ...]
    numbers: tuple[WantedNumber, ...] = ()
    problems: tuple[str, ...] = ()
    calls: int = 0
    complete: bool = True


def wants(environment: Environment, variables: Mapping[str, str]) -> Wants:
    """What an environment wants; `${NAME}` is looked up in the variables."""
    resources: list[Wanted] = []
    problems: list[str] = []
    for kind in KINDS:
        for source in environment.of_kind(kind):
            try:
                resource, missing = _wanted(kind, source, environment.name, variables)
            except UnreadableValue as error:
                problems.append(f"{source.file}: {error}")
                continue
            resources.append(resource)
            problems += (f"{source.file}: {name} is not set" for name in missing)
    numbers = list(_numbers(environment, variables, problems))
    return Wants(
        environment.name,
        tuple(resources),
        tuple(numbers),
        tuple(problems),
        len(environment.participants),
        environment.complete,
    )


def _wanted(
    kind: Kind, source: Filed, folder: str, variables: Mapping[str, str]
) -> tuple[Wanted, Sequence[str]]:
    """A resource, and the variables it lacks. Raises `UnreadableValue`."""
    filled, missing = resolve(source.value, variables)
    message = read(kind, filled)
    covered = _from_variables(kind, source.value, message) if filled != source.value else ()
    waiting = _waiting(kind, source.value, variables) if missing else {}
    place = place_in(source, folder)
    id = server_id(source) or ""
    name = cast("Any", message).name
    message.ClearField(ID_FIELDS[kind])
    as_sent = Filed(filled, source.pointer, source.file)
    wanted = Wanted(
        kind, name, source.file, place, id, message, frozenset(covered), waiting, as_sent
    )
    return wanted, missing


def _from_variables(kind: Kind, value: Any, message: Message) -> Iterator[str]:
    """The paths of which the value is not as it stands in the file."""
    filled = leaves(kind, message)
    written = _written(kind, value)  # nothing, where a value is none before it is filled in
    for path, leaf in filled.items():
        if written.get(path) != leaf:
            yield path


def _waiting(kind: Kind, value: Any, variables: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """The variables that values wait for, by the paths of the values."""
    lacking = {
        path: resolve(leaf, variables).missing for path, leaf in _written(kind, value).items()
    }
    return {path: names for path, names in lacking.items() if names}


def _written(kind: Kind, value: Any) -> Mapping[str, Any]:
    """The values by path as they stand in the file; none where it is no message as it stands."""
    try:
        return leaves(kind, read(kind, value))
    except UnreadableValue:
        return {}


def _numbers(
    environment: Environment, variables: Mapping[str, str], problems: list[str]
) -> Iterator[WantedNumber]:
    files: dict[str, str] = {}
    for source in environment.of_kind("phone-numbers"):
        filled, missing = resolve(source.value, variables)
        problems += (f"{source.file}: {name} is not set" for name in missing)
        for entry in phone_numbers_of(Filed(filled, source.pointer, source.file)):
            number = str(entry.number)
            if number in files:
                problems.append(f"{source.file}: {number} stands in {files[number]} already")
                continue
            files[number] = source.file
            rule = None if entry.dispatch_rule is None else str(entry.dispatch_rule)
            yield WantedNumber(number, rule, source.file)
