"""Phone numbers (livekit/protocol v1.54.0 protobufs/livekit_phone_number.proto).

Only LiveKit Cloud serves this API and its code is not public, so that what it refuses and in which
words cannot be known from here. What `lk` 2.18.3 sends and prints is known. The rest is chosen:

- who names several numbers has all of them or none;
- a number that you have already is `already_exists`; one that is not on offer is `not_found`;
- a search without a country finds the numbers of all; a list without statuses leaves out the
  released ones;
- a dispatch rule has to be there when a number is given to it; an empty id takes the number from
  its rule;
- a released number is on offer again, and whoever buys it gets a new id.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Sequence
from typing import Any

from lklint.protocol import phone_numbers as messages
from lklint.sandbox.identifiers import NUMBER, new_id
from lklint.sandbox.inventory import Offer, offers
from lklint.sandbox.refusals import Refusal, invalid
from lklint.sandbox.services.rules import stored_rule
from lklint.sandbox.store import Store

ACTIVE = messages.STATUSES.index("PHONE_NUMBER_STATUS_ACTIVE")
RELEASED = messages.STATUSES.index("PHONE_NUMBER_STATUS_RELEASED")
OFFLINE = messages.STATUSES.index("PHONE_NUMBER_STATUS_OFFLINE")

DEFAULT_LIMIT = 50


def search(store: Store, request: Any) -> Any:
    """SearchPhoneNumbers: what is on offer in a country and an area."""
    taken = {number.e164_format for number in store.all("phone-number") if _is_held(number)}
    found = [
        _offered(offer)
        for offer in offers().values()
        if request.country_code in ("", offer.area.country)
        and request.area_code in ("", offer.area.area_code)
        and offer.number not in taken
    ]
    page, following = _page(found, request)
    return messages.SearchPhoneNumbersResponse(items=page, next_page_token=following)


def purchase(store: Store, request: Any) -> Any:
    """PurchasePhoneNumber."""
    if not request.phone_numbers:
        raise invalid("at least one phone number is required")
    wanted = dict.fromkeys(request.phone_numbers)
    for number in wanted:
        if number not in offers():
            raise Refusal("not_found", f"phone number {number} is not on offer")
        if _by_number(store, number) is not None:
            raise Refusal("already_exists", f"phone number {number} is already yours")
    if request.sip_dispatch_rule_id:
        stored_rule(store, request.sip_dispatch_rule_id)
    bought = [_bought(offers()[number], request.sip_dispatch_rule_id) for number in wanted]
    store.put("phone-number", *bought)
    return messages.PurchasePhoneNumberResponse(phone_numbers=bought)


def list_numbers(store: Store, request: Any) -> Any:
    """ListPhoneNumbers."""
    found = [
        number
        for number in sorted(store.all("phone-number"), key=_age)
        if (number.status in request.statuses if request.statuses else _is_held(number))
        and request.sip_dispatch_rule_id in ("", *number.sip_dispatch_rule_ids)
    ]
    page, following = _page(found, request)
    return messages.ListPhoneNumbersResponse(
        items=page,
        next_page_token=following,
        total_count=len(found),
        offline_count=sum(number.status == OFFLINE for number in found),
    )


def get(store: Store, request: Any) -> Any:
    """GetPhoneNumber."""
    return messages.GetPhoneNumberResponse(phone_number=_named(store, request))


def update(store: Store, request: Any) -> Any:
    """UpdatePhoneNumber."""
    number = messages.PhoneNumber()
    number.CopyFrom(_named(store, request))
    if not _is_held(number):
        raise Refusal("failed_precondition", "the phone number is released")
    if request.HasField("sip_dispatch_rule_id"):
        if request.sip_dispatch_rule_id:
            stored_rule(store, request.sip_dispatch_rule_id)
        _assign(number, request.sip_dispatch_rule_id)
        number.updated_at.GetCurrentTime()
        store.put("phone-number", number)
    return messages.UpdatePhoneNumberResponse(phone_number=number)


def release(store: Store, request: Any) -> Any:
    """ReleasePhoneNumbers."""
    if bool(request.ids) == bool(request.phone_numbers):
        raise invalid("either ids or phone_numbers must be given")
    named = [(id, store.get("phone-number", id)) for id in dict.fromkeys(request.ids)]
    named += [(it, _by_number(store, it)) for it in dict.fromkeys(request.phone_numbers)]
    for name, number in named:
        if number is None or not _is_held(number):
            raise Refusal("not_found", f"phone number {name} does not exist")
    store.put("phone-number", *(_released(number) for _, number in named))
    return messages.ReleasePhoneNumbersResponse()


def _named(store: Store, request: Any) -> Any:
    """The number that a request names, by id or by number."""
    if bool(request.id) == bool(request.phone_number):
        raise invalid("either id or phone_number must be given")
    if request.id:
        number = store.get("phone-number", request.id)
    else:
        number = _by_number(store, request.phone_number)
    if number is None:
        raise Refusal("not_found", "requested phone number does not exist")
    return number


def _by_number(store: Store, number: str) -> Any:
    held = filter(_is_held, store.all("phone-number"))
    return next((one for one in held if one.e164_format == number), None)


def _is_held(number: Any) -> bool:
    return bool(number.status != RELEASED)


def _age(number: Any) -> tuple[int, int, str]:
    return number.created_at.seconds, number.created_at.nanos, number.e164_format


def _offered(offer: Offer) -> Any:
    area = offer.area
    return messages.PhoneNumber(
        e164_format=offer.number,
        country_code=area.country,
        area_code=area.area_code,
        number_type=messages.TYPES.index(area.type),
        locality=area.locality,
        region=area.region,
        capabilities=["voice"],
    )


def _bought(offer: Offer, rule: str) -> Any:
    number = _offered(offer)
    number.id = new_id(NUMBER)
    number.status = ACTIVE
    for moment in (number.created_at, number.updated_at, number.assigned_at):
        moment.GetCurrentTime()
    _assign(number, rule)
    return number


def _assign(number: Any, rule: str) -> None:
    """Give a number to a rule; "" takes it from any. The field of old says the same."""
    number.sip_dispatch_rule_id = rule
    number.sip_dispatch_rule_ids[:] = [rule] if rule else []


def _released(number: Any) -> Any:
    released = messages.PhoneNumber()
    released.CopyFrom(number)
    released.status = RELEASED
    released.released_at.GetCurrentTime()
    released.updated_at.CopyFrom(released.released_at)
    _assign(released, "")
    return released


def _page(found: Sequence[Any], request: Any) -> tuple[Iterable[Any], Any]:
    """One page of what was found, and the token of the next, None for the last.

    A token is the base64 of `{"offset": …, "limit": …}` (livekit/protocol v1.54.0 livekit/types.go,
    `EncodeTokenPagination`); `lk number list` puts `--limit` and `--offset` into one.
    """
    offset, limit = _decoded(request.page_token.token)
    limit = request.limit or limit or DEFAULT_LIMIT
    if offset < 0 or limit < 0:
        raise invalid("limit and offset must not be negative")
    end = offset + limit
    following = None
    if end < len(found):
        token = json.dumps({"offset": end, "limit": limit}, separators=(",", ":"))
        encoded = base64.urlsafe_b64encode(token.encode()).decode()
        following = messages.TokenPagination(token=encoded)
    return found[offset:end], following


def _decoded(token: str) -> tuple[int, int]:
    if not token:
        return 0, 0
    try:
        page = json.loads(base64.urlsafe_b64decode(token))
        return int(page.get("offset", 0)), int(page.get("limit", 0))
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise invalid("invalid page token") from None
