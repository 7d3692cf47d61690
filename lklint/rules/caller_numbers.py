"""Family 3: the numbers and the login of outgoing calls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lklint.documents.edits import Remove, Replace
from lklint.rules.found import Found, Proposal, at_brace, at_key, at_value
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure
from lklint.telephony.resources import OutboundTrunk, Participant


@rule("LK330", "no-caller-number", "error", "rejected", Failure)
def no_caller_number(failure: Failure, settings: Settings) -> Iterator[Found]:
    """An outbound trunk without a number to call from.

    ## What it finds
    An outbound trunk whose `numbers` are missing or empty.

    ## Why it matters
    LiveKit refuses it: `no trunk numbers specified`, although its documentation speaks of an empty
    value.

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
    Seen: the real `lk`.
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
    Seen: handed to the node unchanged (server.md 2d); protocol rpc/sip.go picks at random.
    """
    stars = [number for number in trunk.numbers if number == "*"]
    if not stars or len(stars) == len(trunk.numbers):
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
    Seen: real calls, From `*`; protocol rpc/sip.go.
    """
    if trunk.numbers and all(number == "*" for number in trunk.numbers):
        yield Found(
            at_value(trunk.numbers[0].pointer),
            "a call that brings no number of its own goes out as *",
            'See to it that every call sets "sip_number".',
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
    Seen: 4 of 6 real calls showed the one, 2 the other.
    """
    numbers = {number for number in trunk.numbers if number not in ("", "*")}
    if len(numbers) > 1:
        yield Found(
            at_key(trunk.message.at("numbers")),
            "each call goes out with one of these numbers at random",
            'Set "sip_number" on each call, or make one trunk a number.',
        )


@rule("LK338", "outbound-half-credentials", "error", "dead", OutboundTrunk, Participant)
def outbound_half_credentials(resource: Any, settings: Settings) -> Iterator[Found]:
    """Half a login for outgoing calls.

    ## What it finds
    A user name without a password, or a password without a user name.

    ## Why it matters
    When the provider asks, LiveKit has only half an answer, and the call fails.

    ## Example
    ```json outbound-trunk
    {"trunk": {"address": "sip.example.net", "numbers": ["+442079460123"], "authUsername": "u"}}
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
    Seen: out-auth calls: one INVITE, then an error.
    """
    trunk = resource if isinstance(resource, OutboundTrunk) else resource.trunk
    if trunk is None or bool(trunk.auth_username) == bool(trunk.auth_password):
        return
    given, missing = "auth_username", "auth_password"
    if trunk.auth_password:
        given, missing = missing, given
    word = trunk.message.spelled(missing)
    yield Found(
        at_key(trunk.message.at(given)),
        "the provider asks for user name and password, and half of it is missing: the call fails",
        f'Add "{word}" (`lk` also takes --auth-user and --auth-pass).',
        f"no {word} beside it",
    )


@rule("LK339", "outbound-no-credentials", "info", "risky", OutboundTrunk)
def outbound_no_credentials(trunk: OutboundTrunk, settings: Settings) -> Iterator[Found]:
    """An outbound trunk without a login.

    ## What it finds
    An outbound trunk with neither user name nor password.

    ## Why it matters
    LiveKit Cloud has no fixed addresses, so a provider cannot know it by its address: it answers
    403. The login may also come from the flags of `lk`.

    ## Example
    ```json outbound-trunk
    {"trunk": {"address": "sip.example.net", "numbers": ["+442079460123"]}}
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
    LiveKit's documentation; livekit#3620.
    """
    if not (trunk.auth_username or trunk.auth_password) and settings.target != "self-hosted":
        yield Found(
            at_brace(trunk.message.pointer),
            "on LiveKit Cloud providers know you by your login only, and this trunk has none",
            "Add one, or give --auth-user and --auth-pass to `lk`.",
        )


@rule("LK345", "caller-number-uri", "error", "dead", OutboundTrunk)
def caller_number_uri(trunk: OutboundTrunk, settings: Settings) -> Iterator[Found]:
    """A number to call from that is written as a URI.

    ## What it finds
    `sip:…`, `tel:…` or `…@…` in `numbers` of an outbound trunk.

    ## Why it matters
    LiveKit puts sip: in front of it: the call says it comes from `sip:sip:user@…`.

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net",
        "numbers": ["sip:alice"],
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
        "numbers": ["alice"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    Unsafe: keeps the user.

    ## Evidence
    Seen: real calls, From `sip:sip:+…@`.
    """
    for number in trunk.numbers:
        match = re.fullmatch(r"(?:(?:sips?|tel):)?([^@;]*)(?:[@;].*)?", number, re.IGNORECASE)
        user = match[1] if match is not None else ""
        if user != number and number:
            fix = Proposal("keep the user", (Replace(number.pointer, user),)) if user else None
            yield Found(
                at_value(number.pointer),
                "LiveKit adds sip: and the host itself, so that calls come from sip:sip:…",
                "Write the number or the user alone.",
                fix=fix,
            )


@rule("LK346", "empty-caller-number", "error", "dead", OutboundTrunk)
def empty_caller_number(trunk: OutboundTrunk, settings: Settings) -> Iterator[Found]:
    """An empty number to call from.

    ## What it finds
    `""` in `numbers` of an outbound trunk.

    ## Why it matters
    LiveKit takes the trunk; a call that gets this number fails with `number must be set`.

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net",
        "numbers": [""],
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
        "numbers": ["*"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: out calls with `[""]`.
    """
    for number in trunk.numbers:
        if not number:
            yield Found(
                at_value(number.pointer),
                'a call that gets this empty number fails with "number must be set"',
                'Write a number, or "*" if every call brings its own.',
            )
