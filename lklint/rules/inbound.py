"""Family 3: who may call an inbound trunk."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.rules.found import Found, at_brace, at_key
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure
from lklint.telephony.addresses import is_open
from lklint.telephony.resources import InboundTrunk


@rule("LK301", "unprotected-trunk", "error", "rejected", Failure)
def unprotected_trunk(failure: Failure, settings: Settings) -> Iterator[Found]:
    """An inbound trunk with nothing that tells who may call.

    ## What it finds
    An inbound trunk without numbers, without addresses and without a login.

    ## Why it matters
    LiveKit refuses it: `for security, one of the fields must be set`. `allowedNumbers` and
    `authRealm` do not count.

    ## Example
    ```json inbound-trunk
    {"trunk": {"name": "Main line", "krispEnabled": true}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"name": "Main line", "numbers": ["+442079460123"]}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: `lk` 2.18.3 refuses it on create, livekit-server 1.13.3 on update. LiveKit protocol
    `livekit/sip.go`, `SIPInboundTrunkInfo.validateResult`.
    """
    yield Found(
        at_brace(failure.pointer),
        "nothing says who may call this trunk, and LiveKit refuses it",
        'Add your "numbers", or the "allowedAddresses" of your provider, or "authUsername" with'
        ' "authPassword" (`lk sip inbound create` also takes --numbers, --auth-user, --auth-pass).',
        "numbers, addresses or a login wanted",
    )


@rule("LK302", "number-only-trunk", "warning", "insecure", InboundTrunk)
def number_only_trunk(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """An inbound trunk that knowing the number opens.

    ## What it finds
    A trunk with numbers, and neither addresses nor a login. (Half a login is LK303.)

    ## Why it matters
    Whoever knows the number and LiveKit's SIP host can call in from any computer, past the
    provider: no password and no address is asked for.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["192.0.2.0/24"]}}
    ```

    ## Fix
    None. The login can also come from the flags of `lk`, then this finding does not apply.

    ## Evidence
    Seen: real calls (livekit-server 1.13.3, livekit-sip 1.10.0) to a trunk with a number only:
    answered, no login asked for. LiveKit protocol `livekit/sip.go` has a note that numbers do not
    really help with security. 9 of 14 public files.
    """
    login = trunk.auth_username or trunk.auth_password
    if trunk.numbers and not trunk.allowed_addresses and not login:
        yield Found(
            at_key(trunk.message.at("numbers")),
            "anybody who knows this number and your LiveKit SIP host can call in from the internet,"
            " past your provider",
            f'Add the "{trunk.message.spelled("allowed_addresses")}" of your provider, or a login'
            " if your provider can use one.",
            "the only gate",
        )


@rule("LK303", "half-credentials", "error", "insecure", InboundTrunk)
def half_credentials(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """An inbound trunk with half a login, which asks nobody.

    ## What it finds
    A user name without a password, or a password without a user name.

    ## Why it matters
    LiveKit takes the trunk, and then asks for a login only when both are set. With one of them
    nobody is asked.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "authUsername": "twilio"}}
    ```

    ## Instead
    ```json inbound-trunk
    {
      "trunk": {
        "numbers": ["+442079460123"],
        "authUsername": "twilio",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls (livekit-server 1.13.3, livekit-sip 1.10.0) to trunks with a user name only and
    with a password only: answered, no login asked for. livekit/sip `pkg/sip/inbound.go`,
    `handleInviteAuth`.
    """
    if bool(trunk.auth_username) == bool(trunk.auth_password):
        return
    given = "auth_username" if trunk.auth_username else "auth_password"
    missing = "auth_password" if trunk.auth_username else "auth_username"
    word = trunk.message.spelled(missing)
    headline = "this trunk lets every caller in without asking for a login: half of it is missing"
    otherwise = "drop this and list the addresses of your provider"
    if not is_open(trunk.allowed_addresses):
        headline = "this trunk asks no caller for a login: half of it is missing"
        otherwise = "drop this"
    yield Found(
        at_key(trunk.message.at(given)),
        headline,
        f'Add "{word}" (`lk sip inbound create` also takes --auth-user and --auth-pass), or'
        f" {otherwise}.",
        f"no {word} beside it",
    )


@rule("LK313", "cloud-addresses-gated", "info", "risky", InboundTrunk)
def cloud_addresses_gated(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """An address list on LiveKit Cloud, which support must switch on.

    ## What it finds
    `allowedAddresses` where the target is LiveKit Cloud.

    ## Why it matters
    LiveKit's documentation says that support must enable the list for a project. What a call does
    until then it does not say: perhaps nobody gets in, perhaps everybody.

    ## Example
    ```json inbound-trunk target=cloud
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["192.0.2.0/24"]}}
    ```

    ## Instead
    ```json inbound-trunk target=cloud
    {
      "trunk": {
        "numbers": ["+442079460123"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    LiveKit's documentation of inbound trunks and of `CreateSIPInboundTrunk`. livekit/sip#318: every
    call to a trunk with a list refused on Cloud. Not tried.
    """
    if settings.target == "cloud" and trunk.allowed_addresses:
        yield Found(
            at_key(trunk.message.at("allowed_addresses")),
            "on LiveKit Cloud, support must switch address lists on for your project first",
            "Ask support, or use a login if your provider can.",
        )
