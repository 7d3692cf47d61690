"""Names of agents, and how LiveKit finds a worker for one.

LiveKit asks the workers that registered under exactly the name that the room asks for
(livekit-server, pkg/agent/client.go). Known names are patterns: `*` stands for any characters, for
names that are put together when the worker starts. The empty name is that of an unnamed worker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lklint.patterns import Pattern

LONGEST_DEPLOYMENT = 64
"""Bytes that the name of a deployment may have (livekit/protocol, agent package,
`MaxDeploymentLength`)."""


def is_known(name: str, known: Iterable[str]) -> bool:
    """Whether a worker is known to register under a name."""
    return any(
        name == entry or ("*" in entry and _pattern(entry).fullmatch(name)) for entry in known
    )


def _pattern(entry: str) -> Pattern:
    return Pattern(".*".join(map(re.escape, entry.split("*"))), re.DOTALL)


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was most likely meant, or None."""
    plain = sorted(entry for entry in known if entry and "*" not in entry)
    folded = {_folded(entry): entry for entry in reversed(plain)}
    if _folded(name) in folded:
        return folded[_folded(name)]
    from difflib import get_close_matches

    near = get_close_matches(_folded(name), list(folded), n=1, cutoff=0.7)
    return folded[near[0]] if near else None


def _folded(name: str) -> str:
    """A name without what people mix up: capitals, blanks, dashes and underscores."""
    return re.sub(r"[-_\s]", "", name).lower()


def why_no_deployment(name: str) -> str | None:
    """Why LiveKit does not take a text as the name of a deployment, or None where it does.

    livekit/protocol, agent package, `ValidateDeployment`.
    """
    encoded = name.encode("utf-8", "surrogatepass")
    if len(encoded) > LONGEST_DEPLOYMENT:
        return f"it is longer than {LONGEST_DEPLOYMENT} bytes"
    for byte in encoded:
        if byte == ord("_"):
            return 'it has a "_"'
        if byte <= ord(" ") or byte == 0x7F:
            return "it has blanks or control characters"
    return None


def names_an_agent(attribute: str) -> bool:
    """Whether an attribute is called what the field of a room's agents is called."""
    return attribute.replace("_", "").replace("-", "").lower() in ("agentname", "agentnames")


LONG_WORD = 6
"""Letters of a word in which one wrong letter is taken for a slip and not for another word."""


def are_one_slip_apart(one: str, other: str) -> bool:
    """Whether two names are likely meant for one: they differ in capitals, dashes, underscores or
    blanks alone, or in one letter of a long word (wrong, missing, or two that changed places).

    Digits are no slips: `desk-1` and `desk-2` are two.
    """
    if _folded(one) == _folded(other):
        return True
    words, others = (re.split(r"[-_\s]+", name.lower()) for name in (one, other))
    pairs = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    return len(words) == len(others) and len(pairs) == 1 and _is_slip(*pairs[0])


def _is_slip(one: str, other: str) -> bool:
    """Whether two words differ in one letter that is not the first."""
    short, long = sorted((one, other), key=len)
    same = 0  # letters at the beginning that both have
    while short[same : same + 1] == long[same : same + 1] != "":
        same += 1
    if len(short) < LONG_WORD or not same:
        return False
    changed = {*short[same : same + 2], *long[same : same + 2]}
    if any(letter.isdigit() for letter in changed):
        return False
    if len(short) < len(long):
        return short[same:] == long[same + 1 :]
    swapped = short[same + 1 : same + 2] + short[same : same + 1] + short[same + 2 :]
    return short[same + 1 :] == long[same + 1 :] or swapped == long[same:]
