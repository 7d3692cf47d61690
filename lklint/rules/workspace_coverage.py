"""Inbound trunks and their numbers that no dispatch rule is for."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.rules.found import Found, listing, show
from lklint.rules.registry import rule
from lklint.rules.workspace_places import entry, whole
from lklint.settings import Settings
from lklint.workspace.coverage import Uncovered, uncovered
from lklint.workspace.environment import Environment


@rule("LK731", "trunk-without-rule", "warning", "dead", Environment)
def trunk_without_rule(environment: Environment, settings: Settings) -> Iterator[Found]:
    """No dispatch rule takes the calls of an inbound trunk.

    ## What it finds
    An inbound trunk that no dispatch rule of the same server is bound to, where each rule without
    `trunk_ids` is for other numbers. Told only where all files of the server were looked at, there
    are rules among them, and it is known which trunks they mean.

    ## Why it matters
    A call that no rule takes is not answered up to livekit-server 1.13.7 (the caller hears it ring,
    the log says `flood`), and is rejected (404) since 1.13.8.

    ## Example
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123"]}}
    ```
    ```json dispatch-rule.json
    {
      "dispatch_rule": {
        "trunk_ids": ["twilio"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```
    ```json inbound-trunk
    {"trunk": {"name": "telnyx", "numbers": ["+442079460124"]}}
    ```

    ## Instead
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123"]}}
    ```
    ```json dispatch-rule.json
    {
      "dispatch_rule": {
        "trunk_ids": ["twilio", "telnyx"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```
    ```json inbound-trunk
    {"trunk": {"name": "telnyx", "numbers": ["+442079460124"]}}
    ```

    ## Fix
    None: bind a rule to the trunk.

    ## Evidence
    Seen: real calls with livekit-server 1.13.3, a trunk without a rule: 180, then silence;
    livekit/sip#400. livekit-server `pkg/service/ioservice_sip.go` for the 404.
    """
    for found in _uncovered(environment):
        if not found.numbers:
            yield Found(
                whole(found.trunk.message),
                "no dispatch rule is for this trunk: its calls are not answered, or rejected (404) "
                "by newer servers",
                "Add the trunk to trunk_ids of the rule that is to take its calls.",
            )


@rule("LK732", "number-without-rule", "warning", "dead", Environment)
def number_without_rule(environment: Environment, settings: Settings) -> Iterator[Found]:
    """No dispatch rule takes calls to a number of an inbound trunk.

    ## What it finds
    A number of an inbound trunk that none of the rules for the trunk lists, where each of them
    lists numbers. Told only where all files of the server were looked at and it is known which
    trunks the rules mean.

    ## Why it matters
    The trunk takes calls to the number, and then no rule does: they are not answered up to
    livekit-server 1.13.7, and rejected (404) since 1.13.8.

    ## Example
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123", "+442079460124"]}}
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["twilio"],
        "numbers": ["+442079460123"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```

    ## Instead
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123", "+442079460124"]}}
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["twilio"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls with livekit-server 1.13.3, a number that no rule lists: 180, then silence.
    LiveKit protocol `sip/sip.go`, `MatchDispatchRuleIter`.
    """
    for found in _uncovered(environment):
        if found.numbers:
            numbers = listing([show(number) for number in found.numbers])
            yield Found(
                entry(found.trunk.message, found.numbers[0]),
                f"no dispatch rule is for calls to {numbers}: they are not answered, or rejected "
                "(404) by newer servers",
                "Add the number to a rule, or take it out of the trunk.",
            )


def _uncovered(environment: Environment) -> Iterator[Uncovered]:
    if environment.complete and environment.dispatch_rules:
        yield from uncovered(environment)
