"""The catalogue of mistakes, by the share of each family in what people get wrong."""

from __future__ import annotations

from random import Random

from . import fields, forms, harmless, headers, rules, scalars, texts, trunks, types
from .places import Mistake
from .texts import TextMistake

__all__ = ["FAMILIES", "NAMES", "Mistake", "TextMistake", "some_mistake"]

FAMILIES: tuple[tuple[int, tuple[Mistake | TextMistake, ...]], ...] = (
    (12, forms.MISTAKES),
    (16, fields.MISTAKES),
    (10, types.MISTAKES),
    (30, scalars.MISTAKES),
    (12, headers.MISTAKES),
    (33, trunks.MISTAKES),
    (10, rules.MISTAKES),
    (16, texts.MISTAKES),
    (24, harmless.MISTAKES),
)

NAMES = tuple(mistake.name for _, family in FAMILIES for mistake in family)


def some_mistake(random: Random) -> Mistake | TextMistake:
    """One of the catalogue."""
    weights = [weight for weight, _ in FAMILIES]
    family = random.choices([family for _, family in FAMILIES], weights)[0]
    return random.choices(family, [mistake.share for mistake in family])[0]
