"""Rules for callers: your own numbers among them, and callers that two rules claim alike."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.rules.found import Found, at_key, show
from lklint.rules.registry import rule
from lklint.rules.rule_numbers import to_numbers
from lklint.rules.workspace_places import in_file, listed, the, whole
from lklint.rules.workspace_reach import misses
from lklint.settings import Settings
from lklint.telephony.message import Message
from lklint.telephony.phone_numbers import normalize_number
from lklint.telephony.routing.stored import strings
from lklint.telephony.routing.ties import Tie, ties
from lklint.workspace.environment import Environment


@rule("LK727", "own-number-as-rule-caller", "warning", "dead", Environment, replaces="LK213")
def own_number_as_rule_caller(environment: Environment, settings: Settings) -> Iterator[Found]:
    """A rule lists the trunk's own numbers as callers.

    ## What it finds
    A dispatch rule whose `inbound_numbers` are all numbers of inbound trunks of the same server,
    and none of an outbound trunk. It speaks instead of LK213, which cannot know whose the numbers
    are. Told only where all files of the server were looked at.

    ## Why it matters
    `inbound_numbers` are the numbers that calls come *from*. Nobody calls you from your own number,
    so the rule gets no call: the number that was dialled belongs into `numbers`. (Older pages of
    LiveKit said it the other way round.)

    ## Example
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123"]}}
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "inbound_numbers": ["+442079460123"],
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
        "numbers": ["+442079460123"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```

    ## Fix
    Unsafe: calls the field `numbers` (livekit-server 1.9.11 or newer).

    ## Evidence
    Seen: real calls with livekit-server 1.13.3, the number that was dialled in `inbound_numbers`:
    180, then silence; livekit/sip#362. LiveKit protocol `sip/sip.go`, `MatchDispatchRuleIter`.
    """
    if not environment.complete:
        return
    blocked = {id(miss.rule) for miss in misses(environment, settings, "caller")}
    dialling = {
        normalize_number(number)
        for trunk in environment.outbound_trunks
        for number in strings(trunk, "numbers")
    }
    for one in environment.exchange.rules:
        if not one.callers or id(one) in blocked:
            continue
        trunk = environment.probes.trunk_with(one.callers[0])
        own = all(
            environment.probes.trunk_with(caller) and normalize_number(caller) not in dialling
            for caller in one.callers
        )
        if trunk is not None and own:
            key = one.message.at("inbound_numbers")
            mend, fix = to_numbers(one.message, settings)
            yield Found(
                in_file(one.message, at_key(key)),
                f"this rule is for calls from {show(one.callers[0])}, a number of "
                f"{the('trunk', trunk.message)}: nobody calls from there, so no call gets here",
                mend,
                "the callers",
                ((listed(trunk.message, "numbers", one.callers[0]), "your own number"),),
                fix,
            )


@rule("LK728", "order-by-room-name", "info", "risky", Environment)
def order_by_room_name(environment: Environment, settings: Settings) -> Iterator[Found]:
    """The alphabet decides which of two rules has a call.

    ## What it finds
    A rule for callers (`inbound_numbers`) and one for numbers (`numbers`), both of one kind and
    with the same PIN or none, that both take a call from such a caller to such a number. Told only
    where all files of the server were looked at and it is known which trunks the rules mean.

    ## Why it matters
    Each lists one thing, so neither goes before the other by that. LiveKit then compares the room
    names or prefixes as text, capitals before small letters: the call goes to the one that comes
    first, and renaming a room sends it elsewhere.

    ## Example
    ```json dispatch-rule.json
    {
      "dispatch_rule": {
        "name": "partners",
        "inbound_numbers": ["+442079460500"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "partner"}}
      }
    }
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "numbers": ["+442079460123"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```

    ## Instead
    ```json dispatch-rule.json
    {
      "dispatch_rule": {
        "name": "partners",
        "inbound_numbers": ["+442079460500"],
        "numbers": ["+442079460123"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "partner"}}
      }
    }
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "numbers": ["+442079460123"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```

    ## Fix
    None: a rule that lists both goes before one that lists one.

    ## Evidence
    Seen: livekit-server 1.13.3, two such rules, the one with the smaller room name has the call.
    LiveKit protocol `sip/sip.go`, `hasHigherPriority`.
    """
    for tie in _ties(environment, settings):
        if not tie.by_id:
            yield _undecided(tie, "its room comes first in the alphabet")


@rule("LK729", "order-by-id", "warning", "risky", Environment)
def order_by_id(environment: Environment, settings: Settings) -> Iterator[Found]:
    """Chance decides which of two rules has a call.

    ## What it finds
    A rule for callers (`inbound_numbers`) and one for numbers (`numbers`), both of one kind, with
    the same room and with the same PIN or none, that both take a call from such a caller to such a
    number, and do not ask for the same (agents, attributes, metadata …). Told only where all files
    of the server were looked at and it is known which trunks the rules mean.

    ## Why it matters
    Nothing that is written puts one before the other. LiveKit takes the one with the smaller id,
    and ids are random: created again, the other one may have the call.

    ## Example
    ```json dispatch-rule.json
    {
      "dispatch_rule": {
        "name": "partners",
        "inbound_numbers": ["+442079460500"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "room_config": {"agents": [{"agent_name": "partner-desk"}]}
      }
    }
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "numbers": ["+442079460123"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "room_config": {"agents": [{"agent_name": "front-desk"}]}
      }
    }
    ```

    ## Instead
    ```json dispatch-rule.json
    {
      "dispatch_rule": {
        "name": "partners",
        "inbound_numbers": ["+442079460500"],
        "numbers": ["+442079460123"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "room_config": {"agents": [{"agent_name": "partner-desk"}]}
      }
    }
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "numbers": ["+442079460123"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "room_config": {"agents": [{"agent_name": "front-desk"}]}
      }
    }
    ```

    ## Fix
    None: a rule that lists both goes before one that lists one.

    ## Evidence
    Seen: livekit-server 1.13.3, two such rules with the same room: the smaller id has the call.
    LiveKit protocol `sip/sip.go`, `hasHigherPriority`.
    """
    for tie in _ties(environment, settings):
        if tie.by_id and _asks_for(tie.winner.message) != _asks_for(tie.other.message):
            yield _undecided(tie, "its id happens to come first")


def _ties(environment: Environment, settings: Settings) -> Iterator[Tie]:
    if environment.is_known:
        yield from ties(environment.probes, settings.server_version)


def _undecided(tie: Tie, why: str) -> Found:
    call, loser, winner = tie.route.call, tie.other, tie.winner.message
    field = "numbers" if loser.numbers else "inbound_numbers"
    return Found(
        in_file(loser.message, at_key(loser.message.at(field))),
        f"a call from {show(call.caller)} to {show(call.called)} is for this rule and for "
        f"{the('rule', winner)}, which has it only because {why}",
        "Give the rule that is to have the call both, numbers and inbound_numbers.",
        related=((whole(winner), "has the call"),),
    )


def _asks_for(message: Message) -> dict[str, object]:
    """What a rule asks for, apart from the calls that it is for."""
    about_calls = ("name", "numbers", "inbound_numbers", "trunk_ids", "sip_dispatch_rule_id")
    keys = {message.key(field) for field in about_calls}
    return {key: value for key, value in message.value.items() if key not in keys}
