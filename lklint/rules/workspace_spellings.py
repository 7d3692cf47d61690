"""Numbers that a dispatch rule and its trunk spell in two ways."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.rules.found import Found, show
from lklint.rules.registry import rule
from lklint.rules.workspace_places import entry, listed, the
from lklint.settings import Settings
from lklint.telephony.phone_numbers import has_formatting, normalize_number
from lklint.telephony.routing.stored import Trunk
from lklint.workspace.environment import Environment


@rule("LK733", "rule-number-spelled-otherwise", "warning", "risky", Environment)
def rule_number_spelled_otherwise(environment: Environment, settings: Settings) -> Iterator[Found]:
    """A rule spells a number in another way than its trunk.

    ## What it finds
    A number of a dispatch rule that a trunk of the rule has with a `+` and the rule without one, or
    the other way round.

    ## Why it matters
    A trunk takes a call to `442079460123` and one to `+442079460123` alike. A rule compares letter
    by letter, so it takes only one of them. If the provider sends the number as the trunk spells
    it, the rule does not take the call.

    ## Example
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123"]}}
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["twilio"],
        "numbers": ["442079460123"],
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
    None: how the provider sends the number, the files do not tell.

    ## Evidence
    Seen: real calls where the rule had `15550100`: one to `15550100` was answered, one to
    `+15550100` met silence. LiveKit protocol `sip/sip.go`, `MatchTrunkDetailed` and
    `MatchDispatchRuleIter`.
    """
    probes = environment.probes
    for found in environment.exchange.rules:
        if not found.numbers or not environment.is_settled(found.message):
            continue
        bound = set(found.trunk_ids)
        for number in found.message.texts("numbers"):
            if has_formatting(number):
                continue  # LK210
            trunks = [
                trunk
                for trunk in probes.trunks_for(number)
                if trunk.numbers and (not bound or trunk.id in bound)
            ]
            if trunks and not any(number in _spellings(trunk) for trunk in trunks):
                message = trunks[0].message
                place = listed(message, "numbers", number)
                spelled = next(at for at in _spellings(trunks[0]) if _is_same(at, number))
                yield Found(
                    entry(found.message, number),
                    f"{the('trunk', message)} spells this number {show(spelled)}, and a rule "
                    "compares letter by letter: a call that is sent so is not taken by this rule",
                    "Write the number as the provider sends it: the attribute sip.trunkPhoneNumber "
                    "of a call shows it.",
                    related=((place, "its trunk"),),
                )


def _spellings(trunk: Trunk) -> Iterator[str]:
    """The numbers of a trunk as a provider that has them from there would send them."""
    for number in trunk.message.texts("numbers"):
        yield normalize_number(number) if has_formatting(number) else str(number)


def _is_same(one: str, other: str) -> bool:
    return normalize_number(one) == normalize_number(other)
