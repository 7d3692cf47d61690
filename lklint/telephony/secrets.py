"""Which fields hold secrets, and what a weak one looks like."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.patterns import Pattern

_SECRET_FIELDS = frozenset(
    [
        "authpassword",
        "inboundpassword",
        "outboundpassword",
        "accesskey",
        "assumeroleexternalid",
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

_SECRET_WORDS = ("passw", "pasw", "passcode", "pincode", "pwd", "secret", "apikey", "authorization")
"""What names of secrets have in them, misspelt ones too."""


def is_secret_field(name: str) -> bool:
    """Whether the value of a field, in any spelling, must not be shown.

    LiveKit's protocol marks these fields as secret (protobufs/livekit_sip.proto and
    livekit_egress.proto, `logger.sensitivity`); the others are names people invent for the same.
    """
    plain = _plainly(name)
    return plain in _SECRET_FIELDS or any(word in plain for word in _SECRET_WORDS)


_KNOWN_BY_HALF = frozenset(["pin", "accesskey", "assumeroleexternalid"])
"""Secret fields that open nothing by themselves, or that callers have to know."""


def is_credential(name: str) -> bool:
    """Whether the value of a field is all that somebody needs to use an account."""
    return is_secret_field(name) and _plainly(name) not in _KNOWN_BY_HALF


def passwords_inside(text: str) -> Iterator[tuple[int, int]]:
    """Where the passwords of addresses (`user:password@host`) stand in a text: [begin, end)."""
    at = 0
    while text.find("@", at) >= 0:
        login = _LOGIN.search(text, at)
        if login is None:
            return
        at = login.end()
        if login["user"].lower() in _SCHEMES:
            inner = _LOGIN.search(text[: login.end()], login.start("password"))
            if inner is not None:
                yield inner.span("password")
        else:
            yield login.span("password")


_LOGIN = Pattern(r"""(?P<user>[^\s:/@"]{1,64}):(?P<password>[^\s/@"]{3,128})@""")
"""The bounds keep the search of long texts short."""

_SCHEMES = frozenset(("sip", "sips", "mailto"))
"""What stands before a colon and is no user: in `sip:alice@example.com` there is no password."""


def _plainly(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()


_TRIED_BY_EVERYBODY = frozenset(
    [
        "abc",
        "abcd",
        "admin",
        "asterisk",
        "changeit",
        "changeme",
        "default",
        "demo",
        "guest",
        "letmein",
        "livekit",
        "mypassword",
        "passwd",
        "password",
        "phone",
        "qwerty",
        "qwertyui",
        "secret",
        "sip",
        "test",
        "testing",
        "trunk",
        "twilio",
        "user",
        "welcome",
    ]
)
"""Words of which everybody makes a password, with a few digits and signs around them."""

_FEW = 6

_FEWEST_DIGITS = 12
"""Of digits alone a password needs so many: eight are tried in a second."""

_LIKE_LETTERS = str.maketrans("@$!013", "asiole")


def weakness(password: str, username: str) -> str:
    """Why a password is easily guessed, in words that do not show it; "" where it is not."""
    lower = password.lower()
    if len(password) < 8:
        return "it has fewer than 8 characters"
    if len(set(password)) < 4:
        return "it repeats the same few characters"
    if password.isdecimal() and len(password) < _FEWEST_DIGITS:
        return "it is nothing but a few digits"
    core = _core(lower)
    words = {core, core.translate(_LIKE_LETTERS)}
    if words & _TRIED_BY_EVERYBODY and len(password) - len(core) <= _FEW:
        return "it is one of those that everybody tries"
    if username and username.lower() in lower and len(password) < len(username) + 6:
        return "it is little more than the user name"
    return ""


def _core(password: str) -> str:
    """A password without the digits and signs around it that make it look like one."""
    return password.strip("0123456789!@#$%&*+-_.?")
