"""Family 6: codecs, encryption and timeouts of the audio."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lklint.documents.edits import Add, Replace
from lklint.documents.pointer import parent
from lklint.rules.found import Found, Proposal, at_brace, at_key, at_value, show
from lklint.rules.kept_media import encryption_of, kept_media
from lklint.rules.putting import put
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure
from lklint.telephony.codecs import has_default_rate, is_audio, is_known, rate_of
from lklint.telephony.resources import (
    Codec,
    DispatchRule,
    InboundTrunk,
    Media,
    OutboundTrunk,
    Participant,
)


def _lacks_rate(codec: Codec) -> bool:
    """Whether LiveKit has to know the rate itself, and does not."""
    absent = codec.rate == 0 or codec.message.get("rate") is None
    return codec.name is not None and absent and not has_default_rate(codec.name)


def _none_left(media: Media) -> bool:
    """Whether calls are left without a codec, and no codec has a mistake that is said already."""
    for codec in media.codecs:
        refused = codec.name is None or re.search(r"[\s/]", codec.name)
        if refused or _lacks_rate(codec) or is_audio(codec.name or "", codec.rate):
            return False
    return media.only_listed_codecs


def _with_rate(codec: Codec, rate: int | None) -> Proposal | None:
    if rate is None:
        return None
    return Proposal(f"write the rate {rate}", (put(codec.message, "rate", rate),))


@rule("LK610", "codec-name", "error", "rejected", Failure)
def codec_name(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A codec without a usable name.

    ## What it finds
    A codec with no name, a blank or a `/` in it, as in `PCMU/8000`.

    ## Why it matters
    LiveKit refuses it: `codec name must not contain '/'`. Name and rate are two fields. (Only
    `lk … create` does not notice, because it throws `media` away.)

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
    Seen: livekit-server 1.13.3, asked to update, answers `missing codec name`, `invalid codec name`
    and `codec name must not contain '/'`. LiveKit protocol, `livekit/sip.go`, `SIPCodec.Validate`.
    """
    fix = None
    match = re.fullmatch(r"([^\s/]+)/([0-9]{4,6})(?:/1)?", str(failure.value))
    if match is not None and isinstance(failure.value, str):
        rate = Add(parent(failure.pointer), "rate", int(match[2]))
        changes = (Replace(failure.pointer, match[1]), rate)
        fix = Proposal("split name and rate", changes, safe=True)
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
    LiveKit takes the file, and then every call fails with 500. livekit-server up to 1.13.3 refuses
    every codec without a rate: `invalid codec sample rate`.

    ## Example
    ```json inbound-trunk update
    {"numbers": ["+442079460123"], "media": {"codecs": [{"name": "pcmu"}]}}
    ```

    ## Instead
    ```json inbound-trunk update
    {"numbers": ["+442079460123"], "media": {"codecs": [{"name": "PCMU", "rate": 8000}]}}
    ```

    ## Fix
    Unsafe: adds the rate, where LiveKit has the codec.

    ## Evidence
    livekit/sip, `pkg/sip/media_codecs.go`, `codecSet`: `sample rate not specified for codec`.
    LiveKit protocol since 1.50.0 (livekit-server 1.13.4) takes it. Seen: livekit-server 1.13.3
    refuses `PCMU` and `pcmu` without a rate.
    """
    media = kept_media(resource, settings)
    for codec in media.codecs if media is not None else ():
        if codec.name and _lacks_rate(codec):
            rate = rate_of(codec.name)
            yield Found(
                at_value(codec.name.pointer),
                "without its rate LiveKit cannot use this codec: every call fails",
                f'Add "rate", as in {rate or 8000}.',
                fix=_with_rate(codec, rate),
            )


@rule(
    "LK612", "unknown-codec", "warning", "dead",
    InboundTrunk, OutboundTrunk, DispatchRule, Participant,
)  # fmt: skip
def unknown_codec(resource: Any, settings: Settings) -> Iterator[Found]:
    """A codec that LiveKit's SIP service does not have.

    ## What it finds
    Codecs other than PCMU, PCMA, G722 and AMR-WB, or one of these with another rate. Silent where
    no codec is left at all, which LK613 says.

    ## Why it matters
    LiveKit stores it and never offers it; calls go on with the other codecs. G722 has 8000 in SIP,
    although it samples at 16,000.

    ## Example
    ```json inbound-trunk update
    {"numbers": ["+442079460123"], "media": {"codecs": [{"name": "opus", "rate": 48000}]}}
    ```

    ## Instead
    ```json inbound-trunk update
    {"numbers": ["+442079460123"], "media": {"codecs": [{"name": "G722", "rate": 8000}]}}
    ```

    ## Fix
    Unsafe, where only the rate is wrong: writes the right one.

    ## Evidence
    Seen: real calls, `opus` beside LiveKit's own codecs: answered without it; only G722 with 16000:
    400, no common codec; only `pcmu` with 8000: answered. livekit/sip, `pkg/sip/media_codecs.go`;
    livekit/media-sdk, `codecs.go`.
    """
    media = kept_media(resource, settings)
    if media is None or _none_left(media):
        return
    for codec in media.codecs:
        if codec.name and codec.rate and not is_known(codec.name, codec.rate):
            right = rate_of(codec.name)
            place = codec.name.pointer if right is None else codec.message.at("rate")
            yield Found(
                at_value(place),
                f"LiveKit never uses {show(str(codec.name))} with {codec.rate} Hz on a call",
                "Use PCMU, PCMA or G722 with 8000, or AMR-WB with 16000.",
                fix=_with_rate(codec, right),
            )


@rule(
    "LK613", "no-codec-left", "error", "dead",
    InboundTrunk, OutboundTrunk, DispatchRule, Participant,
)  # fmt: skip
def no_codec_left(resource: Any, settings: Settings) -> Iterator[Found]:
    """Only listed codecs, and none is listed.

    ## What it finds
    `onlyListedCodecs` with an empty list, or with no audio codec that LiveKit has.

    ## Why it matters
    There is no codec to talk with: every call fails, with 500 or 400 and no reason given. With an
    empty list on a dispatch rule, or on an outgoing call, LiveKit takes the codecs of the trunk.

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
    Seen: real calls, an empty list: 500; only G729: 400, no common codec. livekit/sip,
    `pkg/sip/media_codecs.go`, `codecSet`; LiveKit protocol, `livekit/sip.go`,
    `SIPMediaConfig.Merge`.
    """
    media = kept_media(resource, settings)
    if media is None or not _none_left(media):
        return
    if media.codecs:
        headline = "no listed codec is one that LiveKit can talk with: every call fails"
    elif _may_have_trunk(resource):
        headline = "no codec is listed: the codecs of the trunk are used, and this does nothing"
    else:
        headline = "no codec is left to talk with: every call fails"
    names = (codec.name for codec in media.codecs if codec.name is not None)
    yield Found(
        at_key(media.message.at("only_listed_codecs")),
        headline,
        "List codecs that LiveKit has (PCMU, PCMA, G722), or take this out.",
        related=tuple((at_value(name.pointer), "never used on a call") for name in names),
    )


def _may_have_trunk(resource: Any) -> bool:
    """Whether the media of a stored trunk stands behind the media of a resource."""
    if isinstance(resource, Participant):
        return resource.sip_trunk_id is not None
    return isinstance(resource, DispatchRule)


@rule("LK614", "media-timeout-range", "error", "rejected", Failure)
def media_timeout_range(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A media timeout below zero or over ten minutes.

    ## What it finds
    A `mediaTimeout` outside `0s` to `600s`.

    ## Why it matters
    LiveKit refuses it: `media_timeout must not exceed 10m0s`. `0s` means LiveKit's own. (Only
    `lk … create` does not notice, because it throws `media` away.)

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
    Seen: livekit-server 1.13.3, asked to update, refuses `-1s` and `600.1s` and takes `600s` and
    `0s`. LiveKit protocol, `livekit/sip.go`, `SIPMediaConfig.Validate`.
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
    `media.encryption` wins, without a word. With `lk … create`, which drops `media` (LK125), the
    other one holds instead.

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
    Seen: livekit-server 1.13.3 with a trunk of `SIP_MEDIA_ENCRYPT_REQUIRE` and `media.encryption`
    of `…_DISABLE` gives the call the latter; `lk` 2.18.3 stores the former only. LiveKit protocol,
    `livekit/sip.go`, `SIPMediaConfig.UpgradeWith`.
    """
    media = kept_media(resource, settings)
    inside = media.encryption if media is not None else None
    outside = resource.media_encryption
    if inside is not None and outside is not None and inside != outside:
        yield Found(
            at_value(outside.pointer),
            f"this does nothing: media.encryption says {inside}, and that is what holds on a call",
            "Keep one of them.",
            "has no effect",
            ((at_value(inside.pointer), "this one holds"),),
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
    Seen: real calls with plain audio, encryption required by the trunk or by the rule: 180, then
    400 with an empty reason.
    """
    encryption = encryption_of(resource, settings)
    if encryption is not None and encryption == "SIP_MEDIA_ENCRYPT_REQUIRE":
        yield Found(
            at_value(encryption.pointer),
            "calls with plain audio are rejected, and the caller is not told why",
            "Make sure that your provider encrypts, or use SIP_MEDIA_ENCRYPT_ALLOW.",
        )
