"""Calls out and transfers (livekit/protocol v1.48.2 livekit/sip.go)."""

from __future__ import annotations

from typing import Any

from lklint.sandbox.checks.countries import COUNTRIES
from lklint.shape.formats import is_display_name

LONGEST_DISPLAY_NAME = 128
"""Bytes."""


def has_trunk(request: Any) -> str | None:
    """A call goes through a trunk (`CreateSIPParticipantRequest.Validate`)."""
    given = request.sip_trunk_id or request.HasField("trunk")
    return None if given else "missing sip trunk id"


def has_callee(request: Any) -> str | None:
    """A call goes to somebody, named without a host."""
    if not request.sip_call_to:
        return "missing sip callee number"
    if "@" in request.sip_call_to:
        return "SipCallTo should be a phone number or SIP user, not a full SIP URI"
    return None


def has_room(request: Any) -> str | None:
    """A call comes into a room."""
    return None if request.room_name else "missing room name"


def display_name(request: Any) -> str | None:
    """A name to show can stand between quotes."""
    if len(request.display_name.encode()) > LONGEST_DISPLAY_NAME:
        return "DisplayName too long (max 128 characters)"
    if not is_display_name(request.display_name):
        return "DisplayName must be a valid quoted string: invalid syntax"
    return None


def city_has_country(destination: Any) -> str | None:
    """A city alone is not enough (`Destination.Validate`)."""
    if destination.city and not destination.country and not destination.region:
        return "if city is specified, country or region must also be specified"
    return None


def country_is_one(destination: Any) -> str | None:
    """A country is two capital letters."""
    if not destination.country or destination.country in COUNTRIES:
        return None
    return "country must be a valid ISO 3166-1 alpha-2 code (2-letter like 'US', 'IN', 'UK')"


def transfers_somewhere(request: Any) -> str | None:
    """A transfer goes to a URI, in angle brackets or not (`TransferSIPParticipantRequest`)."""
    target = request.transfer_to
    if not target:
        return "missing transfer to"
    if target.startswith("<") and target.endswith(">"):
        target = target[1:-1]
    if target.startswith(("sip:", "sips:", "tel:")):
        return None
    return "transfer_to must be a valid SIP(s) or TEL URI (sip:, sips: or tel:)"
