"""What the caller gets, by what LiveKit decided.

Seen on real calls (livekit-server 1.13.3, livekit-sip 1.10.0) and read from livekit/sip
(pkg/sip/inbound.go `processInvite`, `handleInvite`, `pinPrompt`; pkg/sip/media_codecs.go). Agents,
the caller's own codecs and timers decide the rest of an accepted call; what is configured does not
tell.
"""

from typing import Literal, NamedTuple

from lklint.telephony.attributes import (
    LARGEST_ATTRIBUTES,
    LARGEST_METADATA,
    bytes_of,
    size,
)
from lklint.telephony.codecs import has_default_rate
from lklint.telephony.resources import ENCRYPTIONS
from lklint.telephony.rooms import LONGEST_ROOM_NAME, RANDOM_LENGTH
from lklint.telephony.routing.media import CallMedia
from lklint.telephony.routing.placement import RANDOM, Placement
from lklint.telephony.routing.versions import Behaviour

End = Literal[
    "joins", "asked", "silence", "not-found", "unavailable", "rejected", "no-media", "hung-up"
]

LONGEST_IDENTITY = 256
"""Bytes of a participant's identity (livekit-server, `MaxParticipantIdentityLength`)."""


class Answer(NamedTuple):
    """What the caller gets, in the end, and before.

    - joins: the room. Without a PIN it rings until somebody in the room publishes audio, and is
      rejected (486) where nobody does in time;
    - asked: an answer at once, and a voice that asks for a PIN;
    - silence: it rings, and no final answer ever comes;
    - not-found, unavailable, rejected, no-media: a refusal with `status` and `reason`;
    - hung-up: the caller was answered and asked, and is cut off after the PIN.

    `challenge` tells whether a login is asked for first (407); all else is for a caller who has it.
    `rings` tells whether the caller hears it ring. `log` is the `reason` in the log of livekit-sip.
    `unasked` is set where a PIN was given, but nobody asks this call for one: what it gets is what
    it gets without.
    """

    end: End
    status: int | None = None
    reason: str = ""
    log: str = ""
    rings: bool = True
    challenge: bool = False
    unasked: bool = False


JOINS = Answer("joins", 200, "OK", "hangup")
ASKED = Answer("asked", 200, "OK")
SILENCE = Answer("silence", log="flood")
NOT_FOUND = Answer("not-found", 404, "Does not match Trunks or Dispatch Rules", "no-dispatch")
NO_TRUNK = Answer("unavailable", 503, "Try again later", rings=False)
NO_DISPATCH = Answer("unavailable", 503, "Try again later", "dispatch-error")
REJECTED = Answer("rejected", 486, "Rejected", "participant-failed")
NO_MEDIA = Answer("no-media", 500, "", "media-config-error")
HUNG_UP = Answer("hung-up", 200, "OK", "wrong-pin")


def unmatched(behaviour: Behaviour) -> Answer:
    """The answer to a call that no rule takes."""
    return NOT_FOUND if behaviour.rejects else SILENCE


def asked(media: CallMedia) -> Answer:
    """The answer to a call whose rule has a PIN."""
    return ASKED if can_start(media) else NO_MEDIA


def accepted(placement: Placement, metadata: str, media: CallMedia) -> Answer:
    """The answer to a call that a rule takes."""
    if not can_start(media):
        return NO_MEDIA
    return JOINS if can_join(placement, metadata) else REJECTED


def can_start(media: CallMedia) -> bool:
    """Whether the SIP service can use the settings at all (`newMediaConfig`)."""
    if media.encryption is not None and media.encryption not in ENCRYPTIONS:
        return False
    if media.only_listed_codecs and not media.codecs:
        return False
    return all(name and (rate or has_default_rate(name)) for name, rate in media.codecs)


def can_join(placement: Placement, metadata: str) -> bool:
    """Whether livekit-server lets the participant in, by its default limits."""
    room = bytes_of(placement.room)
    if placement.random:
        room += RANDOM_LENGTH - len(RANDOM)
    return (
        0 < room <= LONGEST_ROOM_NAME
        and bytes_of(placement.identity) <= LONGEST_IDENTITY
        and size(placement.attributes.items()) <= LARGEST_ATTRIBUTES
        and bytes_of(metadata) <= LARGEST_METADATA
    )
