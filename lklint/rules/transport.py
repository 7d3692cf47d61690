"""Family 3: how an outbound trunk speaks to its provider."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.rules.found import Found, at_brace, at_value
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.hosts import split
from lklint.telephony.message import Text
from lklint.telephony.resources import OutboundTrunk


@rule("LK340", "port-transport-mismatch", "warning", "dead", OutboundTrunk)
def port_transport_mismatch(trunk: OutboundTrunk, settings: Settings) -> Iterator[Found]:
    """Port and transport that do not belong together.

    ## What it finds
    Port 5061 without TLS, or port 5060 with TLS.

    ## Why it matters
    5061 is where SIP is encrypted, 5060 where it is not. The provider does not understand what
    arrives.

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net:5061",
        "numbers": ["+442079460123"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Instead
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net:5061",
        "transport": "SIP_TRANSPORT_TLS",
        "mediaEncryption": "SIP_MEDIA_ENCRYPT_ALLOW",
        "numbers": ["+442079460123"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    RFC 3261, section 19.1.2; livekit/sip pkg/sip/client.go adds no transport for AUTO.
    """
    if trunk.address is None:
        return
    port = split(trunk.address)[1]
    encrypted = trunk.transport == "SIP_TRANSPORT_TLS"
    if port == "5061" and not encrypted:
        mend = 'Set "transport": "SIP_TRANSPORT_TLS", or take the port off.'
    elif port == "5060" and encrypted:
        mend = "Use port 5061, or take the port off."
    else:
        return
    yield Found(
        at_value(trunk.address.pointer),
        f"port {port} and this transport do not belong together: the provider will not answer",
        mend,
    )


@rule("LK341", "tls-without-media-encryption", "warning", "risky", OutboundTrunk)
def tls_without_media_encryption(trunk: OutboundTrunk, settings: Settings) -> Iterator[Found]:
    """Encrypted signalling with audio in the clear.

    ## What it finds
    Transport TLS and no media encryption.

    ## Why it matters
    TLS hides who calls whom, not what is said. Providers with secure trunking reject such calls
    with 488.

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net",
        "numbers": ["+442079460123"],
        "transport": "SIP_TRANSPORT_TLS",
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
        "numbers": ["+442079460123"],
        "transport": "SIP_TRANSPORT_TLS",
        "mediaEncryption": "SIP_MEDIA_ENCRYPT_ALLOW",
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    LiveKit's page on secure trunking; protocol: TLS does not imply SRTP.
    """
    if trunk.transport == "SIP_TRANSPORT_TLS" and encryption_of(trunk) in (None, DISABLED):
        yield Found(
            at_value(trunk.transport.pointer),
            "the signalling is encrypted and the audio is not; some providers reject such calls",
            'Set "mediaEncryption": "SIP_MEDIA_ENCRYPT_ALLOW" or …_REQUIRE.',
        )


@rule("LK342", "media-encryption-without-tls", "warning", "insecure", OutboundTrunk)
def media_encryption_without_tls(trunk: OutboundTrunk, settings: Settings) -> Iterator[Found]:
    """Encrypted audio whose keys travel in the clear.

    ## What it finds
    Media encryption with a transport other than TLS.

    ## Why it matters
    The keys of SRTP stand in the signalling. Without TLS everybody on the way can read them.

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net",
        "numbers": ["+442079460123"],
        "mediaEncryption": "SIP_MEDIA_ENCRYPT_REQUIRE",
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
        "numbers": ["+442079460123"],
        "transport": "SIP_TRANSPORT_TLS",
        "mediaEncryption": "SIP_MEDIA_ENCRYPT_REQUIRE",
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    RFC 4568, section 7.
    """
    encryption = encryption_of(trunk)
    if encryption in (None, DISABLED) or trunk.transport == "SIP_TRANSPORT_TLS":
        return
    yield Found(
        at_value(encryption.pointer) if encryption is not None else at_brace(trunk.message.pointer),
        "the keys of the encrypted audio travel where everybody on the way can read them",
        'Set "transport": "SIP_TRANSPORT_TLS".',
    )


DISABLED = "SIP_MEDIA_ENCRYPT_DISABLE"


def encryption_of(trunk: OutboundTrunk) -> Text | None:
    """The media encryption that holds: `media.encryption` wins over `media_encryption`."""
    inside = trunk.media.encryption if trunk.media is not None else None
    return inside if inside is not None else trunk.media_encryption
