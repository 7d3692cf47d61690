"""Family 1: fields that are accepted and do not do what they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lklint.documents.document import Document, parts
from lklint.documents.edits import Remove
from lklint.rules.found import Found, Proposal, at_key, at_value, listing, show
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.message import Message
from lklint.telephony.resources import (
    ENCRYPTIONS,
    HEADER_OPTIONS,
    TRANSPORTS,
    DispatchRule,
    InboundTrunk,
    OutboundTrunk,
    Participant,
)

TIMES = ("created_at", "updated_at")


@rule("LK118", "read-only-field", "warning", "risky", Document)
def read_only_field(document: Document, settings: Settings) -> Iterator[Found]:
    """A time that only the server should set.

    ## What it finds
    `created_at` and `updated_at` in a file.

    ## Why it matters
    The server stores them as the file has them and never corrects them: lists then show a time that
    is not true.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"], "createdAt": "2026-01-31T12:00:00Z"}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"]}}
    ```

    ## Fix
    Safe: takes it out.

    ## Evidence
    Seen: livekit-server 1.13.3, server.md section 1, row 21.
    """
    if document.form == "list" or document.kind == "sip-participant":
        return
    for part in parts(document):
        message = _message(document, part.value, part.pointer)
        for field in TIMES if message is not None else ():
            if message is not None and message.key(field) is not None:
                place = message.at(field)
                yield Found(
                    at_key(place),
                    "the server stores this time as it stands here, true or not",
                    "Take it out.",
                    fix=Proposal("take it out", (Remove(place),), safe=True),
                )


def _message(document: Document, value: Any, pointer: str) -> Message | None:
    if not isinstance(value, dict):
        return None
    wrapper = document.identity.wrapper
    inside = wrapper is not None and document.value.get(wrapper) is value and not pointer
    return Message(value, f"/{wrapper}" if inside else pointer)


@rule("LK119", "deprecated-field", "info", "untidy", Participant)
def deprecated_field(participant: Participant, settings: Settings) -> Iterator[Found]:
    """A field that LiveKit has replaced.

    ## What it finds
    `play_dialtone` and `play_ringtone` of a participant. (`media_encryption` is deprecated too, but
    it is the one that `lk … create` keeps, so lklint does not speak about it.)

    ## Why it matters
    They still work as `dialtone: SIP_DIALTONE_ETSI`, the European tone.

    ## Example
    ```json sip-participant
    {"sip_trunk_id": "ST_aB3xY9kLmN2p", "sip_call_to": "+15105550100", "room_name": "r",
     "play_dialtone": true}
    ```

    ## Instead
    ```json sip-participant
    {"sip_trunk_id": "ST_aB3xY9kLmN2p", "sip_call_to": "+15105550100", "room_name": "r",
     "dialtone": "SIP_DIALTONE_AUTO"}
    ```

    ## Fix
    None: `lk` 2.18.3 does not know `dialtone` yet.

    ## Evidence
    protobufs/livekit_sip.proto v1.54.0; UpgradeSIPDialtone in livekit/sip.go.
    """
    for field in ("play_dialtone", "play_ringtone"):
        if participant.message.flag(field):
            yield Found(
                at_key(participant.message.at(field)),
                "LiveKit has replaced this field: it plays the European ringing tone",
                'Use "dialtone", where your version of LiveKit has it.',
            )


_ENUMS: dict[str, tuple[str, ...]] = {
    "transport": TRANSPORTS,
    "include_headers": HEADER_OPTIONS,
    "media_encryption": ENCRYPTIONS,
}


@rule(
    "LK121", "unknown-enum-number", "error", "risky",
    InboundTrunk, OutboundTrunk, DispatchRule, Participant,
)  # fmt: skip
def unknown_enum_number(resource: Any, settings: Settings) -> Iterator[Found]:
    """A number that stands for none of the values of its field.

    ## What it finds
    `"transport": 7`, `"mediaEncryption": 99`.

    ## Why it matters
    LiveKit stores any number and hands it to the call, where it means nothing.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"], "mediaEncryption": 99}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"], "mediaEncryption": "SIP_MEDIA_ENCRYPT_REQUIRE"}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: livekit-server 1.13.3 stored 99, -1 and 2.0 (server.md, row 14).
    """
    places = [(resource.message, field) for field in _ENUMS]
    if resource.media is not None:
        places.append((resource.media.message, "encryption"))
    for message, field in places:
        value = message.get(field)
        names = _ENUMS.get(field, ENCRYPTIONS)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            continue
        if float(value).is_integer() and not 0 <= value < len(names):
            yield Found(
                at_value(message.at(field)),
                f"LiveKit stores {show(value)}, which means nothing to it on a call",
                f"Write one of {listing(names, 'or')}.",
            )


@rule(
    "LK125", "media-dropped-by-lk", "warning", "risky",
    InboundTrunk, OutboundTrunk, DispatchRule, Participant,
)  # fmt: skip
def media_dropped_by_lk(resource: Any, settings: Settings) -> Iterator[Found]:
    """`media` in a file to create, which today's `lk` throws away.

    ## What it finds
    `media` with something in it, when the question is `lk … create`.

    ## Why it matters
    Since version 2.17.0 `lk … create` overwrites `media` with what its flags say, silently: the
    encryption or the codecs of the file are gone. `lk … update` and the API keep them.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"], "media": {"encryption": "SIP_MEDIA_ENCRYPT_REQUIRE"}}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"], "mediaEncryption": "SIP_MEDIA_ENCRYPT_REQUIRE"}}
    ```

    ## Fix
    None: give `--media-enc` and `--codecs` on the command line, or write `mediaEncryption`.

    ## Evidence
    Seen: the real `lk` 2.18.3 with all four kinds (server.md, row 23).
    """
    if settings.form == "create" and resource.media is not None and resource.media.message.value:
        yield Found(
            at_key(resource.message.at("media")),
            "`lk … create` throws this away: the call gets LiveKit's own codecs and encryption",
            "Give the flags --media-enc and --codecs, or write mediaEncryption beside it.",
            "dropped by lk",
        )


@rule("LK126", "participant-field-dropped-by-lk", "warning", "risky", Participant)
def participant_field_dropped(participant: Participant, settings: Settings) -> Iterator[Found]:
    """A field of a participant that `lk` overwrites.

    ## What it finds
    `display_name` and `ringing_timeout` in a participant file.

    ## Why it matters
    `lk sip participant create` replaces both by the defaults of its flags: the file's 10 seconds
    become 80, the display name is lost. The API keeps them.

    ## Example
    ```json sip-participant
    {"sip_trunk_id": "ST_aB3xY9kLmN2p", "sip_call_to": "+15105550100", "room_name": "r",
     "ringing_timeout": "10s"}
    ```

    ## Instead
    ```json sip-participant
    {"sip_trunk_id": "ST_aB3xY9kLmN2p", "sip_call_to": "+15105550100", "room_name": "r"}
    ```

    ## Fix
    None: give `--timeout` and `--display-name` on the command line.

    ## Evidence
    Seen at the SIP node: 10s in the file, 80s in the call (server.md, row 24).
    """
    flags = {"display_name": "--display-name", "ringing_timeout": "--timeout"}
    for field, flag in flags.items():
        if participant.message.key(field) is not None and settings.form == "create":
            yield Found(
                at_key(participant.message.at(field)),
                "`lk sip participant create` overwrites this with the default of its flag",
                f"Give {flag} on the command line.",
                "dropped by lk",
            )
