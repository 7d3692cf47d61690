"""Family 3: a trunk that is written inside an outgoing call."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.rules.found import Found, at_brace, at_value
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure


@rule("LK358", "inline-trunk-host", "error", "rejected", Failure)
def inline_trunk_host(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A trunk inside a call without a usable host.

    ## What it finds
    `trunk` without `hostname`, or with a SIP URI in it.

    ## Why it matters
    LiveKit refuses it: `trunk hostname should be a hostname or IP, not SIP URI`.

    ## Example
    ```json sip-participant
    {
      "sip_call_to": "+442079460123",
      "room_name": "r",
      "sip_number": "+442079460124",
      "trunk": {"hostname": "sip:example.net"}
    }
    ```

    ## Instead
    ```json sip-participant
    {
      "sip_call_to": "+442079460123",
      "room_name": "r",
      "sip_number": "+442079460124",
      "trunk": {"hostname": "sip.example.net"}
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: the real `lk`; protocol livekit/sip.go, CreateSIPParticipantRequest.Validate.
    """
    yield Found(
        at_value(failure.pointer),
        "the trunk of this call needs a bare host, and LiveKit refuses it",
        'Write "hostname" with host and port only.',
    )


@rule("LK359", "inline-trunk-without-number", "error", "rejected", Failure)
def inline_trunk_without_number(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A trunk inside a call without a number to call from.

    ## What it finds
    `trunk` without `sipNumber`.

    ## Why it matters
    A stored trunk has numbers, one written here has none: `no numbers on outbound trunk`.

    ## Example
    ```json sip-participant
    {"sip_call_to": "+442079460123", "room_name": "r", "trunk": {"hostname": "sip.example.net"}}
    ```

    ## Instead
    ```json sip-participant
    {
      "sip_call_to": "+442079460123",
      "room_name": "r",
      "sip_number": "+442079460124",
      "trunk": {"hostname": "sip.example.net"}
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: livekit-server, probe participant-inline-trunk-no-number; protocol rpc/sip.go.
    """
    yield Found(
        at_brace(failure.pointer),
        "this call has no number to call from, and LiveKit refuses it",
        'Add "sip_number".',
    )
