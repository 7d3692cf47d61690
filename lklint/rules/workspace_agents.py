"""Agent names of different rules."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from lklint.rules.found import Found, Place, at_value, show
from lklint.rules.registry import rule
from lklint.rules.workspace_places import in_file
from lklint.settings import Settings
from lklint.telephony.agent_names import are_one_slip_apart
from lklint.workspace.environment import Environment

MOST_NAMES = 200
"""Names that are held against each other. Where there are more, a program wrote them."""


class _Named(NamedTuple):
    """Where a name stands first, and in how many places."""

    place: Place
    times: int


@rule("LK747", "agent-name-twins", "info", "risky", Environment)
def agent_name_twins(environment: Environment, settings: Settings) -> Iterator[Found]:
    """Two rules ask for agents whose names differ by a slip.

    ## What it finds
    Two agent names in the rules of one server that differ in capitals, dashes or underscores, or in
    one letter of a long word. Where the agents are known (`--agent`, `--agent-source`), LK502
    speaks instead.

    ## Why it matters
    LiveKit asks for exactly the name that is written. If both mean one agent, it does not come to
    the calls of one rule, and nothing tells so.

    ## Example
    ```json dispatch-rule.json
    {
      "dispatch_rule": {
        "numbers": ["+442079460123"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "sales"}},
        "room_config": {"agents": [{"agent_name": "front-desk"}]}
      }
    }
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "numbers": ["+442079460124"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "support"}},
        "room_config": {"agents": [{"agent_name": "front_desk"}]}
      }
    }
    ```

    ## Instead
    ```json dispatch-rule.json
    {
      "dispatch_rule": {
        "numbers": ["+442079460123"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "sales"}},
        "room_config": {"agents": [{"agent_name": "front-desk"}]}
      }
    }
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "numbers": ["+442079460124"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "support"}},
        "room_config": {"agents": [{"agent_name": "front-desk"}]}
      }
    }
    ```

    ## Fix
    None: `lklint check --agent-source` reads which names your agents run under.

    ## Evidence
    Seen: real calls with livekit-server 1.13.3, `Bot` for `bot`: no job. livekit-server
    `pkg/agent/client.go`.
    """
    if settings.agents:
        return
    names = _agent_names(environment)
    if len(names) > MOST_NAMES:
        return
    for one, other in combinations(names, 2):
        if are_one_slip_apart(one, other):
            rare, usual = (one, other) if names[one].times < names[other].times else (other, one)
            yield Found(
                names[rare].place,
                f"agents {show(rare)} and {show(usual)} are two to LiveKit: if one is meant, it "
                "does not come to these calls",
                "Write the name as the agent runs under it (agent_name in its code).",
                related=((names[usual].place, "so here"),),
            )


def _agent_names(environment: Environment) -> dict[str, _Named]:
    names: dict[str, _Named] = {}
    for dispatch in environment.dispatch_rules:
        config = dispatch.message("room_config")
        for agent in config.messages("agents") if config is not None else ():
            name = agent.text("agent_name")
            if name is not None:
                place = in_file(dispatch, at_value(name.pointer))
                first = names.get(name, _Named(place, 0))
                names[name] = first._replace(times=first.times + 1)
    return names
