"""The room a call lands in, as LiveKit names it.

livekit/protocol, sip/sip.go `EvaluateDispatchRule`:

- direct: the room name as it is written;
- individual: prefix, `_`, the caller's number, and `_` with 12 random characters unless
  `no_randomness` is set. Without a prefix the first `_` is missing;
- callee: prefix, `_`, the number that was dialled, and random characters only with `randomize`.

The numbers are those of the call, with or without `+`. `hide_phone_number` leaves the last four
digits of the caller's number. Nothing in a name is replaced: there are no templates.
"""

from __future__ import annotations

import re

from lklint.patterns import Pattern
from lklint.telephony.placeholders import find_placeholder

LONGEST_ROOM_NAME = 256
"""Bytes that a room name may have by default (livekit-server, pkg/config/config.go
`MaxRoomNameLength`)."""

LONGEST_NUMBER = 16
"""A plus and 15 digits (ITU-T E.164)."""

RANDOM_LENGTH = 12
"""Characters that LiveKit appends (protocol, utils/guid)."""

SEPARATORS = "-_.:/"
"""Marks that people end a prefix with, to keep it apart from the number."""


def example_room(kind: str, room: str, random: bool) -> str:
    """A room name as a call would get it; `kind` is "direct", "individual" or "callee"."""
    if kind == "direct":
        return room
    number = "+15550105" if kind == "individual" else "+15550100"
    named = f"{room}_{number}" if room else number
    return f"{named}_a1B2…" if random else named


def longest_room(kind: str, room: str, random: bool, hidden: bool) -> int:
    """The bytes of the longest room name that a rule can make. `hidden` is `hide_phone_number`."""
    length = len(room.encode("utf-8", "surrogatepass"))
    if kind == "direct":
        return length
    number = 4 if hidden and kind == "individual" else LONGEST_NUMBER
    return (length + 1 if room else 0) + number + (1 + RANDOM_LENGTH if random else 0)


_FORMATS = Pattern(
    r"\$\{[^{}]*\}|#\{[^{}]*\}|<%.*?%>|%[sd](?![A-Za-z0-9])|%\([A-Za-z_]+\)s|\{\}|\{[0-9]\}"
    r"|\{[a-z][a-z0-9_. -]*\}"
    r"|\[(?:caller|callee|called|from|to|number|phone)(?![a-z])[a-z0-9_. -]*\]"
    r"|\$(?:caller|callee|called|from|to|number|phone)(?![a-z])[a-z0-9_]*|\*$",
    re.IGNORECASE,
)
"""Ways in which programming languages and people write "put a value here"."""
_LONGEST = 300
"""How much of a room name is searched for them; LiveKit takes names of 255 characters."""


_OF_A_CALL = Pattern(
    r"(?:<|\$\{) ?(?:caller|callee|calling|called|random)(?:[-_ .]?(?:id|number|phone|user))? ?[>}]"
    r"|< ?(?:from|to|number|phone|phone[-_ ]?number|uuid|call[-_ ]?id) ?>",
    re.IGNORECASE,
)
"""Placeholders that only a call could fill: `lk sip dispatch list` shows rooms as
`call_<caller>_<random>`."""


def template_in(room: str) -> str | None:
    """The part of a room name that was meant to be filled in on each call, or None.

    `${NAME}`, which a shell or a build fills in, is none, and neither is `<your-room>`: they are
    placeholders, and something else than the call was to fill them in. `<caller>` is one.
    """
    found = find_placeholder(room)
    if found is None:
        match = _FORMATS.search(room[:_LONGEST])
        return match[0] if match is not None else None
    if found.kind == "template":
        before = room[: room.find(found.text)][-1:]
        return before + found.text if before in ("$", "#") else found.text
    return found.text if _OF_A_CALL.fullmatch(found.text) else None
