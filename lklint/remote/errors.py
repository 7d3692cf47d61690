"""How talking to a server ends when it does not end well.

Four ends, told apart by what a person (or `apply`) has to do next. No message holds a secret: they
are made of our own words, the server's name and the server's own text.
"""

from __future__ import annotations


class RemoteError(Exception):
    """Any of the four; `str()` is one clear line, whose words may be the server's."""


class Refused(RemoteError):
    """The server said no: nothing was written.

    `code` is Twirp's, as in "invalid_argument" or "not_found"; `message` the server's own text.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}" if message else code)
        self.code = code
        self.message = message


class Unreachable(RemoteError):
    """The server was not reached, or a question got no answer: nothing was written."""


class OutcomeUnknown(RemoteError):
    """A write was sent, and no answer says what came of it: look before anything is repeated."""


class BadAnswer(RemoteError):
    """A question was answered with something that is no answer: malformed, or far too large."""
