"""`"${NAME}"` in a file: a value that the environment has when the file is sent, and not before.

A reference is `${` + a name of capitals, digits and underscores + `}`, anywhere in a text; `$${`
stands for a plain `${`. Names of fields are left alone, other forms are no references.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from lklint.patterns import Pattern

_REFERENCE = Pattern(r"\$\$\{|\$\{(?P<name>[A-Z_][A-Z0-9_]*)\}")


class Resolved(NamedTuple):
    """A value with every reference replaced, and the names that nothing is set for, sorted."""

    value: Any
    missing: tuple[str, ...]


def resolve(value: Any, variables: Mapping[str, str]) -> Resolved:
    """A JSON value with the references in its texts replaced; a missing one stays as it is.

    A variable that is set to an empty text counts as set: LiveKit may want an empty value.
    """
    missing: set[str] = set()

    def filled(match: re.Match[str]) -> str:
        name = match["name"]
        if name is None:
            return "${"
        if name not in variables:
            missing.add(name)
            return match[0]
        return variables[name]

    def walked(item: Any) -> Any:
        if isinstance(item, str):
            return _filled_text(item, filled) if "${" in item else item
        if isinstance(item, dict):
            return {key: walked(inner) for key, inner in item.items()}
        if isinstance(item, list):
            return [walked(inner) for inner in item]
        return item

    return Resolved(walked(value), tuple(sorted(missing)))


def references(value: Any) -> tuple[str, ...]:
    """The names that a JSON value refers to, sorted."""
    return resolve(value, {}).missing


def _filled_text(text: str, filled: Any) -> str:
    pieces, end = [], 0
    for match in _REFERENCE.finditer(text):
        pieces += [text[end : match.start()], filled(match)]
        end = match.end()
    return "".join([*pieces, text[end:]])
