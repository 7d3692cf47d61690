"""Whom a trunk lets in by its list of addresses."""

from __future__ import annotations

import pytest
from exchanges import exchange_of

from lklint.drawing.admission import admitted


@pytest.mark.parametrize(
    ("masks", "words"),
    [
        ([], ""),
        (["203.0.113.5"], "lets in 1 address"),
        (["203.0.113.5", "203.0.113.5", "203.0.113.6/32"], "lets in 2 addresses"),
        (["203.0.113.0/28"], "lets in 1 address range"),
        (
            ["203.0.113.0/28", "198.51.100.0/24", "2001:db8::1", "sip.example.com"],
            "lets in 1 address, 2 address ranges, 1 host in From",
        ),
        (["203.0.113.5", "198.51.100.*"], "lets in 1 address"),
        (["203.0.113.5, 203.0.113.6"], "lets in everybody"),
        (["203.0.113.5", "0.0.0.0/1", "128.0.0.0/1"], "lets in everybody"),
        (["203.0.113.5", "203.0.113.5:5060", "224.0.0.1", "203.0.113.0/33"], "lets in 1 address"),
        (["203.0.113.5:5060", "198.51.100.*"], "lets in nobody"),
    ],
)
def test_only_what_lets_calls_in_is_counted(masks: list[str], words: str) -> None:
    trunk = {"sip_trunk_id": "ST_1", "allowed_addresses": masks}
    assert admitted(exchange_of([trunk]).trunks[0]) == words
