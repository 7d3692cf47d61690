"""Inbound trunks that claim the same calls."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.rules.found import Found, at_value, listing, show
from lklint.rules.registry import rule
from lklint.rules.workspace_places import in_file, is_newer, listed, the
from lklint.settings import Settings
from lklint.telephony.message import Text
from lklint.workspace.environment import Environment


@rule("LK701", "trunk-conflict", "error", "rejected", Environment)
def trunk_conflict(environment: Environment, settings: Settings) -> Iterator[Found]:
    """Two inbound trunks claim the same calls.

    ## What it finds
    Two inbound trunks of one server that have a number in common, or have no numbers at all, and
    list no callers or a caller in common (`allowed_numbers`). Numbers are compared as LiveKit
    reads them: `15550100` is `+15550100`.

    ## Why it matters
    LiveKit refuses to create the second one. It looks at numbers and callers alone: other addresses
    or another login make no difference. `lk sip inbound update` may let both in; then LiveKit does
    not choose between them, and every call to the number that both take is turned away (503).

    ## Example
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123"]}}
    ```
    ```json inbound-trunk
    {"trunk": {"name": "telnyx", "numbers": ["+44 20 7946 0123"]}}
    ```

    ## Instead
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123"]}}
    ```
    ```json inbound-trunk
    {"trunk": {"name": "telnyx", "numbers": ["+442079460124"]}}
    ```

    ## Fix
    None: only you know which trunk has the number. Where the files are meant for two servers, each
    has to have a folder of its own (`environments` in `lklint.toml`).

    ## Evidence
    Seen: livekit-server 1.13.3, create refused (`Conflicting inbound SIP Trunks`), also with other
    addresses or another login; by update both were stored, and each call got 503. LiveKit protocol
    `sip/sip.go`, `ValidateTrunksIter` and `MatchTrunkDetailed`.
    """
    for conflict in environment.trunk_conflicts:
        if conflict.when != "create":
            continue
        one, other = conflict.trunk.message, conflict.other.message
        if is_newer(other, one):
            one, other = other, one
        stored = "If an update stores both, each of these calls is turned away (503)."
        if not conflict.kills:
            stored = "That they list different addresses does not count."
        yield Found(
            listed(one, "numbers", conflict.number),
            f"LiveKit refuses this trunk beside {the('trunk', other)}: "
            f"both take {_calls(conflict.number, conflict.caller)}",
            f"Take the number out of one of them, or let their allowed_numbers differ. {stored}",
            related=((listed(other, "numbers", conflict.number), "claimed here already"),),
        )


@rule("LK702", "trunk-conflict-on-calls", "error", "dead", Environment)
def trunk_conflict_on_calls(environment: Environment, settings: Settings) -> Iterator[Found]:
    """A trunk lists callers, and another takes every caller to the same number.

    ## What it finds
    Two inbound trunks with a number in common (or both without numbers), one with
    `allowed_numbers`, the other without. Silent where their lists of addresses let no call through
    both.

    ## Why it matters
    LiveKit stores both. A call from a listed caller then finds two trunks; LiveKit does not choose,
    and turns the call away (503) before it rings. All other callers get through, so that exactly
    those who were meant to be treated specially cannot call.

    ## Example
    ```json inbound-trunk.json
    {"trunk": {"name": "everybody", "numbers": ["+442079460123"]}}
    ```
    ```json inbound-trunk
    {
      "trunk": {
        "name": "partners",
        "numbers": ["+442079460123"],
        "allowed_numbers": ["+442079460500"]
      }
    }
    ```

    ## Instead
    ```json inbound-trunk.json
    {"trunk": {"name": "everybody", "numbers": ["+442079460123"]}}
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "inbound_numbers": ["+442079460500"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "partner"}}
      }
    }
    ```

    ## Fix
    None: keep one trunk, and tell callers apart by `inbound_numbers` of dispatch rules.

    ## Evidence
    Seen: real calls with livekit-server 1.13.3, the listed caller 503 without ringing, others
    answered; the same with two trunks without numbers. LiveKit protocol `sip/sip.go`,
    `MatchTrunkDetailed`.
    """
    for conflict in environment.trunk_conflicts:
        if conflict.when != "call":
            continue
        trunk, other = conflict.trunk.message, conflict.other.message
        callers = listing([show(caller) for caller in trunk.texts("allowed_numbers")], most=3)
        to = "to any other number" if conflict.number is None else f"to {show(conflict.number)}"
        yield Found(
            in_file(trunk, at_value(trunk.at("allowed_numbers"))),
            f"calls from {callers} {to} are turned away (503): this trunk takes them, and "
            f"{the('trunk', other)} takes every caller",
            "Keep one of the trunks, and tell callers apart by inbound_numbers of dispatch rules.",
            related=((listed(other, "numbers", conflict.number), "takes every caller"),),
        )


def _calls(number: Text | None, caller: Text | None) -> str:
    """The calls that two trunks claim."""
    to = "to every number" if number is None else f"to {show(number)}"
    return f"calls {to}" if caller is None else f"calls from {show(caller)} {to}"
