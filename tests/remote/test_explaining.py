"""A refusal of the server is explained: by a rule of lklint that exists, or by advice."""

from __future__ import annotations

import pytest

from lklint.remote.explaining import _REFUSALS, Explanation, explained
from lklint.rules.all_rules import find_rule


@pytest.mark.parametrize("known", _REFUSALS, ids=lambda known: known.code or known.advice)
def test_every_explanation_names_a_rule_or_gives_advice(known: Explanation) -> None:
    assert bool(known.code) != bool(known.advice)
    assert not known.code or find_rule(known.code) is not None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (
            "for security, one of the fields must be set: AuthUsername+AuthPassword,"
            " AllowedAddresses or Numbers",
            "LK301",
        ),
        ("twirp error unknown: no numbers on outbound trunk", "LK359"),
        ("twirp error unknown: unsupported SIP Dispatch Rule: <nil>", "LK402"),
        ("invalid header name: header name From not supported", "LK601"),
        ("invalid header name: header name X Test contains invalid characters", "LK603"),
        ("missing sip trunk id and sip number", "LK350"),
        ("missing rule", "LK401"),
        ('Conflicting inbound SIP Trunks: "<new>" and "ST_a"', "LK701"),
        ('Multiple default SIP Trunks matched for "+15550100"', "LK702"),
        ("Dispatch rule for the same trunk, inbound number, number, and PIN", "LK703"),
    ],
)
def test_the_rule_of_a_refusal(said: str, code: str) -> None:
    known = explained(said)
    assert known is not None
    assert known.code == code


def test_what_is_not_known_is_not_explained() -> None:
    assert explained("redis: connection pool timeout") is None
