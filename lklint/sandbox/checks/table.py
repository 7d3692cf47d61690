"""Which checks each message goes through, in the order of livekit/protocol v1.48.2 livekit/sip.go.

The checks of a part run where the whole one says `inside`, and only where the part is given.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from google.protobuf.message import Message

from lklint.sandbox.checks import calls, headers, media, rules, trunks, updates

Check = Callable[[Any], str | None]


def refusal_of(message: Message) -> str | None:
    """The server's words about a message that it does not take, None for one that it takes."""
    checks = CHECKS.get(message.DESCRIPTOR.name, ())
    return next(filter(None, (check(message) for check in checks)), None)


def inside(field: str) -> Check:
    """The checks of a part of the message, where it is given."""

    def check(message: Any) -> str | None:
        return refusal_of(getattr(message, field)) if message.HasField(field) else None

    return check


_HEADER_MAPS = (headers.attributes_to_headers, headers.headers_to_attributes)

CHECKS: dict[str, tuple[Check, ...]] = {
    "CreateSIPInboundTrunkRequest": (
        trunks.trunk_is_given,
        trunks.trunk_has_no_id,
        inside("trunk"),
    ),
    "CreateSIPOutboundTrunkRequest": (
        trunks.trunk_is_given,
        trunks.trunk_has_no_id,
        inside("trunk"),
    ),
    "UpdateSIPInboundTrunkRequest": (
        updates.names_trunk,
        updates.has_action,
        updates.trunk_ids_agree,
        inside("replace"),
        inside("update"),
    ),
    "UpdateSIPOutboundTrunkRequest": (
        updates.names_trunk,
        updates.has_action,
        updates.trunk_ids_agree,
        inside("replace"),
        inside("update"),
    ),
    "SIPInboundTrunkInfo": (
        trunks.is_closed_somehow,
        inside("media"),
        headers.headers,
        *_HEADER_MAPS,
    ),
    "SIPInboundTrunkUpdate": (
        inside("numbers"),
        inside("allowed_addresses"),
        inside("allowed_numbers"),
        inside("media"),
    ),
    "SIPOutboundTrunkInfo": (
        trunks.has_numbers,
        trunks.has_address,
        trunks.address_is_host,
        trunks.from_host_is_host,
        headers.headers,
        *_HEADER_MAPS,
        inside("media"),
    ),
    "SIPOutboundTrunkUpdate": (inside("numbers"), inside("media")),
    "SIPOutboundConfig": (
        trunks.has_hostname,
        trunks.hostname_is_host,
        trunks.from_host_is_host,
        *_HEADER_MAPS,
    ),
    "CreateSIPDispatchRuleRequest": (rules.rule_has_no_id,),
    "UpdateSIPDispatchRuleRequest": (
        updates.names_rule,
        updates.has_action,
        updates.rule_ids_agree,
        inside("replace"),
        inside("update"),
    ),
    "SIPDispatchRuleInfo": (rules.has_rule, inside("media")),
    "SIPDispatchRuleUpdate": (inside("trunk_ids"), inside("media")),
    "CreateSIPParticipantRequest": (
        calls.has_trunk,
        inside("trunk"),
        calls.has_callee,
        calls.has_room,
        calls.display_name,
        inside("destination"),
        headers.headers,
        inside("media"),
    ),
    "TransferSIPParticipantRequest": (calls.transfers_somewhere, headers.headers),
    "Destination": (calls.city_has_country, calls.country_is_one),
    "SIPMediaConfig": (media.codecs, media.media_timeout),
    "ListUpdate": (updates.list_change,),
}
