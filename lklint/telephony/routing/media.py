"""The codecs, encryption and timeout of a call, of its trunk and its rule put together.

livekit/protocol, livekit/sip.go `SIPMediaConfig.UpgradeWith` and `Merge`.
"""

from typing import NamedTuple

from lklint.telephony.message import Message
from lklint.telephony.resources import ENCRYPTIONS, media_of

UNENCRYPTED = ENCRYPTIONS[0]


class CallMedia(NamedTuple):
    """What the call's audio is set up with; `encryption` is None where nobody asked for any.

    A codec is its name and its rate in Hz, 0 where none is given. `timeout` is in seconds.
    """

    encryption: str | None = None
    only_listed_codecs: bool = False
    codecs: tuple[tuple[str, int], ...] = ()
    timeout: float | None = None
    drops_audio_during_dtmf: bool = False


def call_media(trunk: Message | None, rule: Message) -> CallMedia:
    """The rule's settings over those of the trunk.

    A rule cannot switch the trunk's encryption off, but it can ask for less of it.
    """
    over = _media(rule)
    if trunk is None:
        return over
    under = _media(trunk)
    listed = over if over.codecs else under
    encryption = over.encryption
    if encryption is None or (encryption == UNENCRYPTED and under.encryption is not None):
        encryption = under.encryption
    return CallMedia(
        encryption,
        listed.only_listed_codecs,
        listed.codecs,
        under.timeout if over.timeout is None else over.timeout,
        over.drops_audio_during_dtmf,
    )


def _media(holder: Message) -> CallMedia:
    """The settings of one of them; `media_encryption` counts where `media` says nothing of it."""
    older = _encryption(holder, "media_encryption")
    older = None if older == UNENCRYPTED else older
    media = media_of(holder)
    if media is None:
        return CallMedia(older)
    return CallMedia(
        _encryption(media.message, "encryption") or older,
        media.only_listed_codecs,
        tuple((codec.name or "", codec.rate or 0) for codec in media.codecs),
        media.media_timeout,
        media.message.flag("drop_audio_during_dtmf"),
    )


def _encryption(message: Message, field: str) -> str | None:
    """An encryption by its name; LiveKit keeps a number without a name, too."""
    name = message.enum(field, ENCRYPTIONS)
    found = message.get(field)
    if name is None and isinstance(found, (int, float)) and not isinstance(found, bool):
        return str(int(found))
    return name
