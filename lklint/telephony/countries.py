"""Countries as LiveKit names them: the two letters of ISO 3166-1 alpha-2.

The pages of LiveKit write `in` and `us`, its protobuf file says ISO 3166-1 alpha-2; the service
that reads them is LiveKit Cloud's, whose code is not public. Its list has `gb` and no `uk`
(docs.livekit.io/deploy/admin/regions/endpoints).
"""

from __future__ import annotations

_MEANT = {
    # Three letters, of the countries where LiveKit has a region.
    "ARE": "AE", "AUS": "AU", "BRA": "BR", "CAN": "CA", "DEU": "DE", "FRA": "FR", "GBR": "GB",
    "ISR": "IL", "IND": "IN", "JPN": "JP", "SAU": "SA", "SGP": "SG", "USA": "US", "ZAF": "ZA",
    # LiveKit's names of regions, which look alike and belong to inbound addresses.
    "UK": "GB", "INDIA": "IN", "JAPAN": "JP", "CANADA": "CA",
}  # fmt: skip


def is_country(code: str) -> bool:
    """Whether a text is the two letters of a country that has telephones, in any case."""
    import phonenumbers

    return code.upper() in phonenumbers.SUPPORTED_REGIONS


def country_meant(text: str) -> str | None:
    """The two capital letters that a text stands for: US for `us` and `USA`; None if unknown."""
    word = text.strip().upper()
    code = _MEANT.get(word, word)
    return code if is_country(code) else None
