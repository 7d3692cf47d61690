"""Dispatch rules for calls that their trunks do not take."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.rules.found import Found, Place, at_key
from lklint.rules.registry import rule
from lklint.rules.workspace_places import in_file, the_trunks
from lklint.settings import Settings
from lklint.telephony.message import Message
from lklint.telephony.routing.reaching import Miss, Why
from lklint.workspace.environment import Environment


@rule("LK721", "rule-number-not-on-trunk", "error", "dead", Environment)
def rule_number_not_on_trunk(environment: Environment, settings: Settings) -> Iterator[Found]:
    """A rule is for numbers that its trunks do not have.

    ## What it finds
    A dispatch rule with `trunk_ids` and `numbers`, where none of the numbers is among those of its
    trunks. Told only where all files of the server were looked at and it is known which trunks are
    meant.

    ## Why it matters
    A trunk takes calls to its own numbers. A call to another number does not come in by it, so the
    rule, which is bound to the trunk, gets no call at all.

    ## Example
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123"]}}
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["twilio"],
        "numbers": ["+442079460132"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
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
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls with livekit-server 1.13.3, a call to a number on no trunk gets to no rule that
    is bound to one. LiveKit protocol `sip/sip.go`, `MatchTrunkDetailed` and
    `MatchDispatchRuleIter`.
    """
    for missed in misses(environment, settings, "number"):
        message, trunks = missed.rule.message, environment.probes.trunks_of(missed.rule)
        has = "has" if len(trunks) == 1 else "have"
        yield Found(
            in_file(message, at_key(message.at("numbers"))),
            f"no call gets to this rule: {the_trunks(trunks)} {has} none of its numbers",
            "Write the number as the trunk has it, or add it to the trunk.",
            related=tuple((_list_of(at.message, "numbers"), "its trunk") for at in trunks[:3]),
        )


@rule("LK722", "rule-callers-blocked", "error", "dead", Environment)
def rule_callers_blocked(environment: Environment, settings: Settings) -> Iterator[Found]:
    """A rule is for callers that its trunks turn away.

    ## What it finds
    A dispatch rule with `trunk_ids` and `inbound_numbers`, where none of the callers is among the
    `allowed_numbers` of its trunks. Told only where all files of the server were looked at and it
    is known which trunks are meant.

    ## Why it matters
    The trunk does not take a call from a caller that it does not list, so the rule, which is bound
    to the trunk, gets no call at all.

    ## Example
    ```json inbound-trunk.json
    {
      "trunk": {
        "name": "twilio",
        "numbers": ["+442079460123"],
        "allowed_numbers": ["+442079460500"]
      }
    }
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["twilio"],
        "inbound_numbers": ["+442079460600"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```

    ## Instead
    ```json inbound-trunk.json
    {
      "trunk": {
        "name": "twilio",
        "numbers": ["+442079460123"],
        "allowed_numbers": ["+442079460500", "+442079460600"]
      }
    }
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["twilio"],
        "inbound_numbers": ["+442079460600"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls with livekit-server 1.13.3, a caller that the trunk does not list gets to no
    rule that is bound to it. LiveKit protocol `sip/sip.go`, `MatchTrunkDetailed`.
    """
    for missed in misses(environment, settings, "caller"):
        message, trunks = missed.rule.message, environment.probes.trunks_of(missed.rule)
        allow = "allows" if len(trunks) == 1 else "allow"
        yield Found(
            in_file(message, at_key(message.at("inbound_numbers"))),
            f"no call gets to this rule: {the_trunks(trunks)} {allow} none of its callers",
            "Add the callers to allowed_numbers of the trunk, or take them out here.",
            related=tuple(
                (_list_of(at.message, "allowed_numbers"), "its trunk") for at in trunks[:3]
            ),
        )


def misses(environment: Environment, settings: Settings, *why: Why) -> Iterator[Miss]:
    """The rules that surely do not get their calls, for one of some reasons."""
    return (miss for miss in environment.misses(settings.server_version) if miss.why in why)


def _list_of(message: Message, field: str) -> Place:
    """A list of a trunk, by its name."""
    return in_file(message, at_key(message.at(field)))
