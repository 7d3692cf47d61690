"""Family 3: the times and switches of inbound trunks, and those that other resources share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lklint.rules.found import Found, at_key, at_value
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure
from lklint.telephony.resources import DispatchRule, InboundTrunk, OutboundTrunk, Participant


@rule("LK314", "short-ringing-timeout", "warning", "risky", InboundTrunk)
def short_ringing_timeout(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """An inbound trunk that gives agents very little time to answer.

    ## What it finds
    A `ringingTimeout` of more than 0 and less than 10 seconds.

    ## Why it matters
    On an incoming call this is how long the caller waits for an agent's audio. An agent that has to
    start takes longer, and the call is rejected (486).

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "ringingTimeout": "3s"}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "ringingTimeout": "60s"}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: a real call (livekit-server 1.13.3, livekit-sip 1.10.0) with `3s`, no agent there: 486
    after 3.03 s. The default is 180 s.
    """
    wait = trunk.ringing_timeout
    if wait is not None and 0 < wait < 10:
        yield Found(
            at_value(wait.pointer),
            f"a caller whose agent takes longer than {wait:g} s to answer is rejected",
            "Give agents at least 30 seconds.",
        )


@rule("LK315", "negative-duration", "warning", "risky", InboundTrunk, Participant)
def negative_duration(resource: Any, settings: Settings) -> Iterator[Found]:
    """A negative time, which LiveKit ignores.

    ## What it finds
    A negative `ringingTimeout` or `maxCallDuration`. (`lk` replaces the `ringingTimeout` of a
    participant anyway: LK126.)

    ## Why it matters
    LiveKit stores it, and on a call takes its own time instead: 180 seconds of ringing, 24 hours of
    call. The limit that was meant is not there.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "maxCallDuration": "-1s"}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "maxCallDuration": "3600s"}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: livekit-server 1.13.3 stored -1s and gave it to the call. livekit/sip
    `pkg/sip/inbound.go` and `outbound.go` (0.9.0 to 1.11.0) take their own time where a time is not
    above 0.
    """
    replaced = isinstance(resource, Participant) and settings.form == "create"
    ringing = None if replaced else resource.ringing_timeout
    for time, own in ((ringing, "180 s of ringing"), (resource.max_call_duration, "24 hours")):
        if time is not None and time < 0:
            yield Found(
                at_value(time.pointer),
                f"LiveKit ignores a negative time and takes its own: {own}",
                "Write a time of more than 0 seconds, or leave it out.",
            )


@rule("LK316", "call-duration-clamped", "info", "risky", InboundTrunk, Participant)
def call_duration_clamped(resource: Any, settings: Settings) -> Iterator[Found]:
    """A longest call of more than a day.

    ## What it finds
    A `maxCallDuration` of more than 24 hours.

    ## Why it matters
    LiveKit ends every call after 24 hours, whatever is written here.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "maxCallDuration": "172800s"}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "maxCallDuration": "86400s"}}
    ```

    ## Fix
    None.

    ## Evidence
    livekit/sip `pkg/sip/inbound.go`, `pkg/sip/outbound.go`, `maxCallDuration`.
    """
    longest = resource.max_call_duration
    if longest is not None and longest > 86_400:
        yield Found(
            at_value(longest.pointer),
            "LiveKit ends calls after 24 hours all the same",
            "Write 86400s or less.",
        )


@rule("LK317", "krisp-self-hosted", "info", "dead", InboundTrunk, DispatchRule, Participant)
def krisp_self_hosted(resource: Any, settings: Settings) -> Iterator[Found]:
    """Noise removal on a server that does not have it.

    ## What it finds
    `krispEnabled` where the target is a self-hosted server.

    ## Why it matters
    Krisp works on LiveKit Cloud only; the open-source SIP service does nothing.

    ## Example
    ```json inbound-trunk target=self-hosted
    {"trunk": {"numbers": ["+442079460123"], "krispEnabled": true}}
    ```

    ## Instead
    ```json inbound-trunk target=self-hosted
    {"trunk": {"numbers": ["+442079460123"]}}
    ```

    ## Fix
    None.

    ## Evidence
    livekit/sip `pkg/service/service.go`, `GetMediaProcessor`: always none.
    """
    if settings.target == "self-hosted" and resource.message.flag("krisp_enabled"):
        yield Found(
            at_key(resource.message.at("krisp_enabled")),
            "a self-hosted server does not remove noise: this has no effect",
            "Take it out, or use LiveKit Cloud.",
        )


@rule("LK318", "trunk-metadata-unused", "info", "untidy", InboundTrunk, OutboundTrunk)
def trunk_metadata_unused(trunk: Any, settings: Settings) -> Iterator[Found]:
    """Metadata on a trunk, which no call sees.

    ## What it finds
    `metadata` of a trunk.

    ## Why it matters
    LiveKit's documentation says every participant gets it. In fact only the metadata of the
    dispatch rule reaches a participant.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "metadata": "support"}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"name": "support", "numbers": ["+442079460123"]}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: a real call (livekit-server 1.13.3, livekit-sip 1.10.0) with metadata on the trunk, the
    rule, the room and the agent: all arrive but the trunk's. LiveKit protocol `sip/sip.go`,
    `EvaluateDispatchRule`; `rpc/sip.go` for outgoing calls. LiveKit Cloud was not tried.
    """
    if trunk.metadata is not None:
        yield Found(
            at_key(trunk.message.at("metadata")),
            "no call and no agent ever sees the metadata of a trunk",
            "Put it on the dispatch rule, if an agent should read it."
            if isinstance(trunk, InboundTrunk)
            else "Put it on the participant (participant_metadata), if an agent should read it.",
        )


@rule("LK320", "ringing-timeout-status", "error", "rejected", Failure)
def ringing_timeout_status(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A status for unanswered calls that is no error status.

    ## What it finds
    A `ringingTimeoutStatus` outside 400 to 699.

    ## Why it matters
    LiveKit refuses it: `ringing timeout status must be 4xx-6xx`.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "ringingTimeoutStatus": "SIP_STATUS_OK"}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "ringingTimeoutStatus": "SIP_STATUS_BUSY_HERE"}}
    ```

    ## Fix
    None.

    ## Evidence
    LiveKit protocol `livekit/sip.go`, `SIPInboundTrunkInfo.validateResult`: from 1.53.0, in
    livekit-server 1.13.11. Older `lk` and servers do not know the field.
    """
    yield Found(
        at_value(failure.pointer),
        "a call that nobody answers cannot end with this status, and LiveKit refuses the trunk",
        "Use a status of 4xx, 5xx or 6xx, such as SIP_STATUS_TEMPORARILY_UNAVAILABLE.",
    )
