"""Family 3: outgoing calls."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.rules.found import Found, at_brace, at_value
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure
from lklint.telephony.placeholders import find_placeholder
from lklint.telephony.resources import Participant


@rule("LK350", "missing-trunk", "error", "rejected", Failure)
def missing_trunk(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A call without a trunk to go out through.

    ## What it finds
    Neither `sipTrunkId` nor `trunk` nor `sipNumber`.

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
    Seen: the real `lk`; protocol livekit/sip.go, CreateSIPParticipantRequest.Validate.
    """
    yield Found(
        at_brace(failure.pointer),
        "this call has no trunk to go out through, and LiveKit refuses it",
        'Add "sip_trunk_id" with the id of an outbound trunk (`lk sip outbound list` shows it).',
    )


@rule("LK351", "missing-callee", "error", "rejected", Failure)
def missing_callee(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A call that does not say whom to call.

    ## What it finds
    `sipCallTo` is missing or empty.

    ## Why it matters
    `missing sip callee number`.

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
    Seen: the real `lk`; protocol livekit/sip.go, CreateSIPParticipantRequest.Validate.
    """
    yield Found(
        at_brace(failure.pointer),
        "this call does not say whom to call, and LiveKit refuses it",
        'Add "sip_call_to" with the number.',
    )


@rule("LK352", "missing-room", "error", "rejected", Failure)
def missing_room(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A call without a room.

    ## What it finds
    `roomName` is missing or empty.

    ## Why it matters
    `missing room name`.

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
    Seen: the real `lk`; protocol livekit/sip.go, CreateSIPParticipantRequest.Validate.
    """
    yield Found(
        at_brace(failure.pointer),
        "this call has no room to go to, and LiveKit refuses it",
        'Add "room_name".',
    )


@rule("LK356", "display-name-syntax", "error", "rejected", Failure)
def display_name_syntax(failure: Failure, settings: Settings) -> Iterator[Found]:
    r"""A display name that cannot be sent.

    ## What it finds
    A `displayName` of more than 128 bytes, or with a quote or a backslash that is not escaped.

    ## Why it matters
    LiveKit puts it between quotes and refuses what breaks them. (`lk` drops the field; the API
    takes it.)

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
    protocol livekit/sip.go: strconv.Unquote.
    """
    yield Found(
        at_value(failure.pointer),
        "this name cannot stand between quotes in a SIP header, and LiveKit refuses it",
        "Leave quotes, backslashes and line breaks out, and keep it under 128 bytes.",
    )


@rule("LK357", "destination-invalid", "error", "rejected", Failure)
def destination_invalid(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A destination that is no place.

    ## What it finds
    A `country` that is not two capital letters of ISO 3166-1, or a `city` without country and
    region.

    ## Why it matters
    LiveKit refuses it: `country must be a valid ISO 3166-1 alpha-2 code`.

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
    None.

    ## Evidence
    Seen: the real `lk`; protocol livekit/sip.go, CreateSIPParticipantRequest.Validate.
    """
    yield Found(
        at_value(failure.pointer),
        "LiveKit does not know this place and refuses the call",
        'Write the country as two capital letters, as in "US"; a city needs it too.',
    )


@rule("LK360", "trunk-id-format", "error", "dead", Participant)
def trunk_id_format(participant: Participant, settings: Settings) -> Iterator[Found]:
    """A trunk id that is none.

    ## What it finds
    A `sipTrunkId` that does not start with `ST_`.

    ## Why it matters
    LiveKit looks the trunk up by its id, not by its name: `requested sip trunk does not exist`.

    ## Example
    ```json sip-participant
    {"sip_call_to": "+442079460123", "room_name": "r", "sip_trunk_id": "my-trunk"}
    ```

    ## Instead
    ```json sip-participant
    {"sip_trunk_id": "ST_aB3xY9kLmN2p", "sip_call_to": "+442079460123", "room_name": "r"}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: livekit-server, not_found.
    """
    trunk_id = participant.sip_trunk_id
    if trunk_id is None or find_placeholder(trunk_id, machine=True) is not None:
        return
    if not trunk_id.startswith("ST_"):
        yield Found(
            at_value(trunk_id.pointer),
            "LiveKit finds trunks by id, and ids start with ST_: this call fails",
            "Write the id that `lk sip outbound list` shows.",
        )
