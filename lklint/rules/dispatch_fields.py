"""Dispatch rules: what they take in, and the fields beside the rule itself."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.edits import Remove
from lklint.rules.found import Found, Proposal, at_brace, at_key, at_member, at_value, show
from lklint.rules.registry import rule
from lklint.rules.rooms import holds_one_caller
from lklint.settings import Settings
from lklint.telephony.attributes import (
    LARGEST_ATTRIBUTES,
    LARGEST_METADATA,
    bytes_of,
    is_overwritten,
    size,
)
from lklint.telephony.resources import DispatchRule


@rule("LK422", "wildcard-rule", "warning", "insecure", DispatchRule)
def wildcard_rule(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """A rule bound to no trunk takes calls that no trunk let in.

    ## What it finds
    A dispatch rule without `trunk_ids`, or with an empty list. Silent with `--target cloud`.

    ## Why it matters
    Such a rule takes calls from every trunk. On a self-hosted server it also takes calls that
    matched no trunk at all: a wrong number, a caller or an address that the trunk does not allow.
    Those calls are not asked for a password either, because there is no trunk that has one. So the
    protection of every trunk can be walked around. Bound to its trunk, the same rule turns such
    calls away: up to livekit-server 1.13.7 they ring on, since 1.13.8 they are rejected (404).

    On LiveKit Cloud with LiveKit's own phone numbers a rule without trunks is the normal set-up.
    Where you have trunks of your own, bind it there too.

    ## Example
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}}}
    ```

    ## Instead
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["ST_aB3xY9kLmN2p"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```

    ## Fix
    None: the file does not tell which trunk is meant. `lk sip dispatch create --trunks ST_…` binds
    the rule without changing the file.

    ## Evidence
    Seen: real calls. With a wildcard rule, a call from an address that the trunk does not list was
    answered, and one to another number got past the password of the trunk. livekit-server,
    `pkg/service/ioservice_sip.go`; livekit/sip#460.
    """
    if dispatch.rule is None or dispatch.trunk_ids or settings.target == "cloud":
        return
    message = dispatch.message
    given = message.get("trunk_ids")
    if given:
        return  # a list of something else than texts
    place = at_brace(message.pointer) if given is None else at_value(message.at("trunk_ids"))
    gate = "no password or address list protects"
    if dispatch.rule.pin is not None:
        gate = "only its PIN stands before"
    where, mend = "", "List the trunks it is for in trunk_ids."
    if settings.target is None:
        where = "on a self-hosted server "
        mend += " With LiveKit phone numbers on LiveKit Cloud a rule without trunks is normal."
    yield Found(
        place,
        f"this rule is bound to no trunk: {where}it also takes calls that no trunk let in, "
        f"so {gate} its room",
        mend,
        label="no trunk_ids",
    )


@rule("LK423", "room-preset-cloud-only", "warning", "dead", DispatchRule)
def room_preset_cloud_only(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """A room preset that the server does not know ends every call.

    ## What it finds
    `room_preset` on a dispatch rule, with `--target self-hosted`.

    ## Why it matters
    Presets are kept by LiveKit Cloud. A self-hosted server knows only those in its own
    configuration file, and for any other name the call is rejected at once (486).

    ## Example
    ```json dispatch-rule target=self-hosted
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "room_preset": "recorded"
      }
    }
    ```

    ## Instead
    ```json dispatch-rule target=self-hosted
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "room_config": {"empty_timeout": 60}
      }
    }
    ```

    ## Fix
    None: what the preset holds must be written in `room_config`.

    ## Evidence
    Seen: real calls, livekit-server 1.13.3, an unknown preset: 486 at once. livekit-server,
    `pkg/service/roomallocator.go`, `applyNamedRoomConfiguration`.
    """
    preset = dispatch.room_preset
    if preset is None or settings.target != "self-hosted":
        return
    yield Found(
        at_member(preset.pointer),
        f"a self-hosted server that does not know the preset {show(preset)} rejects each call",
        "Write its settings in room_config, or see that the server's configuration has it under "
        "room.room_configurations.",
    )


@rule("LK424", "reserved-attribute", "warning", "dead", DispatchRule)
def reserved_attribute(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """An attribute that LiveKit writes itself is lost.

    ## What it finds
    Names in `attributes` that LiveKit sets on every call: `sip.callID`, `sip.callIDFull`,
    `sip.callTag`, `sip.callStatus`, `sip.trunkID`, `sip.ruleID`, and, unless `hide_phone_number` is
    set, `sip.phoneNumber`, `sip.hostname` and `sip.trunkPhoneNumber`.

    ## Why it matters
    The value of the call is written over the one of the file, so an agent never reads the latter.
    With `hide_phone_number` the last three are left as the file has them.

    ## Example
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "attributes": {"sip.phoneNumber": "+15550100"}
      }
    }
    ```

    ## Instead
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "attributes": {"line": "+15550100"}
      }
    }
    ```

    ## Fix
    Safe: takes the attribute out.

    ## Evidence
    Seen: real calls, `sip.phoneNumber` of the rule overwritten, `sip.custom` kept; with
    `hide_phone_number` the rule's value went out. LiveKit protocol `sip/sip.go`,
    `EvaluateDispatchRule`, and `livekit/attrs.go`.
    """
    for pair in dispatch.attributes:
        if is_overwritten(pair.name, dispatch.hide_phone_number):
            yield Found(
                at_key(pair.name.pointer),
                f"LiveKit writes {show(pair.name)} itself on every call, so this value is lost",
                "Take it out, or give your own value another name.",
                fix=Proposal("take it out", (Remove(pair.name.pointer),), safe=True),
            )


@rule("LK425", "attributes-too-large", "error", "dead", DispatchRule)
def attributes_too_large(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """Attributes or metadata over the server's limit keep every caller out.

    ## What it finds
    `attributes` whose names and values have more than 65,536 bytes together, and `metadata` of more
    than 524,288 bytes.

    ## Why it matters
    Both go to the caller's participant, and livekit-server does not let a participant in whose
    attributes or metadata are larger. No call gets through. (The limits are the server's defaults;
    a self-hosted one can be told others.)

    ## Example
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "attributes": {"prompt": "«70000 letters»"}
      }
    }
    ```

    ## Instead
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "attributes": {"prompt_id": "support-7"}
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    livekit-server, `pkg/config/config.go`, `CheckAttributesSize` and `CheckMetadataSize`, and
    `pkg/service/roommanager.go`, `StartSession`.
    """
    held = size(dispatch.attributes)
    if held > LARGEST_ATTRIBUTES:
        yield _too_large(dispatch.message.at("attributes"), "attributes", held, LARGEST_ATTRIBUTES)
    metadata = dispatch.metadata
    if metadata is not None and len(metadata) * 4 > LARGEST_METADATA:
        held = bytes_of(metadata)
        if held > LARGEST_METADATA:
            yield _too_large(metadata.pointer, "metadata", held, LARGEST_METADATA)


def _too_large(pointer: str, what: str, held: int, most: int) -> Found:
    return Found(
        at_key(pointer),
        f"the server lets no caller in with {what} of {held:,} bytes: it takes {most:,} at most",
        "Keep a short id here, and look the rest up in the agent.",
    )


@rule("LK426", "metadata-place", "info", "risky", DispatchRule)
def metadata_place(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    r"""Metadata of the rule does not reach the agent's job.

    ## What it finds
    `metadata` on a dispatch rule that asks for agents, where none of the agents has metadata.

    ## Why it matters
    There are three places. `metadata` of the rule goes to the caller's participant, that of
    `room_config` to the room, and that of an entry of `room_config.agents` to the agent's job. An
    agent that reads `ctx.job.metadata` finds it empty here.

    ## Example
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "metadata": "{\"line\": \"support\"}",
        "room_config": {"agents": [{"agent_name": "support"}]}
      }
    }
    ```

    ## Instead
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "room_config": {
          "agents": [{"agent_name": "support", "metadata": "{\"line\": \"support\"}"}]
        }
      }
    }
    ```

    ## Fix
    None: the agent may well read it from the participant.

    ## Evidence
    Seen: real calls with metadata in all places. LiveKit protocol `sip/sip.go`,
    `EvaluateDispatchRule`; livekit/sip#474.
    """
    agents = dispatch.room_config.agents if dispatch.room_config is not None else ()
    if dispatch.metadata is None or not agents or any(agent.metadata for agent in agents):
        return
    yield Found(
        at_key(dispatch.metadata.pointer),
        "this metadata goes to the caller's participant: the agent's job gets none",
        "Where the agent reads ctx.job.metadata, put it into the entry of room_config.agents.",
    )


@rule("LK427", "room-config-name-ignored", "info", "untidy", DispatchRule)
def room_config_name_ignored(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """The name in `room_config` names no room.

    ## What it finds
    `name` inside `room_config`.

    ## Why it matters
    The room is named by the rule (`roomName` or `roomPrefix`); this name is read and dropped.

    ## Example
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "room_config": {"name": "support", "agents": [{"agent_name": "support"}]}
      }
    }
    ```

    ## Instead
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "support"}},
        "room_config": {"agents": [{"agent_name": "support"}]}
      }
    }
    ```

    ## Fix
    Safe: takes the name out.

    ## Evidence
    Seen: real calls. livekit-server, `pkg/service/utils.go`, `SetRoomConfiguration`.
    """
    name = dispatch.room_config.name if dispatch.room_config is not None else None
    if name is None:
        return
    yield Found(
        at_member(name.pointer),
        f"LiveKit drops the name {show(name)}: the rule itself names the room",
        "Take it out; roomName or roomPrefix inside rule name the room.",
        fix=Proposal("take the name out", (Remove(name.pointer),), safe=True),
    )


@rule("LK428", "small-max-participants", "warning", "dead", DispatchRule)
def small_max_participants(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """A shared room for one participant turns the second caller away.

    ## What it finds
    `max_participants` of 1 in `room_config`, where several callers share a room: a direct rule, a
    callee rule without `randomize`, an individual rule with `no_randomness` and
    `hide_phone_number`. (Without the latter a room has one caller, whose next call ends the first.)

    ## Why it matters
    Callers count, agents and recordings do not. While one caller is in the room, the next is
    rejected at once (486).

    ## Example
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleDirect": {"roomName": "lobby"}},
        "room_config": {"max_participants": 1}
      }
    }
    ```

    ## Instead
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "lobby"}},
        "room_config": {"max_participants": 1}
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls, the second caller got 486. LiveKit protocol `protobufs/livekit_room.proto`,
    `max_participants`; livekit-server, `pkg/rtc/room.go`, `Join`.
    """
    config, kind = dispatch.room_config, dispatch.rule
    if config is None or kind is None or kind.random or not holds_one_caller(dispatch):
        return
    if kind.kind == "individual" and not dispatch.hide_phone_number:
        return  # the same caller again: LiveKit removes the first call before it counts
    if kind.kind == "direct" and kind.room is None:
        return  # LK405: no caller gets that far
    yield Found(
        at_member(config.message.at("max_participants")),
        "calls of this rule share a room that holds one caller: the second one is turned away",
        "Raise max_participants, or give each call a room of its own.",
    )
