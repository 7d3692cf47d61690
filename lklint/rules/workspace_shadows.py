"""Dispatch rules that come after others, so that no call gets to them, or hardly any."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.rules.found import Found, at_key
from lklint.rules.registry import rule
from lklint.rules.workspace_places import in_file, the, whole
from lklint.rules.workspace_reach import misses
from lklint.settings import Settings
from lklint.telephony.routing.reaching import Miss
from lklint.telephony.routing.stored import Rule
from lklint.telephony.routing.trace import edge
from lklint.workspace.environment import Environment


@rule("LK723", "unreachable-rule", "warning", "dead", Environment)
def unreachable_rule(environment: Environment, settings: Settings) -> Iterator[Found]:
    """Other rules take every call of a rule.

    ## What it finds
    A dispatch rule where each call that it could take goes to another rule, or comes in by a trunk
    that it is not bound to. Told only where all files of the server were looked at and it is known
    which trunks are meant.

    ## Why it matters
    LiveKit gives a call to one rule: one that is bound to the trunk before one that is bound to
    none, then the one that lists more of `numbers` and `inbound_numbers`, then one with a PIN, then
    direct before individual before callee. Who is not asked for a PIN cannot enter one, so a rule
    with a PIN gets nothing where an open rule goes before it. This rule is never the one.

    ## Example
    ```json inbound-trunk.json
    {"trunk": {"name": "pbx", "auth_username": "pbx", "auth_password": "${SIP_PASSWORD}"}}
    ```
    ```json dispatch-rule.json
    {
      "dispatch_rule": {
        "name": "everything",
        "trunk_ids": ["pbx"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleDirect": {"roomName": "lobby", "pin": "82731"}}
      }
    }
    ```

    ## Instead
    ```json inbound-trunk.json
    {"trunk": {"name": "pbx", "auth_username": "pbx", "auth_password": "${SIP_PASSWORD}"}}
    ```
    ```json dispatch-rule.json
    {
      "dispatch_rule": {
        "name": "everything",
        "trunk_ids": ["pbx"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["pbx"],
        "numbers": ["500"],
        "rule": {"dispatchRuleDirect": {"roomName": "lobby", "pin": "82731"}}
      }
    }
    ```

    ## Fix
    None: give it numbers or callers of its own, bind it to the trunk, or delete it.

    ## Evidence
    Seen: real calls with livekit-server 1.13.3 for each step of the order. LiveKit protocol
    `sip/sip.go`, `DispatchRulePriority` and `MatchDispatchRuleIter`; livekit/sip
    `pkg/sip/inbound.go`, `pinPrompt`.
    """
    for missed in misses(environment, settings, "covered", "trunk"):
        found = _unreachable(missed)
        if found is not None:
            yield found


def _unreachable(missed: Miss) -> Found | None:
    message, route = missed.rule.message, missed.instead
    if route is None:
        return None
    if missed.why == "trunk" and route.trunk is not None:
        return Found(
            whole(message),
            "no call gets to this rule: all of them come in by "
            f"{the('trunk', route.trunk.message)}, which it is not bound to",
            "Bind it to that trunk, or delete it.",
            related=((whole(route.trunk.message), "its calls come in here"),),
        )
    if route.rule is None:
        return None
    return Found(
        whole(message),
        f"no call gets to this rule: {the('rule', route.rule.message)} goes before it "
        f"({_before(route.rule, missed.rule)})",
        "Give it numbers or callers of its own, bind it to the trunk, or delete it.",
        related=((whole(route.rule.message), "takes its calls"),),
    )


@rule("LK724", "shadowed-rule", "warning", "dead", Environment)
def shadowed_rule(environment: Environment, settings: Settings) -> Iterator[Found]:
    """A rule that is bound to no trunk comes after those that are.

    ## What it finds
    A dispatch rule without `trunk_ids` that lists numbers or callers, where each such call that
    comes in by a trunk goes to a rule that is bound to the trunk. Told only where all files of the
    server were looked at and it is known which trunks are meant.

    ## Why it matters
    LiveKit prefers a rule that is bound to the trunk to any that is not, whatever they list: the
    exact number here counts for nothing. The rule gets at most what the trunk does not take, such
    as calls from an address that it does not list.

    ## Example
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123", "+442079460124"]}}
    ```
    ```json dispatch-rule.json
    {
      "dispatch_rule": {
        "name": "everything",
        "trunk_ids": ["twilio"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "numbers": ["+442079460124"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "sales"}}
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
        "name": "everything",
        "trunk_ids": ["twilio"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["twilio"],
        "numbers": ["+442079460124"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "sales"}}
      }
    }
    ```

    ## Fix
    None: bind it to the trunk as well.

    ## Evidence
    Seen: real calls with livekit-server 1.13.3, a bound rule without lists beside one with the
    exact number, without trunks: the bound one has the call. LiveKit protocol `sip/sip.go`,
    `MatchDispatchRuleIter`.
    """
    for missed in misses(environment, settings, "shadowed"):
        message, route = missed.rule.message, missed.instead
        if route is None or route.rule is None or route.trunk is None:
            continue
        field = "numbers" if missed.rule.numbers else "inbound_numbers"
        yield Found(
            in_file(message, at_key(message.at(field))),
            f"{the('rule', route.rule.message)} takes these calls: it is bound to "
            f"{the('trunk', route.trunk.message)} and so goes before this rule, which is bound to "
            "none",
            "Bind this rule to the trunk as well (trunk_ids).",
            related=((whole(route.rule.message), "goes before it"),),
        )


def _before(winner: Rule, other: Rule) -> str:
    """Why one rule goes before another."""
    return {
        "bound": "it is bound to the trunk, this one to none",
        "lists": "it lists more of numbers and callers",
        "pin": "it has a PIN",
        "kind": "direct goes before individual, individual before callee",
        "room": "its room comes first in the alphabet",
        "order": "its id comes first",
    }[edge(winner, other)]
