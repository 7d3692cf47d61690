"""Phone numbers that are bought from LiveKit, in the file that says which rule each is to have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import Message

from lklint.documents.edits import Add, Change, InsertAfter, Remove, Replace, apply
from lklint.documents.edits import resolve as placed
from lklint.documents.pointer import join, parent
from lklint.documents.tolerant import parse
from lklint.reconcile.normal import Difference
from lklint.reconcile.numbers import owned_numbers, rules_of
from lklint.reconcile.pulling.resource import harmless, text_of
from lklint.telephony.phone_number_files import PhoneNumber, phone_numbers_of
from lklint.telephony.phone_numbers import normalize_number
from lklint.telephony.variables import resolve
from lklint.workspace.filed import Filed

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A number, and the word for its rule in a file before and after; None where it has none.

    `file` is "" for a number that goes into no file yet; `entry` is what stands in one.
    """

    number: str
    id: str
    file: str
    difference: Difference | None = None
    entry: PhoneNumber | None = None


@dataclass(frozen=True, slots=True)
class NumbersPull:
    """What becomes of the phone numbers: those of the server, and lines on what else there is."""

    changes: tuple[NumberChange, ...]
    notes: tuple[str, ...]


def pulled_numbers(
    files: Sequence[Filed],
    stored: Mapping[str, Message],
    words: Mapping[str, str],
    variables: Mapping[str, str],
) -> NumbersPull:
    """Hold the numbers of some files against those of a project.

    `words` are names or ids of the dispatch rules that there are, by id.
    """
    owned = owned_numbers(stored.values())
    meanings = {**{id: id for id in words}, **{word: id for id, word in words.items()}}
    changes: list[NumberChange] = []
    notes: list[str] = []
    for source in files:
        for entry in phone_numbers_of(source):
            written = resolve(str(entry.number), variables).value
            number = owned.pop(normalize_number(written), None)
            if number is None:
                notes.append(f"{source.file}: {written} is none of the project's numbers: left")
            else:
                changes.append(_known(source.file, entry, number, words, meanings, variables))
    for number in sorted(owned.values(), key=lambda it: str(it.e164_format)):
        rules = rules_of(number)
        if rules and rules[0] not in words:
            notes.append(
                f"{number.e164_format} is left out: it has the rule {rules[0]}, which is not there"
            )
            continue
        word = words[rules[0]] if rules else None
        difference = Difference("dispatch_rule", None, word)
        changes.append(NumberChange(number.e164_format, number.id, "", difference))
    for number in owned_numbers(stored.values()).values():
        if len(rules_of(number)) > 1:
            notes.append(
                f"{number.e164_format} has {len(rules_of(number))} dispatch rules; a file says one"
            )
    return NumbersPull(tuple(changes), tuple(notes))


def new_text(changes: Sequence[NumberChange], camel: bool) -> str:
    """A file of numbers."""
    return text_of({_names(camel)[0]: [_entry(change, camel) for change in changes]})


def changed_text(
    text: str, source: Filed, changed: Sequence[NumberChange], added: Sequence[NumberChange]
) -> str:
    """The text of a file with changed entries, and more of them at the end."""
    root = parse(text).root
    edits = placed(text, root, tuple(_changes(source, changed, added))) if root else None
    assert edits is not None, "the numbers were read from these places"
    return apply(text, tuple((begin, end, harmless(new)) for begin, end, new in edits))


def _known(
    file: str,
    entry: PhoneNumber,
    number: Any,
    words: Mapping[str, str],
    meanings: Mapping[str, str],
    variables: Mapping[str, str],
) -> NumberChange:
    """A number that stands in a file already."""
    rules = rules_of(number)
    said = entry.dispatch_rule
    before = None if said is None else str(resolve(str(said), variables).value)
    meant = None if before is None else meanings.get(before, "")
    after = words.get(rules[0], rules[0]) if rules else None
    same = meant in rules if meant else before is None and not rules
    difference = None if same else Difference("dispatch_rule", before, after)
    return NumberChange(number.e164_format, number.id, file, difference, entry)


def _changes(
    source: Filed, changed: Sequence[NumberChange], added: Sequence[NumberChange]
) -> Iterator[Change]:
    key = source.key("phone_numbers")
    assert key is not None, "an entry was read from it"
    held = source.value[key]
    at = join(source.pointer, key)
    camel = key == _names(True)[0]
    for change in changed:
        if change.entry is not None and change.difference is not None:
            yield from _rule_changes(change.entry, change.difference.after, camel)
    if not added:
        return
    entries = [_entry(change, camel) for change in added]
    if held:
        yield from (InsertAfter(join(at, len(held) - 1), entry) for entry in entries)
    else:
        yield Replace(at, entries)


def _rule_changes(entry: PhoneNumber, rule: str | None, camel: bool) -> Iterator[Change]:
    place = None if entry.dispatch_rule is None else entry.dispatch_rule.pointer
    if place is None and rule is not None:
        yield Add(parent(entry.number.pointer), _names(camel)[1], rule)
    elif place is not None:
        yield Replace(place, rule) if rule is not None else Remove(place)


def _entry(change: NumberChange, camel: bool) -> Json:
    rule = change.difference.after if change.difference is not None else None
    entry = {"number": change.number}
    return entry if rule is None else {**entry, _names(camel)[1]: rule}


def _names(camel: bool) -> tuple[str, str]:
    return ("phoneNumbers", "dispatchRule") if camel else ("phone_numbers", "dispatch_rule")
