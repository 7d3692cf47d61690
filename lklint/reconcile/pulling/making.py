"""Making a pull: every file as it is to be, and nothing written yet."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.metadata import version
from typing import Any, cast

from google.protobuf.message import Message

from lklint.protocol.messages import Kind, unknown_fields
from lklint.reconcile.binding import bound
from lklint.reconcile.identity import Stored, listed, matched
from lklint.reconcile.lock import Entry
from lklint.reconcile.normal import compare
from lklint.reconcile.plan import title
from lklint.reconcile.pulling.merging import Held, Spelling, filed_value, merged
from lklint.reconcile.pulling.names import file_stem
from lklint.reconcile.pulling.numbers import changed_text, new_text, pulled_numbers
from lklint.reconcile.pulling.placing import Places, leaning
from lklint.reconcile.pulling.pull import FileChange, Here, Mark, Pull, Pulled
from lklint.reconcile.pulling.resource import WRAPPERS, for_file, text_of
from lklint.reconcile.pulling.secrets import Variables
from lklint.reconcile.pulling.wording import rule_names, trunk_names
from lklint.reconcile.wanted import KINDS, Wanted
from lklint.telephony.variables import references

NUMBER: Kind = "phone-number"


def make_pull(here: Here, stored: Stored, only: str = "", file: str = "") -> Pull:
    """What a pull of everything would write, or of the resource with the id `only`, into `file`.

    Raises OSError where a file cannot be read any more, and `NoNameLeft`.
    """
    making = _Making(here, stored, only, file)
    if making.pull.problems:
        return making.pull
    for kind in KINDS:
        for id, message in sorted(stored[kind].items(), key=_name_and_id):
            if only in ("", id):
                making.resource(kind, id, message)
    if not only:
        making.phone_numbers()
        making.tell_what_is_only_here()
    making.finish()
    return making.pull


class _Making:
    def __init__(self, here: Here, stored: Stored, only: str, file: str) -> None:
        self._here = here
        self._stored = stored
        self._only = only
        self._file = file
        environment = here.environment
        self._sources = {
            (source.file, source.pointer): source
            for kind in KINDS
            for source in environment.of_kind(kind)
        }
        self._number_files = environment.of_kind("phone-numbers")
        values = [it.value for it in (*self._sources.values(), *self._number_files)]
        self._camel = leaning(values) > 0
        used = Counter(name for value in values for name in _references(value))
        self.pull = Pull(Variables(here.variables, used))
        matches = matched(here.wants.resources, stored, here.lock)
        self.pull.problems += (*matches.problems, *self._unreadable())
        resources = bound(environment, here.wants.resources, matches.found, stored).resources
        pairs = list(zip(resources, matches.found, strict=True))
        self._by_id = {match.id: resource for resource, match in pairs if match.id}
        self._only_here = [resource for resource, match in pairs if not match.id]
        files: dict[str, list[str]] = {kind: [] for kind in KINDS}
        for resource in resources:
            files[resource.kind].append(resource.file)
        self._places = Places(environment.name, files, here.is_usable)
        self._before: dict[str, bytes] = {}
        self._after: dict[str, str] = {}
        self._trunk_names = trunk_names(*self._named("inbound-trunk"))

    def resource(self, kind: Kind, id: str, message: Message) -> None:
        """What becomes of one trunk or rule."""
        name = _name(message)
        unnamed = unknown_fields(message)
        if unnamed:
            fields = f"the field{'s' if len(unnamed) > 1 else ''} {listed(unnamed)}"
            self.pull.refused.append(
                f"{title(kind, name or id)} ({id}): livekit-protocol {version('livekit-protocol')}"
                f" has no name for {fields}, and a file would lose it"
            )
        elif id in self._by_id:
            self._known(self._by_id[id], id, name, message)
        else:
            self._new(kind, id, name, message)

    def phone_numbers(self) -> None:
        """What becomes of the numbers that are bought from LiveKit, and their file."""
        rules = self._stored["dispatch-rule"]
        names = rule_names(*self._named("dispatch-rule"))
        words = {id: names.get(id, id) for id in rules}
        stored = self._stored.get(NUMBER, {})
        found = pulled_numbers(self._number_files, stored, words, self._here.variables)
        self.pull.notes += found.notes
        added = [change for change in found.changes if change.entry is None]
        for source in self._number_files:
            here = [change for change in found.changes if change.file == source.file]
            changed = [change for change in here if change.difference is not None]
            more = added if source is self._number_files[0] else []
            if changed or more:
                text = self._text(source.file)
                self._after[source.file] = changed_text(text, source, changed, more)
        path = self._number_files[0].file if self._number_files else self._places.numbers_file()
        if added and not self._number_files:
            text = new_text(added, self._camel)
            self.pull.files[path] = FileChange(None, text.encode("utf-8"))
        for change in found.changes:
            differences = (change.difference,) if change.difference and change.entry else ()
            mark: Mark = "new" if change.entry is None else "changed" if differences else "same"
            file = change.file or path
            self.pull.items.append(
                Pulled(mark, NUMBER, change.number, change.id, file, differences)
            )

    def tell_what_is_only_here(self) -> None:
        """Name the files of which the server has nothing; nothing is done about them."""
        for resource in self._only_here:
            what = resource.kind.replace("-", " ")
            self.pull.notes.append(f"{resource.file}: the server has no such {what}; it is left")

    def finish(self) -> None:
        """Take up the files that change."""
        for path, text in self._after.items():
            after = text.encode("utf-8")
            if after != self._before[path]:
                self.pull.files[path] = FileChange(self._before[path], after)

    def _new(self, kind: Kind, id: str, name: str, message: Message) -> None:
        """A resource that no file has."""
        spelling = self._spelling(kind, name, {})
        value = {WRAPPERS[kind]: filed_value(for_file(kind, message), spelling)}
        path = self._file or self._places.place(kind, name, value)
        self.pull.files[path] = FileChange(None, text_of(value).encode("utf-8"))
        self.pull.items.append(Pulled("new", kind, name, id, path))
        place = os.path.relpath(path, self._here.environment.name).replace(os.sep, "/")
        self.pull.entries.append(Entry(kind, name, place, id))

    def _known(self, resource: Wanted, id: str, name: str, message: Message) -> None:
        """A resource that a file has."""
        kind, path = resource.kind, resource.file
        resource = self._with_stale_names(resource)
        entry = self._here.lock.made(id)
        unseen = entry.unseen if entry is not None else ()
        compared = compare(kind, message, resource.message, resource.covered, unseen)
        mark: Mark = "same"
        if compared.differences and resource.source is not None:
            raw = self._sources[path, resource.source.pointer].value
            held = Held(kind, resource.source.pointer, raw, resource.message)
            text = self._text(path)
            self._after[path] = merged(text, held, message, self._spelling(kind, name, raw))
            mark = "same" if self._after[path] == text else "changed"
        differences = tuple(
            it._replace(
                before=self._worded(it.path, it.after), after=self._worded(it.path, it.before)
            )
            for it in (compared.differences if mark == "changed" else ())
        )
        self.pull.items.append(Pulled(mark, kind, name, id, path, differences))
        self.pull.entries.append(Entry(kind, name, resource.place, id, "", unseen))

    def _with_stale_names(self, rule: Wanted) -> Wanted:
        """A rule with the name of a trunk left in it where that will no longer mean the trunk: it
        was given another name on the server, or another trunk has this one too."""
        if rule.kind != "dispatch-rule" or rule.source is None:
            return rule
        message = cast("Any", rule.message)
        written = self._here.environment.directory.references(rule.source)
        entries = [
            str(reference.entry)
            if reference.meaning == "name" and self._trunks_in_files.get(id) != reference.entry
            else id
            for id, reference in zip(message.trunk_ids, written, strict=True)
        ]
        changed = type(message)()
        changed.CopyFrom(message)
        changed.trunk_ids[:] = entries
        return rule.with_message(changed)

    def _worded(self, path: str, value: Any) -> Any:
        """A value of a difference with names of trunks in it, as the files have them."""
        if path != "trunk_ids" or value is None:
            return value
        return [self._trunk_names.get(entry, entry) for entry in value]

    @cached_property
    def _trunks_in_files(self) -> dict[str, str]:
        """The inbound trunks that one name in the files means afterwards: names by id."""
        kind: Kind = "inbound-trunk"
        names = {
            id: name
            for id, message in self._stored[kind].items()
            if (name := self._name_in_files(id, message)) is not None
        }
        only_here = [it.name for it in self._only_here if it.kind == kind]
        often = Counter((*names.values(), *only_here))
        return {id: name for id, name in names.items() if often[name] == 1}

    def _name_in_files(self, id: str, message: Message) -> str | None:
        """The name that the files have for a resource afterwards; None where none has it."""
        if self._only in ("", id) and not unknown_fields(message):
            return _name(message)
        resource = self._by_id.get(id)
        return None if resource is None else resource.name

    def _spelling(self, kind: Kind, name: str, value: Mapping[str, Any]) -> Spelling:
        """How a file says things: as it does already, else as the others do."""
        own = leaning([value])
        camel = own > 0 or (own == 0 and self._camel)
        owner = name if file_stem(name) else kind
        return Spelling(owner, camel, self._trunk_names, self.pull.variables)

    def _named(self, kind: Kind) -> tuple[dict[str, str], list[str]]:
        """The names by id of what will be in files, and the names of all others of a kind."""
        names, others = {}, [it.name for it in self._only_here if it.kind == kind]
        for id, message in self._stored[kind].items():
            resource, name = self._by_id.get(id), self._name_in_files(id, message)
            if name is not None and not (resource is not None and self._hides_name(resource)):
                names[id] = name
            else:
                others.append(_name(message))
        return names, others

    def _hides_name(self, resource: Wanted) -> bool:
        """Whether the name of a resource stands in its file as a reference."""
        if resource.source is None:
            return False
        raw = self._sources[resource.file, resource.source.pointer].value
        return "${" in str(raw.get("name", ""))

    def _text(self, path: str) -> str:
        if path not in self._after:
            self._before[path] = self._here.read(path)
            self._after[path] = self._before[path].decode("utf-8")
        return self._after[path]

    def _unreadable(self) -> Iterator[str]:
        """The resources of files that are no messages once the variables are filled in."""
        read = {
            (it.file, it.source.pointer)
            for it in self._here.wants.resources
            if it.source is not None
        }
        for place, source in self._sources.items():
            if place not in read:
                yield f"{source.file} cannot be read with its variables as they are (lklint plan)"


def _references(value: Any) -> Iterator[str]:
    """The variables that a JSON value refers to, as often as it does."""
    if isinstance(value, dict):
        for item in value.values():
            yield from _references(item)
    elif isinstance(value, list):
        for item in value:
            yield from _references(item)
    else:
        yield from references(value)


def _name(message: Message) -> str:
    return str(cast("Any", message).name)


def _name_and_id(pair: tuple[str, Message]) -> tuple[str, str]:
    return _name(pair[1]), pair[0]
