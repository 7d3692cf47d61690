"""Places in a document, named with wildcards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lklint.documents.pointer import join
from lklint.silencing.pointers import matches


@pytest.mark.parametrize(
    ("glob", "pointer", "answer"),
    [
        ("/trunk/numbers/0", "/trunk/numbers/0", True),
        ("/trunk/numbers/0", "/trunk/numbers/01", False),
        ("/trunk/numbers/*", "/trunk/numbers/0", True),
        ("/trunk/numbers/*", "/trunk/numbers", False),
        ("/trunk/numbers/*", "/trunk/numbers/0/x", False),
        ("/trunk/allowed*", "/trunk/allowedAddresses", True),
        ("/trunk/allowed*", "/trunk/allowedAddresses/0", False),
        ("/*/numbers", "/trunk/numbers", True),
        ("/**/numbers", "/items/3/numbers", True),
        ("/**/numbers", "/numbers", True),
        ("/trunk/**", "/trunk", True),
        ("/trunk/**", "/trunk/headers/X-A", True),
        ("/trunk/**", "/trunks/headers", False),
        ("/**", "", True),
        ("/**", "/a/b/c", True),
        ("", "", True),
        ("", "/a", False),
        ("/a.b", "/aXb", False),
        ("/headers/X~1Y", "/headers/X~1Y", True),
        ("/a(b|c)[d]+", "/a(b|c)[d]+", True),
        ("/two\nlines/*", "/two\nlines/0", True),
    ],
)
def test_which_places_a_pointer_means(glob: str, pointer: str, answer: bool) -> None:
    assert matches(glob, pointer) is answer


@given(st.lists(st.text() | st.integers(0, 99), max_size=5))
def test_every_place_is_meant_by_its_own_pointer(names: list[str | int]) -> None:
    assert matches(join("", *names), join("", *names))


def test_many_wildcards_take_no_long_time() -> None:
    """A pattern that goes back and forth over its text would hang here."""
    assert not matches("/**/a" * 12 + "/b", "/a" * 60)
