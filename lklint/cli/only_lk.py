"""Commands that `lk` has and lklint has not: one line says where they are."""

from __future__ import annotations

import sys

import typer

ONLY_LK = (
    "agent", "app", "cloud", "dispatch", "docs", "egress", "ingress", "perf", "project", "room",
    "token",
)  # fmt: skip
"""Seen: `lk --help`, 2.18.3. `lk dispatch` is about agents; rules are `lk sip dispatch`."""

only_lk = typer.Typer()


def _elsewhere(context: typer.Context) -> None:
    from lklint.cli.ends import fail

    name = context.info_name
    rules = " (for rules: `lklint sip dispatch`)" if name == "dispatch" else ""
    sys.exit(fail(f"`{name}` is a command of lk, and not of lklint: write `lk {name} …`{rules}"))


for _name in ONLY_LK:
    only_lk.command(
        _name,
        hidden=True,
        add_help_option=False,
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    )(_elsewhere)
