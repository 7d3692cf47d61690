"""Family 7: what lklint's own files must have."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.rules.found import Found, at_brace, listing
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure

_MENDS = {
    "calls": 'Add "calls", a list of calls with what is expected of each.',
    "to": 'Add "to" with the number that is called.',
    "expect": 'Add "expect", as in "expect": {"room": "call_*"} or "expect": "refused".',
    "phoneNumbers": 'Add "phoneNumbers", a list of the numbers you have from LiveKit.',
    "number": 'Add "number" with the phone number in E.164.',
}


@rule("LK750", "missing-member", "error", "dead", Failure)
def missing_member(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A file of lklint's own lacks something that lklint needs.

    ## What it finds
    A call without `to` or `expect`, a phone number without `number`, a file without its list.

    ## Why it matters
    lklint cannot read the file: none of its calls is tried, none of its numbers is applied. All
    else that can be wrong with the shape of these files has the rules of LiveKit's files (LK0 and
    LK1). LiveKit never sees them.

    ## Example
    ```json call-expectations
    {"calls": [{"from": "+442079460124", "to": "+442079460123"}]}
    ```

    ## Instead
    ```json call-expectations
    {"calls": [{"from": "+442079460124", "to": "+442079460123", "expect": "refused"}]}
    ```

    ## Fix
    None.

    ## Evidence
    The file is lklint's own: `docs/calls.md`.
    """
    names = list(failure.limit["properties"])
    spelled = listing([f'"{name}"' for name in names], "or")
    yield Found(
        at_brace(failure.pointer),
        f"{spelled} is missing here, and lklint cannot read the file",
        _MENDS[names[0]],
    )
