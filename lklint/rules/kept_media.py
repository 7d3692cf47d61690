"""What is left of `media`: `lk … create` throws that of its file away, which LK125 says."""

from __future__ import annotations

from typing import Any

from lklint.settings import Settings
from lklint.telephony.message import Text
from lklint.telephony.resources import Media, Participant


def drops_media(resource: Any, settings: Settings) -> bool:
    """Whether `media` of a file gets lost on its way: with `lk … create` since 2.17.0.

    For calls since 2.16.7.
    """
    first = (2, 16, 7) if isinstance(resource, Participant) else (2, 17, 0)
    return settings.form == "create" and not settings.older_lk(first)


def kept_media(resource: Any, settings: Settings) -> Media | None:
    """The media that a call may get."""
    media: Media | None = resource.media
    return None if drops_media(resource, settings) else media


def encryption_of(resource: Any, settings: Settings) -> Text | None:
    """The encryption that holds on a call: `media.encryption` wins over `media_encryption`."""
    media = kept_media(resource, settings)
    inside = media.encryption if media is not None else None
    outside: Text | None = resource.media_encryption
    return inside if inside is not None else outside
