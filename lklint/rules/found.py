"""What a rule reports: a place, what happens there, and how to mend it."""

from typing import NamedTuple

from lklint.documents.edits import Change


class Place(NamedTuple):
    """A place in a document: a JSON pointer, and which part of it is meant.

    `part` is "value", "key" (the name of the member), "member" (name and value) or "brace" (the
    opening brace of an object, for a finding about all of it). `file` is the document, "" for the
    one that the rule looks at; only rules about a whole workspace say it.
    """

    pointer: str
    part: str = "value"
    file: str = ""


class Proposal(NamedTuple):
    """A fix, as changes of the document that belong together."""

    title: str
    changes: tuple[Change, ...]
    safe: bool = False


class Found(NamedTuple):
    """One mistake.

    `headline`: what is wrong and what it does on a call, one clause, no full stop. `mend`: what to
    do, one or two sentences. `label`: a few words for under the marked characters. `related`: other
    places with a word each.
    """

    place: Place
    headline: str
    mend: str
    label: str = ""
    related: tuple[tuple[Place, str], ...] = ()
    fix: Proposal | None = None


def at_value(pointer: str) -> Place:
    """The value at a pointer."""
    return Place(pointer, "value")


def at_key(pointer: str) -> Place:
    """The name of the member at a pointer."""
    return Place(pointer, "key")


def at_member(pointer: str) -> Place:
    """The member at a pointer, name and value."""
    return Place(pointer, "member")


def at_brace(pointer: str) -> Place:
    """The object at a pointer as a whole, marked at its opening brace."""
    return Place(pointer, "brace")


def show(value: object, most: int = 48) -> str:
    """A value as it is named in a message: JSON text, cut short. Never call it on a secret."""
    from lklint.documents.values import as_json

    text = as_json(value)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def listing(names: list[str] | tuple[str, ...], word: str = "and", most: int = 6) -> str:
    """Names as a sentence has them: a, b and c."""
    shown = list(names[:most])
    if len(names) > most:
        return f"{', '.join(shown)} and {len(names) - most} more"
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {word} {shown[-1]}"
