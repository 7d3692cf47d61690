"""What the editor shows over a name or a value (`hovers.toml`): ten or more for each kind."""

from __future__ import annotations

import re
from typing import Any

import pytest

from .conftest import Workspace
from .editors import MAJORS, Editors, read

HOVERS = read("hovers.toml")
WORDS = [
    pytest.param(kind, word, words, id=f"{kind}: {word}")
    for kind, case in HOVERS.items()
    for word, words in case["says"].items()
]


@pytest.mark.parametrize("major", MAJORS)
@pytest.mark.parametrize(("kind", "word", "words"), WORDS)
def test_what_is_shown(
    editors: Editors, workspace: Workspace, kind: str, word: str, words: str, major: int
) -> None:
    document: Any = HOVERS[kind]["document"]
    before, name, after = document.partition(f'"{word}"')
    shown = editors.hover(workspace(kind), f"{before}|{name}{after}", major)
    assert words in without_escapes(shown)


def without_escapes(markdown: str) -> str:
    """What a person reads: VS Code escapes every mark of a plain description."""
    return re.sub(r"\\(.)", r"\1", markdown)
