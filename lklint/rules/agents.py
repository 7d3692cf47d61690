"""Agents that a dispatch rule asks for: whether one comes."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.edits import Change, Remove
from lklint.rules.found import Found, Place, Proposal, at_brace, at_key, at_value, listing, show
from lklint.rules.putting import put
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.agent_names import closest, is_known, names_an_agent
from lklint.telephony.message import Message, Pair
from lklint.telephony.placeholders import find_placeholder
from lklint.telephony.resources import Agent, DispatchRule


def _agents(dispatch: DispatchRule) -> tuple[Agent, ...]:
    return dispatch.room_config.agents if dispatch.room_config is not None else ()


def _named(settings: Settings) -> list[str]:
    """The known agents that have a name of their own, in order."""
    return sorted(name for name in settings.agents or () if name and "*" not in name)


def _has_unnamed_worker(settings: Settings) -> bool:
    return settings.agents is not None and "" in settings.agents


def ask_for(message: Message, name: str) -> tuple[Change, ...]:
    """The changes that make a rule ask for an agent; `message` is the rule's."""
    snake = message.spelled("room_config") == "room_config"
    agents = [{"agent_name" if snake else "agentName": name}]
    config = message.message("room_config")
    if config is None:
        return (put(message, "room_config", {"agents": agents}),)
    return (put(config, "agents", agents),)


def may_lack_agents(dispatch: DispatchRule, settings: Settings) -> bool:
    """Whether a rule asks for no agent, as far as can be seen, and no agent comes unasked."""
    asked = bool(_agents(dispatch)) or dispatch.room_preset is not None
    return not asked and not _has_unnamed_worker(settings)


def mistaken_attribute(dispatch: DispatchRule, settings: Settings) -> Pair | None:
    """The attribute that was meant to ask for an agent, where nothing else does (LK509)."""
    if not may_lack_agents(dispatch, settings):
        return None
    return next((pair for pair in dispatch.attributes if names_an_agent(pair.name)), None)


def silence(dispatch: DispatchRule) -> str:
    """What a caller meets where nobody comes. A rule with a PIN has answered the call by then."""
    pin = dispatch.rule is not None and dispatch.rule.pin
    return "the caller hears nothing after the PIN" if pin else "the phone rings on"


def comes_once(dispatch: DispatchRule) -> str:
    """What happens to the agents of a rule whose calls share a room, as the end of a sentence."""
    return "; only the call that opens the room gets its agent" if _agents(dispatch) else ""


@rule("LK501", "no-agent", "warning", "dead", DispatchRule)
def no_agent(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """A rule that asks for no agent is answered only by a worker without a name.

    ## What it finds
    A dispatch rule without `room_config.agents`. Silent where a room preset may name agents, and
    where a known worker has no name.

    ## Why it matters
    A worker with a name (`agent_name`) comes only when it is asked for. Without a request LiveKit
    asks the workers that have no name, and if there is none, the phone rings until the caller gives
    up or three minutes are over. Where people answer in the room, and no agent, all is well.

    ## Example
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}}}
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
    Unsafe, where exactly one agent is known: asks for it.

    ## Evidence
    Seen: real calls, a named worker and no agents in the rule: no job, 180 s of ringing; an unnamed
    worker: answered. livekit-server, `pkg/rtc/room.go`, `createAgentDispatchesFromRoomAgent`.
    """
    if dispatch.rule is None or not may_lack_agents(dispatch, settings):
        return
    if mistaken_attribute(dispatch, settings) is not None:
        return  # LK509 says so
    names = _named(settings)
    then = silence(dispatch)
    if names:
        shown = listing([show(name) for name in names])
        come = "comes" if len(names) == 1 else "come"
        headline = f"this rule asks for no agent, and {shown} only {come} when asked: {then}"
    else:
        headline = f"this rule asks for no agent: unless a worker without a name runs, {then}"
    config = dispatch.room_config
    at = config.message.pointer if config is not None else dispatch.message.pointer
    fix = None
    if len(names) == 1:
        fix = Proposal(f"ask for {show(names[0])}", ask_for(dispatch.message, names[0]))
    yield Found(
        at_brace(at),
        headline,
        "Name the agent in roomConfig.agents, unless people answer in the room.",
        label="no agents",
        fix=fix,
    )


@rule("LK502", "unknown-agent", "error", "dead", DispatchRule)
def unknown_agent(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """An agent that nobody runs under this name never comes.

    ## What it finds
    An agent name that is none of the known ones: those given with `--agent`, and those read from
    the sources given with `--agent-source`. Silent where neither is given. An entry without a name
    asks for the workers that have none; it is found where no such worker is known.

    ## Why it matters
    LiveKit asks the workers registered under exactly this name, capitals and dashes included. If
    there is none, it only writes a line into its log, and the phone rings until the caller gives
    up. The unnamed workers are not asked either, because the rule names an agent.

    ## Example
    ```json dispatch-rule agents=inbound-agent,survey
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "roomConfig": {"agents": [{"agentName": "inbound_agent"}]}
      }
    }
    ```

    ## Instead
    ```json dispatch-rule agents=inbound-agent,survey
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "roomConfig": {"agents": [{"agentName": "inbound-agent"}]}
      }
    }
    ```

    ## Fix
    Unsafe: puts the known name that looks most alike, or the only one into an entry without.

    ## Evidence
    Seen: real calls, `Bot` for `bot`, a name for an unnamed worker: no job, the phone rings.
    livekit-server, `pkg/agent/client.go`.
    """
    if not settings.agents:
        return
    agents = _agents(dispatch)
    comes = any(is_known(agent.agent_name or "", settings.agents) for agent in agents)
    then = "it does not join the call" if comes else silence(dispatch)
    for agent in agents:
        name = agent.agent_name or ""
        if is_known(name, settings.agents) or find_placeholder(name) is not None:
            continue
        if name and is_known(name.strip(), settings.agents):
            continue  # LK510 says so
        meant = closest(name, settings.agents) if name else _only(_named(settings))
        what = f"no worker goes by the name {show(name)}"
        if not name:
            what = "this entry asks for a worker without a name, and none is known"
        yield Found(
            _place_of_name(agent),
            f"{what}: {then}",
            _which_names(meant, settings),
            fix=_rename(agent, meant),
        )


def _only(names: list[str]) -> str | None:
    return names[0] if len(names) == 1 else None


def _place_of_name(agent: Agent) -> Place:
    given = agent.message.key("agent_name") is not None
    return at_value(agent.message.at("agent_name")) if given else at_brace(agent.message.pointer)


def _which_names(meant: str | None, settings: Settings) -> str:
    names = _named(settings)
    if meant is not None:
        return f"Did you mean {show(meant)}?"
    if names:
        return f"Known agents: {listing([show(name) for name in names])}."
    return (
        "The known worker has no name: give it this one in its code (agent_name), or take the "
        "agents out. If LIVEKIT_AGENT_NAME names it, tell lklint with --agent."
    )


def _rename(agent: Agent, meant: str | None) -> Proposal | None:
    if meant is None:
        return None
    return Proposal(f"write {show(meant)}", (put(agent.message, "agent_name", meant),))


@rule("LK503", "empty-agent-name", "info", "risky", DispatchRule)
def empty_agent_name(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """An agent without a name means the workers that have none.

    ## What it finds
    An entry of `room_config.agents` without `agent_name`, or with an empty one. Silent where the
    agents are known (`--agent`): then it is right, or LK502 says that it is not.

    ## Why it matters
    It asks the unnamed workers, as a rule without agents does. A worker with a name does not come.

    ## Example
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "roomConfig": {"agents": [{"metadata": "{}"}]}
      }
    }
    ```

    ## Instead
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "roomConfig": {"agents": [{"agentName": "inbound-agent", "metadata": "{}"}]}
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls, an empty name and an unnamed worker: answered. livekit-server,
    `pkg/agent/client.go`.
    """
    if settings.agents:
        return
    for agent in _agents(dispatch):
        if agent.agent_name is not None:
            continue
        yield Found(
            _place_of_name(agent),
            "this entry asks for a worker without a name: one that has a name does not come",
            "Write the agent's name, unless your worker really has none.",
        )


@rule("LK504", "duplicate-agent", "warning", "risky", DispatchRule)
def duplicate_agent(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """An agent that is asked twice comes twice.

    ## What it finds
    Two entries of `room_config.agents` with the same name and the same deployment.

    ## Why it matters
    LiveKit starts a job for each entry: two agents join the room and talk at the same time.

    ## Example
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "roomConfig": {"agents": [{"agentName": "bot"}, {"agentName": "bot"}]}
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
    Unsafe: takes the later entry out.

    ## Evidence
    Seen: real calls, two jobs and two agents in the room. livekit-server, `pkg/rtc/room.go`.
    """
    first: dict[tuple[str, str], Agent] = {}
    for agent in _agents(dispatch):
        key = (agent.agent_name or "", agent.deployment or "")
        earlier = first.setdefault(key, agent)
        if earlier is agent:
            continue
        who = show(agent.agent_name) if agent.agent_name else "a worker without a name"
        yield Found(
            at_value(agent.message.pointer),
            f"{who} is asked twice: two agents join the call and talk at the same time",
            "Take one of the entries out.",
            related=((at_value(earlier.message.pointer), "asked here already"),),
            fix=Proposal("take the second entry out", (Remove(agent.message.pointer),)),
        )


@rule("LK505", "agents-in-existing-room", "warning", "risky", DispatchRule)
def agents_in_existing_room(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """Agents are asked only when the call opens the room.

    ## What it finds
    Agents in a direct rule. Where calls share a room by another rule, LK409 or LK412 says so.

    ## Why it matters
    `room_config` is read when a room is made. A call that comes into a room that is there already,
    because another call is in it, the last one has just ended, or a program made it, asks for no
    agent; nothing tells so, and the phone rings.

    ## Example
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleDirect": {"roomName": "support"}},
        "roomConfig": {"agents": [{"agentName": "inbound-agent"}]}
      }
    }
    ```

    ## Instead
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "support"}},
        "roomConfig": {"agents": [{"agentName": "inbound-agent"}]}
      }
    }
    ```

    ## Fix
    None: another kind of rule, or a dispatch by your own program (`AgentDispatchService`).

    ## Evidence
    Seen: real calls, a second call seconds after the first and a room made beforehand: no job.
    livekit-server, `pkg/service/roommanager.go`; livekit/livekit#4390.
    """
    kind, config = dispatch.rule, dispatch.room_config
    if kind is None or kind.kind != "direct" or kind.room is None:
        return  # without a room no call gets that far: LK405
    if config is None or not config.agents:
        return
    yield Found(
        at_key(config.message.at("agents")),
        "the agent is asked only by the call that opens the room: a later call into the same room "
        "gets none",
        "Give each call a room of its own, or let your own program dispatch the agent.",
    )
