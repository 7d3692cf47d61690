"""Family 3: outgoing calls."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.edits import Replace
from lklint.rules.found import Found, Proposal, at_brace, at_value
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure
from lklint.telephony.countries import country_meant
from lklint.telephony.lookalikes import plain
from lklint.telephony.message import Text
from lklint.telephony.placeholders import find_placeholder
from lklint.telephony.resources import Participant
from lklint.telephony.trunk_ids import classify_trunk_id, what_id_names


@rule("LK350", "missing-trunk", "error", "rejected", Failure)
def missing_trunk(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A call without a trunk to go out through.

    ## What it finds
    A call with neither `sipTrunkId` nor `trunk` nor `sipNumber`.

    ## Why it matters
    LiveKit does not know how to place the call: `missing sip trunk id and sip number`.

    ## Example
    ```json sip-participant
    {"sip_call_to": "+442079460123", "room_name": "r"}
    ```

    ## Instead
    ```json sip-participant
    {"sip_trunk_id": "ST_aB3xY9kLmN2p", "sip_call_to": "+442079460123", "room_name": "r"}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: lk 2.18.3 refuses it; protocol livekit/sip.go, CreateSIPParticipantRequest. livekit-server
    1.13.3 also refuses a call with `sip_number` alone; protocol 1.54 takes it.
    """
    yield Found(
        at_brace(failure.pointer),
        "this call has no trunk to go out through, and LiveKit refuses it",
        'Add "sip_trunk_id" with the id of an outbound trunk (`lk sip outbound list` shows it), or'
        " give --trunk to `lk`.",
    )


@rule("LK351", "missing-callee", "error", "rejected", Failure)
def missing_callee(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A call that does not say whom to call.

    ## What it finds
    `sipCallTo` is missing or empty.

    ## Why it matters
    LiveKit has nobody to call and answers `missing sip callee number`.

    ## Example
    ```json sip-participant
    {"sip_trunk_id": "ST_aB3xY9kLmN2p", "room_name": "r", "participant_identity": "customer"}
    ```

    ## Instead
    ```json sip-participant
    {"sip_trunk_id": "ST_aB3xY9kLmN2p", "sip_call_to": "+442079460123", "room_name": "r"}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: lk 2.18.3 refuses it; protocol livekit/sip.go, CreateSIPParticipantRequest.
    """
    yield Found(
        at_brace(failure.pointer),
        "this call does not say whom to call, and LiveKit refuses it",
        'Add "sip_call_to" with the number, or give --call to `lk`.',
    )


@rule("LK352", "missing-room", "error", "rejected", Failure)
def missing_room(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A call without a room.

    ## What it finds
    `roomName` is missing or empty.

    ## Why it matters
    Whoever picks up is put into a room, and LiveKit makes up no name for it: `missing room name`.

    ## Example
    ```json sip-participant
    {"sip_trunk_id": "ST_aB3xY9kLmN2p", "sip_call_to": "+442079460123"}
    ```

    ## Instead
    ```json sip-participant
    {"sip_trunk_id": "ST_aB3xY9kLmN2p", "sip_call_to": "+442079460123", "room_name": "r"}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: lk 2.18.3 refuses it; protocol livekit/sip.go, CreateSIPParticipantRequest.
    """
    yield Found(
        at_brace(failure.pointer),
        "this call has no room to go to, and LiveKit refuses it",
        'Add "room_name", or give --room to `lk`.',
    )


_LONGEST_NAME = 128
"""Bytes."""


@rule("LK356", "display-name-syntax", "error", "rejected", Failure)
def display_name_syntax(failure: Failure, settings: Settings) -> Iterator[Found]:
    r"""A display name that cannot be sent.

    ## What it finds
    A `displayName` of more than 128 bytes, or with a quote or a backslash that is not escaped.

    ## Why it matters
    LiveKit puts it between quotes and refuses what breaks them: `DisplayName must be a valid quoted
    string`. This is the API; `lk` drops the field of a file, and checks its flag `--display-name`.

    ## Example
    ```json sip-participant
    {
      "sip_trunk_id": "ST_aB3xY9kLmN2p",
      "sip_call_to": "+442079460123",
      "room_name": "r",
      "display_name": "say \"hi\""
    }
    ```

    ## Instead
    ```json sip-participant
    {
      "sip_trunk_id": "ST_aB3xY9kLmN2p",
      "sip_call_to": "+442079460123",
      "room_name": "r",
      "display_name": "Support"
    }
    ```

    ## Fix
    None.

    ## Evidence
    protocol livekit/sip.go, CreateSIPParticipantRequest: at most 128 bytes, and strconv.Unquote
    must read it.
    """
    if len(str(failure.value).encode("utf-8", "replace")) > _LONGEST_NAME:
        headline = "this name is too long, and LiveKit's API refuses it"
        mend = f"Keep it to {_LONGEST_NAME} bytes; letters beyond ASCII have several."
    else:
        headline = "this name cannot stand between quotes in a SIP header: LiveKit's API refuses it"
        mend = "Leave quotes, backslashes and line breaks out."
    yield Found(at_value(failure.pointer), headline, mend)


@rule("LK357", "destination-invalid", "error", "rejected", Failure)
def destination_invalid(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A destination that is no place.

    ## What it finds
    In `destination`: a `country` that is not two capital letters of ISO 3166-1, or a `city` with
    neither country nor region.

    ## Why it matters
    LiveKit refuses the call: `country must be a valid ISO 3166-1 alpha-2 code`, or `if city is
    specified, country or region must also be specified`.

    ## Example
    ```json sip-participant
    {
      "sip_trunk_id": "ST_aB3xY9kLmN2p",
      "sip_call_to": "+442079460123",
      "room_name": "r",
      "destination": {"country": "USA"}
    }
    ```

    ## Instead
    ```json sip-participant
    {
      "sip_trunk_id": "ST_aB3xY9kLmN2p",
      "sip_call_to": "+442079460123",
      "room_name": "r",
      "destination": {"country": "US"}
    }
    ```

    ## Fix
    Safe for small letters, unsafe for other names of a country (`USA`).

    ## Evidence
    Seen: lk 2.18.3 refuses `USA`, `us`, `ZZ` and `EU`, takes `US`, `GB` and `UK`, and refuses a
    city alone; protocol livekit/sip.go, Destination.Validate.
    """
    if not isinstance(failure.value, str):
        yield Found(
            at_brace(failure.pointer),
            "a city alone is no place to LiveKit, which refuses the call",
            'Add the "country" in two capital letters, or a "region".',
        )
        return
    meant = country_meant(failure.value)
    fix = None
    if meant is not None:
        safe = meant == failure.value.upper()
        fix = Proposal(f"write {meant}", (Replace(failure.pointer, meant),), safe)
    yield Found(
        at_value(failure.pointer),
        "LiveKit does not know this country and refuses the call",
        f'Write "{meant}".' if meant is not None else 'Write two capital letters, as in "US".',
        fix=fix,
    )


@rule("LK360", "trunk-id-format", "error", "dead", Participant)
def trunk_id_format(participant: Participant, settings: Settings) -> Iterator[Found]:
    """A trunk id that is none.

    ## What it finds
    A `sipTrunkId` that is not `ST_` and what follows it: a name, a number, the id of another thing,
    an id with blanks around it, the `PN_` of one of LiveKit's own phone numbers.

    ## Why it matters
    LiveKit looks the trunk up by its id, as text, and not by its name. It finds none, and the call
    is not placed: `requested sip trunk does not exist`.

    ## Example
    ```json sip-participant
    {"sip_call_to": "+442079460123", "room_name": "r", "sip_trunk_id": "my-trunk"}
    ```

    ## Instead
    ```json sip-participant
    {"sip_trunk_id": "ST_aB3xY9kLmN2p", "sip_call_to": "+442079460123", "room_name": "r"}
    ```

    ## Fix
    Unsafe: takes blanks away. Nothing else can be guessed.

    ## Evidence
    Seen: livekit-server 1.13.3 answers `not_found: requested sip trunk does not exist` for an
    unknown id and for that of an inbound trunk. livekit/protocol utils/guid/id.go for the prefixes;
    LiveKit's page on its phone numbers: inbound calling only.
    """
    trunk_id = participant.sip_trunk_id
    if trunk_id is None or find_placeholder(trunk_id, machine=True) is not None:
        return
    if _is_outbound_id(plain(trunk_id) or trunk_id):
        return
    headline, fix = _about_trunk_id(trunk_id)
    yield Found(
        at_value(trunk_id.pointer),
        f"{headline}: LiveKit finds no trunk, and the call fails",
        "Take the blanks away." if fix is not None else _WHERE,
        fix=fix,
    )


_WHERE = "Write the id that `lk sip outbound list` shows (ST_…)."


def _is_outbound_id(text: str) -> bool:
    return classify_trunk_id(text) == "fine" and text.startswith("ST_")


def _about_trunk_id(trunk_id: Text) -> tuple[str, Proposal | None]:
    """What is wrong with an id, and the fix."""
    fault, inside = classify_trunk_id(trunk_id), trunk_id.strip()
    if fault == "padded" and inside.startswith("ST_"):
        fix = Proposal("take the blanks away", (Replace(trunk_id.pointer, inside),))
        return "the blanks belong to the id", fix
    if inside.startswith("PN_"):
        return "LiveKit's own phone numbers take calls and make none", None
    if fault == "other":
        return f"this is the id of {what_id_names(trunk_id)} and not of a trunk", None
    if fault == "number":
        return "this is a phone number and not the id of a trunk", None
    return "this is not the id of a trunk, which starts with ST_", None
