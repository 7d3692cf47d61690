"""Ids of trunks: `ST_` for inbound and outbound trunks, `PN_` for LiveKit's own phone numbers.

The prefixes are those of livekit/protocol, utils/guid/id.go. LiveKit checks none of them when it
stores a dispatch rule, and later compares each entry of `trunk_ids` with the trunk of the call as
text (sip/sip.go `MatchDispatchRuleIter`).
"""

from __future__ import annotations

import re
from typing import Literal

from lklint.patterns import Pattern
from lklint.telephony.phone_numbers import normalize_number

IdFault = Literal[
    "fine", "empty", "padded", "several", "other", "brackets", "any", "number", "name"
]
"""What an entry is instead of an id:

- empty: nothing, or nothing but blanks;
- padded: an id with blanks, quotes, commas or brackets around it;
- several: more than one id in one text;
- other: the id of something that is no trunk (`SDR_…`);
- brackets: the text of a JSON list that holds no id (`[]`);
- any: a word for every trunk (`*`);
- number: a phone number;
- name: anything else, most likely the trunk's name.
"""

_ID = Pattern(r"(?:ST|PN)_[A-Za-z0-9_-]+")
_OTHER_ID = Pattern(r"([A-Z]{2,5})_[A-Za-z0-9]{12}")
_ANY = frozenset(("*", "any", "all", "<any>"))

_MEANINGS = {
    "SDR": "a dispatch rule",
    "SCL": "a call",
    "RM": "a room",
    "PA": "a participant",
    "TR": "a track",
    "AD": "an agent dispatch",
    "CA": "an agent",
}


def classify_trunk_id(text: str) -> IdFault:
    """What an entry of `trunk_ids` is."""
    stripped = text.strip()
    if not stripped:
        return "empty"
    ids = ids_in(text)
    if ids:
        return "several" if len(ids) > 1 else "fine" if ids[0] == text else "padded"
    if stripped.startswith("["):
        return "brackets"
    if _OTHER_ID.fullmatch(stripped):
        return "other"
    if stripped.lower() in _ANY:
        return "any"
    if normalize_number(stripped)[1:].isdigit():
        return "number"
    return "name"


def ids_in(text: str) -> list[str]:
    """The ids in a text that holds ids and separators and nothing else; else none.

    The marks of a JSON list count as separators: `["ST_…"]` written as a text.
    """
    parts = [part for part in re.split(r"""[\s,;|"'[\]]+""", text) if part]
    return parts if all(_ID.fullmatch(part) for part in parts) else []


def what_id_names(text: str) -> str:
    """What the id of another thing stands for: "a dispatch rule"."""
    return _MEANINGS.get(text.strip().partition("_")[0], "something else")
