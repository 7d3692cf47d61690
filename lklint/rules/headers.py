"""Family 6: SIP headers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lklint.documents.edits import Rename
from lklint.rules.found import Found, Proposal, at_key, at_value, show
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure
from lklint.telephony.headers import NAME_ADDRESS_HEADERS, is_address, looks_like_header
from lklint.telephony.resources import InboundTrunk, OutboundTrunk, Participant


@rule("LK601", "forbidden-header", "error", "rejected", Failure)
def forbidden_header(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A header that LiveKit sets itself.

    ## What it finds
    `From`, `Contact`, `Call-ID`, `Allow` and 22 more names, in any capitals, short forms too.

    ## Why it matters
    LiveKit writes these headers itself and refuses yours: `header name From not supported`.

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
    Seen: the real `lk`; protocol livekit/sip_validation.go.
    """
    yield Found(
        at_key(failure.pointer),
        f"LiveKit sets the header {show(failure.value)} itself and refuses the file",
        "Use a name of your own that starts with X-.",
    )


@rule("LK602", "to-via-header", "warning", "risky", InboundTrunk, OutboundTrunk, Participant)
def to_via_header(resource: Any, settings: Settings) -> Iterator[Found]:
    """A header that breaks the call: To or Via.

    ## What it finds
    `To` or `Via` in `headers`.

    ## Why it matters
    LiveKit still takes them and will refuse them one day. The call then has two To headers, which
    providers reject.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "headers": {"To": "sip:a@example.com"}}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "headers": {"X-To": "sip:a@example.com"}}}
    ```

    ## Fix
    None.

    ## Evidence
    protocol livekit/sip_validation.go, deprecatedSipHeaderNames; seen: accepted.
    """
    for header in resource.headers:
        if header.name.lower() in ("to", "via"):
            yield Found(
                at_key(header.name.pointer),
                f"the call gets a second {header.name} header, and providers reject it",
                "Take it out; a participant has to_user_override for the user in To.",
            )


@rule("LK603", "header-name-syntax", "error", "rejected", Failure)
def header_name_syntax(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A name that no SIP header can have.

    ## What it finds
    Blanks, colons, other marks and non-ASCII letters in the name of a header, an empty name, more
    than 255 characters; also in the header maps.

    ## Why it matters
    LiveKit refuses it: `header name … contains invalid characters`.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "headers": {"X Account": "42"}}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "headers": {"X-Account": "42"}}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: the real `lk`; RFC 3261, section 25.1 (token).
    """
    place = at_key if failure.is_name else at_value
    yield Found(
        place(failure.pointer),
        f"{show(failure.value)} is no name of a SIP header, and LiveKit refuses the file",
        "Use letters, digits and -, at least one and at most 255, as in X-Account.",
    )


@rule("LK604", "header-value", "error", "rejected", Failure)
def header_value(failure: Failure, settings: Settings) -> Iterator[Found]:
    r"""A header value that cannot be sent.

    ## What it finds
    Line breaks and other control characters, or more than 1024 bytes.

    ## Why it matters
    LiveKit refuses it: a line break would end the header.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "headers": {"X-Account": "4\n2"}}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "headers": {"X-Account": "42"}}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: the real `lk`; protocol livekit/sip_validation.go.
    """
    yield Found(
        at_value(failure.pointer),
        "this value cannot be sent as a header, and LiveKit refuses the file",
        "Write one line of at most 1024 bytes without control characters.",
    )


@rule("LK605", "header-not-an-address", "warning", "dead", InboundTrunk, OutboundTrunk, Participant)
def header_not_an_address(resource: Any, settings: Settings) -> Iterator[Found]:
    """A header that needs a SIP address and has none.

    ## What it finds
    `P-Asserted-Identity`, `Route`, `Referred-By` with a value that is no `<sip:…>`.

    ## Why it matters
    LiveKit takes it and writes a warning into its own log; the provider rejects the call.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "headers": {"P-Asserted-Identity": "+442079460123"}}}
    ```

    ## Instead
    ```json inbound-trunk
    {
      "trunk": {
        "numbers": ["+442079460123"],
        "headers": {"P-Asserted-Identity": "<sip:+442079460123@example.com>"}
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: accepted; protocol livekit/sip_validation.go, nameAddrHeaders.
    """
    for header in resource.headers:
        name = header.name.lower()
        checked = name in NAME_ADDRESS_HEADERS and name not in ("to", "via")
        if checked and header.value and not is_address(header.value):
            yield Found(
                at_value(header.value.pointer),
                f"{header.name} must be an address, and providers reject the call",
                'Write it as in "<sip:+442079460123@example.com>".',
            )


@rule("LK606", "swapped-header-map", "error", "dead", InboundTrunk, OutboundTrunk)
def swapped_header_map(trunk: Any, settings: Settings) -> Iterator[Found]:
    """A header map the wrong way round.

    ## What it finds
    `headersToAttributes` with attributes as names, or `attributesToHeaders` with headers as names.

    ## Why it matters
    LiveKit takes it and maps nothing: the agent looks for an attribute that never comes.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "headersToAttributes": {"account": "X-Account"}}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "headersToAttributes": {"X-Account": "account"}}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls, hdr-map-swapped: accepted, nothing mapped.
    """
    maps = (
        (trunk.headers_to_attributes, "header to attribute"),
        (trunk.attributes_to_headers, "attribute to header"),
    )
    for pairs, way in maps:
        for pair in pairs:
            header, attribute = pair.name, pair.value
            if way == "attribute to header":
                header, attribute = attribute, header
            if looks_like_header(attribute) and not looks_like_header(header):
                yield Found(
                    at_key(pair.name.pointer),
                    "this map is the wrong way round, and nothing is mapped on a call",
                    f"Write {way}: swap name and value.",
                )


@rule("LK607", "header-attribute-case", "warning", "dead", InboundTrunk, OutboundTrunk)
def header_attribute_case(trunk: Any, settings: Settings) -> Iterator[Found]:
    """An attribute of a header with capitals in it.

    ## What it finds
    `sip.h.X-Account` in `attributesToHeaders`.

    ## Why it matters
    LiveKit names these attributes in lower case (`sip.h.x-account`), so nothing is mapped.

    ## Example
    ```json inbound-trunk
    {
      "trunk": {
        "numbers": ["+442079460123"],
        "attributesToHeaders": {"sip.h.X-Account": "X-Account"}
      }
    }
    ```

    ## Instead
    ```json inbound-trunk
    {
      "trunk": {
        "numbers": ["+442079460123"],
        "attributesToHeaders": {"sip.h.x-account": "X-Account"}
      }
    }
    ```

    ## Fix
    Safe: lower case.

    ## Evidence
    Seen: real calls, hdr-include-x.
    """
    for pair in trunk.attributes_to_headers:
        if pair.name.startswith("sip.h.") and pair.name != pair.name.lower():
            lower = pair.name.lower()
            yield Found(
                at_key(pair.name.pointer),
                "no attribute has this name: LiveKit writes the names of headers in lower case",
                f"Write {show(lower)}.",
                fix=Proposal(
                    "write it in lower case", (Rename(pair.name.pointer, lower),), safe=True
                ),
            )


@rule("LK608", "inbound-headers-in-answer-only", "info", "risky", InboundTrunk)
def inbound_headers_in_answer_only(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """Headers of an inbound trunk, which only the answer has.

    ## What it finds
    `headers` of an inbound trunk.

    ## Why it matters
    They stand in the 200 OK to the caller's provider and nowhere else.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "headers": {"X-Account": "42"}}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"]}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls, hdr-map: static headers in the 200 only.
    """
    if trunk.headers:
        yield Found(
            at_key(trunk.message.at("headers")),
            "these headers are sent once, when the call is answered, and at no other time",
            "For hanging up and transfers use attributes_to_headers.",
        )


@rule("LK609", "all-headers-copied", "info", "insecure", InboundTrunk, OutboundTrunk)
def all_headers_copied(trunk: Any, settings: Settings) -> Iterator[Found]:
    """All SIP headers copied to the participant.

    ## What it finds
    `includeHeaders: SIP_ALL_HEADERS`.

    ## Why it matters
    Everybody in the room can read them: the caller's number, addresses inside the provider's
    network.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "includeHeaders": "SIP_ALL_HEADERS"}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "includeHeaders": "SIP_X_HEADERS"}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls, hide-headers: the number comes back in sip.h.from.
    """
    if trunk.include_headers == "SIP_ALL_HEADERS":
        yield Found(
            at_value(trunk.include_headers.pointer),
            "everybody in the room can read every SIP header, the caller's number among them",
            "Use SIP_X_HEADERS, or name the ones you need in headers_to_attributes.",
        )
