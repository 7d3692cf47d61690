"""Family 3: whom an outgoing call calls."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lklint.documents.edits import Replace
from lklint.patterns import Pattern
from lklint.rules.found import Found, Proposal, at_value, listing, show
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure
from lklint.telephony.dialling import plain_number
from lklint.telephony.hosts import is_uri, user_of_uri
from lklint.telephony.placeholders import find_placeholder
from lklint.telephony.resources import Participant


@rule("LK353", "callee-is-uri", "error", "rejected", Failure)
def callee_is_uri(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A callee written as a SIP URI.

    ## What it finds
    A `sipCallTo` with `@` in it.

    ## Why it matters
    LiveKit adds the trunk's address itself: `should be a phone number or SIP user, not a full SIP
    URI`.

    ## Example
    ```json sip-participant
    {
      "sip_trunk_id": "ST_aB3xY9kLmN2p",
      "room_name": "r",
      "sip_call_to": "sip:+442079460123@example.com"
    }
    ```

    ## Instead
    ```json sip-participant
    {"sip_trunk_id": "ST_aB3xY9kLmN2p", "sip_call_to": "+442079460123", "room_name": "r"}
    ```

    ## Fix
    Unsafe: keeps the part before the @.

    ## Evidence
    Seen: lk 2.18.3 refuses `sip:+15550109@127.0.0.9`; protocol livekit/sip.go,
    CreateSIPParticipantRequest.
    """
    user = user_of_uri(str(failure.value))
    fix = Proposal("keep the user", (Replace(failure.pointer, user),)) if user else None
    yield Found(
        at_value(failure.pointer),
        "LiveKit adds the host itself and refuses a whole SIP address here",
        "Write the number or the user alone.",
        fix=fix,
    )


@rule("LK354", "callee-format", "warning", "dead", Participant)
def callee_format(participant: Participant, settings: Settings) -> Iterator[Found]:
    """A callee that providers cannot dial.

    ## What it finds
    `sip:` or `tel:` in front, blanks, brackets, dots, slashes or hyphens in the number that
    `sipCallTo` gives.

    ## Why it matters
    LiveKit sends it as it is written. Providers expect E.164, a plus and digits, and answer 404 or
    400 to anything else.

    ## Example
    ```json sip-participant
    {"sip_trunk_id": "ST_aB3xY9kLmN2p", "room_name": "r", "sip_call_to": "+44 (20) 7946-0123"}
    ```

    ## Instead
    ```json sip-participant
    {"sip_trunk_id": "ST_aB3xY9kLmN2p", "sip_call_to": "+442079460123", "room_name": "r"}
    ```

    ## Fix
    Unsafe: the plain number.

    ## Evidence
    Seen: livekit-server 1.13.3 takes `sip:+15550150` and hands it to the SIP service unchanged;
    livekit/sip pkg/sip/client.go, buildLegacyURI, puts it into the request as it is.
    """
    callee = participant.sip_call_to
    if callee is None or "@" in callee or find_placeholder(callee, machine=True) is not None:
        return
    better = plain_number(user_of_uri(callee) if is_uri(callee) else callee)
    if better != callee and better:
        yield Found(
            at_value(callee.pointer),
            "LiveKit sends this as it is written here, and providers do not take such a number",
            f"Write {show(better)}.",
            fix=Proposal("write it plainly", (Replace(callee.pointer, better),)),
        )


@rule("LK355", "to-user-override-syntax", "error", "rejected", Failure)
def to_user_override_syntax(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A To user with characters it cannot have.

    ## What it finds
    A `toUserOverride` with anything but letters of ASCII, digits and ``-.!%*_+`'~``.

    ## Why it matters
    LiveKit refuses it: `ToUserOverride contains invalid characters`. (Versions before it had the
    field refuse the field itself, lk 2.18.3 for one.)

    ## Example
    ```json sip-participant
    {
      "sip_trunk_id": "ST_aB3xY9kLmN2p",
      "sip_call_to": "+442079460123",
      "room_name": "r",
      "to_user_override": "a b"
    }
    ```

    ## Instead
    ```json sip-participant
    {
      "sip_trunk_id": "ST_aB3xY9kLmN2p",
      "sip_call_to": "+442079460123",
      "room_name": "r",
      "to_user_override": "a-b"
    }
    ```

    ## Fix
    None.

    ## Evidence
    protocol v1.54.0 livekit/sip.go, CreateSIPParticipantRequest, and livekit/sip_validation.go,
    tokenCharacters. Seen: lk 2.18.3 answers `unknown field "to_user_override"`.
    """
    yield Found(
        at_value(failure.pointer),
        "the user of a To header cannot have these characters, and LiveKit refuses it",
        "Use letters, digits and -._+ only.",
    )


@rule("LK361", "dtmf-characters", "warning", "risky", Participant)
def dtmf_characters(participant: Participant, settings: Settings) -> Iterator[Found]:
    """Keys that are not sent.

    ## What it finds
    Characters other than 0-9, `*`, `#`, a-d and `w` in `dtmf`, capital letters among them.

    ## Why it matters
    After the call is answered LiveKit presses these keys. It has none for other characters: it
    sends half a second of silence in their place, without an error. (`w` stands for just that.)

    ## Example
    ```json sip-participant
    {
      "sip_trunk_id": "ST_aB3xY9kLmN2p",
      "sip_call_to": "+442079460123",
      "room_name": "r",
      "dtmf": "12,34A"
    }
    ```

    ## Instead
    ```json sip-participant
    {
      "sip_trunk_id": "ST_aB3xY9kLmN2p",
      "sip_call_to": "+442079460123",
      "room_name": "r",
      "dtmf": "12w34a"
    }
    ```

    ## Fix
    Unsafe: small letters, and `w` for commas and blanks.

    ## Evidence
    livekit/media-sdk dtmf/dtmf.go, charToEvent and Write, as livekit/sip 1.10.0 uses it: the table
    has small letters only, and what is not in it is silence. protobufs/livekit_sip.proto for `w`.
    """
    dtmf = participant.dtmf
    if dtmf is None or _KEYS.fullmatch(dtmf) or find_placeholder(dtmf) is not None:
        return
    skipped = [show(mark) for mark in dict.fromkeys(dtmf) if not _KEYS.fullmatch(mark)]
    better = re.sub("[, ]", "w", dtmf).lower()
    fix = None
    if _KEYS.fullmatch(better):
        fix = Proposal(f"write {show(better)}", (Replace(dtmf.pointer, better),))
    yield Found(
        at_value(dtmf.pointer),
        f"LiveKit has no key for {listing(skipped)}, and sends half a second of silence instead",
        "Use 0-9, *, #, the small letters a-d, and w to wait half a second.",
        fix=fix,
    )


_KEYS = Pattern("[0-9*#a-dw]+")
