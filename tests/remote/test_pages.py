"""A list is whole, whatever a server does with its pages, and comes to an end."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import web
from livekit.protocol.sip import (
    ListSIPInboundTrunkRequest,
    ListSIPInboundTrunkResponse,
    SIPInboundTrunkInfo,
)

from lklint.protocol import phone_numbers as proto
from lklint.protocol.messages import id_of
from lklint.remote import phone_numbers, server
from lklint.remote.errors import BadAnswer, Refused

from .answers import Log, message, talk

TRUNKS = [SIPInboundTrunkInfo(sip_trunk_id=f"ST_{number:03}") for number in range(7)]
IDS = [trunk.sip_trunk_id for trunk in TRUNKS]


def turns_pages(request: Any) -> list[Any]:
    rest = [trunk for trunk in TRUNKS if trunk.sip_trunk_id > request.page.after_id]
    return rest[: request.page.limit or len(rest)]


def ignores_pages(request: Any) -> list[Any]:
    return TRUNKS


def has_smaller_pages(request: Any) -> list[Any]:
    return turns_pages(request)[:2]


def counts_but_does_not_turn(request: Any) -> list[Any]:
    return TRUNKS[: request.page.limit or len(TRUNKS)]


def listing(behaviour: Any) -> Any:
    async def handler(request: web.Request, body: bytes) -> web.Response:
        asked = ListSIPInboundTrunkRequest.FromString(body)
        return message(ListSIPInboundTrunkResponse(items=behaviour(asked)))

    return handler


@pytest.mark.parametrize("page", [1, 3, 7, 1000])
@pytest.mark.parametrize(
    "behaviour", [turns_pages, ignores_pages, has_smaller_pages, counts_but_does_not_turn]
)
def test_every_trunk_comes_once(behaviour: Any, page: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "PAGE", page)
    listed = talk(listing(behaviour), lambda server: server.list("inbound-trunk"))
    assert [id_of("inbound-trunk", trunk) for trunk in listed] == IDS


def test_a_list_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "MOST_RESOURCES", 50)
    log = Log()

    def endless(request: Any) -> list[Any]:
        return [SIPInboundTrunkInfo(sip_trunk_id=f"ST_{len(log.methods):06}")]

    with pytest.raises(BadAnswer, match="no end"):
        talk(listing(endless), lambda server: server.list("inbound-trunk"), log)


def test_a_trunk_that_is_not_there_is_refused_whether_the_server_leaves_a_gap_or_not() -> None:
    for items in ([], [SIPInboundTrunkInfo()]):
        with pytest.raises(Refused, match="not_found"):
            talk(
                listing(lambda request, items=items: items),
                lambda server: server.get("inbound-trunk", "ST_x"),
            )


def test_phone_numbers_come_page_after_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phone_numbers, "PAGE", 2)
    stored = [proto.PhoneNumber(id=f"PN_{number}") for number in range(5)]

    async def handler(request: web.Request, body: bytes) -> web.Response:
        asked = proto.ListPhoneNumbersRequest.FromString(body)
        offset = phone_numbers.page_offset(asked.page_token)
        assert offset is not None
        answer = proto.ListPhoneNumbersResponse(items=stored[offset : offset + 2], total_count=5)
        if offset + 2 < 5:
            answer.next_page_token.CopyFrom(phone_numbers.page_token(offset + 2, 2))
        return message(answer)

    numbers = talk(handler, lambda server: server.list("phone-number"))
    assert [id_of("phone-number", number) for number in numbers] == [number.id for number in stored]


def test_phone_numbers_end_where_a_server_repeats_its_token() -> None:
    async def handler(request: web.Request, body: bytes) -> web.Response:
        answer = proto.ListPhoneNumbersResponse(items=[proto.PhoneNumber(id="PN_a")])
        answer.next_page_token.token = "again"
        return message(answer)

    assert len(talk(handler, lambda server: server.numbers.all())) == 1


def test_a_search_goes_on_until_it_has_what_was_asked_for() -> None:
    async def handler(request: web.Request, body: bytes) -> web.Response:
        asked = proto.SearchPhoneNumbersRequest.FromString(body)
        start = int(asked.page_token.token or 0)
        numbers = [f"+155501{start + index:02}" for index in range(3)]
        answer = proto.SearchPhoneNumbersResponse(
            items=[proto.PhoneNumber(e164_format=number) for number in numbers]
        )
        answer.next_page_token.token = str(start + 3)
        return message(answer)

    found = talk(handler, lambda server: server.numbers.search("US", limit=7))
    assert len(found.items) == 7
