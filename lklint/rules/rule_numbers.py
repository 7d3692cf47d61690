"""Family 2: the numbers of dispatch rules, which LiveKit compares as they are written."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.edits import Rename, Replace
from lklint.rules.found import Found, Proposal, at_key, at_value
from lklint.rules.numbers import advice
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.message import Text
from lklint.telephony.phone_numbers import NumberVerdict, classify
from lklint.telephony.resources import DispatchRule


@rule("LK210", "rule-number-format", "error", "dead", DispatchRule)
def rule_number_format(rule_: DispatchRule, settings: Settings) -> Iterator[Found]:
    """A number on a dispatch rule in a form that no call has.

    ## What it finds
    Blanks, hyphens, brackets, `*`, addresses and empty texts in `numbers` and `inboundNumbers`.

    ## Why it matters
    On a trunk LiveKit tidies numbers, on a rule it compares them exactly as the provider sends
    them. The rule never takes a call.

    ## Example
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "trunk_ids": ["ST_aB3xY9kLmN2p"],
        "numbers": ["+44 (20) 7946-0123"]
      }
    }
    ```

    ## Instead
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "trunk_ids": ["ST_aB3xY9kLmN2p"],
        "numbers": ["+442079460123"]
      }
    }
    ```

    ## Fix
    Unsafe: the plain number.

    ## Evidence
    Seen: real calls, rule-number-formatted and rule-number-star: silence.
    """
    for number in (*rule_.numbers, *rule_.inbound_numbers):
        verdict = classify(number, settings.default_region)
        if verdict.fault in ("formatted", "uri", "pattern", "unmatchable", "empty"):
            if verdict.fault == "formatted" and number.isdigit():
                continue
            yield Found(
                at_value(number.pointer),
                "a rule compares numbers exactly as the provider sends them: this matches no call",
                advice("Write it in E.164: a plus, the country code, digits", verdict),
                fix=_plain(number, verdict),
            )


@rule("LK211", "rule-number-exact", "info", "risky", DispatchRule)
def rule_number_exact(rule_: DispatchRule, settings: Settings) -> Iterator[Found]:
    """A dispatch rule for numbers, which must be written as the provider sends them.

    ## What it finds
    Numbers in `numbers` or `inboundNumbers` of a rule.

    ## Why it matters
    Some providers send `+442079460123`, others `442079460123`. A rule takes only calls that are
    written exactly alike; one cannot list both.

    ## Example
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "trunk_ids": ["ST_aB3xY9kLmN2p"],
        "numbers": ["+442079460123"]
      }
    }
    ```

    ## Instead
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "trunk_ids": ["ST_aB3xY9kLmN2p"],
        "name": "any number"
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls, rule-number-noplus: silence. agents#5847.
    """
    numbers = rule_.numbers or rule_.inbound_numbers
    if numbers:
        field = "numbers" if rule_.numbers else "inbound_numbers"
        yield Found(
            at_key(rule_.message.at(field)),
            "this rule takes only calls whose number is written exactly like this, plus or no plus",
            "Look at a call (attribute sip.trunkPhoneNumber or sip.phoneNumber): write it so.",
        )


@rule("LK213", "inbound-numbers-is-caller", "warning", "risky", DispatchRule)
def inbound_numbers_is_caller(rule_: DispatchRule, settings: Settings) -> Iterator[Found]:
    """`inboundNumbers` are callers, not your numbers.

    ## What it finds
    A rule with `inboundNumbers` and without `numbers`.

    ## Why it matters
    Many put their own number there. The rule then waits for calls from it, and every real call
    rings out, in LiveKit's log as flood.

    ## Example
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "trunk_ids": ["ST_aB3xY9kLmN2p"],
        "inboundNumbers": ["+442079460123"]
      }
    }
    ```

    ## Instead
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "trunk_ids": ["ST_aB3xY9kLmN2p"],
        "numbers": ["+442079460123"]
      }
    }
    ```

    ## Fix
    Unsafe: calls the field `numbers` (livekit-server 1.9.11 or newer).

    ## Evidence
    Seen: real calls, rule-inbound-did: silence. 4 of 5 public files have their own number there.
    """
    if not rule_.inbound_numbers or rule_.numbers:
        return
    key = rule_.message.at("inbound_numbers")
    yield Found(
        at_key(key),
        "this rule takes calls from these numbers, not calls to them",
        'If they are yours, call the field "numbers".',
        "the callers",
        fix=Proposal('call it "numbers"', (Rename(key, "numbers"),)),
    )


def _plain(number: Text, verdict: NumberVerdict) -> Proposal | None:
    """The fix that writes the one suggested number; what calls match changes, so it is unsafe."""
    if len(verdict.suggestions) != 1:
        return None
    better = verdict.suggestions[0]
    return Proposal(f"write {better}", (Replace(number.pointer, better),))
