"""Which fields hold secrets, and what a weak one looks like."""

from __future__ import annotations

_SECRET_FIELDS = frozenset(
    [
        "authpassword",
        "pin",
        "secret",
        "assertion",
        "credentials",
        "accountkey",
        "sessiontoken",
        "password",
        "streamkey",
        "secretkey",
        "apisecret",
        "privatekey",
        "clientsecret",
        "awssecret",
    ]
)


def is_secret_field(name: str) -> bool:
    """Whether the value of a field, in any spelling, must not be shown.

    LiveKit's protocol marks these fields as secret (protobufs/livekit_sip.proto and
    livekit_egress.proto, `logger.sensitivity`); the others are names people invent for the same.
    """
    return name.replace("_", "").replace("-", "").lower() in _SECRET_FIELDS


_TRIED_BY_EVERYBODY = frozenset(
    [
        "password",
        "passw0rd",
        "password1",
        "secret",
        "secret123",
        "12345678",
        "123456789",
        "1234567890",
        "qwertyui",
        "qwerty123",
        "changeme",
        "changeit",
        "letmein1",
        "admin123",
        "livekit1",
        "livekit123",
        "asterisk",
        "test1234",
        "sip12345",
    ]
)


def weakness(password: str, username: str) -> str:
    """Why a password is easily guessed, in words that do not show it; "" where it is not."""
    lower = password.lower()
    if len(password) < 8:
        return "it has fewer than 8 characters"
    if lower in _TRIED_BY_EVERYBODY:
        return "it is one of those that everybody tries"
    if len(set(password)) < 4:
        return "it repeats the same few characters"
    if username and username.lower() in lower and len(password) < len(username) + 6:
        return "it is little more than the user name"
    return ""
