"""Family 6: codecs, encryption and timeouts of the audio."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lklint.documents.edits import Replace
from lklint.documents.pointer import parent
from lklint.rules.found import Found, Proposal, at_brace, at_key, at_value, show
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure
from lklint.telephony.codecs import has_default_rate, is_known
from lklint.telephony.resources import DispatchRule, InboundTrunk, OutboundTrunk, Participant


@rule("LK610", "codec-name", "error", "rejected", Failure)
def codec_name(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A codec without a usable name.

    ## What it finds
    A codec with no name, a blank or a `/` in it, as in `PCMU/8000`.

    ## Why it matters
    LiveKit refuses it: `codec name must not contain '/'`. Name and rate are two fields.

    ## Example
    ```json inbound-trunk update
    {"numbers": ["+442079460123"], "media": {"codecs": [{"name": "PCMU/8000"}]}}
    ```

    ## Instead
    ```json inbound-trunk update
    {"numbers": ["+442079460123"], "media": {"codecs": [{"name": "PCMU", "rate": 8000}]}}
    ```

    ## Fix
    Safe: writes name and rate into their fields.

    ## Evidence
    Seen: livekit-server; protocol livekit/sip.go, SIPCodec.Validate.
    """
    fix = None
    match = re.fullmatch(r"([^\s/]+)/([0-9]{4,6})(?:/1)?", str(failure.value))
    if match is not None and isinstance(failure.value, str):
        better = {"name": match[1], "rate": int(match[2])}
        fix = Proposal(
            "split name and rate", (Replace(parent(failure.pointer), better),), safe=True
        )
    place = at_value if isinstance(failure.value, str) else at_brace
    yield Found(
        place(failure.pointer),
        "a codec needs a plain name, and LiveKit refuses the file",
        'Write name and rate apart: {"name": "PCMU", "rate": 8000}.',
        fix=fix,
    )


@rule(
    "LK611", "codec-without-rate", "error", "dead",
    InboundTrunk, OutboundTrunk, DispatchRule, Participant,
)  # fmt: skip
def codec_without_rate(resource: Any, settings: Settings) -> Iterator[Found]:
    """A codec without a rate that LiveKit does not know by name.

    ## What it finds
    A codec without `rate` whose name is not exactly PCMU, PCMA, G722 or AMR-WB.

    ## Why it matters
    The newest LiveKit takes the file, and then every call fails with 500. Older servers refuse it:
    `invalid codec sample rate`.

    ## Example
    ```json inbound-trunk update
    {"numbers": ["+442079460123"], "media": {"codecs": [{"name": "pcmu"}]}}
    ```

    ## Instead
    ```json inbound-trunk update
    {"numbers": ["+442079460123"], "media": {"codecs": [{"name": "PCMU", "rate": 8000}]}}
    ```

    ## Fix
    None.

    ## Evidence
    livekit/sip pkg/sip/media_codecs.go; seen: livekit-server 1.13.3 refuses it.
    """
    for codec in resource.media.codecs if resource.media is not None else ():
        if codec.name and not codec.rate and not has_default_rate(codec.name):
            yield Found(
                at_value(codec.name.pointer),
                "without its rate LiveKit cannot use this codec: every call fails",
                'Add "rate", as in 8000.',
            )


@rule(
    "LK612", "unknown-codec", "warning", "dead",
    InboundTrunk, OutboundTrunk, DispatchRule, Participant,
)  # fmt: skip
def unknown_codec(resource: Any, settings: Settings) -> Iterator[Found]:
    """A codec that LiveKit's SIP service does not have.

    ## What it finds
    Codecs other than PCMU, PCMA, G722 and AMR-WB, or one of these with another rate.

    ## Why it matters
    LiveKit stores it and never offers it. With `onlyListedCodecs` no codec may be left.

    ## Example
    ```json inbound-trunk update
    {"numbers": ["+442079460123"], "media": {"codecs": [{"name": "opus", "rate": 48000}]}}
    ```

    ## Instead
    ```json inbound-trunk update
    {"numbers": ["+442079460123"], "media": {"codecs": [{"name": "G722", "rate": 8000}]}}
    ```

    ## Fix
    None.

    ## Evidence
    livekit/sip pkg/sip/media_codecs.go; seen: G722 with 16000: no common codec.
    """
    for codec in resource.media.codecs if resource.media is not None else ():
        if codec.name and codec.rate and not is_known(codec.name, codec.rate):
            yield Found(
                at_value(codec.name.pointer),
                f"LiveKit never uses {show(str(codec.name))} with {codec.rate} Hz on a call",
                "Use PCMU, PCMA or G722 with 8000, or AMR-WB with 16000.",
            )


@rule(
    "LK613", "no-codec-left", "error", "dead",
    InboundTrunk, OutboundTrunk, DispatchRule, Participant,
)  # fmt: skip
def no_codec_left(resource: Any, settings: Settings) -> Iterator[Found]:
    """Only listed codecs, and none is listed.

    ## What it finds
    `onlyListedCodecs` with an empty list, or with none that LiveKit has.

    ## Why it matters
    There is no codec to talk with: every call fails with 500.

    ## Example
    ```json inbound-trunk update
    {"numbers": ["+442079460123"], "media": {"onlyListedCodecs": true}}
    ```

    ## Instead
    ```json inbound-trunk update
    {
      "numbers": ["+442079460123"],
      "media": {"onlyListedCodecs": true, "codecs": [{"name": "PCMU", "rate": 8000}]}
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls, media-only-listed-empty: 180, then 500.
    """
    media = resource.media
    if media is None or not media.only_listed_codecs:
        return
    if not any(codec.name and is_known(codec.name, codec.rate) for codec in media.codecs):
        yield Found(
            at_key(media.message.at("only_listed_codecs")),
            "no codec is left to talk with: every call fails",
            "List codecs that LiveKit has (PCMU, PCMA, G722), or take this out.",
        )


@rule("LK614", "media-timeout-range", "error", "rejected", Failure)
def media_timeout_range(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A media timeout below zero or over ten minutes.

    ## What it finds
    A `mediaTimeout` outside `0s` to `600s`.

    ## Why it matters
    LiveKit refuses it: `media_timeout must not exceed 10m0s`.

    ## Example
    ```json inbound-trunk update
    {"numbers": ["+442079460123"], "media": {"mediaTimeout": "900s"}}
    ```

    ## Instead
    ```json inbound-trunk update
    {"numbers": ["+442079460123"], "media": {"mediaTimeout": "600s"}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: livekit-server; protocol livekit/sip.go, SIPMediaConfig.Validate.
    """
    yield Found(
        at_value(failure.pointer),
        "a media timeout must be between 0 and 600 seconds, and LiveKit refuses the file",
        'Write at most "600s".',
    )


@rule(
    "LK615", "two-encryption-fields", "warning", "risky",
    InboundTrunk, OutboundTrunk, DispatchRule, Participant,
)  # fmt: skip
def two_encryption_fields(resource: Any, settings: Settings) -> Iterator[Found]:
    """Encryption is given in two places that differ.

    ## What it finds
    `mediaEncryption` and `media.encryption` with different values.

    ## Why it matters
    `media.encryption` wins, without a word. With `lk … create` it is dropped, and then the other
    one holds.

    ## Example
    ```json inbound-trunk update
    {
      "numbers": ["+442079460123"],
      "mediaEncryption": "SIP_MEDIA_ENCRYPT_ALLOW",
      "media": {"encryption": "SIP_MEDIA_ENCRYPT_REQUIRE"}
    }
    ```

    ## Instead
    ```json inbound-trunk update
    {"numbers": ["+442079460123"], "media": {"encryption": "SIP_MEDIA_ENCRYPT_REQUIRE"}}
    ```

    ## Fix
    None.

    ## Evidence
    protocol livekit/sip.go, SIPMediaConfig.UpgradeWith.
    """
    inside = resource.media.encryption if resource.media is not None else None
    outside = resource.media_encryption
    if inside is not None and outside is not None and inside != outside:
        yield Found(
            at_value(outside.pointer),
            "two places disagree about encryption, and which one holds depends on how it is sent",
            "Keep one of them.",
            "differs",
            ((at_value(inside.pointer), "from this one"),),
        )


@rule("LK616", "encryption-required", "info", "risky", InboundTrunk, DispatchRule)
def encryption_required(resource: Any, settings: Settings) -> Iterator[Found]:
    """Encryption is required of every caller.

    ## What it finds
    `SIP_MEDIA_ENCRYPT_REQUIRE` for incoming calls.

    ## Why it matters
    A call whose provider sends plain audio is rejected with 400, with no reason given.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "mediaEncryption": "SIP_MEDIA_ENCRYPT_REQUIRE"}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "mediaEncryption": "SIP_MEDIA_ENCRYPT_ALLOW"}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls, media-enc-flag: 180, then 400 with an empty reason.
    """
    inside = resource.media.encryption if resource.media is not None else None
    encryption = inside or resource.media_encryption
    if encryption == "SIP_MEDIA_ENCRYPT_REQUIRE":
        yield Found(
            at_value(encryption.pointer),
            "calls with plain audio are rejected, and the caller is not told why",
            "Make sure that your provider encrypts, or use SIP_MEDIA_ENCRYPT_ALLOW.",
        )
