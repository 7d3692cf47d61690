"""Family 3: which numbers outgoing calls come from."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.edits import Remove
from lklint.rules.found import Found, Proposal, at_brace, at_key, at_value
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure
from lklint.telephony.resources import OutboundTrunk


@rule("LK330", "no-caller-number", "error", "rejected", Failure)
def no_caller_number(failure: Failure, settings: Settings) -> Iterator[Found]:
    """An outbound trunk without a number to call from.

    ## What it finds
    An outbound trunk whose `numbers` are missing or empty.

    ## Why it matters
    Every call needs a number to come from. LiveKit refuses the trunk: `no trunk numbers specified`,
    although its documentation speaks of an empty value.

    ## Example
    ```json outbound-trunk
    {"trunk": {"address": "sip.example.net"}}
    ```

    ## Instead
    ```json outbound-trunk
    {"trunk": {"address": "sip.example.net", "numbers": ["+442079460123"]}}
    ```

    ## Fix
    None. `["*"]` lets every call bring its own `sip_number`.

    ## Evidence
    Seen: lk 2.18.3 refuses a trunk without `numbers` and one with `[]`; protocol livekit/sip.go,
    SIPOutboundTrunkInfo.
    """
    yield Found(
        at_brace(failure.pointer),
        "this trunk has no number to call from, and LiveKit refuses it",
        'Add "numbers", or ["*"] if every call brings its own "sip_number".',
    )


@rule("LK335", "star-mixed", "error", "dead", OutboundTrunk)
def star_mixed(trunk: OutboundTrunk, settings: Settings) -> Iterator[Found]:
    """A star among the numbers to call from.

    ## What it finds
    `*` beside other numbers.

    ## Why it matters
    LiveKit takes one of them at random for each call, sometimes the star: the provider rejects such
    calls.

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net",
        "numbers": ["*", "+442079460123"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Instead
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net",
        "numbers": ["+442079460123"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    Unsafe: takes the star out.

    ## Evidence
    Seen: livekit-server 1.13.3 stores the list and hands the star to the SIP service unchanged; a
    real call went out as `sip:*@…`. protocol rpc/sip.go picks at random.
    """
    stars = [number for number in trunk.numbers if number == "*"]
    if all(number in ("", "*") for number in trunk.numbers):
        return
    for star in stars:
        yield Found(
            at_value(star.pointer),
            "some calls will go out with the number *, and the provider rejects them",
            "Take the star out.",
            fix=Proposal("take the star out", (Remove(star.pointer),)),
        )


@rule("LK336", "star-needs-caller-number", "info", "risky", OutboundTrunk)
def star_needs_caller_number(trunk: OutboundTrunk, settings: Settings) -> Iterator[Found]:
    """A trunk whose calls must bring their own number.

    ## What it finds
    `numbers` with nothing but `*`.

    ## Why it matters
    Fine if every call sets `sip_number`. A call that does not goes out as `*`, on Twilio as `+*`.

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net",
        "numbers": ["*"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Instead
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net",
        "numbers": ["+442079460123"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: a real call went out as `sip:*@…`, and with `sip_number` as that number (livekit-server
    1.13.3). protocol rpc/sip.go adds the plus for `twilio.com`.
    """
    if trunk.numbers and all(number == "*" for number in trunk.numbers):
        yield Found(
            at_value(trunk.numbers[0].pointer),
            "a call that brings no number of its own goes out as *",
            'See to it that every call sets "sip_number" (--number of `lk`).',
        )


@rule("LK337", "random-caller-number", "info", "risky", OutboundTrunk)
def random_caller_number(trunk: OutboundTrunk, settings: Settings) -> Iterator[Found]:
    """Several numbers to call from, taken at random.

    ## What it finds
    Two or more `numbers`.

    ## Why it matters
    LiveKit takes one at random for each call. Providers that expect one number a trunk reject some
    of the calls.

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net",
        "numbers": ["+442079460123", "+442079460124"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Instead
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net",
        "numbers": ["+442079460123"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: of six real calls through a trunk with two numbers four showed the one, two the other;
    protocol rpc/sip.go.
    """
    numbers = {number for number in trunk.numbers if number not in ("", "*")}
    if len(numbers) > 1:
        yield Found(
            at_key(trunk.message.at("numbers")),
            "each call goes out with one of these numbers at random",
            'Set "sip_number" on each call, or make a trunk of its own for each number.',
        )
