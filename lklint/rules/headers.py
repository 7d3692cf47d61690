"""Family 6: SIP headers that LiveKit is told to send."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lklint.documents.edits import Rename, Replace
from lklint.rules.found import Found, Proposal, at_key, at_value, show
from lklint.rules.header_maps import mapping_of
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure
from lklint.telephony.headers import ADDRESS_HEADERS, SINGLE_HEADERS, is_address
from lklint.telephony.placeholders import find_placeholder
from lklint.telephony.resources import InboundTrunk, OutboundTrunk, Participant


@rule("LK601", "forbidden-header", "error", "rejected", Failure)
def forbidden_header(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A header that LiveKit lets nobody set.

    ## What it finds
    `From`, `Contact`, `Call-ID`, `Allow`, `Reply-To` and 21 more names in `headers`, in any
    capitals, eight one-letter short forms among them.

    ## Why it matters
    LiveKit keeps these headers to itself and refuses yours: `header name From not supported`. The
    number that a call comes from is set by `numbers` of the trunk, or `sip_number` of the call.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "headers": {"From": "sip:a@example.com"}}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "headers": {"X-From": "sip:a@example.com"}}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: `lk` 2.18.3 refused each of the 26, and took `f`, `i`, `c` and `Route`; an update was
    refused by livekit-server 1.13.3. LiveKit protocol, `livekit/sip_validation.go`,
    `ForbiddenSipHeaderNames`.
    """
    yield Found(
        at_key(failure.pointer),
        f"LiveKit lets nobody set the header {show(failure.value)} and refuses the file",
        "Use a name of your own that starts with X-.",
    )


@rule("LK602", "to-via-header", "warning", "risky", InboundTrunk, OutboundTrunk, Participant)
def to_via_header(resource: Any, settings: Settings) -> Iterator[Found]:
    """A second header of a kind that a SIP message has once, such as To or Via.

    ## What it finds
    `To` or `Via` in `headers`. In `attributesToHeaders` also `From`, `Call-ID`, `Contact` and the
    like, which LiveKit takes there.

    ## Why it matters
    LiveKit adds the header beside its own, so the message has two of them. Such a message is
    malformed, and a provider may reject it: the call, its end or its transfer. LiveKit's code says
    that it will refuse `To` and `Via` one day.

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "numbers": ["+442079460123"],
        "address": "sip.acme-telecom.net",
        "headers": {"To": "<sip:sales@acme-telecom.net>"}
      }
    }
    ```

    ## Instead
    ```json outbound-trunk
    {
      "trunk": {
        "numbers": ["+442079460123"],
        "address": "sip.acme-telecom.net",
        "headers": {"X-To": "<sip:sales@acme-telecom.net>"}
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: `lk` 2.18.3 and livekit-server 1.13.3 take `To` and `Via`. LiveKit protocol 1.54.0,
    `livekit/sip_validation.go`, `deprecatedSipHeaderNames`; livekit/sip, `pkg/sip/outbound.go`,
    `attemptInvite` and `sendBye` append the headers to those that are there.
    """
    names = [pair.name for pair in resource.headers if pair.name.lower() in ("to", "via")]
    places = [(name, at_key(name.pointer)) for name in names]
    mapping = mapping_of(resource)
    for pair in mapping.attributes_to_headers if mapping is not None else ():
        if pair.value.lower() in SINGLE_HEADERS:
            places.append((pair.value, at_value(pair.value.pointer)))
    mend = "Take it out, or use a name of your own that starts with X-."
    if isinstance(resource, Participant):
        mend += " Newer versions of LiveKit set the user in To by to_user_override."
    for name, place in places:
        yield Found(
            place, f"the call gets a second {name} header, for which providers may reject it", mend
        )


@rule("LK603", "header-name-syntax", "error", "rejected", Failure)
def header_name_syntax(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A name that no SIP header can have.

    ## What it finds
    Blanks, colons, other marks and non-ASCII letters in the name of a header, an empty name, more
    than 255 characters; also in the header maps.

    ## Why it matters
    LiveKit refuses it: `header name X Account contains invalid characters: char 32 not allowed`.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "headers": {"X Account": "42"}}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "headers": {"X-Account": "42"}}}
    ```

    ## Fix
    Unsafe: takes blanks and colons at both ends away, where nothing else is wrong.

    ## Evidence
    Seen: `lk` 2.18.3 refused names with a blank, a colon, an umlaut, 256 letters, and the empty
    one. LiveKit protocol, `livekit/sip_validation.go`, `ValidateHeaderName`; RFC 3261, section 25.1
    (token).
    """
    name, fix = failure.value, None
    better = name.strip(": \t\r\n")
    if better != name and re.fullmatch(r"[-A-Za-z0-9]{1,255}", better):
        change = Rename if failure.is_name else Replace
        fix = Proposal(f"write {show(better)}", (change(failure.pointer, better),))
    place = at_key if failure.is_name else at_value
    yield Found(
        place(failure.pointer),
        f"{show(name)} is no name of a SIP header, and LiveKit refuses the file",
        "Use letters, digits and -, at least one and at most 255, as in X-Account.",
        fix=fix,
    )


@rule("LK604", "header-value", "error", "rejected", Failure)
def header_value(failure: Failure, settings: Settings) -> Iterator[Found]:
    r"""A header value that cannot be sent.

    ## What it finds
    Line breaks and other control characters, or more than 1024 bytes.

    ## Why it matters
    LiveKit refuses it, `char 10 not allowed`: a line break would end the header. Tabs and letters
    of any alphabet are taken.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "headers": {"X-Account": "4\n2"}}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "headers": {"X-Account": "42"}}}
    ```

    ## Fix
    Unsafe: takes line breaks at the end away.

    ## Evidence
    Seen: `lk` 2.18.3 refused CR, LF, NUL, DEL and 1025 characters, and took 1024. LiveKit protocol,
    `livekit/sip_validation.go`, `ValidateHeaderValue`, which counts bytes.
    """
    better = failure.value.rstrip("\r\n")
    fix = Proposal("take the line break away", (Replace(failure.pointer, better),))
    yield Found(
        at_value(failure.pointer),
        "this value cannot be sent as a header, and LiveKit refuses the file",
        "Write one line of at most 1024 bytes without control characters.",
        fix=fix if better != failure.value else None,
    )


@rule(
    "LK605", "header-not-an-address", "warning", "risky", InboundTrunk, OutboundTrunk, Participant
)
def header_not_an_address(resource: Any, settings: Settings) -> Iterator[Found]:
    """A header that needs a SIP address and has none.

    ## What it finds
    `P-Asserted-Identity`, `P-Preferred-Identity`, `Referred-By`, `Route`, `Diversion` and
    `Remote-Party-ID` in `headers` with a value that is no `<sip:…>` or `<tel:…>`.

    ## Why it matters
    LiveKit sends it all the same, with at most a warning in its own log. A provider cannot read a
    bare number there: it ignores the header, or rejects the call.

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "numbers": ["+442079460123"],
        "address": "sip.acme-telecom.net",
        "headers": {"P-Asserted-Identity": "+442079460123"}
      }
    }
    ```

    ## Instead
    ```json outbound-trunk
    {
      "trunk": {
        "numbers": ["+442079460123"],
        "address": "sip.acme-telecom.net",
        "headers": {"P-Asserted-Identity": "<sip:+442079460123@acme-telecom.net>"}
      }
    }
    ```

    ## Fix
    None: which host the provider wants in the address, it says itself.

    ## Evidence
    Seen: `lk` 2.18.3 and livekit-server 1.13.3 take bare numbers in `P-Asserted-Identity`. LiveKit
    protocol, `livekit/sip_validation.go`, `nameAddrHeaders`; RFC 3325, section 9; RFC 5806.
    """
    for header in resource.headers:
        wanted = header.name.lower() in ADDRESS_HEADERS and header.value
        if wanted and not is_address(header.value) and find_placeholder(header.value) is None:
            yield Found(
                at_value(header.value.pointer),
                f"{header.name} must be an address: providers ignore this, or reject the call",
                'Write it as in "<sip:+442079460123@example.com>".',
            )
