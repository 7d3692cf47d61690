"""Family 1: fields that are accepted and do not do what they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lklint.documents.document import Document, parts
from lklint.documents.edits import Remove
from lklint.rules.found import Found, Proposal, at_key, at_value, listing, show
from lklint.rules.kept_media import drops_media
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.formats import is_timestamp
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


@rule("LK118", "read-only-field", "info", "untidy", Document)
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
    Safe: takes it out. Nothing but lists ever shows it.

    ## Evidence
    Seen: livekit-server 1.13.3 stored 2026-01-01 as a file of `lk` 2.18.3 had it, on create and on
    update, and gave trunks without it no time at all.
    """
    if document.form == "list" or document.kind == "sip-participant":
        return
    for part in parts(document):
        message = _message(document, part.value, part.pointer)
        for field in TIMES if message is not None else ():
            time = message.get(field) if message is not None else None
            # LiveKit refuses what is no time; that is another rule's business (LK123).
            if message is not None and isinstance(time, str) and is_timestamp(time):
                place = message.at(field)
                yield Found(
                    at_key(place),
                    "LiveKit stores this time as it stands here, and lists show it, true or not",
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
    They still work as `dialtone: SIP_DIALTONE_ETSI`, the European tone, unless `dialtone` says
    otherwise.

    ## Example
    ```json sip-participant
    {"sip_trunk_id": "ST_aB3xY9kLmN2p", "sip_call_to": "+15105550100", "room_name": "r",
     "play_dialtone": true}
    ```

    ## Instead
    ```json sip-participant
    {"sip_trunk_id": "ST_aB3xY9kLmN2p", "sip_call_to": "+15105550100", "room_name": "r",
     "dialtone": "SIP_DIALTONE_ETSI"}
    ```

    ## Fix
    None: `lk` 2.18.3 does not know `dialtone` yet.

    ## Evidence
    livekit/protocol v1.54.0: `play_dialtone` and `play_ringtone` in protobufs/livekit_sip.proto are
    deprecated; `UpgradeSIPDialtone` in livekit/sip.go. v1.48.2 has no `dialtone`.
    """
    decided = participant.message.get("dialtone") not in (None, 0, "SIP_DIALTONE_DISABLED")
    for field in ("play_dialtone", "play_ringtone"):
        if participant.message.flag(field):
            yield Found(
                at_key(participant.message.at(field)),
                'this field does nothing beside "dialtone"'
                if decided
                else "LiveKit has replaced this field: it plays the European ringing tone",
                "Take it out."
                if decided
                else 'Use "dialtone", where your version of LiveKit has it.',
            )


_EVERY_CALL_FAILS = "every call then fails"
_ENUMS: dict[str, tuple[tuple[str, ...], str]] = {
    "transport": (TRANSPORTS, "calls then go out over a transport that does not exist"),
    "include_headers": (HEADER_OPTIONS, "then passes on every header of a call"),
    "media_encryption": (ENCRYPTIONS, _EVERY_CALL_FAILS),
    "encryption": (ENCRYPTIONS, _EVERY_CALL_FAILS),
}
"""By field: the values LiveKit knows, in the order of their numbers, and what any other does."""


@rule(
    "LK121", "unknown-enum-number", "error", "risky",
    InboundTrunk, OutboundTrunk, DispatchRule, Participant,
)  # fmt: skip
def unknown_enum_number(resource: Any, settings: Settings) -> Iterator[Found]:
    """A number that stands for none of the values of its field.

    ## What it finds
    `"transport": 7`, `"mediaEncryption": 99`.

    ## Why it matters
    LiveKit takes any number and hands it to the call. There an unknown encryption ends the call
    with status 500, an unknown transport is written into the address that is dialled, and unknown
    `includeHeaders` passes on every header.

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
    Seen: livekit-server 1.13.3 stored 99 and -1 for an encryption and 9 for a transport. In
    livekit/sip: `sdpEncryption` and `HeadersToAttrs` (pkg/sip/types.go), `setUriTransport`
    (pkg/sip/client.go).
    """
    places = [(resource.message, field) for field in _ENUMS if field != "encryption"]
    if resource.media is not None:
        places.append((resource.media.message, "encryption"))
    if isinstance(resource, Participant) and resource.trunk is not None:
        places.append((resource.trunk.message, "transport"))
    for message, field in places:
        value = message.get(field)
        names, what = _ENUMS[field]
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            continue
        if float(value).is_integer() and not 0 <= value < len(names):
            yield Found(
                at_value(message.at(field)),
                f"LiveKit takes {show(value)}, which it knows no meaning for, and {what}",
                f"Write one of {listing(names, 'or')}.",
            )


@rule(
    "LK125", "media-dropped-by-lk", "warning", "risky",
    InboundTrunk, OutboundTrunk, DispatchRule, Participant,
)  # fmt: skip
def media_dropped_by_lk(resource: Any, settings: Settings) -> Iterator[Found]:
    """`media` in a file to create, which today's `lk` throws away.

    ## What it finds
    `media` with something in it that is nowhere else, when the question is `lk … create`.

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
    None: give `--media-enc` and `--codecs` on the command line, or write `mediaEncryption`, which
    `lk` keeps. A `mediaTimeout` has no flag; `lk … update` with the file brings it in.

    ## Evidence
    Seen: `lk` 2.18.3 with all four kinds; what reached livekit-server 1.13.3 had no `media`, and a
    real call to a trunk with `media.encryption` REQUIRE was taken without encryption.
    """
    dropped = resource.media is not None and drops_media(resource, settings)
    lost = _lost(resource) if dropped else {}
    if lost:
        yield Found(
            at_key(resource.message.at("media")),
            f"`lk … create` throws this away: no call gets the {listing(list(lost))} written here",
            " ".join(lost.values()),
            "dropped by lk",
        )


def _lost(resource: Any) -> dict[str, str]:
    """What `media` says that would be lost with it, and where to say it instead."""
    media, lost = resource.media, {}
    disabled = ENCRYPTIONS[0]
    given = media.message.get("encryption") is not None
    if given and media.encryption != (resource.media_encryption or disabled):
        beside = resource.message.spelled("media_encryption")
        lost["encryption"] = f'Give --media-enc, or write "{beside}" instead, which `lk` keeps.'
    if media.codecs or media.only_listed_codecs:
        lost["codecs"] = "Give --codecs, with --no-default-codecs for no others."
    if media.media_timeout:
        kept_by = "the API" if isinstance(resource, Participant) else "`lk … update` with the file"
        lost["timeout"] = f"No flag sets the timeout; {kept_by} keeps it."
    return lost


RINGING_OF_LK = 80.0
"""Seconds: the default of `--timeout` of `lk sip participant create`."""


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
    None: give `--timeout`, and `--display-name` or `--no-display-name`, on the command line.

    ## Evidence
    Seen: `lk` 2.18.3 with 10s in the file, 80s in what reached the SIP service; a real call without
    the file's display name. livekit-cli cmd/lk/sip.go, `createSIPParticipant`.
    """
    if settings.form != "create":
        return
    name, ringing = participant.message.get("display_name"), participant.ringing_timeout
    if name is not None:
        yield Found(
            at_key(participant.message.at("display_name")),
            "`lk sip participant create` throws this away: the number is shown as the name",
            f"Give {'--display-name' if name else '--no-display-name'} on the command line.",
            "dropped by lk",
        )
    if ringing is not None and ringing != RINGING_OF_LK:
        yield Found(
            at_key(participant.message.at("ringing_timeout")),
            "`lk sip participant create` overwrites this: it rings for 80 seconds",
            "Give --timeout on the command line.",
            "dropped by lk",
        )
