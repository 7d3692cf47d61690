"""Family 3: whom an outgoing call calls."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lklint.documents.edits import Replace
from lklint.rules.found import Found, Proposal, at_value, show
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure
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
    Seen: the real `lk`; protocol livekit/sip.go, CreateSIPParticipantRequest.Validate.
    """
    user = str(failure.value).partition("@")[0].rpartition(":")[2]
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
    `sip:` in front, blanks, brackets or other formatting in `sipCallTo`.

    ## Why it matters
    LiveKit sends it as it is written. Providers expect E.164: a plus and digits.

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
    Seen: server.md, row 132: sent as is.
    """
    callee = participant.sip_call_to
    if callee is None or "@" in callee or find_placeholder(callee, machine=True) is not None:
        return
    bare = re.sub(r"^(?:sips?|tel):", "", callee, flags=re.IGNORECASE)
    better = re.sub(r"[\s().\-]", "", bare) if re.fullmatch(r"\+?[\d\s().\-]+", bare) else bare
    if better != callee and better:
        yield Found(
            at_value(callee.pointer),
            "LiveKit sends the number as it is written here, and providers do not take it so",
            f"Write {show(better)}.",
            fix=Proposal("write it plainly", (Replace(callee.pointer, better),)),
        )


@rule("LK355", "to-user-override-syntax", "error", "rejected", Failure)
def to_user_override_syntax(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A To user with characters it cannot have.

    ## What it finds
    A `toUserOverride` with `@`, blanks, colons or non-ASCII letters.

    ## Why it matters
    LiveKit refuses it: `ToUserOverride contains invalid characters`.

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
    protocol v1.54.0 livekit/sip.go.
    """
    yield Found(
        at_value(failure.pointer),
        "the user of a To header cannot have these characters, and LiveKit refuses it",
        "Use letters, digits and -._+ only.",
    )


@rule("LK361", "dtmf-characters", "warning", "dead", Participant)
def dtmf_characters(participant: Participant, settings: Settings) -> Iterator[Found]:
    """Digits that no telephone has.

    ## What it finds
    Characters other than 0-9, `*`, `#`, A-D and `w` in `dtmf`.

    ## Why it matters
    Only these can be dialled; `w` waits half a second.

    ## Example
    ```json sip-participant
    {
      "sip_trunk_id": "ST_aB3xY9kLmN2p",
      "sip_call_to": "+442079460123",
      "room_name": "r",
      "dtmf": "12 34"
    }
    ```

    ## Instead
    ```json sip-participant
    {
      "sip_trunk_id": "ST_aB3xY9kLmN2p",
      "sip_call_to": "+442079460123",
      "room_name": "r",
      "dtmf": "12w34#"
    }
    ```

    ## Fix
    None.

    ## Evidence
    protobufs/livekit_sip.proto; RFC 4733, section 3.2.
    """
    if participant.dtmf is not None and not re.fullmatch("[0-9*#A-Da-dwW]+", participant.dtmf):
        yield Found(
            at_value(participant.dtmf.pointer),
            "not all of this can be dialled on a telephone",
            "Use 0-9, *, #, A-D, and w to wait half a second.",
        )
