"""Finding the few of many things whose lists may hold the values of a call."""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import product
from math import prod
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
Key = tuple[str | None, ...]

MOST_KEYS = 64
"""Places at which one thing stands in an index, unless one of its lists alone asks for more."""


class Index(Generic[Thing]):
    """Things by their lists, of which an empty one holds every value.

    It may find more than it is asked for, never less: whoever asks looks at the lists as well.
    """

    __slots__ = ("_firsts", "_groups")

    def __init__(
        self, things: Iterable[Thing], lists: Callable[[Thing], tuple[Collection[str], ...]]
    ) -> None:
        # Most keys have one thing: it stands without a group of its own, which would cost memory.
        firsts: dict[Key, Thing] = {}
        several: dict[Key, list[Thing]] = {}
        for thing in things:
            for key in product(*_entries(lists(thing))):
                if firsts.setdefault(key, thing) is not thing:
                    several.setdefault(key, [firsts[key]]).append(thing)
        self._firsts = firsts
        self._groups = {key: tuple(found) for key, found in several.items()}

    def groups(self, *values: str) -> Iterator[tuple[Thing, ...]]:
        """The things whose lists may hold one value each, in groups that keep their order."""
        for key in product(*((value, None) for value in values)):
            first = self._firsts.get(key)
            if first is not None:
                yield self._groups.get(key) or (first,)


def _entries(lists: tuple[Collection[str], ...]) -> list[Collection[str | None]]:
    """What stands in the keys for each list: its entries, or None for every value.

    Where the combinations are too many, the longest list is kept.
    """
    entries: list[Collection[str | None]] = [set(found) or (None,) for found in lists]
    most = max(MOST_KEYS, *map(len, entries))
    while prod(map(len, entries)) > most:
        several = [side for side, found in enumerate(entries) if len(found) > 1]
        entries[min(several, key=lambda side: len(entries[side]))] = (None,)
    return entries
