"""Family 1: secrets that stand in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lklint.documents.pointer import join
from lklint.rules.found import Found, at_value
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.message import Text
from lklint.telephony.placeholders import is_filled_in_later, is_secret_placeholder
from lklint.telephony.resources import (
    DispatchRule,
    InboundTrunk,
    OutboundTrunk,
    Participant,
    Resource,
)
from lklint.telephony.secrets import is_credential, weakness


@rule(
    "LK129", "plaintext-credential", "warning", "insecure",
    InboundTrunk, OutboundTrunk, DispatchRule, Participant,
)  # fmt: skip
def plaintext_credential(resource: Any, settings: Settings) -> Iterator[Found]:
    """A password or a secret key in the file.

    ## What it finds
    `authPassword`, and keys of storage accounts in `roomConfig.egress`, written out.

    ## Why it matters
    Whoever can read the repository can make calls at your expense, or read your recordings.

    ## Example
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.provider.net",
        "numbers": ["+442079460123"],
        "authUsername": "u",
        "authPassword": "Tr0ub4dor-and-3"
      }
    }
    ```

    ## Instead
    ```json outbound-trunk
    {
      "trunk": {
        "address": "sip.provider.net",
        "numbers": ["+442079460123"],
        "authUsername": "u",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    None: write `${NAME}`, and lklint takes the value out of the environment when it sends the file.
    For `lk`, fill the file in before (`envsubst`), or give `--auth-user` and `--auth-pass` to
    `lk … create`. A password that was committed must be changed. What a vault or `sops` keeps
    (`op://…`, `ENC[…]`) is no secret here.

    ## Evidence
    14 of 30 public trunk files; LiveKit's documentation advises the flags.
    """
    trunk = isinstance(resource, (InboundTrunk, OutboundTrunk))
    flags = ", or give --auth-user and --auth-pass" if trunk and settings.form == "create" else ""
    name = "EGRESS_SECRET" if isinstance(resource, DispatchRule) else "SIP_PASSWORD"
    for secret in secrets_of(resource):
        if not is_filled_in_later(secret) and not is_secret_placeholder(secret):
            yield Found(
                at_value(secret.pointer),
                "this secret is written out: whoever reads the file can use it",
                f'Write "${{{name}}}", which lklint fills in when it sends the file{flags}.',
            )


@rule("LK130", "weak-password", "warning", "insecure", InboundTrunk, OutboundTrunk, Participant)
def weak_password(resource: Any, settings: Settings) -> Iterator[Found]:
    """A password that is easily guessed.

    ## What it finds
    Fewer than 8 characters, nothing but digits, the user name, or one of the passwords everybody
    tries, with a few digits or signs around it.

    ## Why it matters
    Robots try such passwords on every SIP host they find, day and night.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "authUsername": "livekit", "authPassword": "livekit1"}}
    ```

    ## Instead
    ```json inbound-trunk
    {
      "trunk": {
        "numbers": ["+442079460123"],
        "authUsername": "livekit",
        "authPassword": "${SIP_PASSWORD}"
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    SIP digest logins use MD5 (RFC 2617), which is quick to try. Seen: livekit-sip v1.10.0 asks for
    such a login with `Proxy-Authenticate`, MD5.
    """
    trunk = resource.trunk if isinstance(resource, Participant) else resource
    password = trunk.auth_password if trunk is not None else None
    if trunk is None or password is None:
        return
    if is_filled_in_later(password) or is_secret_placeholder(password):
        return
    why = weakness(password, trunk.auth_username or "")
    if why:
        yield Found(
            at_value(password.pointer),
            f"this password is easily guessed: {why}",
            "Take a long random one.",
        )


def secrets_of(resource: Resource) -> Iterator[Text]:
    """The secrets of a resource; PINs are not among them: callers have to type them."""
    if isinstance(resource, DispatchRule):
        # Only the storage of recordings has secrets; tags and attributes have names people choose.
        egress = resource.room_config.message.message("egress") if resource.room_config else None
        if egress is not None:
            yield from _secrets_in(egress.value, egress.pointer)
        return
    trunk = resource.trunk if isinstance(resource, Participant) else resource
    if trunk is not None and trunk.auth_password is not None:
        yield trunk.auth_password


def _secrets_in(value: Any, pointer: str) -> Iterator[Text]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _secrets_in(item, join(pointer, index))
    elif isinstance(value, dict):
        for name, item in value.items():
            if isinstance(item, str) and item and is_credential(name):
                yield Text(item, join(pointer, name))
            else:
                yield from _secrets_in(item, join(pointer, name))
