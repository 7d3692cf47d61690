"""A provider known by the addresses that may call a trunk, and what a list of those lacks."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from lklint.telephony.addresses import Block, parse_block, parse_mask
from lklint.telephony.providers.facts import PROVIDERS, Provider, Ranges

WIDEST = 22
"""The prefix of the widest entry that is taken for a provider's. A wider one is a whole cloud's."""


class Range(NamedTuple):
    """A range of a provider's: `what` is the region that calls come from, or what else comes."""

    provider: Provider
    what: str
    block: Block
    first: int
    last: int


class Listed(NamedTuple):
    """What a list of addresses has of a provider, and what it lacks.

    `entries` are the indexes of those that are the provider's, `regions` what they are about;
    `wanted` are the ranges that should be in the list, `missing` those of them that are not.
    """

    provider: Provider
    entries: tuple[int, ...]
    regions: frozenset[str]
    wanted: tuple[Range, ...]
    missing: tuple[Range, ...]

    @property
    def is_one_region(self) -> bool:
        """Whether the list has one region of several, and all of that one."""
        return len(self.regions) == 1 and all(
            known.what not in self.regions for known in self.missing
        )


def providers_in(masks: Sequence[str]) -> Iterator[Listed]:
    """The providers that a list of addresses lets in.

    Where calls may come from any region the list should have them all. Else it should have both
    addresses of each region that it has one of: they stand in for each other.
    """
    of_provider: dict[str, dict[int, list[Range]]] = {}
    for index, mask in enumerate(masks):
        for known in ranges_of(mask):
            of_provider.setdefault(known.provider.name, {}).setdefault(index, []).append(known)
    for name, entries in of_provider.items():
        regions = frozenset(known.what for ranges in entries.values() for known in ranges)
        wanted = tuple(
            known
            for known in _calls()
            if known.provider.name == name and (_roams(known.provider) or known.what in regions)
        )
        missing = _without(wanted, masks)
        yield Listed(wanted[0].provider, tuple(entries), regions, wanted, missing)


@lru_cache(maxsize=20_000)
def ranges_of(mask: str) -> tuple[Range, ...]:
    """The ranges of calls that an entry of a list is about: it lies in one, or has it inside."""
    block = _block(mask)
    if block is None:
        return ()
    first, last, narrow = block.first, block.last, block.bits >= WIDEST
    return tuple(
        known
        for known in _calls()
        if (known.first <= first and last <= known.last)
        or (narrow and first <= known.first and known.last <= last and _roams(known.provider))
    )


@lru_cache(maxsize=20_000)
def no_calls_from(mask: str) -> Range | None:
    """The range of a provider's that an entry lies in, where that has other uses than calls."""
    block = _block(mask)
    if block is None:
        return None
    first, last = block.first, block.last
    if any(known.first <= last and first <= known.last for known in _calls()):
        return None
    return next((use for use in _uses() if use.first <= first and last <= use.last), None)


def _block(mask: str) -> Block | None:
    """The addresses of an entry, None where it does not even begin like a range of a provider's."""
    return parse_mask(mask) if mask.partition(".")[0] in _beginnings() else None


@cache
def _beginnings() -> frozenset[str]:
    """The first numbers of all ranges: most entries need not be read any further."""
    return frozenset(str(known.first >> 24) for known in (*_calls(), *_uses()))


def _without(wanted: Iterable[Range], masks: Iterable[str]) -> tuple[Range, ...]:
    """The ranges that a list has not every address of, be it in pieces."""
    blocks = [block for mask in masks if (block := parse_mask(mask)) is not None]
    spans = sorted((block.first, block.last) for block in blocks if block.version == 4)

    def is_held(known: Range) -> bool:
        reached = known.first
        for first, last in spans:
            if first <= reached:
                reached = max(reached, last + 1)
        return reached > known.last

    return tuple(known for known in wanted if not is_held(known))


def _roams(provider: Provider) -> bool:
    return provider.ranges is not None and provider.ranges.roaming


@cache
def _calls() -> tuple[Range, ...]:
    """Where calls come from."""
    return tuple(
        known
        for provider, ranges in _published()
        for region, texts in ranges.regions
        for known in _ranges(provider, region, texts)
    )


@cache
def _uses() -> tuple[Range, ...]:
    """Where other things come from."""
    return tuple(
        known
        for provider, ranges in _published()
        for what, texts in ranges.not_calls
        for known in _ranges(provider, what, texts)
    )


def _published() -> Iterator[tuple[Provider, Ranges]]:
    return ((known, known.ranges) for known in PROVIDERS if known.ranges is not None)


def _ranges(provider: Provider, what: str, texts: Iterable[str]) -> Iterator[Range]:
    for text in texts:
        block = parse_block(text)
        if block is not None:
            yield Range(provider, what, block, block.first, block.last)
