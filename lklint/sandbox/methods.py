"""Every method that can be called, by service: what it takes, who may call it, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from livekit.protocol import sip

from lklint.protocol import phone_numbers
from lklint.sandbox.services import calls, numbers, rules, trunks
from lklint.sandbox.store import Store
from lklint.sandbox.tokens import Grants


class Method(NamedTuple):
    """A method: the class of its request, what a token must allow, and the work."""

    request: Any
    permit: Callable[[Grants], None]
    work: Callable[[Store, Any], Any]

    def answer(self, store: Store, request: Any, grants: Grants) -> Any:
        """The answer to a request. Raises `Refusal`."""
        self.permit(grants)
        return self.work(store, request)


class Transfer(NamedTuple):
    """The one method that looks at its request before it looks at the token."""

    request: Any

    def answer(self, store: Store, request: Any, grants: Grants) -> Any:
        """The answer to a request. Raises `Refusal`."""
        return calls.transfer_participant(store, request, grants)


_ADMIN = Grants.need_sip_admin

SIP: dict[str, Method | Transfer] = {
    "CreateSIPInboundTrunk": Method(
        sip.CreateSIPInboundTrunkRequest, _ADMIN, trunks.create_inbound_trunk
    ),
    "CreateSIPOutboundTrunk": Method(
        sip.CreateSIPOutboundTrunkRequest, _ADMIN, trunks.create_outbound_trunk
    ),
    "UpdateSIPInboundTrunk": Method(
        sip.UpdateSIPInboundTrunkRequest, _ADMIN, trunks.update_inbound_trunk
    ),
    "UpdateSIPOutboundTrunk": Method(
        sip.UpdateSIPOutboundTrunkRequest, _ADMIN, trunks.update_outbound_trunk
    ),
    "GetSIPInboundTrunk": Method(sip.GetSIPInboundTrunkRequest, _ADMIN, trunks.get_inbound_trunk),
    "GetSIPOutboundTrunk": Method(
        sip.GetSIPOutboundTrunkRequest, _ADMIN, trunks.get_outbound_trunk
    ),
    "ListSIPTrunk": Method(sip.ListSIPTrunkRequest, _ADMIN, trunks.list_trunks),
    "ListSIPInboundTrunk": Method(
        sip.ListSIPInboundTrunkRequest, _ADMIN, trunks.list_inbound_trunks
    ),
    "ListSIPOutboundTrunk": Method(
        sip.ListSIPOutboundTrunkRequest, _ADMIN, trunks.list_outbound_trunks
    ),
    "DeleteSIPTrunk": Method(sip.DeleteSIPTrunkRequest, _ADMIN, trunks.delete_trunk),
    "CreateSIPDispatchRule": Method(sip.CreateSIPDispatchRuleRequest, _ADMIN, rules.create_rule),
    "UpdateSIPDispatchRule": Method(sip.UpdateSIPDispatchRuleRequest, _ADMIN, rules.update_rule),
    "ListSIPDispatchRule": Method(sip.ListSIPDispatchRuleRequest, _ADMIN, rules.list_rules),
    "DeleteSIPDispatchRule": Method(sip.DeleteSIPDispatchRuleRequest, _ADMIN, rules.delete_rule),
    "CreateSIPParticipant": Method(
        sip.CreateSIPParticipantRequest, Grants.need_sip_call, calls.create_participant
    ),
    "TransferSIPParticipant": Transfer(sip.TransferSIPParticipantRequest),
}

NUMBERS: dict[str, Method | Transfer] = {
    "SearchPhoneNumbers": Method(phone_numbers.SearchPhoneNumbersRequest, _ADMIN, numbers.search),
    "PurchasePhoneNumber": Method(
        phone_numbers.PurchasePhoneNumberRequest, _ADMIN, numbers.purchase
    ),
    "ListPhoneNumbers": Method(phone_numbers.ListPhoneNumbersRequest, _ADMIN, numbers.list_numbers),
    "GetPhoneNumber": Method(phone_numbers.GetPhoneNumberRequest, _ADMIN, numbers.get),
    "UpdatePhoneNumber": Method(phone_numbers.UpdatePhoneNumberRequest, _ADMIN, numbers.update),
    "ReleasePhoneNumbers": Method(
        phone_numbers.ReleasePhoneNumbersRequest, _ADMIN, numbers.release
    ),
}
"""`lk` calls these with the permission for trunks and rules (`sip.admin`)."""

SERVICES = {"livekit.SIP": SIP, f"livekit.{phone_numbers.SERVICE}": NUMBERS}
