"""Putting patterns of names together."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice, product

UNKNOWN = frozenset("*")
"""Any name at all: what an expression gives that only the running program knows."""

_MOST = 64
"""Combinations of parts that are told apart; more of them are any name."""


def joined(parts: Iterable[frozenset[str]]) -> frozenset[str]:
    """The patterns of texts that are put together from parts."""
    names = frozenset("".join(chosen) for chosen in islice(product(*parts), _MOST + 1))
    return UNKNOWN if len(names) > _MOST else frozenset(map(_without_double_stars, names))


def _without_double_stars(name: str) -> str:
    while "**" in name:
        name = name.replace("**", "*")
    return name
