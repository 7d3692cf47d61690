"""One cause is one finding: a rule about a whole workspace speaks instead of one about a file."""

from __future__ import annotations

import pytest
from checking import check_in_folder

FREE = '{"dispatch_rule": {"rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}}}'
OWN = FREE.replace('"rule"', '"inbound_numbers": ["+442079460123"], "rule"')
OPEN = '{"trunk": {"numbers": ["+442079460123"]}}'
GUARDED = OPEN.replace("}}", ', "allowed_addresses": ["54.171.127.192/30"]}}')


def codes(rule: str, trunk: str) -> set[str]:
    report = check_in_folder({"dispatch-rule.json": rule, "inbound-trunk.json": trunk})
    return {finding.code for finding in report.findings}


@pytest.mark.parametrize(
    ("rule", "trunk", "told", "untold"),
    [
        (FREE, OPEN, "LK422", "LK741"),
        (FREE, GUARDED, "LK741", "LK422"),
        (OWN.replace("123", "500"), OPEN, "LK213", "LK727"),
        (OWN, OPEN, "LK727", "LK213"),
    ],
)
def test_the_one_that_knows_more_speaks(rule: str, trunk: str, told: str, untold: str) -> None:
    found = codes(rule, trunk)
    assert told in found
    assert untold not in found
