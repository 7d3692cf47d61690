"""Family 3: inbound trunks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lklint.rules.found import Found, at_brace, at_key, at_value
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure
from lklint.telephony.resources import DispatchRule, InboundTrunk, OutboundTrunk, Participant


@rule("LK301", "unprotected-trunk", "error", "rejected", Failure)
def unprotected_trunk(failure: Failure, settings: Settings) -> Iterator[Found]:
    """An inbound trunk with nothing that tells who may call.

    ## What it finds
    An inbound trunk without numbers, without addresses and without a login.

    ## Why it matters
    LiveKit refuses it: `for security, one of the fields must be set`. `allowedNumbers` does not
    count, a caller's number is easily forged.

    ## Example
    ```json inbound-trunk
    {"trunk": {"name": "Main line", "krispEnabled": true}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"name": "Main line", "numbers": ["+442079460123"]}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: the real `lk`; protocol livekit/sip.go, SIPInboundTrunkInfo.validateResult.
    """
    yield Found(
        at_brace(failure.pointer),
        "nothing says who may call this trunk, and LiveKit refuses it",
        'Add your "numbers", or the "allowedAddresses" of your provider, or "authUsername" with'
        ' "authPassword" (`lk` also takes --auth-user and --auth-pass).',
        "numbers, addresses or a login wanted",
    )


@rule("LK302", "number-only-trunk", "warning", "insecure", InboundTrunk)
def number_only_trunk(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """An inbound trunk that knowing the number opens.

    ## What it finds
    A trunk with numbers, and neither addresses nor a complete login.

    ## Why it matters
    Whoever knows the number and LiveKit's SIP host can call in: no password and no address is asked
    for. Robots try all numbers of a range.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["203.0.113.0/24"]}}
    ```

    ## Fix
    None. The login can also come from the flags of `lk`, then this finding does not apply.

    ## Evidence
    protocol livekit/sip.go has a note that numbers do not really help with security; 9 of 14 public
    files.
    """
    login = trunk.auth_username or trunk.auth_password
    if trunk.numbers and not trunk.allowed_addresses and not login:
        yield Found(
            at_key(trunk.message.at("numbers")),
            "whoever knows this number and your SIP address can call in",
            'Add the "allowedAddresses" of your provider, or a login.',
            "the only gate",
        )


@rule("LK303", "half-credentials", "error", "insecure", InboundTrunk)
def half_credentials(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """An inbound trunk with half a login, which asks nobody.

    ## What it finds
    A user name without a password, or a password without a user name.

    ## Why it matters
    LiveKit takes the trunk, and then asks for a login only when both are set. With one of them
    every caller gets in unasked.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "authUsername": "twilio"}}
    ```

    ## Instead
    ```json inbound-trunk
    {
      "trunk": {
        "numbers": ["+442079460123"],
        "authUsername": "twilio",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls, auth-user-only and auth-pass-only: answered without a challenge.
    """
    if bool(trunk.auth_username) == bool(trunk.auth_password):
        return
    given = "auth_username" if trunk.auth_username else "auth_password"
    missing = "auth_password" if trunk.auth_username else "auth_username"
    word = trunk.message.spelled(missing)
    yield Found(
        at_key(trunk.message.at(given)),
        "this trunk lets every caller in without asking for a login: half of it is missing",
        f'Add "{word}" (`lk` also takes --auth-user and --auth-pass), or drop this and list the'
        " addresses of your provider.",
        f"no {word} beside it",
    )


@rule("LK314", "short-ringing-timeout", "warning", "risky", InboundTrunk)
def short_ringing_timeout(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """An inbound trunk that gives agents very little time to answer.

    ## What it finds
    A `ringingTimeout` of more than 0 and less than 10 seconds.

    ## Why it matters
    On an incoming call this is how long the caller waits for an agent's audio. An agent that has to
    start takes longer, and the caller gets 486.

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
    Seen: real calls, ring-timeout: 486 after 3.03 s. The default is 180 s.
    """
    wait = trunk.ringing_timeout
    if wait is not None and 0 < wait < 10:
        yield Found(
            at_value(wait.pointer),
            f"a caller whose agent takes longer than {wait:g} s to answer is rejected",
            "Give agents at least 30 seconds.",
        )


@rule("LK315", "negative-duration", "error", "dead", InboundTrunk, Participant)
def negative_duration(resource: Any, settings: Settings) -> Iterator[Found]:
    """A time that runs backwards.

    ## What it finds
    A negative `ringingTimeout` or `maxCallDuration`.

    ## Why it matters
    LiveKit stores it and hands it to the call as it is, which ends before it begins.

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
    Seen: livekit-server stored -1s and gave it to the call (server.md 2d).
    """
    for time in (resource.ringing_timeout, resource.max_call_duration):
        if time is not None and time < 0:
            yield Found(
                at_value(time.pointer),
                "LiveKit takes this negative time, and the call cannot work with it",
                "Write a time of more than 0 seconds, or leave it out.",
            )


@rule("LK316", "call-duration-clamped", "info", "risky", InboundTrunk)
def call_duration_clamped(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A longest call of more than a day.

    ## What it finds
    A `maxCallDuration` of more than 24 hours.

    ## Why it matters
    LiveKit ends every incoming call after 24 hours, whatever is written here.

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
    livekit/sip pkg/sip/inbound.go.
    """
    longest = trunk.max_call_duration
    if longest is not None and longest > 86_400:
        yield Found(
            at_value(longest.pointer),
            "LiveKit ends calls after 24 hours all the same",
            "Write 86400s or less.",
        )


@rule("LK317", "krisp-self-hosted", "info", "dead", InboundTrunk, DispatchRule)
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
    livekit/sip pkg/service/service.go.
    """
    if settings.target == "self-hosted" and resource.krisp_enabled:
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
    Seen: real calls, case metadata: trunk metadata goes nowhere.
    """
    if trunk.metadata is not None:
        yield Found(
            at_key(trunk.message.at("metadata")),
            "no call and no agent ever sees the metadata of a trunk",
            "Put it on the dispatch rule, if an agent should read it.",
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
    protocol v1.54.0 livekit/sip.go, SIPInboundTrunkInfo.validateResult.
    """
    yield Found(
        at_value(failure.pointer),
        "a call that nobody answers cannot end with this status, and LiveKit refuses the trunk",
        "Use a status of 4xx, 5xx or 6xx, such as SIP_STATUS_TEMPORARILY_UNAVAILABLE.",
    )
