"""An exchange from resources as the server lists them: bare JSON, ids and all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lklint.telephony.message import Message
from lklint.telephony.resources import DispatchRule, InboundTrunk, read_resource
from lklint.telephony.routing import Exchange

Json = dict[str, Any]


def exchange_of(trunks: Iterable[Json] = (), rules: Iterable[Json] = ()) -> Exchange:
    """The exchange of these trunks and rules."""
    return Exchange(
        [(trunk["sip_trunk_id"], read_trunk(trunk)) for trunk in trunks],
        [(rule["sip_dispatch_rule_id"], read_rule(rule)) for rule in rules],
    )


def read_trunk(value: Json) -> InboundTrunk:
    """An inbound trunk from its JSON."""
    trunk = read_resource("inbound-trunk", Message(value, ""))
    assert isinstance(trunk, InboundTrunk)
    return trunk


def read_rule(value: Json) -> DispatchRule:
    """A dispatch rule from its JSON."""
    rule = read_resource("dispatch-rule", Message(value, ""))
    assert isinstance(rule, DispatchRule)
    return rule
