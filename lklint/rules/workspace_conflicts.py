"""Dispatch rules that claim the same calls."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.rules.found import Found, Place, listing, show
from lklint.rules.registry import rule
from lklint.rules.workspace_places import entry, is_newer, listed, the, whole
from lklint.settings import Settings
from lklint.telephony.message import Message
from lklint.telephony.routing.boxes import Side, shared
from lklint.telephony.routing.faults import RuleFault, reach
from lklint.telephony.routing.stored import Rule
from lklint.workspace.environment import Environment
from lklint.workspace.filed import home, may_be_one


@rule("LK703", "rule-conflict", "error", "rejected", Environment)
def rule_conflict(environment: Environment, settings: Settings) -> Iterator[Found]:
    """Two dispatch rules claim the same calls.

    ## What it finds
    Two dispatch rules of one server with the same PIN (or both without one), a trunk in common (or
    both bound to none), and in the same way a number and a caller in common. The kind of rule and
    the room make no difference.

    ## Why it matters
    LiveKit refuses to create the second one. `lk sip dispatch update` may let both in, and then it
    is worse: LiveKit checks all rules of a trunk before it chooses one, so every call on that trunk
    and every call without a trunk is cut off (503), whichever number it is for. Two such rules that
    are bound to no trunk end all calls. And no further rule can be created.

    ## Example
    ```json dispatch-rule.json
    {"dispatch_rule": {"rule": {"dispatchRuleIndividual": {"roomPrefix": "sales"}}}}
    ```
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleIndividual": {"roomPrefix": "support"}}}}
    ```

    ## Instead
    ```json dispatch-rule.json
    {
      "dispatch_rule": {
        "numbers": ["+442079460123"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "sales"}}
      }
    }
    ```
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleIndividual": {"roomPrefix": "support"}}}}
    ```

    ## Fix
    None: only you know which rule is meant. Where the files are meant for two servers, each has to
    have a folder of its own (`environments` in `lklint.toml`).

    ## Evidence
    Seen: real calls with livekit-server 1.13.3: create refused (`… combination already exists`); by
    update both were stored, and calls to another number with a rule of its own got 503. LiveKit
    protocol `sip/sip.go`, `DispatchRuleValidator`.
    """
    for fault in environment.exchange.rule_faults:
        one, other = fault.rule, fault.other
        if other is None or other is one:
            continue  # LK402 and LK404 say what is wrong with one rule alone
        if may_be_one(home(one.message), home(other.message)):
            continue
        if not _share_surely(environment, one, other):
            continue
        if is_newer(other.message, one.message):
            one, other = other, one
        claim = shared(one.box, other.box)
        yield Found(
            _claimed(one.message, claim),
            f"LiveKit refuses this rule beside {the('rule', other.message)}: both take "
            f"{_calls(environment, one, claim)}",
            "Let their trunks, numbers, callers or PINs differ, or delete one. If an update stores "
            f"both, {_ended(environment, fault)} (503).",
            related=((_claimed(other.message, claim), "claimed here already"),),
        )


def _share_surely(environment: Environment, one: Rule, other: Rule) -> bool:
    """Whether two rules have a trunk in common whichever trunks their entries mean."""
    bound = [environment.surely_bound_to(rule.message) or {""} for rule in (one, other)]
    return not bound[0].isdisjoint(bound[1])


def _calls(environment: Environment, rule: Rule, claim: Side) -> str:
    """The calls that two rules claim; a PIN is not told."""
    pin, trunk, caller, number = claim
    words = "calls"
    if caller:
        words += f" from {show(caller)}"
    words += f" to {show(number)}" if number else " to any number"
    if trunk:
        words += f" on {_trunk(environment, trunk)}"
    return f"{words}, with the same PIN" if pin else words


def _trunk(environment: Environment, name: str) -> str:
    trunk = environment.probes.trunk(name)
    return f"trunk {show(name)}" if trunk is None else the("trunk", trunk.message)


def _ended(environment: Environment, fault: RuleFault) -> str:
    """The calls that are cut off where both rules are stored."""
    ends = reach(fault)
    if ends.everywhere:
        return "every call is cut off"
    if not ends.trunks:
        return "every call without a trunk is cut off"
    on = listing([_trunk(environment, name) for name in sorted(ends.trunks)], most=3)
    return f"every call on {on}, and every one without a trunk, is cut off"


def _claimed(message: Message, claim: Side) -> Place:
    """What two rules have in common, in one of them."""
    _, trunk, caller, number = claim
    if number:
        return listed(message, "numbers", number)
    if caller:
        return listed(message, "inbound_numbers", caller)
    for text in message.texts("trunk_ids"):
        if text == trunk:
            return entry(message, text)
    return whole(message)
