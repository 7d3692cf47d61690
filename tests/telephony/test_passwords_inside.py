"""Passwords that stand in addresses, and what only looks like one."""

from __future__ import annotations

import pytest

from lklint.telephony.secrets import passwords_inside


@pytest.mark.parametrize(
    ("text", "passwords"),
    [
        ("https://acme:s3cret@example.com/hook", ["s3cret"]),
        ("a:one1@x and b:two2@y", ["one1", "two2"]),
        ("sip:alice:s3cret@example.com", ["s3cret"]),
        ("sip:alice@example.com", []),
        ("SIPS:alice@example.com;transport=tls", []),
        ("mailto:a.person@example.com", []),
        ("alice@example.com", []),
        ("10:30 @ noon", []),
        ("a:bc@x", []),
    ],
)
def test_the_passwords_of_a_text(text: str, passwords: list[str]) -> None:
    assert [text[begin:end] for begin, end in passwords_inside(text)] == passwords
