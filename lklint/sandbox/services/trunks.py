"""Inbound and outbound trunks (livekit-server v1.13.3 pkg/service/sip.go)."""

from __future__ import annotations

from typing import Any, Literal

from livekit.protocol.sip import (
    GetSIPInboundTrunkResponse,
    GetSIPOutboundTrunkResponse,
    ListSIPInboundTrunkResponse,
    ListSIPOutboundTrunkResponse,
    ListSIPTrunkResponse,
    SIPTrunkInfo,
)

from lklint.sandbox import conflicts, lists
from lklint.sandbox.changes import changed
from lklint.sandbox.checks.table import refusal_of
from lklint.sandbox.identifiers import TRUNK, new_id
from lklint.sandbox.refusals import Refusal, invalid
from lklint.sandbox.store import Store

TrunkKind = Literal["inbound-trunk", "outbound-trunk"]


def create_inbound_trunk(store: Store, request: Any) -> Any:
    """CreateSIPInboundTrunk."""
    _check(request)
    conflicts.refuse_new_trunk(store, request.trunk)
    return _keep_new(store, "inbound-trunk", request.trunk)


def create_outbound_trunk(store: Store, request: Any) -> Any:
    """CreateSIPOutboundTrunk."""
    _check(request)
    return _keep_new(store, "outbound-trunk", request.trunk)


def update_inbound_trunk(store: Store, request: Any) -> Any:
    """UpdateSIPInboundTrunk."""
    _check(request)
    stored = stored_trunk(store, "inbound-trunk", request.sip_trunk_id)
    trunk = changed("inbound-trunk", stored, request)
    conflicts.refuse_changed_trunk(store, trunk)
    store.put("inbound-trunk", trunk)
    return trunk


def update_outbound_trunk(store: Store, request: Any) -> Any:
    """UpdateSIPOutboundTrunk."""
    _check(request)
    stored = stored_trunk(store, "outbound-trunk", request.sip_trunk_id)
    trunk = changed("outbound-trunk", stored, request)
    store.put("outbound-trunk", trunk)
    return trunk


def get_inbound_trunk(store: Store, request: Any) -> Any:
    """GetSIPInboundTrunk."""
    _need_id(request.sip_trunk_id)
    trunk = stored_trunk(store, "inbound-trunk", request.sip_trunk_id)
    return GetSIPInboundTrunkResponse(trunk=trunk)


def get_outbound_trunk(store: Store, request: Any) -> Any:
    """GetSIPOutboundTrunk."""
    _need_id(request.sip_trunk_id)
    trunk = stored_trunk(store, "outbound-trunk", request.sip_trunk_id)
    return GetSIPOutboundTrunkResponse(trunk=trunk)


def list_inbound_trunks(store: Store, request: Any) -> Any:
    """ListSIPInboundTrunk."""
    wanted = lists.wants_inbound_trunk(request)
    trunks = lists.listed(store.all("inbound-trunk"), request, "sip_trunk_id", wanted)
    return ListSIPInboundTrunkResponse(items=trunks)


def list_outbound_trunks(store: Store, request: Any) -> Any:
    """ListSIPOutboundTrunk."""
    wanted = lists.wants_outbound_trunk(request)
    trunks = lists.listed(store.all("outbound-trunk"), request, "sip_trunk_id", wanted)
    return ListSIPOutboundTrunkResponse(items=trunks)


def list_trunks(store: Store, request: Any) -> Any:
    """ListSIPTrunk: both kinds in the form of old, with the first number of each."""
    old = [_inbound_as_old(trunk) for trunk in store.all("inbound-trunk")]
    old += [_outbound_as_old(trunk) for trunk in store.all("outbound-trunk")]
    old.sort(key=lambda trunk: trunk.sip_trunk_id)
    return ListSIPTrunkResponse(
        items=lists.listed(old, request, "sip_trunk_id", lambda trunk: True)
    )


def delete_trunk(store: Store, request: Any) -> Any:
    """DeleteSIPTrunk: of either kind, and well done for any id."""
    _need_id(request.sip_trunk_id)
    store.remove("inbound-trunk", request.sip_trunk_id)
    store.remove("outbound-trunk", request.sip_trunk_id)
    return SIPTrunkInfo(sip_trunk_id=request.sip_trunk_id)


def stored_trunk(store: Store, kind: TrunkKind, id: str) -> Any:
    """The trunk with an id. Raises `Refusal`."""
    trunk = store.get(kind, id)
    if trunk is None:
        raise Refusal("not_found", "requested sip trunk does not exist")
    return trunk


def _check(request: Any) -> None:
    words = refusal_of(request)
    if words is not None:
        raise invalid(words)


def _need_id(id: str) -> None:
    if not id:
        raise invalid("trunk ID is required")


def _keep_new(store: Store, kind: TrunkKind, trunk: Any) -> Any:
    trunk.sip_trunk_id = new_id(TRUNK)
    store.put(kind, trunk)
    return trunk


def _inbound_as_old(trunk: Any) -> SIPTrunkInfo:
    """livekit/protocol v1.48.2 livekit/sip.go, `SIPInboundTrunkInfo.AsTrunkInfo`."""
    return SIPTrunkInfo(
        sip_trunk_id=trunk.sip_trunk_id,
        kind=SIPTrunkInfo.TRUNK_INBOUND,
        name=trunk.name,
        metadata=trunk.metadata,
        outbound_number=next(iter(trunk.numbers), ""),
        inbound_addresses=trunk.allowed_addresses,
        inbound_numbers=trunk.allowed_numbers,
        inbound_username=trunk.auth_username,
        inbound_password=trunk.auth_password,
    )


def _outbound_as_old(trunk: Any) -> SIPTrunkInfo:
    """livekit/protocol v1.48.2 livekit/sip.go, `SIPOutboundTrunkInfo.AsTrunkInfo`."""
    return SIPTrunkInfo(
        sip_trunk_id=trunk.sip_trunk_id,
        kind=SIPTrunkInfo.TRUNK_OUTBOUND,
        name=trunk.name,
        metadata=trunk.metadata,
        outbound_address=trunk.address,
        transport=trunk.transport,
        outbound_number=next(iter(trunk.numbers), ""),
        outbound_username=trunk.auth_username,
        outbound_password=trunk.auth_password,
    )
