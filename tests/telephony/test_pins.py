"""What can be entered on a telephone, and what is guessed first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lklint.telephony.pins import why_not_dialable, why_weak


@pytest.mark.parametrize("pin", ["8", "827316", "0", "12*34", "*", "1234567890123456"])
def test_dialable(pin: str) -> None:
    assert why_not_dialable(pin) is None


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("82#16", '"#" ends'),
        ("#", '"#" ends'),
        ("82 16", "blanks"),
        (" 8216", "blanks"),
        ("8216\t", "blanks"),
        ("12ab", "letters"),
        ("ABCD", "letters"),
        ("82-16", "no telephone has a key"),
        ("+8216", "no telephone has a key"),
        ("٨٢١٦", "no telephone has a key"),
        ("12345678901234567", "17 keys long"),
    ],
)
def test_not_dialable(pin: str, why: str) -> None:
    assert why in (why_not_dialable(pin) or "")


@pytest.mark.parametrize("pin", ["8273", "827316", "1357", "9021", "4*71", "0070"])
def test_strong_enough(pin: str) -> None:
    assert why_weak(pin) is None


@pytest.mark.parametrize(
    "pin",
    ["1", "12", "123", "1234", "12345", "0123", "4321", "7890", "8901", "0000", "1212", "123123",
     "2580", "999999"],
)  # fmt: skip
def test_weak(pin: str) -> None:
    assert why_weak(pin) is not None


@given(st.text(alphabet="0123456789*# ab", min_size=4, max_size=20))
def test_no_reason_tells_the_pin(pin: str) -> None:
    for why in (why_not_dialable(pin), why_weak(pin)):
        assert why is None or pin not in why
