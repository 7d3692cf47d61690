"""LiveKit's phone number service, which only LiveKit Cloud (and lklint's sandbox) has.

A thin client in the style of livekit-api's services, which lack this one; when they have it, this
file can go. Methods and messages: `lklint.protocol.phone_numbers`.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any

from lklint.protocol.phone_numbers import (
    METHODS,
    SERVICE,
    STATUSES,
    GetPhoneNumberRequest,
    ListPhoneNumbersRequest,
    PurchasePhoneNumberRequest,
    ReleasePhoneNumbersRequest,
    SearchPhoneNumbersRequest,
    SearchPhoneNumbersResponse,
    TokenPagination,
    UpdatePhoneNumberRequest,
)
from lklint.remote.errors import BadAnswer, OutcomeUnknown
from lklint.remote.twirp import Caller

PAGE = 100
MOST_NUMBERS = 1_000_000

# Buying asks a carrier, which takes longer than looking something up in a store.
_PURCHASE_SECONDS = 60.0


def page_token(offset: int, limit: int) -> Any:
    """The token of a page, as LiveKit's own clients write it (seen on the wire)."""
    text = json.dumps({"offset": offset, "limit": limit}, separators=(",", ":"))
    return TokenPagination(token=base64.b64encode(text.encode()).decode())


def page_offset(token: Any) -> int | None:
    """Where the page of a token begins, or None for a token of another make."""
    try:
        offset = json.loads(base64.b64decode(token.token, validate=True))["offset"]
    except (ValueError, KeyError, TypeError):
        return None
    return offset if isinstance(offset, int) else None


class PhoneNumbers:
    """The phone numbers of a project; every message is one of `lklint.protocol.phone_numbers`."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def search(self, country_code: str = "", area_code: str = "", limit: int = 50) -> Any:
        """Numbers that can be bought, `limit` at most: a SearchPhoneNumbersResponse."""
        request = SearchPhoneNumbersRequest(country_code=country_code, limit=limit)
        if area_code:
            request.area_code = area_code
        found = SearchPhoneNumbersResponse()
        tokens: set[str] = set()
        while True:
            page = await self._read("SearchPhoneNumbers", request)
            found.items.extend(page.items[: limit - len(found.items)])
            token = page.next_page_token.token
            if not token or token in tokens or not page.items or len(found.items) >= limit:
                return found
            tokens.add(token)
            request.page_token.token = token

    async def page(
        self,
        offset: int = 0,
        limit: int = 50,
        statuses: Sequence[str] = (),
        dispatch_rule_id: str = "",
    ) -> Any:
        """One page of the project's numbers: a ListPhoneNumbersResponse.

        `statuses` are names of `PhoneNumberStatus`; none means every status the server lists.
        """
        return await self._page(page_token(offset, limit), statuses, dispatch_rule_id)

    async def all(self, statuses: Sequence[str] = ()) -> list[Any]:
        """Every number of the project, each once, page after page."""
        numbers: dict[str, Any] = {}
        tokens: set[str] = set()
        token = page_token(0, PAGE)
        while True:
            page = await self._page(token, statuses, "")
            fresh = {number.id: number for number in page.items if number.id not in numbers}
            numbers.update(fresh)
            tokens.add(token.token)
            token = page.next_page_token
            if not fresh or not token.token or token.token in tokens:
                return list(numbers.values())
            if len(numbers) > MOST_NUMBERS:
                raise BadAnswer("the server's list of phone numbers has no end")

    async def get(self, id: str = "", number: str = "") -> Any:
        """The number of this id, or of this text in E.164. Raises `Refused` where there is none."""
        request = GetPhoneNumberRequest(**_which(id, number))
        return _one(await self._read("GetPhoneNumber", request))

    async def purchase(self, numbers: Sequence[str], dispatch_rule_id: str = "") -> Any:
        """Buy numbers, in E.164, for money: a PurchasePhoneNumberResponse. Never repeated."""
        request = PurchasePhoneNumberRequest(phone_numbers=numbers)
        if dispatch_rule_id:
            request.sip_dispatch_rule_id = dispatch_rule_id
        answer = await self._write("PurchasePhoneNumber", request, _PURCHASE_SECONDS)
        if not answer.phone_numbers:
            raise OutcomeUnknown("the answer to the purchase names no number")
        return answer

    async def update(
        self, id: str = "", number: str = "", dispatch_rule_id: str | None = None
    ) -> Any:
        """Assign a dispatch rule to a number: the number as it is then; None changes nothing."""
        request = UpdatePhoneNumberRequest(**_which(id, number))
        if dispatch_rule_id is not None:
            request.sip_dispatch_rule_id = dispatch_rule_id
        return _one(await self._write("UpdatePhoneNumber", request))

    async def release(self, ids: Sequence[str] = (), numbers: Sequence[str] = ()) -> None:
        """Give numbers back, by their ids or by their texts; they are gone for good."""
        request = ReleasePhoneNumbersRequest(ids=ids, phone_numbers=numbers)
        await self._write("ReleasePhoneNumbers", request)

    async def _page(self, token: Any, statuses: Sequence[str], dispatch_rule_id: str) -> Any:
        request = ListPhoneNumbersRequest(
            page_token=token, statuses=[STATUSES.index(status) for status in statuses]
        )
        if dispatch_rule_id:
            request.sip_dispatch_rule_id = dispatch_rule_id
        return await self._read("ListPhoneNumbers", request)

    async def _read(self, method: str, request: Any) -> Any:
        return await self._caller.read(SERVICE, method, request, METHODS[method][1])

    async def _write(self, method: str, request: Any, seconds: float | None = None) -> Any:
        answer = METHODS[method][1]
        if seconds is None:
            return await self._caller.write(SERVICE, method, request, answer)
        return await self._caller.write(SERVICE, method, request, answer, seconds=seconds)


def _which(id: str, number: str) -> dict[str, str]:
    """The field that says which number is meant: the id goes before the text."""
    return {"id": id} if id else {"phone_number": number}


def _one(answer: Any) -> Any:
    if not answer.HasField("phone_number"):
        raise BadAnswer("the server answered without a phone number")
    return answer.phone_number
