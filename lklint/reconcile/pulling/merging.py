"""Changing a file so that it says what the server has, and leaving all else in it as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import Message

from lklint.documents.edits import Add, Change, Remove, Replace, apply
from lklint.documents.edits import resolve as placed
from lklint.documents.pointer import join, tokens
from lklint.documents.tolerant import parse
from lklint.protocol.messages import ID_FIELDS, Kind, UnreadableValue, read
from lklint.reconcile.normal import OF_THE_SERVER, content, normal
from lklint.reconcile.pulling.resource import for_file, harmless, value_of
from lklint.reconcile.pulling.secrets import Variables, cover, plain_text
from lklint.telephony.secrets import is_secret_field
from lklint.telephony.variables import resolve

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """A resource of a file: its place, its value, and the message that it stands for now."""

    kind: Kind
    pointer: str
    value: Json
    message: Message


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a file is to say things: `owner` names variables, `names` are words for trunks' ids."""

    owner: str
    camel: bool
    names: Mapping[str, str]
    variables: Variables


def merged(text: str, held: Held, stored: Message, spelling: Spelling) -> str:
    """The text of a file with a resource in it that says what the stored one says.

    References and other words for the same stay; where no small change does it, the whole resource
    is written anew.
    """
    wanted, real = _as_written(held, stored)
    merging = _Merging(spelling)
    changes = tuple(merging.message(held.value, held.pointer, wanted, real, False))
    root = parse(text).root
    edits = placed(text, root, changes) if root is not None else None
    if edits is not None:
        harmlessly = tuple((begin, end, harmless(new)) for begin, end, new in edits)
        changed = apply(text, harmlessly)
        if _says(changed, held, real, merging):
            return changed
    whole = Replace(held.pointer, merging.value(real, False))
    edits = placed(text, root, (whole,)) if root is not None else None
    assert edits is not None, "the resource was read from this place"
    return apply(text, tuple((begin, end, harmless(new)) for begin, end, new in edits))


def filed_value(message: Message, spelling: Spelling) -> Json:
    """A resource, as `for_file` gives it, in the words of a file."""
    return _Merging(spelling).value(message, False)


class _Merging:
    """Finds the changes for one resource; `uncertain` tells that a value is not known in full."""

    def __init__(self, spelling: Spelling) -> None:
        self._spelling = spelling
        self.uncertain = False

    def message(
        self, value: Json, pointer: str, wanted: Any, real: Any, secret: bool
    ) -> Iterator[Change]:
        """The changes of an object: field by field where something of it stays."""
        fields = real.DESCRIPTOR.fields
        different = [field for field in fields if not _equal(field, wanted, real)]
        names = {name: it for it in fields for name in (it.name, it.json_name)}
        stays = [key for key in value if _is_set(names[key], real) or names[key] not in different]
        if different and not stays:
            yield Replace(pointer, self.value(real, secret))
            return
        for field in different:
            key = next((name for name in (field.name, field.json_name) if name in value), None)
            hidden = secret or is_secret_field(field.name)
            name = field.json_name if self._spelling.camel else field.name
            if not _is_set(field, real):
                if key is not None:
                    yield Remove(join(pointer, key))
            elif key is None:
                yield Add(pointer, name, self._field_value(field, real, hidden))
            else:
                place = join(pointer, key)
                yield from self._field(field, value[key], place, wanted, real, hidden)

    def value(self, message: Message, secret: bool) -> Json:
        """A message in the words of the file."""
        copy: Any = type(message)()
        copy.CopyFrom(message)
        ids = list(getattr(copy, "trunk_ids", ()))
        cover(copy, self._spelling.owner, self._spelling.variables, secret)
        if ids:
            copy.trunk_ids[:] = [self._name_of(id) for id in ids]
        return value_of(copy, self._spelling.camel)

    def filled(self, value: Any) -> Any:
        """A value of the file with all variables in it."""
        return resolve(value, self._spelling.variables.all).value

    def _field(
        self, field: Any, value: Any, place: str, wanted: Any, real: Any, secret: bool
    ) -> Iterator[Change]:
        """The changes of a field that the file and the server have, and have otherwise."""
        before, after = getattr(wanted, field.name), getattr(real, field.name)
        inner = field.message_type
        is_text = field.type == field.TYPE_STRING
        if inner is not None and inner.GetOptions().map_entry and isinstance(value, dict):
            yield from self._map(value, place, before, after, secret)
        elif inner is not None and _is_ours(inner) and isinstance(value, dict):
            yield from self.message(value, place, before, after, secret)
        elif field.is_repeated and isinstance(value, list) and len(value) == len(after):
            for index, item in enumerate(value):
                at = join(place, index)
                if before[index] == after[index]:
                    continue
                if inner is not None and _is_ours(inner) and isinstance(item, dict):
                    yield from self.message(item, at, before[index], after[index], secret)
                elif is_text:
                    yield from self._text(item, at, field.name, after[index], secret)
        elif is_text and field.is_repeated and isinstance(value, list):
            kept = dict(zip(before, value, strict=True))
            new = [kept.get(text) or self._written(field.name, text, secret) for text in after]
            yield Replace(place, new)
        elif is_text and not field.is_repeated:
            yield from self._text(value, place, field.name, after, secret)
        else:
            yield Replace(place, self._field_value(field, real, secret))

    def _map(
        self, value: Json, place: str, before: Any, after: Any, secret: bool
    ) -> Iterator[Change]:
        if after.keys().isdisjoint(value):
            new = {
                key: self._written(key, after[key], secret or is_secret_field(key))
                for key in sorted(after)
            }
            yield Replace(place, new)
            return
        for key in value:
            if key not in after:
                yield Remove(join(place, key))
        for key in sorted(after):
            hidden = secret or is_secret_field(key)
            if key not in value:
                yield Add(place, key, self._written(key, after[key], hidden))
            elif before.get(key) != after[key]:
                yield from self._text(value[key], join(place, key), key, after[key], hidden)

    def _text(
        self, value: Any, place: str, name: str, after: str, secret: bool
    ) -> Iterator[Change]:
        """The change of a text, unless a variable in it can stand for the new one."""
        variables = self._spelling.variables
        if isinstance(value, str) and "${" in value:
            if variables.adopt(value, after, secret):
                return
            if resolve(value, variables.all).missing:
                self.uncertain = True
                return
        yield Replace(place, self._written(name, after, secret))

    def _written(self, name: str, text: str, secret: bool) -> str:
        """A text as the file is to say it."""
        if name == "trunk_ids":
            return self._name_of(text)
        if secret and text:
            return self._spelling.variables.new(self._spelling.owner, name, text)
        return plain_text(text)

    def _name_of(self, id: str) -> str:
        return self._spelling.names.get(id, plain_text(id))

    def _field_value(self, field: Any, real: Any, secret: bool) -> Any:
        """The value of one field in the words of the file."""
        only = type(real)()
        if field.message_type is None and not field.is_repeated:
            setattr(only, field.name, getattr(real, field.name))
        elif field.is_repeated:
            getattr(only, field.name).MergeFrom(getattr(real, field.name))
        else:
            getattr(only, field.name).CopyFrom(getattr(real, field.name))
        (value,) = self.value(only, secret).values()
        return value


def _as_written(held: Held, stored: Message) -> tuple[Any, Any]:
    """What a file says, and what it is to say, field by field as the file has them.

    Encryption may stand in two fields; where it is the same, it stays where the file has it.
    """
    wanted: Any = type(held.message)()
    wanted.CopyFrom(held.message)
    for name in (ID_FIELDS[held.kind], *OF_THE_SERVER):
        wanted.ClearField(name)
    real: Any = for_file(held.kind, stored)
    before: Any = normal(held.kind, wanted)
    after: Any = normal(held.kind, stored)
    if before.media == after.media:
        real.media_encryption = wanted.media_encryption
        real.ClearField("media")
        if wanted.HasField("media"):
            real.media.CopyFrom(wanted.media)
    return wanted, real


def _says(text: str, held: Held, real: Message, merging: _Merging) -> bool:
    """Whether a text says what is wanted, as far as that can be told: of a rule's trunks only
    whether there are as many."""
    try:
        value: Any = json.loads(text)
        for token in tokens(held.pointer):
            value = value[int(token)] if isinstance(value, list) else value[token]
        found: Any = read(held.kind, merging.filled(value))
    except (ValueError, LookupError, TypeError, UnreadableValue):
        return False
    if held.kind == "dispatch-rule":
        wanted: Any = real
        if len(found.trunk_ids) != len(wanted.trunk_ids):
            return False
        found.trunk_ids[:] = wanted.trunk_ids
    return merging.uncertain or content(held.kind, found) == content(held.kind, real)


def _equal(field: Any, one: Any, other: Any) -> bool:
    """Whether a field says the same in two messages."""
    return _is_set(field, one) == _is_set(field, other) and getattr(one, field.name) == getattr(
        other, field.name
    )


def _is_set(field: Any, message: Any) -> bool:
    return any(found.number == field.number for found, _ in message.ListFields())


def _is_ours(descriptor: Any) -> bool:
    return not descriptor.full_name.startswith("google.protobuf.")
