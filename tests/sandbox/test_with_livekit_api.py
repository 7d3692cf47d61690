"""LiveKit's own Python client takes a sandbox for LiveKit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
from livekit.api import LiveKitAPI, TwirpError
from livekit.protocol import sip

from lklint.sandbox.server import serving
from lklint.sandbox.store import Store

KEY, SECRET = "devkey", "only_for_tests_on_the_loopback_0123456789"
Answer = TypeVar("Answer")


def with_client(work: Callable[[LiveKitAPI], Awaitable[Answer]]) -> Answer:
    """Do some work with a client of a fresh sandbox, in one event loop."""

    async def run() -> Answer:
        async with (
            serving(Store(), keys={KEY: SECRET}) as url,
            LiveKitAPI(url, KEY, SECRET) as client,
        ):
            return await work(client)

    return asyncio.run(run())


def test_a_trunk_from_create_to_delete() -> None:
    async def work(client: LiveKitAPI) -> list[list[str]]:
        calls = client.sip
        trunk = sip.SIPInboundTrunkInfo(name="made", numbers=["+12025550100"])
        made = await calls.create_inbound_trunk(sip.CreateSIPInboundTrunkRequest(trunk=trunk))
        await calls.update_inbound_trunk_fields(made.sip_trunk_id, name="changed")
        changed = await calls.list_inbound_trunk(sip.ListSIPInboundTrunkRequest())
        trunk.name = "replaced"
        await calls.update_inbound_trunk(made.sip_trunk_id, trunk)
        replaced = await calls.list_inbound_trunk(sip.ListSIPInboundTrunkRequest())
        await calls.delete_trunk(sip.DeleteSIPTrunkRequest(sip_trunk_id=made.sip_trunk_id))
        left = await calls.list_inbound_trunk(sip.ListSIPInboundTrunkRequest())
        return [[item.name for item in answer.items] for answer in (changed, replaced, left)]

    assert with_client(work) == [["changed"], ["replaced"], []]


def test_a_rule_and_a_call() -> None:
    async def work(client: LiveKitAPI) -> tuple[str, str]:
        calls = client.sip
        direct = sip.SIPDispatchRule(dispatch_rule_direct=sip.SIPDispatchRuleDirect(room_name="r"))
        info = sip.SIPDispatchRuleInfo(rule=direct)
        rule = await calls.create_dispatch_rule(
            sip.CreateSIPDispatchRuleRequest(dispatch_rule=info)
        )
        out = sip.SIPOutboundTrunkInfo(address="sip.example.com", numbers=["+12025550100"])
        trunk = await calls.create_outbound_trunk(sip.CreateSIPOutboundTrunkRequest(trunk=out))
        call = sip.CreateSIPParticipantRequest(
            sip_trunk_id=trunk.sip_trunk_id,
            sip_call_to="+13105550150",
            room_name="r",
            participant_identity="callee",
            wait_until_answered=True,
        )
        answer = await calls.create_sip_participant(call)
        await calls.transfer_sip_participant(
            sip.TransferSIPParticipantRequest(
                room_name="r", participant_identity="callee", transfer_to="tel:+13105550151"
            )
        )
        return rule.sip_dispatch_rule_id[:4], answer.participant_identity

    assert with_client(work) == ("SDR_", "callee")


def test_a_refusal_is_the_error_of_the_client() -> None:
    async def work(client: LiveKitAPI) -> None:
        empty = sip.CreateSIPInboundTrunkRequest(trunk=sip.SIPInboundTrunkInfo())
        await client.sip.create_inbound_trunk(empty)

    with pytest.raises(TwirpError, match="for security, one of the fields must be set") as raised:
        with_client(work)
    assert (raised.value.code, raised.value.status) == ("invalid_argument", 400)
