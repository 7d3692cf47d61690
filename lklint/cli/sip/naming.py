"""Names of trunks where LiveKit wants ids: it would store a name, and match no call with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from lklint.telephony.trunk_ids import classify_trunk_id


class UnknownTrunk(Exception):
    """A name that no trunk has, or several have; one line that says which could be meant."""


def is_name(entry: str) -> bool:
    """Whether an entry can only be a name: what looks like an id is left to LiveKit."""
    return classify_trunk_id(entry) == "name"


def ids_for(entries: Sequence[str], trunks: Iterable[tuple[str, str]]) -> list[str]:
    """The entries with ids in the place of names; `trunks` are (id, name), of one direction.

    Raises `UnknownTrunk`.
    """
    ids: dict[str, list[str]] = {}
    for id, name in trunks:
        ids.setdefault(name, []).append(id)
    return [_id(entry, ids) if is_name(entry) else entry for entry in entries]


def _id(name: str, ids: dict[str, list[str]]) -> str:
    found = ids.get(name, [])
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownTrunk(f"{', '.join(found)} are all called {name}; give the id of one")
    near = get_close_matches(name, [known for known in ids if known], n=1)
    hint = f"; did you mean {near[0]} ({', '.join(ids[near[0]])})?" if near else ""
    raise UnknownTrunk(f"no trunk on the server is called {name}{hint}")
