"""Family 3: a trunk that is written inside an outgoing call."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.edits import Remove
from lklint.documents.pointer import last
from lklint.rules.found import Found, Proposal, at_brace, at_key, at_value
from lklint.rules.outbound import as_host
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure
from lklint.telephony.resources import Participant


@rule("LK358", "inline-trunk-host", "error", "rejected", Failure)
def inline_trunk_host(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A trunk inside a call without a usable host.

    ## What it finds
    A `trunk` in a call without `hostname`, or with a SIP URI in it.

    ## Why it matters
    LiveKit does not know where the call goes and refuses it: `no outbound hostname specified`, or
    `trunk hostname should be a hostname or IP, not SIP URI`.

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
    Unsafe: keeps host and port, and writes the transport into its own field (`sips:` is TLS).

    ## Evidence
    Seen: lk 2.18.3 refuses `{}` and `sip:x.example.com`; protocol livekit/sip.go,
    SIPOutboundConfig.Validate.
    """
    if isinstance(failure.value, str):
        yield Found(
            at_value(failure.pointer),
            "the host of this trunk must be a bare host, and LiveKit refuses a URI here",
            'Write host and port only; the transport has a field of its own ("transport").',
            fix=as_host(failure, "transport"),
        )
    else:
        yield Found(
            at_brace(failure.pointer),
            "this trunk does not say where the call goes, and LiveKit refuses it",
            'Add "hostname" with the address of your provider, as in "sip.example.com".',
        )


@rule("LK359", "inline-trunk-without-number", "error", "rejected", Failure)
def inline_trunk_without_number(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A trunk inside a call without a number to call from.

    ## What it finds
    A call with a `trunk` of its own and no `sipNumber`.

    ## Why it matters
    A stored trunk has numbers to call from, one that is written into a call has none. LiveKit
    refuses the call: `no numbers on outbound trunk`.

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
    Seen: livekit-server 1.13.3 answers `failed_precondition: no numbers on outbound trunk`;
    protocol rpc/sip.go, NewCreateSIPParticipantRequest.
    """
    yield Found(
        at_brace(failure.pointer),
        "this call has no number to call from, and LiveKit refuses it",
        'Add "sip_number" with the number to call from, or give --number to `lk`.',
    )


@rule("LK362", "inline-trunk-ignored", "warning", "risky", Participant)
def inline_trunk_ignored(participant: Participant, settings: Settings) -> Iterator[Found]:
    """A trunk inside a call that goes out through a stored trunk.

    ## What it finds
    A call with both `sipTrunkId` and a `trunk` of its own. Silent where that trunk gives nothing
    but `fromHost` and the `hostname` that it must have.

    ## Why it matters
    LiveKit goes out through the stored trunk and ignores the other one: its host, its transport,
    its login, its header maps. Only its `fromHost` counts, where the stored trunk has none.

    ## Example
    ```json sip-participant
    {
      "sip_trunk_id": "ST_aB3xY9kLmN2p",
      "trunk": {"hostname": "sip.acme-telecom.net", "transport": "SIP_TRANSPORT_TCP"},
      "sip_call_to": "+442079460123",
      "sip_number": "+442079460124",
      "room_name": "r"
    }
    ```

    ## Instead
    ```json sip-participant
    {
      "trunk": {"hostname": "sip.acme-telecom.net", "transport": "SIP_TRANSPORT_TCP"},
      "sip_call_to": "+442079460123",
      "sip_number": "+442079460124",
      "room_name": "r"
    }
    ```

    ## Fix
    Unsafe: takes the ignored trunk out. None where its `fromHost` may count.

    ## Evidence
    LiveKit protocol 1.54.0, rpc/sip.go, `NewCreateSIPParticipantRequestResult`: the trunk of the
    call is read only where there is no stored one. livekit-server 1.13.11, pkg/service/sip.go, for
    `from_host`.
    """
    inline, stored = participant.trunk, participant.sip_trunk_id
    if inline is None or stored is None:
        return
    given = [name for name in inline.message.value if inline.message.value[name] is not None]
    if inline.from_host is not None and len(given) == 2 and inline.hostname is not None:
        return
    word = last(stored.pointer)
    what, mend = "this trunk", "Take it out"
    fix: Proposal | None = Proposal("take this trunk out", (Remove(inline.message.pointer),))
    if inline.from_host is not None:
        name = last(inline.from_host.pointer)
        what, mend, fix = f"all of this trunk but {name}", f"Keep hostname and {name} only", None
    yield Found(
        at_key(inline.message.pointer),
        f"LiveKit ignores {what}: the call goes out through the stored trunk of {word}",
        f"{mend}, or take {word} out to go through this one.",
        related=((at_value(stored.pointer), "this trunk is used"),),
        fix=fix,
    )
