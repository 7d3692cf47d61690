"""Commands of `lk` that lklint does not have are told in one line."""

from __future__ import annotations

import pytest
from conftest import Run


@pytest.mark.parametrize(
    "arguments", [("agent", "list"), ("agent", "--help"), ("room", "create", "--name", "a")]
)
def test_a_command_of_lk_is_told_in_one_line(arguments: tuple[str, ...], lklint: Run) -> None:
    done = lklint(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(f"lklint: `{arguments[0]}` is a command of lk")
    assert done.stderr.count("\n") == 1


def test_who_writes_dispatch_may_mean_rules(lklint: Run) -> None:
    assert "`lklint sip dispatch`" in lklint("dispatch", "list").stderr


def test_the_help_does_not_name_them(lklint: Run) -> None:
    assert "egress" not in lklint("--help").stdout
