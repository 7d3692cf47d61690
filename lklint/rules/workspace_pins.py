"""Dispatch rules with a PIN beside rules without one."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.rules.found import Found
from lklint.rules.registry import rule
from lklint.rules.workspace_places import the, whole
from lklint.rules.workspace_reach import misses
from lklint.settings import Settings
from lklint.workspace.environment import Environment


@rule("LK725", "pin-never-asked", "warning", "dead", Environment)
def pin_never_asked(environment: Environment, settings: Settings) -> Iterator[Found]:
    """No caller is asked for the PIN of a rule.

    ## What it finds
    A dispatch rule with a PIN and without `numbers`, bound to trunks all of whose numbers open
    rules list. Told only where all files of the server were looked at and it is known which trunks
    are meant.

    ## Why it matters
    A rule that lists the number goes before one that lists none, with or without a PIN. So each
    call is connected by an open rule, nobody is asked for a PIN, and nobody can enter one.

    ## Example
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123"]}}
    ```
    ```json dispatch-rule.json
    {
      "dispatch_rule": {
        "trunk_ids": ["twilio"],
        "numbers": ["+442079460123"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["twilio"],
        "rule": {"dispatchRuleDirect": {"roomName": "meeting", "pin": "82731"}}
      }
    }
    ```

    ## Instead
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123"]}}
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["twilio"],
        "numbers": ["+442079460123"],
        "rule": {"dispatchRuleDirect": {"roomName": "meeting", "pin": "82731"}}
      }
    }
    ```

    ## Fix
    None: give it the number that is to ask for a PIN.

    ## Evidence
    Seen: real calls with livekit-server 1.13.3, an open rule with `numbers` beside a rule with a
    PIN: connected, no PIN asked. LiveKit protocol `sip/sip.go`, `DispatchRulePriority`.
    """
    for missed in misses(environment, settings, "unasked") if environment.is_known else ():
        route = missed.instead
        if route is None or route.rule is None:
            continue
        yield Found(
            whole(missed.rule.message),
            f"no caller is asked for the PIN of this rule: {the('rule', route.rule.message)} "
            "lists the number and goes before it",
            "List the number here that is to ask for the PIN.",
            related=((whole(route.rule.message), "takes the calls"),),
        )


@rule("LK726", "open-rule-behind-pin", "info", "risky", Environment)
def open_rule_behind_pin(environment: Environment, settings: Settings) -> Iterator[Found]:
    """Callers of a rule without a PIN are asked for one.

    ## What it finds
    A dispatch rule without a PIN whose calls all meet a rule with a PIN first. Told only where all
    files of the server were looked at and it is known which trunks are meant.

    ## Why it matters
    Of two rules that list as much, the one with the PIN goes first: every caller is answered and
    asked for a PIN. Only `#` alone leads to this rule; a wrong PIN ends the call.

    ## Example
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123"]}}
    ```
    ```json dispatch-rule.json
    {
      "dispatch_rule": {
        "name": "meeting",
        "trunk_ids": ["twilio"],
        "rule": {"dispatchRuleDirect": {"roomName": "meeting", "pin": "82731"}}
      }
    }
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["twilio"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```

    ## Instead
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123", "+442079460124"]}}
    ```
    ```json dispatch-rule.json
    {
      "dispatch_rule": {
        "name": "meeting",
        "trunk_ids": ["twilio"],
        "numbers": ["+442079460124"],
        "rule": {"dispatchRuleDirect": {"roomName": "meeting", "pin": "82731"}}
      }
    }
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
    None: it may be meant so.

    ## Evidence
    Seen: real calls with livekit-server 1.13.3, a PIN and an open rule: a prompt; `#` led to the
    open rule, a wrong PIN to BYE. LiveKit protocol `sip/sip.go`, `DispatchRulePriority`.
    """
    for missed in misses(environment, settings, "asked"):
        route = missed.instead
        if route is None or route.rule is None:
            continue
        yield Found(
            whole(missed.rule.message),
            f"callers are asked for the PIN of {the('rule', route.rule.message)}, and get to this "
            "rule by # alone",
            "Give the rule with the PIN a number of its own, unless that is meant.",
            related=((whole(route.rule.message), "asks for a PIN first"),),
        )
