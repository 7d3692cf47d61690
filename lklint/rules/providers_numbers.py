"""Family 8: the numbers of outgoing calls, as their provider wants them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lklint.documents.edits import Replace
from lklint.rules.found import Found, Proposal, at_value, show
from lklint.rules.providers import Called, called
from lklint.rules.putting import put
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.countries import country_meant, is_country
from lklint.telephony.hosts import is_uri, split
from lklint.telephony.lookalikes import plain
from lklint.telephony.message import Text
from lklint.telephony.phone_numbers import classify
from lklint.telephony.placeholders import find_placeholder
from lklint.telephony.providers.facts import Numbers
from lklint.telephony.resources import OutboundTrunk, Participant


@rule("LK811", "number-without-plus", "warning", "dead", OutboundTrunk, Participant)
def number_without_plus(resource: Any, settings: Settings) -> Iterator[Found]:
    """A number for Twilio without its plus.

    ## What it finds
    `sipCallTo` of a call with a trunk to Twilio inside, if it is all digits. Numbers to call from
    as well, where the address has a port.

    ## Why it matters
    Twilio takes numbers in E.164 with the plus, and answers 400 without. LiveKit adds it to the
    number to call from, if the address ends in `twilio.com`, which it does not with a port behind.
    It never adds it to the number that is called.

    ## Example
    ```json sip-participant
    {
      "sip_call_to": "442079460123",
      "sip_number": "+442079460124",
      "room_name": "r",
      "trunk": {"hostname": "acme.pstn.twilio.com"}
    }
    ```

    ## Instead
    ```json sip-participant
    {
      "sip_call_to": "+442079460123",
      "sip_number": "+442079460124",
      "room_name": "r",
      "trunk": {"hostname": "acme.pstn.twilio.com"}
    }
    ```

    ## Fix
    Unsafe, where there is a number with these digits: adds the plus.

    ## Evidence
    twilio.com/docs/sip-trunking (2026-07-21) for the plus and the 400. LiveKit protocol rpc/sip.go,
    NewCreateSIPParticipantRequest, for where LiveKit adds it. Seen: livekit-server 1.13.3 hands
    `sip_call_to` to the SIP service as it is.
    """
    found, numbers = _wanted(resource)
    if found is None or numbers is None or not numbers.needs_plus:
        return
    with_port = split(found.address)[1] is not None
    callee = None
    if isinstance(resource, Participant) and resource.to_user_override is None:
        callee = resource.sip_call_to
    for number in (callee, *(callers(resource) if with_port else ())):
        if number is None or re.fullmatch("[0-9]{7,15}", number) is None:
            continue
        verdict, fix = classify(f"+{number}"), None
        if verdict.fault in ("fine", "example"):
            fix = Proposal("add the plus", (Replace(number.pointer, f"+{number}"),))
        elif number is not callee:
            continue  # LK347
        yield Found(
            at_value(number.pointer),
            f"{found.provider.name} refuses a number without a plus (400), and LiveKit adds none"
            " here",
            f"Write {show('+' + number)}." if fix else "Write a plus and the country code first.",
            fix=fix,
        )


@rule("LK812", "caller-is-no-number", "warning", "dead", OutboundTrunk, Participant)
def caller_is_no_number(resource: Any, settings: Settings) -> Iterator[Found]:
    """A name to call from, where the provider wants a number.

    ## What it finds
    Letters in `numbers` of a trunk to Twilio or Plivo, and in `sipNumber` of a call with such a
    trunk inside. Silent where `headers` give the number: `P-Asserted-Identity`, `Remote-Party-ID`.

    ## Why it matters
    Both let calls out only from a number of yours, and refuse others. To a name LiveKit even adds a
    plus on its way to Twilio: `+alice`.

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "acme.pstn.twilio.com",
        "numbers": ["support-line"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Instead
    ```json outbound-trunk
    {
      "trunk": {
        "address": "acme.pstn.twilio.com",
        "numbers": ["+442079460123"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    twilio.com/docs/sip-trunking (2026-07-21): a number of the account, or a verified one, in From,
    else in one of the two headers. LiveKit's page on Plivo (2026-08-28): a number of Plivo's, or
    error 4190. LiveKit protocol rpc/sip.go adds the plus.
    """
    found, numbers = _wanted(resource)
    if found is None or numbers is None or not numbers.caller_is_number or _names_caller(resource):
        return
    for number in callers(resource):
        if find_placeholder(number, machine=True) or plain(number) is not None or is_uri(number):
            continue  # LK127, LK131, LK345
        if re.search("[A-Za-z]", number):
            yield Found(
                at_value(number.pointer),
                f"{found.provider.name} lets calls out only from a number of yours, and this is"
                " none",
                f"Write a number that you have at {found.provider.name}, as in +442079460123.",
            )


@rule("LK813", "call-not-pinned", "info", "risky", OutboundTrunk, Participant)
def call_not_pinned(resource: Any, settings: Settings) -> Iterator[Found]:
    """A call over Plivo to or from India that may start elsewhere.

    ## What it finds
    A trunk to Plivo with a number of India (+91) to call from, or a call with such a trunk inside
    to or from India, whose `destinationCountry` is not `IN`. Silent for a self-hosted LiveKit
    (`target`), which does nothing with the country.

    ## Why it matters
    Calls of India must start in India. LiveKit Cloud starts a call anywhere unless told where, and
    Plivo refuses such calls: `403 Domestic Anchored Terms Not Met`. Calls that come in need the
    same: your endpoint at Plivo is then `….india.sip.livekit.cloud`.

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "21784177241578.zt.plivo.com",
        "numbers": ["+912212345678"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Instead
    ```json outbound-trunk
    {
      "trunk": {
        "address": "21784177241578.zt.plivo.com",
        "numbers": ["+912212345678"],
        "destinationCountry": "IN",
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    Unsafe: sets the country.

    ## Evidence
    Read, not tried. LiveKit's page on Plivo (2026-08-28) asks for both regions, its page on
    troubleshooting (2026-08-24) names the error.
    """
    found, numbers = _wanted(resource)
    if found is None or numbers is None or numbers.pinned is None:
        return
    prefix, country = numbers.pinned
    given = found.how.country
    if settings.target == "self-hosted" or (given is not None and not is_country(given)):
        return  # LK343
    if given is not None and country_meant(given) == country:
        return
    callee = resource.sip_call_to if isinstance(resource, Participant) else None
    for number in (callee, *callers(resource)):
        if number is not None and number.startswith(prefix):
            word = found.how.message.spelled("destination_country")
            change = put(found.how.message, "destination_country", country)
            yield Found(
                at_value((given if given is not None else number).pointer),
                f"{found.provider.name} refuses (403) calls to and from {prefix} that start outside"
                f" {country}, and LiveKit Cloud starts them anywhere",
                f'Set "{word}": "{country}".',
                fix=Proposal(f"start in {country}", (change,)),
            )
            return


def callers(resource: OutboundTrunk | Participant) -> tuple[Text, ...]:
    """The numbers that calls may come from."""
    if isinstance(resource, OutboundTrunk):
        return resource.numbers
    return (resource.sip_number,) if resource.sip_number is not None else ()


def _wanted(resource: OutboundTrunk | Participant) -> tuple[Called | None, Numbers | None]:
    """The provider of a resource, and how it wants numbers."""
    found = called(resource)
    return found, found.provider.numbers if found is not None else None


def _names_caller(resource: OutboundTrunk | Participant) -> bool:
    """Whether a header gives the number that the call comes from."""
    names = {pair.name.lower() for pair in resource.headers}
    return bool(names & {"p-asserted-identity", "remote-party-id"})
