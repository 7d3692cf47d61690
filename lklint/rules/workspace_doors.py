"""What is protected in one file and stands open by another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lklint.rules.found import Found, Place, at_brace, at_value, listing, show
from lklint.rules.registry import rule
from lklint.rules.workspace_places import in_file, the, whole
from lklint.settings import Settings
from lklint.telephony.message import Message
from lklint.telephony.resources import RuleKind, rule_kind
from lklint.telephony.routing import route
from lklint.telephony.routing.doors import open_doors
from lklint.telephony.routing.stored import Rule, Trunk
from lklint.workspace.environment import Environment

MOST_PROBES = 10
"""Calls that are tried to find one that is asked for a PIN."""


@rule("LK741", "trunk-bypassed", "warning", "insecure", Environment, replaces="LK422")
def trunk_bypassed(environment: Environment, settings: Settings) -> Iterator[Found]:
    """A rule bound to no trunk makes the login of a trunk worthless.

    ## What it finds
    A dispatch rule without `trunk_ids` that has calls of a trunk with a login or a list of
    addresses, and takes a call that no trunk let in as well. It names the trunks, and speaks
    instead of LK422, which knows of none. Silent with `target = "cloud"`, and where not all files
    of the server were looked at or it is not known which trunks the rules mean.

    ## Why it matters
    On a self-hosted server a call that matches no trunk (another number, an address that is not
    listed) is not refused: it has no trunk, so nobody asks for a login, and a rule without
    `trunk_ids` takes it. A stranger lands where callers of the trunk land, and needs no password.

    ## Example
    ```json inbound-trunk.json
    {
      "trunk": {
        "name": "twilio",
        "numbers": ["+442079460123"],
        "allowed_addresses": ["54.171.127.192/30"]
      }
    }
    ```
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}}}
    ```

    ## Instead
    ```json inbound-trunk.json
    {
      "trunk": {
        "name": "twilio",
        "numbers": ["+442079460123"],
        "allowed_addresses": ["54.171.127.192/30"]
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
    None: bind the rule to its trunks.

    ## Evidence
    Seen: real calls with livekit-server 1.13.3, a call from an address that is not listed, and one
    to another number past a login: both answered. livekit-server `pkg/service/ioservice_sip.go`;
    livekit/sip#460.
    """
    if settings.target == "cloud" or not environment.is_known:
        return
    trunks: dict[str, list[Trunk]] = {}
    rules: dict[str, Rule] = {}
    for free, trunk in open_doors(environment.probes, settings.server_version):
        rules[free.id] = free
        trunks.setdefault(free.id, []).append(trunk)
    for name, free in rules.items():
        past = [the("trunk", trunk.message) for trunk in trunks[name]]
        where = "" if settings.target else "on a self-hosted server "
        gate = "; only its PIN is left" if free.pin else ""
        yield Found(
            _unbound(free.message),
            f"this rule is bound to no trunk: {where}it also takes calls that no trunk let in, and "
            f"so strangers get past the protection of {listing(past, most=3)}{gate}",
            "List the trunks it is for in trunk_ids.",
            "no trunk_ids",
            tuple((whole(trunk.message), "protects nothing") for trunk in trunks[name][:3]),
        )


@rule("LK742", "pin-bypassed", "warning", "insecure", Environment)
def pin_bypassed(environment: Environment, settings: Settings) -> Iterator[Found]:
    """The room that a PIN protects stands open by another rule.

    ## What it finds
    A direct rule with a PIN, and one without a PIN that leads to the same room, where a caller who
    is asked for the PIN gets there by pressing `#` alone. Told only where all files of the server
    were looked at and it is known which trunks the rules mean.

    ## Why it matters
    `#` without digits says that the caller has no PIN, and LiveKit then looks for a rule without
    one. Here it finds one with the same room.

    ## Example
    ```json dispatch-rule.json
    {
      "dispatch_rule": {
        "name": "guests",
        "rule": {"dispatchRuleDirect": {"roomName": "board"}}
      }
    }
    ```
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "board", "pin": "82731"}}}}
    ```

    ## Instead
    ```json dispatch-rule.json
    {
      "dispatch_rule": {
        "name": "guests",
        "rule": {"dispatchRuleDirect": {"roomName": "lobby"}}
      }
    }
    ```
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "board", "pin": "82731"}}}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls with livekit-server 1.13.3, a PIN and an open rule, `#`: the open rule.
    livekit/sip `pkg/sip/inbound.go`, `pinPrompt`.
    """
    if not environment.is_known:
        return
    open_rooms = {kind.room for one, kind in _direct_rules(environment) if not one.pin}
    for one, kind in _direct_rules(environment):
        if not one.pin or kind.room not in open_rooms:
            continue
        for probe in islice(environment.probes.of_rule(one), MOST_PROBES):
            call, version = probe.call, settings.server_version
            hashed = route(call._replace(no_pin=True), environment.exchange, version)
            if hashed.answer.unasked or hashed.rule is None or hashed.room != kind.room:
                continue
            yield Found(
                whole(one.message),
                f"the PIN of room {show(kind.room)} keeps nobody out: # alone leads into the same "
                f"room, by {the('rule', hashed.rule.message)}",
                "Send the rule without a PIN to another room, or give it the PIN too.",
                related=((whole(hashed.rule.message), "leads there without a PIN"),),
            )
            break


@rule("LK743", "room-with-other-agents", "warning", "risky", Environment)
def room_with_other_agents(environment: Environment, settings: Settings) -> Iterator[Found]:
    """Two rules share a room and ask other agents into it.

    ## What it finds
    Two direct rules with the same room name that both name agents, and not the same ones.

    ## Why it matters
    Agents are asked only by the call that opens the room. A caller of the other rule who comes
    while the room is there meets the callers and the agent of the first, and the agent of the other
    rule never comes.

    ## Example
    ```json dispatch-rule.json
    {
      "dispatch_rule": {
        "numbers": ["+442079460123"],
        "rule": {"dispatchRuleDirect": {"roomName": "desk"}},
        "room_config": {"agents": [{"agent_name": "sales"}]}
      }
    }
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "numbers": ["+442079460124"],
        "rule": {"dispatchRuleDirect": {"roomName": "desk"}},
        "room_config": {"agents": [{"agent_name": "support"}]}
      }
    }
    ```

    ## Instead
    ```json dispatch-rule.json
    {
      "dispatch_rule": {
        "numbers": ["+442079460123"],
        "rule": {"dispatchRuleDirect": {"roomName": "sales"}},
        "room_config": {"agents": [{"agent_name": "sales"}]}
      }
    }
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "numbers": ["+442079460124"],
        "rule": {"dispatchRuleDirect": {"roomName": "support"}},
        "room_config": {"agents": [{"agent_name": "support"}]}
      }
    }
    ```

    ## Fix
    None: give each rule a room of its own, best one for each call (`dispatchRuleIndividual`).

    ## Evidence
    Seen: real calls with livekit-server 1.13.3, a room that was there before the call: no job.
    livekit-server `pkg/service/roommanager.go`.
    """
    first: dict[str, tuple[Rule, frozenset[str]]] = {}
    for one, kind in _direct_rules(environment):
        config = one.resource.room_config
        agents = frozenset(at.agent_name or "" for at in config.agents) if config else frozenset()
        if not agents:
            continue
        other, others = first.setdefault(str(kind.room), (one, agents))
        if agents != others:
            yield Found(
                in_file(one.message, at_value(kind.room.pointer if kind.room else "")),
                f"this rule shares the room {show(kind.room)} with {the('rule', other.message)} "
                "and asks for other agents: the one that comes is of the rule whose call opens it",
                "Give each rule a room of its own.",
                related=((whole(other.message), "asks for other agents"),),
            )


def _direct_rules(environment: Environment) -> Iterator[tuple[Rule, RuleKind]]:
    for one in environment.exchange.rules:
        kind = rule_kind(one.message)
        if kind is not None and kind.kind == "direct" and kind.room is not None:
            yield one, kind


def _unbound(message: Message) -> Place:
    """What LK422 marks in a rule that is bound to no trunk."""
    if message.get("trunk_ids") is None:
        return in_file(message, at_brace(message.pointer))
    return in_file(message, at_value(message.at("trunk_ids")))
