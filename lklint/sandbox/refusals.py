"""What a Twirp service answers when it refuses (github.com/twitchtv/twirp, errors.go)."""

from __future__ import annotations

STATUSES = {
    "canceled": 408,
    "unknown": 500,
    "invalid_argument": 400,
    "malformed": 400,
    "deadline_exceeded": 408,
    "not_found": 404,
    "bad_route": 404,
    "already_exists": 409,
    "permission_denied": 403,
    "unauthenticated": 401,
    "resource_exhausted": 429,
    "failed_precondition": 412,
    "aborted": 409,
    "out_of_range": 400,
    "unimplemented": 501,
    "internal": 500,
    "unavailable": 503,
    "dataloss": 500,
}
"""The HTTP status of each Twirp code."""


class Refusal(Exception):
    """A request is refused: a Twirp code and the server's words."""

    def __init__(self, code: str, words: str, route: str = "") -> None:
        super().__init__(words)
        self.code = code
        self.words = words
        self.route = route

    @property
    def status(self) -> int:
        """The HTTP status."""
        return STATUSES[self.code]

    @property
    def body(self) -> dict[str, object]:
        """The JSON of the answer."""
        body: dict[str, object] = {"code": self.code, "msg": self.words}
        if self.route:
            body["meta"] = {"twirp_invalid_route": self.route}
        return body


def invalid(words: str) -> Refusal:
    """An argument is not as it must be."""
    return Refusal("invalid_argument", words)


def from_inside(code: str, words: str) -> Refusal:
    """An error that LiveKit's own parts raise, and its API passes on with a Twirp error around it.

    livekit/protocol v1.48.2 utils/xtwirp/errors.go `WithDetailsFrom`: the code becomes Twirp's, and
    the words those of an unknown Twirp error.
    """
    return Refusal(code, f"twirp error unknown: {words}")


def bad_route(words: str, method: str, path: str) -> Refusal:
    """Nothing is served there."""
    return Refusal("bad_route", words, f"{method} {path}")
