"""Routing: what LiveKit does with an incoming call, step by step as its server does it.

An `Exchange` is made of trunks and rules with their ids; `route` sends a `Call` through it.
"""

from lklint.telephony.routing.advising import advice
from lklint.telephony.routing.calls import Call
from lklint.telephony.routing.conflicts import TrunkConflict, trunk_conflicts
from lklint.telephony.routing.exchange import Exchange
from lklint.telephony.routing.faults import RuleFault
from lklint.telephony.routing.routes import Route, route

__all__ = [
    "Call",
    "Exchange",
    "Route",
    "RuleFault",
    "TrunkConflict",
    "advice",
    "route",
    "trunk_conflicts",
]
