"""Family 6: SIP headers and the attributes of the caller's participant, one from the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lklint.documents.edits import Change, Rename, Replace
from lklint.rules.found import Found, Proposal, at_key, at_value, show
from lklint.rules.putting import put
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.headers import is_left_out, is_swapped
from lklint.telephony.message import Pair
from lklint.telephony.resources import InboundTrunk, OutboundTrunk, Participant


def mapping_of(resource: Any) -> Any:
    """What holds the header maps: a trunk, or the one inside a call that names no stored trunk."""
    if not isinstance(resource, Participant):
        return resource
    return resource.trunk if resource.sip_trunk_id is None else None  # LK362: the stored one holds


@rule("LK606", "swapped-header-map", "error", "dead", InboundTrunk, OutboundTrunk, Participant)
def swapped_header_map(resource: Any, settings: Settings) -> Iterator[Found]:
    """A header map the wrong way round.

    ## What it finds
    `headersToAttributes` with attributes as names, or `attributesToHeaders` with headers as names.
    A header is known by its `X-` or `P-`, or because every SIP phone has it.

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
    Unsafe, where every pair of the map is wrong: swaps names and values.

    ## Evidence
    Seen: a real call over a trunk with both maps swapped: accepted, no attribute on the
    participant, no header in the answer. livekit/sip, `pkg/sip/types.go`, `HeadersToAttrs` and
    `AttrsToHeaders`.
    """
    mapping = mapping_of(resource)
    if mapping is None:
        return
    to_attributes, to_headers = mapping.headers_to_attributes, mapping.attributes_to_headers
    maps = (
        ("header to attribute", to_attributes, [p for p in to_attributes if is_swapped(*p)]),
        ("attribute to header", to_headers, [p for p in to_headers if is_swapped(p[1], p[0])]),
    )
    for way, pairs, swapped in maps:
        if swapped:
            yield Found(
                at_key(swapped[0].name.pointer),
                "this map is the wrong way round, and nothing is mapped on a call",
                f"Write {way}: swap name and value.",
                related=tuple((at_key(pair.name.pointer), "here, too") for pair in swapped[1:]),
                fix=_turned(swapped) if len(swapped) == len(pairs) else None,
            )


def _turned(pairs: list[Pair]) -> Proposal | None:
    if len({pair.value for pair in pairs}) < len(pairs):
        return None  # two entries would get one name
    changes: list[Change] = []
    for name, value in pairs:
        changes += (Rename(name.pointer, value), Replace(name.pointer, name))
    return Proposal("swap names and values", tuple(changes))


@rule("LK607", "header-attribute-case", "warning", "dead", InboundTrunk, OutboundTrunk, Participant)
def header_attribute_case(resource: Any, settings: Settings) -> Iterator[Found]:
    """An attribute of a header with capitals in it.

    ## What it finds
    `sip.h.X-Account` in `attributesToHeaders`.

    ## Why it matters
    With `includeHeaders` LiveKit keeps the headers of a call as attributes, named in lower case
    (`sip.h.x-account`), however the header is written. Of any other name nothing is mapped.

    ## Example
    ```json inbound-trunk
    {
      "trunk": {
        "numbers": ["+442079460123"],
        "includeHeaders": "SIP_X_HEADERS",
        "attributesToHeaders": {"sip.h.X-Account": "X-Account"}
      }
    }
    ```

    ## Instead
    ```json inbound-trunk
    {
      "trunk": {
        "numbers": ["+442079460123"],
        "includeHeaders": "SIP_X_HEADERS",
        "attributesToHeaders": {"sip.h.x-account": "X-Account"}
      }
    }
    ```

    ## Fix
    Unsafe: lower case.

    ## Evidence
    Seen: a real call with `X-Account: 42` over a trunk with both spellings: only that of lower case
    came back. livekit/sip, `pkg/sip/types.go`, `HeadersToAttrs`.
    """
    mapping = mapping_of(resource)
    pairs = mapping.attributes_to_headers if mapping is not None else ()
    names = {pair.name for pair in pairs}
    for name in (pair.name for pair in pairs):
        lower = name.lower()
        if name.startswith("sip.h.") and name != lower:
            fix = Proposal("write it in lower case", (Rename(name.pointer, lower),))
            yield Found(
                at_key(name.pointer),
                "no attribute has this name: LiveKit writes the names of headers in lower case",
                f"Write {show(lower)}.",
                fix=fix if lower not in names else None,
            )


@rule(
    "LK617", "header-attribute-not-included", "warning", "dead",
    InboundTrunk, OutboundTrunk, Participant,
)  # fmt: skip
def header_attribute_not_included(resource: Any, settings: Settings) -> Iterator[Found]:
    """An attribute of a header that no call has.

    ## What it finds
    `sip.h.…` in `attributesToHeaders` where `includeHeaders` does not keep this header: it is not
    set, it is `SIP_NO_HEADERS`, or it is `SIP_X_HEADERS` and the header has no `x-` in front.
    Silent where `headersToAttributes` or the call itself sets the attribute.

    ## Why it matters
    Only `includeHeaders` turns the headers of a call into attributes called `sip.h.…`: on incoming
    calls those of the INVITE, on outgoing calls those of the answer. Without the attribute LiveKit
    leaves the header out, without a word. (On an outbound trunk each call may set `includeHeaders`
    for itself. Then all is well.)

    ## Example
    ```json inbound-trunk
    {
      "trunk": {
        "numbers": ["+442079460123"],
        "attributesToHeaders": {"sip.h.x-account": "X-Account"}
      }
    }
    ```

    ## Instead
    ```json inbound-trunk
    {
      "trunk": {
        "numbers": ["+442079460123"],
        "includeHeaders": "SIP_X_HEADERS",
        "attributesToHeaders": {"sip.h.x-account": "X-Account"}
      }
    }
    ```

    ## Fix
    Unsafe, where `SIP_X_HEADERS` is enough: sets it. Everybody in the room can then read these
    headers.

    ## Evidence
    Seen: a real call with `X-Account` and `X-Other` to a trunk without `include_headers`: no
    attribute `sip.h.…`; with `SIP_X_HEADERS` only those of X- headers. livekit/sip,
    `pkg/sip/types.go`, `HeadersToAttrs` and `AttrsToHeaders`; for outgoing calls
    `pkg/sip/outbound.go`, `sipSignal`, and LiveKit protocol, `rpc/sip.go`.
    """
    mapping, kept = mapping_of(resource), resource.include_headers
    if mapping is None or (kept is None and resource.message.get("include_headers") is not None):
        return
    set_here = {pair.value for pair in mapping.headers_to_attributes}
    if isinstance(resource, Participant):
        set_here.update(pair.name for pair in resource.participant_attributes)
    lost = [
        pair.name
        for pair in mapping.attributes_to_headers
        if is_left_out(pair.name, kept) and pair.name not in set_here
    ]
    if not lost:
        return
    word, fix = resource.message.spelled("include_headers"), None
    by_name = mapping.message.spelled("headers_to_attributes")
    mend = (
        f'Give each header an attribute by name ("{by_name}"), or set "{word}": "SIP_ALL_HEADERS".'
    )
    if not any(is_left_out(name, "SIP_X_HEADERS") for name in lost):
        mend = f'Set "{word}": "SIP_X_HEADERS".'
        fix = Proposal(
            "set SIP_X_HEADERS", (put(resource.message, "include_headers", "SIP_X_HEADERS"),)
        )
    why = f"{kept} does not keep this header"
    if kept != "SIP_X_HEADERS":
        why = f"headers become attributes only with {word}"
    yield Found(
        at_key(lost[0].pointer),
        f"no call has this attribute, and nothing is mapped: {why}",
        mend,
        related=tuple((at_key(name.pointer), "here, too") for name in lost[1:]),
        fix=fix,
    )


@rule("LK608", "inbound-headers-in-answer-only", "info", "risky", InboundTrunk)
def inbound_headers_in_answer_only(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """Headers of an inbound trunk, which only the answer has.

    ## What it finds
    `headers` of an inbound trunk.

    ## Why it matters
    They stand in the message that answers the call (`200 OK`) and nowhere else: not while it rings,
    not when it is rejected, hung up or transferred.

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
    Seen: a real call over a trunk with `headers` and `attributes_to_headers`: both in the 200 OK,
    only the mapped ones in the BYE. livekit/sip, `pkg/sip/inbound.go`, `Accept`.
    """
    if trunk.headers:
        yield Found(
            at_key(trunk.message.at("headers")),
            "these headers are sent once, when the call is answered, and at no other time",
            "For hanging up and transfers use attributes_to_headers.",
        )


@rule("LK609", "all-headers-copied", "info", "insecure", InboundTrunk, OutboundTrunk, Participant)
def all_headers_copied(resource: Any, settings: Settings) -> Iterator[Found]:
    """All SIP headers copied to the participant.

    ## What it finds
    `includeHeaders: SIP_ALL_HEADERS`.

    ## Why it matters
    Everybody in the room can read them as attributes of the participant: phone numbers, even where
    `hide_phone_number` is set, and addresses inside the provider's network.

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
    Seen: a real call to a rule with `hide_phone_number`: the caller's number stood in `sip.h.from`
    and `sip.h.contact`.
    """
    if resource.include_headers == "SIP_ALL_HEADERS":
        yield Found(
            at_value(resource.include_headers.pointer),
            "everybody in the room can read every SIP header of the call, phone numbers among them",
            "Use SIP_X_HEADERS, or name the ones you need in headers_to_attributes.",
        )
