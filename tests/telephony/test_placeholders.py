"""What asks to be filled in, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lklint.telephony import placeholders
from lklint.telephony.placeholders import find_placeholder

PIECES = st.lists(
    st.sampled_from(
        [
            *("${NAME}", "$NAME", "{{number}}", "{number}", "%NUMBER%", "{% x %}", "<my-trunk>"),
            *("your-trunk", "your.domain", "CHANGE_ME", "replace this", "fill-me", "insert your"),
            *("TRUNK_ID_HERE", "xxx", "xxxx-xx", "x.x.x.x", "***", "••", "...", "…", "___", "??"),
            *("ST_x", "ST_xxx", "SDR_...", "PN_*", "placeholder", "TODO", "FIXME", "TBD"),
            *("Main line", "+442079460123", "-", " ", ".", "@", "/", ":", "(", "yourself"),
        ]
    ),
    max_size=4,
).map("".join)


@settings(max_examples=600, derandomize=True, deadline=None)
@given(PIECES)
def test_the_quick_look_never_misses_a_placeholder(text: str) -> None:
    quick = find_placeholder(text)
    hints = placeholders._HINTS
    try:
        placeholders._HINTS = ("",)
        find_placeholder.cache_clear()
        assert find_placeholder(text) == quick
    finally:
        placeholders._HINTS = hints
        find_placeholder.cache_clear()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("${SIP_PASSWORD}", "environment"),
        ("call-{{number}}", "template"),
        ("<my-trunk>.pstn.twilio.com", "placeholder"),
        ("your-trunk-domain.example.com", "placeholder"),
        ("ST_xxxxxxxx", "placeholder"),
        ("****", "placeholder"),
    ],
)
def test_placeholders(text: str, kind: str) -> None:
    found = find_placeholder(text)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    "text", ["Main line", "+442079460123", "your-order-agent", "sip.youraccountant.co.uk", "todo"]
)
def test_values_that_stand_for_themselves(text: str) -> None:
    assert find_placeholder(text) is None
