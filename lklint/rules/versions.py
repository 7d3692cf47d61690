"""Family 1: fields that an older livekit-server does not know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lklint.rules.found import Found, at_key
from lklint.rules.kept_media import kept_media
from lklint.rules.registry import rule
from lklint.settings import Settings, Version
from lklint.telephony.message import Message
from lklint.telephony.resources import DispatchRule, InboundTrunk, OutboundTrunk, Participant

_MEDIA = "calls get the media that your server gives every call"
_SINCE: tuple[tuple[type, str, Version, str], ...] = (
    (DispatchRule, "numbers", (1, 9, 11), "the rule takes calls to every number"),
    (
        DispatchRule,
        "rule/dispatch_rule_individual/no_randomness",
        (1, 10, 0),
        "room names end in random characters all the same",
    ),
    (DispatchRule, "media", (1, 12, 0), _MEDIA),
    (InboundTrunk, "auth_realm", (1, 12, 0), "the login is asked for in the name of LiveKit"),
    (InboundTrunk, "media", (1, 13, 2), _MEDIA),
    (InboundTrunk, "ringing_timeout_status", (1, 13, 11), "unanswered calls end with 486"),
    (OutboundTrunk, "from_host", (1, 10, 0), "calls come from LiveKit's own host"),
    (OutboundTrunk, "media", (1, 13, 2), _MEDIA),
    (Participant, "trunk/from_host", (1, 10, 0), "the call comes from LiveKit's own host"),
    (Participant, "media", (1, 12, 0), _MEDIA),
    (Participant, "to_user_override", (1, 13, 6), "the To header has the number that is called"),
)
"""By resource: a field, the first livekit-server that knows it, and what an older one does."""


@rule(
    "LK134", "field-newer-than-server", "error", "dead",
    InboundTrunk, OutboundTrunk, DispatchRule, Participant,
)  # fmt: skip
def field_newer_than_server(resource: Any, settings: Settings) -> Iterator[Found]:
    """A field that your livekit-server does not know yet.

    ## What it finds
    `numbers`, `noRandomness` and `media` of a dispatch rule, `authRealm`, `ringingTimeoutStatus`
    and `media` of an inbound trunk, `fromHost` and `media` of an outbound one, and the like, where
    `server-version` is older than they are. Silent where the version is not known.

    ## Why it matters
    A newer `lk` sends the field, and an older server takes the file and goes by what it knows. A
    dispatch rule for one number (`numbers`, since 1.9.11) then takes the calls to all of them.

    ## Example
    ```json dispatch-rule server=1.9.10
    {
      "dispatch_rule": {
        "numbers": ["+442079460123"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```

    ## Instead
    ```json dispatch-rule server=1.9.11
    {
      "dispatch_rule": {
        "numbers": ["+442079460123"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```

    ## Fix
    None: update the server.

    ## Evidence
    LiveKit protocol, `protobufs/livekit_sip.proto`, in the version that the `go.mod` of each
    livekit-server names. Protobuf keeps fields that it does not know, and nothing reads them.
    livekit/sip#825: a server of 1.9.2, where `numbers` was wanted.
    """
    if settings.server_version is None:
        return
    newer = [row for row in _SINCE if settings.older_server(row[2]) and type(resource) is row[0]]
    for _, path, version, instead in newer:
        message, field = _holder(resource.message, path)
        lost = field == "media" and kept_media(resource, settings) is None
        if message is not None and message.get(field) and not lost:
            theirs, first = (".".join(map(str, v)) for v in (settings.server_version, version))
            yield Found(
                at_key(message.at(field)),
                f"livekit-server {theirs} does not know this field: {instead}",
                f"Update livekit-server to {first} or newer, or take it out.",
                f"since {first}",
            )


def _holder(message: Message, path: str) -> tuple[Message | None, str]:
    """The message that has a field, and the field's name in it."""
    *around, field = path.split("/")
    holder: Message | None = message
    for name in around:
        holder = holder.message(name) if holder is not None else None
    return holder, field
