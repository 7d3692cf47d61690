"""Family 3: how an outgoing call speaks to the provider: transport, encryption, login."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lklint.rules.found import Found, Place, at_brace, at_key, at_value
from lklint.rules.kept_media import encryption_of
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.dialling import Dialling, dialling
from lklint.telephony.hosts import split
from lklint.telephony.resources import OutboundTrunk, Participant


@rule("LK340", "port-transport-mismatch", "warning", "dead", OutboundTrunk, Participant)
def port_transport_mismatch(resource: Any, settings: Settings) -> Iterator[Found]:
    """Port and transport that do not belong together.

    ## What it finds
    Port 5061 without TLS, or port 5060 with TLS.

    ## Why it matters
    5061 is where providers expect TLS, 5060 where they expect none. They do not understand what
    arrives, and the call fails. Without a transport LiveKit does not choose TLS by the port.

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
    RFC 3261, section 19.1.2; livekit/sip pkg/sip/client.go, setUriTransport, adds no transport for
    AUTO. LiveKit's page on secure trunking: changing only the port is not enough.
    """
    how = dialling(resource)
    if how is None or how.address is None:
        return
    port = split(how.address)[1]
    if _misses_tls(how):
        headline = "providers expect TLS on port 5061, and this trunk speaks without it: calls fail"
        mend = 'Set "transport": "SIP_TRANSPORT_TLS", or take the port off.'
    elif port == "5060" and how.encrypted:
        headline = "providers expect no TLS on port 5060, and this trunk speaks TLS: calls fail"
        mend = "Write port 5061, or take the port off."
    else:
        return
    yield Found(at_value(how.address.pointer), headline, mend)


@rule("LK341", "tls-without-media-encryption", "warning", "risky", OutboundTrunk, Participant)
def tls_without_media_encryption(resource: Any, settings: Settings) -> Iterator[Found]:
    """Encrypted signalling with audio in the clear.

    ## What it finds
    Transport TLS and no media encryption. One that stands in `media` does not count in a file to
    create: `lk` throws it away (LK125).

    ## Why it matters
    TLS hides who calls whom, not what is said. Providers with secure trunking take a call only with
    both, and reject this one with 488.

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
    LiveKit's page on secure trunking asks for both; Twilio's secure trunking rejects audio in the
    clear. TLS does not imply SRTP: livekit/protocol#892.
    """
    how = dialling(resource)
    if how is None or how.transport is None or not how.encrypted:
        return
    if encryption_of(resource, settings) in (None, DISABLED):
        field = resource.message.spelled("media_encryption")
        yield Found(
            at_value(how.transport.pointer),
            "TLS hides who is called, not what is said: the audio goes out in the clear, and some"
            " providers reject that",
            f'Set "{field}": "SIP_MEDIA_ENCRYPT_ALLOW" or …_REQUIRE.',
            related=_thrown_away(resource),
        )


def _thrown_away(resource: Any) -> tuple[tuple[Place, str], ...]:
    """The encryption that was meant to be, where only `media` has it."""
    meant = resource.media.encryption if resource.media is not None else None
    if meant in (None, DISABLED):
        return ()
    return ((at_value(meant.pointer), "`lk … create` throws this away"),)


@rule("LK342", "media-encryption-without-tls", "warning", "insecure", OutboundTrunk, Participant)
def media_encryption_without_tls(resource: Any, settings: Settings) -> Iterator[Found]:
    """Encrypted audio whose keys travel in the clear.

    ## What it finds
    Media encryption with a transport other than TLS. (Port 5061 without TLS is LK340's, and what
    `media` says in a file to create is lost: LK125.)

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
    RFC 4568, section 7: whoever reads the SDP has the keys. LiveKit puts them there
    (livekit/media-sdk sdp/offer.go, `a=crypto`).
    """
    how, encryption = dialling(resource), encryption_of(resource, settings)
    if how is None or encryption is None or encryption == DISABLED:
        return
    if how.encrypted or _misses_tls(how):
        return
    yield Found(
        at_value(encryption.pointer),
        "the keys of the encrypted audio travel where everybody on the way can read them",
        'Set "transport": "SIP_TRANSPORT_TLS", if your provider takes it.',
    )


@rule("LK338", "outbound-half-credentials", "warning", "dead", OutboundTrunk, Participant)
def outbound_half_credentials(resource: Any, settings: Settings) -> Iterator[Found]:
    """Half a login for outgoing calls.

    ## What it finds
    A user name without a password, or a password without a user name.

    ## Why it matters
    When the provider asks who calls, LiveKit has only half an answer, and the call fails. (It is a
    warning: `lk … create` may get the other half from --auth-user or --auth-pass.)

    ## Example
    ```json outbound-trunk
    {"trunk": {"address": "sip.example.net", "numbers": ["+442079460123"], "authUsername": "u"}}
    ```

    ## Instead
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net",
        "numbers": ["+442079460123"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: lk 2.18.3 and livekit-server 1.13.3 store either half. A real call with a user name alone
    ended at the provider's 407: `sip server required auth, but no username or password was
    provided`.
    """
    how = dialling(resource)
    if how is None or bool(how.auth_username) == bool(how.auth_password):
        return
    given, missing, flag = "auth_username", "auth_password", "--auth-pass"
    if how.auth_password:
        given, missing, flag = missing, given, "--auth-user"
    word = how.message.spelled(missing)
    by_flag = isinstance(resource, OutboundTrunk) and settings.form != "update"
    yield Found(
        at_key(how.message.at(given)),
        "when the provider asks for the login, half of it is missing, and the call fails",
        f'Add "{word}", or give {flag} to `lk … create`.' if by_flag else f'Add "{word}".',
        f"no {word} beside it",
    )


@rule("LK339", "outbound-no-credentials", "info", "risky", OutboundTrunk)
def outbound_no_credentials(trunk: OutboundTrunk, settings: Settings) -> Iterator[Found]:
    """An outbound trunk without a login.

    ## What it finds
    An outbound trunk with neither user name nor password, unless the target is self-hosted.

    ## Why it matters
    A provider takes calls without a login only from addresses that it knows. Those of LiveKit Cloud
    are fixed in some regions and change in the others, so that it answers 403, always or now and
    then. The login may also come from the flags of `lk`.

    ## Example
    ```json outbound-trunk
    {"trunk": {"address": "sip.example.net", "numbers": ["+442079460123"]}}
    ```

    ## Instead
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.example.net",
        "numbers": ["+442079460123"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    LiveKit's page "Regions, regional endpoints, and static IPs" (fixed addresses in Canada, the EU,
    India, Japan and the US); livekit/livekit#3620. Seen: a real call without a login ended at the
    provider's 407.
    """
    if not (trunk.auth_username or trunk.auth_password) and settings.target != "self-hosted":
        by_flag = ", or give --auth-user and --auth-pass to `lk … create`"
        yield Found(
            at_brace(trunk.message.pointer),
            "this trunk has no login: providers take its calls only from addresses that they know",
            f"Add one{by_flag if settings.form != 'update' else ''}.",
        )


DISABLED = "SIP_MEDIA_ENCRYPT_DISABLE"


def _misses_tls(how: Dialling) -> bool:
    """Whether a call goes to the port of TLS without it, which LK340 speaks about."""
    return how.address is not None and split(how.address)[1] == "5061" and not how.encrypted
