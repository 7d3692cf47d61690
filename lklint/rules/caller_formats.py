"""Family 3: how a number to call from is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lklint.documents.edits import Replace
from lklint.rules.found import Found, Proposal, at_value
from lklint.rules.numbers import E164, advice
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.dialling import plain_number
from lklint.telephony.hosts import is_uri, user_of_uri
from lklint.telephony.lookalikes import plain
from lklint.telephony.message import Text
from lklint.telephony.phone_numbers import classify, normalize_number
from lklint.telephony.placeholders import find_placeholder, is_example_number
from lklint.telephony.resources import OutboundTrunk, Participant


@rule("LK345", "caller-number-uri", "error", "dead", OutboundTrunk, Participant)
def caller_number_uri(resource: Any, settings: Settings) -> Iterator[Found]:
    """A number to call from that is written as a URI.

    ## What it finds
    `sip:…`, `tel:…` or `…@…` in `numbers` of an outbound trunk, and in `sipNumber` of a call.

    ## Why it matters
    LiveKit puts `sip:` and its own host around the number: the call says it comes from
    `sip:sip:user@…`, which providers reject. With an `@` in it LiveKit does not place the call.

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
    Seen: a real call from `sip:+15550100` went out as `sip:sip:+15550100@…`. livekit/sip
    pkg/sip/client.go, buildLegacyURI: an `@` ends in `invalid From header`.
    """
    for number in _callers(resource):
        if not is_uri(number):
            continue
        user = user_of_uri(number)
        if "@" in number:
            headline = "LiveKit takes no @ in a number to call from: the call is never placed"
        else:
            headline = "LiveKit adds sip: and the host itself, so that calls come from sip:sip:…"
        fix = Proposal("keep the user", (Replace(number.pointer, user),)) if user else None
        yield Found(
            at_value(number.pointer), headline, "Write the number or the user alone.", fix=fix
        )


@rule("LK346", "empty-caller-number", "error", "dead", OutboundTrunk)
def empty_caller_number(trunk: OutboundTrunk, settings: Settings) -> Iterator[Found]:
    """An empty number to call from.

    ## What it finds
    `""` in `numbers` of an outbound trunk.

    ## Why it matters
    LiveKit takes the trunk, and its documentation says that an empty text lets every call bring its
    own number. A call that brings none fails with `number must be set`.

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
    Seen: lk 2.18.3 and livekit-server 1.13.3 store `[""]`; a real call through it failed with
    `invalid From header: number must be set`.
    """
    for number in trunk.numbers:
        if not number:
            yield Found(
                at_value(number.pointer),
                'a call that gets this empty number fails with "number must be set"',
                'Write a number, or "*" if every call brings its own.',
            )


@rule("LK347", "caller-number-format", "warning", "dead", OutboundTrunk, Participant)
def caller_number_format(resource: Any, settings: Settings) -> Iterator[Found]:
    """A number to call from that is not plain E.164.

    ## What it finds
    In `numbers` of an outbound trunk and `sipNumber` of a call: blanks, brackets, dots, slashes or
    hyphens, a number without its country code, and `00` in place of the plus. Silent for numbers
    that only lack the plus, for user names and short extensions, and for the user of the login.

    ## Why it matters
    LiveKit tidies the numbers of inbound trunks, and those to call from it sends as they are
    written: `sip:+44 (20) 7946-0123@…`. Providers reject the call, or show another number. Only on
    `….twilio.com` LiveKit adds a missing plus, which makes a national number a foreign one. (Some
    providers want national numbers. Then all is well.)

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.acme-telecom.net",
        "numbers": ["+44 (20) 7946-0123"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Instead
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.acme-telecom.net",
        "numbers": ["+442079460123"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    Unsafe: the number in E.164, where its country is known (`--default-region`).

    ## Evidence
    Seen: livekit-server 1.13.3 hands formatted numbers to the SIP service unchanged, and a real
    call from `15550100` went out as `sip:15550100@…`. livekit/sip pkg/sip/client.go,
    buildLegacyURI; its SIP library (emiago/sipgo 1.4.0) writes blanks and brackets as they are.
    protocol rpc/sip.go adds the plus for `twilio.com`.
    """
    for number in _callers(resource):
        if is_uri(number) or _said_elsewhere(number) or number == _user(resource):
            continue
        sent = plain_number(number)
        if sent == number and re.fullmatch(r"\+[1-9][0-9]*", sent):
            continue  # plain E.164, and no reason to load the plans of all countries
        verdict = classify(sent, settings.default_region)
        local = sent.lstrip("+").isdigit() and verdict.fault in ("national", "unmatchable")
        if sent == number and not local:
            continue
        what = "providers do not take such a number"
        if local:
            what = "without a plus and the country code providers reject it, or show another"
        better = verdict.suggestions if local or verdict.suggestions else (sent,)
        mend, fix = advice(E164, verdict), None
        if len(better) == 1 and verdict.sure:
            mend = f"Write {better[0]}."
            fix = Proposal("write it plainly", (Replace(number.pointer, better[0]),))
        yield Found(
            at_value(number.pointer),
            f"LiveKit sends this number as it is written here, and {what}",
            mend,
            fix=fix,
        )


def _callers(resource: OutboundTrunk | Participant) -> tuple[Text, ...]:
    """The numbers that calls come from, without the empty ones."""
    if isinstance(resource, OutboundTrunk):
        return tuple(number for number in resource.numbers if number)
    return (resource.sip_number,) if resource.sip_number is not None else ()


def _user(resource: OutboundTrunk | Participant) -> Text | None:
    """The user of the login, which some providers want in place of a number."""
    trunk = resource if isinstance(resource, OutboundTrunk) else resource.trunk
    return trunk.auth_username if trunk is not None else None


def _said_elsewhere(number: Text) -> bool:
    """Whether LK127 (placeholder), LK128 (example) or LK131 (lookalike) speaks about a number."""
    if find_placeholder(number, machine=True) is not None or plain(number) is not None:
        return True
    return is_example_number(normalize_number(number))
