"""The group `lklint sip`, with the names and aliases that `lk sip` has."""

from __future__ import annotations

import typer

from lklint.cli.sip.dispatch import dispatch
from lklint.cli.sip.inbound import inbound
from lklint.cli.sip.outbound import outbound
from lklint.cli.sip.participant import participant

sip = typer.Typer(
    name="sip",
    help="Trunks, dispatch rules and calls on a server, as `lk sip` has them; checked first.",
    no_args_is_help=True,
)

for group, aliases in (
    (inbound, ("in", "inbound-trunk")),
    (outbound, ("out", "outbound-trunk")),
    (dispatch, ("dispatch-rule",)),
    (participant, ()),
):
    sip.add_typer(group)
    for alias in aliases:
        sip.add_typer(group, name=alias, hidden=True)
