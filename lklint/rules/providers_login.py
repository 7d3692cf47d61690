"""Family 8: how a trunk tells its provider whose calls it sends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lklint.documents.edits import Add, Change, Remove
from lklint.rules.found import Found, Proposal, at_brace, at_key, at_value
from lklint.rules.header_maps import mapping_of
from lklint.rules.providers import called
from lklint.rules.putting import put
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.message import Pair, Text
from lklint.telephony.placeholders import find_placeholder, is_filled_in_later
from lklint.telephony.resources import OutboundTrunk, Participant


@rule("LK807", "provider-wants-login", "info", "risky", OutboundTrunk, Participant)
def provider_wants_login(resource: Any, settings: Settings) -> Iterator[Found]:
    """Calls without a login to a provider that wants one.

    ## What it finds
    A trunk inside a call to Wavix or didlogic without user name and password; for a self-hosted
    LiveKit (`target`) a stored trunk as well. (Of all other stored trunks without a login LK339
    speaks.)

    ## Why it matters
    They answer 407, and the call ends. Wavix takes calls by their address only where it has agreed
    to it.

    ## Example
    ```json sip-participant
    {
      "sip_call_to": "+442079460123",
      "sip_number": "+442079460124",
      "room_name": "r",
      "trunk": {"hostname": "nl.wavix.net"}
    }
    ```

    ## Instead
    ```json sip-participant
    {
      "sip_call_to": "+442079460123",
      "sip_number": "+442079460124",
      "room_name": "r",
      "trunk": {
        "hostname": "nl.wavix.net",
        "auth_username": "${WAVIX_TRUNK}",
        "auth_password": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    docs.wavix.com/sip-trunking (as of August 2026) and LiveKit's page on didlogic (2026-08-28).
    Seen: a real call without a login ended at the provider's 407.
    """
    found = called(resource)
    if found is None or found.provider.logins is None or not found.provider.logins.demanded:
        return
    if isinstance(resource, OutboundTrunk) and settings.target != "self-hosted":
        return
    if not (found.how.auth_username or found.how.auth_password):
        yield Found(
            at_brace(found.how.message.pointer),
            f"{found.provider.name} asks each call for a login, and this trunk has none",
            f"Add the user name and the password of your trunk at {found.provider.name}, unless it"
            " has agreed to know you by your address.",
        )


@rule("LK808", "provider-user-name", "warning", "dead", OutboundTrunk, Participant)
def provider_user_name(resource: Any, settings: Settings) -> Iterator[Found]:
    """A user name that the provider does not give out.

    ## What it finds
    For Wavix and didlogic, a user name that is no number, such as an e-mail address or the name of
    the trunk.

    ## Why it matters
    Both know a trunk by a number of five digits. The provider refuses the login, and with it the
    call.

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "nl.wavix.net",
        "numbers": ["+442079460123"],
        "authUsername": "acme",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Instead
    ```json outbound-trunk
    {
      "trunk": {
        "address": "nl.wavix.net",
        "numbers": ["+442079460123"],
        "authUsername": "40123",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    Read, not tried. docs.wavix.com/sip-trunking (as of August 2026): the id of the SIP trunk, five
    digits. LiveKit's page on didlogic (2026-08-28): the SIP login, five digits, not the e-mail.
    """
    found = called(resource)
    logins = found.provider.logins if found is not None else None
    if found is None or logins is None or logins.user_digits is None:
        return
    user = found.how.auth_username
    if user is None or user.isdigit() or is_filled_in_later(user) or find_placeholder(user):
        return
    name = found.provider.name
    yield Found(
        at_value(user.pointer),
        f"{name} knows a trunk by a number of {logins.user_digits} digits, and refuses this login",
        f"Write the number that {name} shows for your trunk, not its name or your e-mail.",
    )


@rule("LK809", "user-header-not-sent", "warning", "dead", OutboundTrunk, Participant)
def user_header_not_sent(resource: Any, settings: Settings) -> Iterator[Found]:
    """A header for Telnyx that LiveKit never sends.

    ## What it finds
    `X-Telnyx-Username` in `headersToAttributes` of a trunk to Telnyx, and not in `headers`.

    ## Why it matters
    Telnyx wants the user name of the login in this header, to find your connection among all that
    call from LiveKit's addresses. Only `headers` are sent. `headersToAttributes` is about headers
    that come back, although LiveKit's own guide puts it there.

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.telnyx.com",
        "numbers": ["+442079460123"],
        "authUsername": "acme",
        "authPassword": "${SIP_PASSWORD}",
        "headersToAttributes": {"X-Telnyx-Username": "acme"}
      }
    }
    ```

    ## Instead
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.telnyx.com",
        "numbers": ["+442079460123"],
        "authUsername": "acme",
        "authPassword": "${SIP_PASSWORD}",
        "headers": {"X-Telnyx-Username": "acme"}
      }
    }
    ```

    ## Fix
    Unsafe, where the trunk has its user name: writes that into `headers`, and takes the entry out.

    ## Evidence
    developers.telnyx.com, "LiveKit configuration guide" (as of August 2026): the header has to
    carry the user name. LiveKit's page on Telnyx (2026-08-24) has it in `headers_to_attributes`.
    livekit/sip pkg/sip/client.go and outbound.go: an INVITE carries `headers`; the other map is
    read when the answer is there.
    """
    found = called(resource)
    header = _user_header(resource)
    mapping = mapping_of(resource)
    if found is None or header is None or mapping is None or _sends(resource, header):
        return
    for pair in mapping.headers_to_attributes:
        if pair.name.lower() == header.lower():
            word = resource.message.spelled("headers")
            yield Found(
                at_key(pair.name.pointer),
                f"LiveKit does not send this header, and {found.provider.name} may take the call"
                " for somebody else's",
                f'Write it into "{word}", with the user name of the login.',
                fix=_sent(resource, header, pair, found.how.auth_username),
            )


@rule("LK810", "user-header-missing", "info", "risky", OutboundTrunk, Participant)
def user_header_missing(resource: Any, settings: Settings) -> Iterator[Found]:
    """A login at Telnyx without the header that goes with it.

    ## What it finds
    A trunk to Telnyx with a user name and without `X-Telnyx-Username` in `headers`, where the
    target is LiveKit Cloud.

    ## Why it matters
    All customers of LiveKit Cloud call from the same addresses. Without this header Telnyx may take
    the call for that of another customer, who has let these addresses in, and asks for no login.
    (Each call may bring the header itself. Then all is well.)

    ## Example
    ```json outbound-trunk target=cloud
    {
      "trunk": {
        "address": "sip.telnyx.com",
        "numbers": ["+442079460123"],
        "authUsername": "acme",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Instead
    ```json outbound-trunk target=cloud
    {
      "trunk": {
        "address": "sip.telnyx.com",
        "numbers": ["+442079460123"],
        "authUsername": "acme",
        "authPassword": "${SIP_PASSWORD}",
        "headers": {"X-Telnyx-Username": "acme"}
      }
    }
    ```

    ## Fix
    Unsafe: adds the header with the user name of the login.

    ## Evidence
    Read, not tried. developers.telnyx.com, "LiveKit configuration guide" (as of August 2026), and
    LiveKit's page on Telnyx (2026-08-24) have this header as a step of their own.
    """
    found, header = called(resource), _user_header(resource)
    if settings.target != "cloud" or found is None or header is None:
        return
    user, mapping = found.how.auth_username, mapping_of(resource)
    if user is None or mapping is None or _sends(resource, header):
        return
    if header.lower() in (pair.name.lower() for pair in mapping.headers_to_attributes):
        return  # LK809
    name = found.provider.name
    yield Found(
        at_value(found.address.pointer),
        f"{name} may take these calls for those of another customer of LiveKit Cloud: the header"
        f" {header} is missing",
        f'Add "{header}" to "headers", with the user name of the login.',
        fix=Proposal(f"add {header}", (_put_header(resource, header, user),)),
    )


def _user_header(resource: OutboundTrunk | Participant) -> str | None:
    """The header in which the provider wants the user name, if it wants one."""
    found = called(resource)
    logins = found.provider.logins if found is not None else None
    return logins.user_header if logins is not None else None


def _sends(resource: OutboundTrunk | Participant, header: str) -> bool:
    """Whether LiveKit is told to send a header."""
    return header.lower() in (pair.name.lower() for pair in resource.headers)


def _sent(resource: Any, header: str, pair: Pair, user: Text | None) -> Proposal | None:
    """The fix that moves a header to where it is sent from."""
    if user is None:
        return None
    changes = (_put_header(resource, header, user), Remove(pair.name.pointer))
    return Proposal(f"send {header}", changes)


def _put_header(resource: Any, header: str, user: Text) -> Change:
    if resource.headers:
        return Add(resource.message.at("headers"), header, str(user))
    return put(resource.message, "headers", {header: str(user)})
