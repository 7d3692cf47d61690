"""Agents that a dispatch rule asks for: how they are written."""

from __future__ import annotations

import json
from collections.abc import Iterator

from lklint.documents.edits import Remove, Replace
from lklint.documents.pointer import parent
from lklint.rules.agents import ask_for, mistaken_attribute, silence
from lklint.rules.found import Found, Proposal, at_member, at_value, show
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.agent_names import is_known, why_no_deployment
from lklint.telephony.placeholders import find_placeholder
from lklint.telephony.resources import Agent, DispatchRule


def _agents(dispatch: DispatchRule) -> tuple[Agent, ...]:
    return dispatch.room_config.agents if dispatch.room_config is not None else ()


@rule("LK506", "agent-deployment-syntax", "error", "dead", DispatchRule)
def agent_deployment_syntax(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """An agent with an impossible deployment name is never asked.

    ## What it finds
    `deployment` of an agent with a `_`, a blank or a control character, or of more than 64 bytes.

    ## Why it matters
    LiveKit stores it. When the call opens the room it refuses the name, writes a warning into its
    log and asks no agent: the phone rings on. No worker can register such a name either.

    ## Example
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "roomConfig": {"agents": [{"agentName": "bot", "deployment": "blue_green"}]}
      }
    }
    ```

    ## Instead
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "roomConfig": {"agents": [{"agentName": "bot", "deployment": "blue-green"}]}
      }
    }
    ```

    ## Fix
    None: the worker has to register the same name.

    ## Evidence
    Seen: real calls, `my_dep`: no job. LiveKit protocol, agent package, `ValidateDeployment`.
    """
    for agent in _agents(dispatch):
        name = agent.deployment
        why = why_no_deployment(name) if name is not None else None
        if name is None or why is None or find_placeholder(name) is not None:
            continue
        yield Found(
            at_value(name.pointer),
            f"this agent is never asked: {show(name)} cannot be a deployment, because {why}",
            "Choose another name, here and where the worker registers.",
        )


@rule("LK507", "agent-metadata-not-json", "info", "risky", DispatchRule)
def agent_metadata_not_json(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    r"""Metadata that is not JSON stops an agent that reads it as JSON.

    ## What it finds
    `metadata` of an agent that does not parse as JSON.

    ## Why it matters
    LiveKit hands the text to the job as it is. An agent that begins with
    `json.loads(ctx.job.metadata)` fails on it: the job ends and the phone rings on. An agent that
    takes plain text is fine.

    ## Example
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "roomConfig": {"agents": [{"agentName": "bot", "metadata": "{'line': 'support'}"}]}
      }
    }
    ```

    ## Instead
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "roomConfig": {"agents": [{"agentName": "bot", "metadata": "{\"line\": \"support\"}"}]}
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls, the metadata of an agent comes out as the metadata of its job.
    """
    for agent in _agents(dispatch):
        text = agent.metadata
        if text is None or _is_json(text) or find_placeholder(text) is not None:
            continue
        if text.lstrip().startswith(("{", "[")):
            headline = "this metadata looks like JSON and is not: an agent that parses it fails"
            mend = 'Write JSON inside the text: names and texts in double quotes, escaped as \\".'
        else:
            headline = "this metadata is plain text: an agent that reads its metadata as JSON fails"
            mend = "Fine if your agent takes it as it is; else write JSON inside the text."
        yield Found(at_value(text.pointer), headline, mend)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


@rule("LK509", "agent-in-attributes", "error", "dead", DispatchRule)
def agent_in_attributes(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """An attribute called `agentName` asks for no agent.

    ## What it finds
    `agentName` or `agent_name` in `attributes` of a rule that asks for no agent. Silent where a
    room preset may name agents, and where a known worker has no name.

    ## Why it matters
    Attributes are notes on the caller's participant. LiveKit reads agents from `room_config.agents`
    only, so the agent is not asked. Unless a worker without a name runs, the phone rings on.

    ## Example
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "attributes": {"agentName": "inbound-agent"}
      }
    }
    ```

    ## Instead
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "roomConfig": {"agents": [{"agentName": "inbound-agent"}]}
      }
    }
    ```

    ## Fix
    Unsafe: asks for the agent in `room_config`, and takes the attribute out.

    ## Evidence
    Seen: the server stores the attribute and asks no agent. livekit-server, `pkg/rtc/room.go`,
    `createAgentDispatchesFromRoomAgent`.
    """
    pair = mistaken_attribute(dispatch, settings)
    if pair is None:
        return
    whole = len(dispatch.attributes) == 1
    gone = Remove(parent(pair.name.pointer) if whole else pair.name.pointer)
    fix = None
    if pair.value:
        changes = (gone, *ask_for(dispatch.message, pair.value))
        fix = Proposal("move the name to roomConfig.agents", changes)
    yield Found(
        at_member(pair.name.pointer),
        "an attribute does not ask for the agent: unless a worker without a name runs, "
        f"{silence(dispatch)}",
        "Name the agent in roomConfig.agents.",
        fix=fix,
    )


@rule("LK510", "agent-name-blanks", "warning", "dead", DispatchRule)
def agent_name_blanks(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """A blank at the end of an agent's name belongs to the name.

    ## What it finds
    Blanks, tabs or line breaks before or after an agent's name. Silent where a known agent is
    called so, and where none is known by the name without them (LK502 says that).

    ## Why it matters
    Names are compared letter by letter. A worker registered as `bot` is not asked for `bot `.

    ## Example
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "roomConfig": {"agents": [{"agentName": "bot "}]}
      }
    }
    ```

    ## Instead
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "roomConfig": {"agents": [{"agentName": "bot"}]}
      }
    }
    ```

    ## Fix
    Unsafe: takes the blanks away.

    ## Evidence
    livekit-server, `pkg/agent/client.go`. Seen: real calls, `Bot` for `bot`: no job.
    """
    for agent in _agents(dispatch):
        name = agent.agent_name
        if name is None or name == name.strip() or is_known(name, settings.agents or ()):
            continue
        plain = name.strip()
        if settings.agents and not is_known(plain, settings.agents):
            continue  # LK502 says so
        fix = Proposal("take the blanks away", (Replace(name.pointer, plain),)) if plain else None
        yield Found(
            at_value(name.pointer),
            f"the blanks in {show(name)} belong to the name: a worker without them is not asked",
            "Take them away.",
            fix=fix,
        )
