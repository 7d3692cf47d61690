"""Family 2: the numbers of dispatch rules, which LiveKit compares as they are written."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.edits import Rename, Replace
from lklint.rules.found import Found, Proposal, at_key, at_value
from lklint.rules.numbers import E164, advice
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.message import Message, Text
from lklint.telephony.phone_numbers import (
    LONGEST_EXTENSION,
    NumberVerdict,
    classify,
    digits,
    has_formatting,
)
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
    Seen: real calls to rules with `+1 (555) 0100` and with `*` in `numbers`: 180, then silence. A
    rule with `15550105` in `inboundNumbers` did not take a call from `+15550105` either.
    """
    for number in (*rule_.numbers, *rule_.inbound_numbers):
        verdict = classify(number, settings.default_region)
        if verdict.fault in ("pattern", "empty"):
            mend = "List every number, or leave the list out for any."
        elif has_formatting(number) or verdict.fault in ("uri", "unmatchable"):
            mend = advice(E164, verdict)
        else:
            continue
        # Digits alone are what a provider may send, zeros in front and all.
        if not number.isdecimal():
            yield Found(
                at_value(number.pointer),
                "a rule compares numbers exactly as the provider sends them: this matches no call",
                mend,
                fix=_plain(number, verdict),
            )


@rule("LK211", "rule-number-exact", "info", "risky", DispatchRule)
def rule_number_exact(rule_: DispatchRule, settings: Settings) -> Iterator[Found]:
    """A dispatch rule for numbers, which must be written as the provider sends them.

    ## What it finds
    Telephone numbers in `numbers` or `inboundNumbers` of a rule.

    ## Why it matters
    Some providers send `+442079460123`, others `442079460123`. A rule takes only calls that are
    written exactly alike; LiveKit refuses a rule that lists both.

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
    Seen: real calls where the rule had `15550100`: one to `15550100` was answered, one to
    `+15550100` met silence. livekit/agents#5847.
    """
    lists = (
        ("numbers", rule_.numbers, "to", "sip.trunkPhoneNumber"),
        ("inbound_numbers", rule_.inbound_numbers, "from", "sip.phoneNumber"),
    )
    for field, numbers, word, attribute in lists:
        if _has_telephone_number(numbers):
            yield Found(
                at_key(rule_.message.at(field)),
                f"this rule takes only calls {word} numbers written exactly so, plus or no plus",
                f"Look at the attribute {attribute} of a call, and write the number like that.",
            )
            return


@rule("LK213", "inbound-numbers-is-caller", "warning", "risky", DispatchRule)
def inbound_numbers_is_caller(rule_: DispatchRule, settings: Settings) -> Iterator[Found]:
    """`inboundNumbers` are callers, not your numbers.

    ## What it finds
    A rule with telephone numbers in `inboundNumbers` and without `numbers`.

    ## Why it matters
    Many put their own number there. The rule then waits for calls from it, and every real call
    is turned away; LiveKit's log calls that "flood".

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
    Seen: a real call to a rule with its own number in `inbound_numbers`: 180, then silence.
    4 of 5 public files with the field have their own number there.
    """
    if rule_.numbers or not _has_telephone_number(rule_.inbound_numbers):
        return
    mend, fix = to_numbers(rule_.message, settings)
    yield Found(
        at_key(rule_.message.at("inbound_numbers")),
        "this rule takes calls from these numbers, not calls to them",
        mend,
        "the callers",
        fix=fix,
    )


def to_numbers(message: Message, settings: Settings) -> tuple[str, Proposal | None]:
    """What to do, and the fix, where the `inbound_numbers` of a rule are one's own."""
    if settings.older_server((1, 9, 11)):
        return "If they are yours, list them on the trunk: your server has no other way.", None
    fix = None
    if "numbers" not in message.value:
        fix = Proposal('call it "numbers"', (Rename(message.at("inbound_numbers"), "numbers"),))
    return 'If they are yours, call the field "numbers".', fix


def _has_telephone_number(numbers: tuple[Text, ...]) -> bool:
    """Whether a list has more than the names and the short extensions of a PBX."""
    return any(len(digits(number)) > LONGEST_EXTENSION for number in numbers)


def _plain(number: Text, verdict: NumberVerdict) -> Proposal | None:
    """The fix that writes the one suggested number; what calls match changes, so it is unsafe."""
    if len(verdict.suggestions) != 1 or not verdict.sure:
        return None
    better = verdict.suggestions[0]
    return Proposal(f"write {better}", (Replace(number.pointer, better),))
