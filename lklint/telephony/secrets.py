"""Which fields hold secrets, and what a weak one looks like."""

from __future__ import annotations

_SECRET_FIELDS = frozenset(
    "authpassword pin secret assertion credentials accountkey sessiontoken password streamkey "
    "secretkey apisecret privatekey clientsecret awssecret".split()
)


def is_secret_field(name: str) -> bool:
    """Whether the value of a field, in any spelling, must not be shown.

    LiveKit's protocol marks these fields as secret (protobufs/livekit_sip.proto and
    livekit_egress.proto, `logger.sensitivity`); the others are names people invent for the same.
    """
    return name.replace("_", "").replace("-", "").lower() in _SECRET_FIELDS
