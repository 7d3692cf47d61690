"""The words for an address that LiveKit cannot read, as Go's netip has them."""

from __future__ import annotations

import pytest

from lklint.telephony.addresses import parse_address
from lklint.telephony.routing.quoting import quoted
from lklint.telephony.routing.source import source_error

FROM_GO = [
    ("x", "unable to parse IP"),
    ("1.2.3", "IPv4 address too short"),
    ("1.2.3.4.5", "IPv4 address too long"),
    ("1.2.3.256", "IPv4 field has value >255"),
    ("1.2.3.04", "IPv4 field has octet with leading zero"),
    ("1..2.3", 'IPv4 field must have at least one digit (at ".2.3")'),
    ("1.2.3.", 'IPv4 field must have at least one digit (at ".")'),
    ("1.2.3.4:5060", 'unexpected character (at ":5060")'),
    ("é.1.2.3", 'unexpected character (at "é.1.2.3")'),
    ("%eth0", "missing IPv6 address"),
    ("1%::", "missing IPv6 address"),
    ("::1%", "zone must be a non-empty string"),
    ("::1%eth0", None),
    ("1:2", "address string too short"),
    ("12345::", 'each group must have 4 or less digits (at "12345::")'),
    ("::g", 'each colon-separated field must have at least one digit (at "g")'),
    ("1:2:3:4:5:6:7:8:9", 'trailing garbage after address (at "9")'),
    ("1:2:3:4:5:6:7::8", "the :: must expand to at least one field of zeros"),
    ("1::2::3", 'multiple :: in address (at ":3")'),
    ("1:", 'colon must be followed by more characters (at ":")'),
    (
        "1:2:3:4:5:6:7:1.2.3.4",
        'embedded IPv4 address must replace the final 2 fields of the address (at "1.2.3.4")',
    ),
    (
        "1:1.2.3.4",
        'embedded IPv4 address must replace the final 2 fields of the address (at "1.2.3.4")',
    ),
    ("::1.2.3", "IPv4 address too short"),
    ("[::1]", 'each colon-separated field must have at least one digit (at "[::1]")'),
    ("::ffff:1.2.3.4", None),
    ("1.2.3.4", None),
    ("::", None),
    ('a"\n:\u202e', 'unexpected character, want colon (at "\\"\\n:\\u202e")'),
    ("1:2:3:4:5:6:7:8 ", 'unexpected character, want colon (at " ")'),
    (" 1.2.3.4", 'unexpected character (at " 1.2.3.4")'),
]
"""Addresses, and what the program in `tests/fidelity/go/routing` said of them."""


@pytest.mark.parametrize(("source", "words"), FROM_GO)
def test_the_words_are_those_of_go(source: str, words: str | None) -> None:
    found = source_error(source)
    assert found == (None if words is None else f"ParseAddr({quoted(source)}): {words}")
    assert (parse_address(source) is None) == (words is not None)


def test_no_address_is_no_error() -> None:
    assert source_error("") is None
