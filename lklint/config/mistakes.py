"""Saying what is wrong with a configuration, in one line."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from lklint.config.model import Agents, Configuration, Ignore

_TABLES: dict[str, type[BaseModel]] = {"agents": Agents, "ignores": Ignore}
_WORDS = {
    "list_type": "must be a list",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "string_type": "must be a text in quotes",
    "string_too_short": "must not be empty",
    "missing": "is missing",
}


def first_mistake(values: Any, prefix: str) -> str:
    """`key: what is wrong` for the first mistake, and how many more there are."""
    try:
        Configuration.model_validate(values)
    except ValidationError as error:
        mistakes = error.errors(include_url=False, include_context=True, include_input=True)
        more = f" (and {len(mistakes) - 1} more)" if len(mistakes) > 1 else ""
        return f"{_said(mistakes[0], prefix)}{more}"
    return f"{prefix or 'the file'}: there is something in it that a configuration cannot hold"


def _said(mistake: Any, prefix: str) -> str:
    place = mistake["loc"]
    key = _key(place, prefix)
    kind = mistake["type"]
    if kind == "extra_forbidden":
        return f"{key}: there is no such key{_meant(place)}"
    if kind == "literal_error":
        near = get_close_matches(str(mistake["input"]), _choices(mistake), 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        return f"{key}: must be {mistake['ctx']['expected']}{hint}"
    if kind == "string_pattern_mismatch":
        return f"{key}: {_pattern_words(place)}"
    words = _WORDS.get(kind)
    return f"{key}: {words}" if words else f"{key}: {mistake['msg']}"


def _key(place: tuple[Any, ...], prefix: str) -> str:
    key = prefix
    for step in place:
        if isinstance(step, int):
            key += f"[{step}]"
        elif step != "[key]":
            key += f".{step}" if key else str(step)
    return key or "the file"


def _choices(mistake: Any) -> list[str]:
    expected: str = mistake["ctx"]["expected"]
    return [word.strip("' ") for word in expected.replace(" or ", ",").split(",")]


def _meant(place: tuple[Any, ...]) -> str:
    """The key that was likely meant."""
    table = _TABLES.get(str(place[0]), Configuration) if len(place) > 1 else Configuration
    known = [field.alias or name for name, field in table.model_fields.items()]
    wanted = str(place[-1]).replace("_", "-").lower()
    near = get_close_matches(wanted, known, 1)
    return f"; did you mean {near[0]}?" if near else f"; there are {', '.join(known)}"


def _pattern_words(place: tuple[Any, ...]) -> str:
    name = str(place[-1])
    if name.endswith("version"):
        return "must be a version such as 1.13.3"
    if name == "default-region":
        return "must be a country in two capital letters, such as US"
    if name == "pointer":
        return "must be a JSON pointer such as /trunk/numbers/0"
    return "must say something"
