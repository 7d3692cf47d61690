"""Family 1: secrets that stand in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lklint.documents.pointer import join
from lklint.rules.found import Found, at_value
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.message import Text
from lklint.telephony.placeholders import find_placeholder
from lklint.telephony.resources import (
    DispatchRule,
    InboundTrunk,
    OutboundTrunk,
    Participant,
    Resource,
)
from lklint.telephony.secrets import is_secret_field, weakness


@rule(
    "LK129", "plaintext-credential", "warning", "insecure",
    InboundTrunk, OutboundTrunk, DispatchRule, Participant,
)  # fmt: skip
def plaintext_credential(resource: Any, settings: Settings) -> Iterator[Found]:
    """A password or a secret key in the file.

    ## What it finds
    `authPassword`, and keys of storage accounts in `roomConfig.egress`, written out.

    ## Why it matters
    Whoever can read the repository can make calls at your expense.

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
    None: give `--auth-user` and `--auth-pass` to `lk`, or fill the file in before (`envsubst`). A
    password that was committed must be changed.

    ## Evidence
    14 of 30 public trunk files; LiveKit's documentation advises the flags.
    """
    for secret in secrets_of(resource):
        if find_placeholder(secret) is None:
            yield Found(
                at_value(secret.pointer),
                "this secret is written out: whoever reads the file can use it",
                'Write "${SIP_PASSWORD}" and fill it in on applying, or give --auth-pass.',
            )


@rule("LK130", "weak-password", "warning", "insecure", InboundTrunk, OutboundTrunk)
def weak_password(trunk: Any, settings: Settings) -> Iterator[Found]:
    """A password that is easily guessed.

    ## What it finds
    Fewer than 8 characters, the user name, or one of the passwords everybody tries.

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
    SIP digest logins use MD5 (RFC 2617), which is quick to try.
    """
    password = trunk.auth_password
    if password is None or find_placeholder(password) is not None:
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
    if isinstance(resource, (InboundTrunk, OutboundTrunk)):
        holders = [resource.message]
    elif isinstance(resource, DispatchRule):
        holders = [resource.room_config.message] if resource.room_config is not None else []
    else:
        holders = [resource.trunk.message] if resource.trunk is not None else []
    for holder in holders:
        yield from _secrets_in(holder.value, holder.pointer)


def _secrets_in(value: Any, pointer: str) -> Iterator[Text]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _secrets_in(item, join(pointer, index))
    elif isinstance(value, dict):
        for name, item in value.items():
            if isinstance(item, str) and item and is_secret_field(name):
                yield Text(item, join(pointer, name))
            else:
                yield from _secrets_in(item, join(pointer, name))
