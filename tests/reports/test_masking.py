"""A fix is shown only where that shows no secret."""

from __future__ import annotations

import pytest
import sample

from lklint.findings import Fix
from lklint.reports.masking import touches_secret

MEMBER = f',\n  "auth_password": "{sample.SECRET}"'
TAKEN_OUT = (MEMBER, 0, "")


def fix(*changes: tuple[str, int, str]) -> Fix:
    return sample.fix(sample.TRUNK, "a fix", "safe", *changes)


@pytest.mark.parametrize(
    ("changes", "touches"),
    [
        pytest.param(fix(TAKEN_OUT), False, id="it only goes"),
        pytest.param(fix(('"auth_password"', 0, '"authPassword"')), False, id="its name changes"),
        pytest.param(fix((sample.SECRET, 0, "another")), True, id="it is written anew"),
        pytest.param(fix(TAKEN_OUT, ('"numbers"', 0, f"{MEMBER[1:]},")), True, id="it moves"),
    ],
)
def test_a_fix_that_could_show_a_secret_is_told(changes: Fix, touches: bool) -> None:
    assert touches_secret(changes, sample.REPORT.sources[sample.TRUNK]) is touches
