"""The methods of LiveKit's SIP service, a row for each kind of resource.

`SipService` of livekit-api has most of them, but no partial update that clears a list, no pages and
no deadline for each call; so its Twirp client is asked directly (`remote.twirp`).
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from google.protobuf.message import Message
from livekit.protocol.sip import (
    CreateSIPDispatchRuleRequest,
    CreateSIPInboundTrunkRequest,
    CreateSIPOutboundTrunkRequest,
    DeleteSIPDispatchRuleRequest,
    DeleteSIPTrunkRequest,
    ListSIPDispatchRuleRequest,
    ListSIPDispatchRuleResponse,
    ListSIPInboundTrunkRequest,
    ListSIPInboundTrunkResponse,
    ListSIPOutboundTrunkRequest,
    ListSIPOutboundTrunkResponse,
    SIPDispatchRuleInfo,
    SIPDispatchRuleUpdate,
    SIPInboundTrunkInfo,
    SIPInboundTrunkUpdate,
    SIPOutboundTrunkInfo,
    SIPOutboundTrunkUpdate,
    SIPTrunkInfo,
    UpdateSIPDispatchRuleRequest,
    UpdateSIPInboundTrunkRequest,
    UpdateSIPOutboundTrunkRequest,
)

SERVICE = "SIP"

SipKind = Literal["inbound-trunk", "outbound-trunk", "dispatch-rule"]


class Methods(NamedTuple):
    """The messages of one kind.

    `noun` is in the name of every method but the one that deletes; `wrapper` is the field of the
    resource in a create request, `ids` the filter of a list by ids.
    """

    noun: str
    wrapper: str
    ids: str
    info: type[Message]
    create: type[Message]
    replace: type[Message]
    changes: type[Message]
    list: type[Message]
    listed: type[Any]
    delete_name: str
    delete: type[Message]
    deleted: type[Message]


METHODS: dict[SipKind, Methods] = {
    "inbound-trunk": Methods(
        noun="SIPInboundTrunk",
        wrapper="trunk",
        ids="trunk_ids",
        info=SIPInboundTrunkInfo,
        create=CreateSIPInboundTrunkRequest,
        replace=UpdateSIPInboundTrunkRequest,
        changes=SIPInboundTrunkUpdate,
        list=ListSIPInboundTrunkRequest,
        listed=ListSIPInboundTrunkResponse,
        delete_name="DeleteSIPTrunk",
        delete=DeleteSIPTrunkRequest,
        deleted=SIPTrunkInfo,
    ),
    "outbound-trunk": Methods(
        noun="SIPOutboundTrunk",
        wrapper="trunk",
        ids="trunk_ids",
        info=SIPOutboundTrunkInfo,
        create=CreateSIPOutboundTrunkRequest,
        replace=UpdateSIPOutboundTrunkRequest,
        changes=SIPOutboundTrunkUpdate,
        list=ListSIPOutboundTrunkRequest,
        listed=ListSIPOutboundTrunkResponse,
        delete_name="DeleteSIPTrunk",
        delete=DeleteSIPTrunkRequest,
        deleted=SIPTrunkInfo,
    ),
    "dispatch-rule": Methods(
        noun="SIPDispatchRule",
        wrapper="dispatch_rule",
        ids="dispatch_rule_ids",
        info=SIPDispatchRuleInfo,
        create=CreateSIPDispatchRuleRequest,
        replace=UpdateSIPDispatchRuleRequest,
        changes=SIPDispatchRuleUpdate,
        list=ListSIPDispatchRuleRequest,
        listed=ListSIPDispatchRuleResponse,
        delete_name="DeleteSIPDispatchRule",
        delete=DeleteSIPDispatchRuleRequest,
        deleted=SIPDispatchRuleInfo,
    ),
}
