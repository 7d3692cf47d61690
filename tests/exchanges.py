"""An exchange from resources as the server lists them: bare JSON, ids and all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lklint.telephony.message import Message
from lklint.telephony.routing import Exchange

Json = dict[str, Any]


def exchange_of(trunks: Iterable[Json] = (), rules: Iterable[Json] = ()) -> Exchange:
    """The exchange of these trunks and rules."""
    return Exchange(
        [(trunk["sip_trunk_id"], Message(trunk, "")) for trunk in trunks],
        [(rule["sip_dispatch_rule_id"], Message(rule, "")) for rule in rules],
    )
