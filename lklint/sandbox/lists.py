"""Which stored messages a list request is given.

livekit/protocol v1.48.2 livekit/sip.go (`Filter`), types.go (`ListPageIter`), and livekit-server
v1.13.3 pkg/service/redisstore.go (`redisIterPage`). The server walks all pages itself and answers
with everything after `after_id`, whatever the limit is; but it takes a page on which the filter
leaves nothing for the last one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from lklint.telephony.phone_numbers import normalize_number

LARGEST_PAGE = 1000
"""Messages that are read at a time where no limit is given."""


def listed(messages: list[Any], request: Any, id_field: str, wanted: Callable[[Any], bool]) -> Any:
    """Those of messages, sorted by id, that a request asks for."""
    if not request.HasField("page"):
        return [message for message in messages if wanted(message)]
    limit = request.page.limit if request.page.limit > 0 else LARGEST_PAGE
    found: list[Any] = []
    rest = _after(messages, id_field, request.page.after_id)
    while True:
        page = [message for message in rest[:limit] if wanted(message)]
        if not page:
            return found
        found += page
        rest = _after(rest, id_field, getattr(page[-1], id_field))


def wants_inbound_trunk(request: Any) -> Callable[[Any], bool]:
    """By id, and by number in any format; a trunk without numbers takes every number."""
    numbers = _normalized(request.numbers)

    def wanted(trunk: Any) -> bool:
        return _among(trunk.sip_trunk_id, request.trunk_ids) and _shares(
            _normalized(trunk.numbers), numbers
        )

    return wanted


def wants_outbound_trunk(request: Any) -> Callable[[Any], bool]:
    """By id, and by number as it is written."""

    def wanted(trunk: Any) -> bool:
        return _among(trunk.sip_trunk_id, request.trunk_ids) and _shares(
            set(trunk.numbers), set(request.numbers)
        )

    return wanted


def wants_rule(request: Any) -> Callable[[Any], bool]:
    """By id, and by trunk; a rule without trunks is for every trunk."""

    def wanted(rule: Any) -> bool:
        return _among(rule.sip_dispatch_rule_id, request.dispatch_rule_ids) and _shares(
            set(rule.trunk_ids), set(request.trunk_ids)
        )

    return wanted


def _after(messages: list[Any], id_field: str, id: str) -> list[Any]:
    return [message for message in messages if getattr(message, id_field) > id]


def _among(id: str, ids: Iterable[str]) -> bool:
    return not ids or id in ids


def _shares(held: set[str], wanted: set[str]) -> bool:
    """Whether two sets meet; an empty one is everything."""
    return not held or not wanted or not held.isdisjoint(wanted)


def _normalized(numbers: Iterable[str]) -> set[str]:
    return set(map(normalize_number, numbers))
