"""Tables and JSON that scripts written for `lk` can read, with secrets covered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from lklint.reports.escaping import printable, width
from lklint.telephony.secrets import is_secret_field

MASK = "****"


def as_json(value: Any) -> str:
    """A value as indented JSON in ASCII, so that no name in it can move the cursor."""
    return json.dumps(value, indent=2).replace("\x7f", "\\u007f")


def covered(value: Any, show_secrets: bool = False) -> Any:
    """A JSON value with every password and PIN covered, unless they are to be shown."""
    if show_secrets:
        return value
    if isinstance(value, dict):
        return {
            name: MASK
            if isinstance(item, str) and item and is_secret_field(name)
            else covered(item)
            for name, item in value.items()
        }
    return [covered(item) for item in value] if isinstance(value, list) else value


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table drawn with lines, as `lk` draws it; a cell may be of several lines."""
    grid = [[_cell(text) for text in row] for row in (headers, *rows)]
    widths = [
        max(width(line) for row in grid for line in row[place]) for place in range(len(headers))
    ]
    lines = [_rule("┌┬┐", widths), *_lines(grid[0], widths), _rule("├┼┤", widths)]
    for row in grid[1:]:
        lines += _lines(row, widths)
    return "\n".join([*lines, _rule("└┴┘", widths)])


def _cell(text: str) -> list[str]:
    return [printable(line) for line in text.split("\n")]


def _lines(row: list[list[str]], widths: list[int]) -> list[str]:
    lines = []
    for number in range(max(map(len, row))):
        texts = [cell[number] if number < len(cell) else "" for cell in row]
        cells = zip(texts, widths, strict=True)
        lines.append(f"│{'│'.join(_padded(text, wide) for text, wide in cells)}│")
    return lines


def _padded(text: str, wide: int) -> str:
    return f" {text}{' ' * (wide - width(text))} "


def _rule(corners: str, widths: list[int]) -> str:
    left, middle, right = corners[0], corners[1], corners[2]
    return left + middle.join("─" * (wide + 2) for wide in widths) + right
