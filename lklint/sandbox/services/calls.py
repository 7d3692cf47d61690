"""Calls out, and transfers (livekit-server v1.13.3 pkg/service/sip.go).

A sandbox calls nobody. Where the server hands the call to a SIP node and waits, it answers at once
as if somebody had picked up, and remembers the participant for a transfer. The server's words where
no SIP node is running ("no response from servers") are left out for that.
"""

from __future__ import annotations

from typing import Any

from google.protobuf.empty_pb2 import Empty
from livekit.protocol.sip import SIPParticipantInfo

from lklint.sandbox.checks.table import refusal_of
from lklint.sandbox.identifiers import CALL, PARTICIPANT, new_id
from lklint.sandbox.refusals import from_inside, invalid
from lklint.sandbox.services.trunks import stored_trunk
from lklint.sandbox.store import Store
from lklint.sandbox.tokens import Grants


def create_participant(store: Store, request: Any) -> Any:
    """CreateSIPParticipant."""
    words = refusal_of(request)
    if words is not None:
        raise invalid(words)
    numbers = []
    if request.sip_trunk_id:
        numbers = stored_trunk(store, "outbound-trunk", request.sip_trunk_id).numbers
    if not request.sip_number and not numbers:
        # livekit/protocol v1.48.2 rpc/sip.go, NewCreateSIPParticipantRequest.
        raise from_inside("failed_precondition", "no numbers on outbound trunk")
    participant = SIPParticipantInfo(
        participant_id=new_id(PARTICIPANT),
        participant_identity=request.participant_identity or f"sip_{request.sip_call_to}",
        room_name=request.room_name,
        sip_call_id=new_id(CALL),
    )
    store.put("participant", participant)
    return participant


def transfer_participant(store: Store, request: Any, grants: Grants) -> Any:
    """TransferSIPParticipant; who was transferred has left the room."""
    if not request.room_name:
        raise from_inside("invalid_argument", "Missing room name")
    if not request.participant_identity:
        raise from_inside("invalid_argument", "Missing participant identity")
    grants.need_sip_call()
    grants.need_room_admin(request.room_name)
    words = refusal_of(request)
    if words is not None:
        raise invalid(words)
    where = (request.room_name, request.participant_identity)
    for participant in store.all("participant"):
        if (participant.room_name, participant.participant_identity) == where:
            store.remove("participant", participant.participant_id)
            return Empty()
    raise from_inside("not_found", "participant does not exist")
