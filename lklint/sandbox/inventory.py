"""The phone numbers that a sandbox has to give away. Nobody can be reached at any of them.

Of North America they are 555-0100 to 555-0199, which are kept for made-up stories (NANPA, 555 line
numbers); of Britain those that Ofcom keeps for drama.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

PER_AREA = 100
"""Numbers in each place."""


class Area(NamedTuple):
    """A place with numbers: `prefix` is all but the last two digits, in E.164."""

    country: str
    area_code: str
    prefix: str
    locality: str
    region: str
    type: str = "PHONE_NUMBER_TYPE_LOCAL"


class Offer(NamedTuple):
    """A number that can be had: in E.164, and where it is."""

    number: str
    area: Area


AREAS = (
    Area("US", "202", "+120255501", "Washington", "DC"),
    Area("US", "212", "+121255501", "New York", "NY"),
    Area("US", "310", "+131055501", "Los Angeles", "CA"),
    Area("US", "415", "+141555501", "San Francisco", "CA"),
    Area("US", "510", "+151055501", "Oakland", "CA"),
    Area("US", "650", "+165055501", "San Mateo", "CA"),
    Area("US", "800", "+180055501", "", "", "PHONE_NUMBER_TYPE_TOLL_FREE"),
    Area("CA", "416", "+141655501", "Toronto", "ON"),
    Area("CA", "604", "+160455501", "Vancouver", "BC"),
    Area("GB", "20", "+4420794601", "London", ""),
    Area("GB", "161", "+4416149601", "Manchester", ""),
    Area("GB", "7700", "+4477009001", "", "", "PHONE_NUMBER_TYPE_MOBILE"),
)

DOCUMENTED = Offer("+16505550010", AREAS[5])
"""The number that LiveKit's page on these commands asks about; it is no subscriber's either."""


@cache
def offers() -> dict[str, Offer]:
    """All numbers, by number, in the order in which a search finds them."""
    listed = {offer.number: offer for area in AREAS for offer in _offers(area)}
    return {**listed, DOCUMENTED.number: DOCUMENTED}


def _offers(area: Area) -> Iterator[Offer]:
    for last in range(PER_AREA):
        yield Offer(f"{area.prefix}{last:02d}", area)
