"""Rooms: what a dispatch rule calls them, and who shares them."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.edits import Remove, Replace
from lklint.documents.pointer import last
from lklint.rules.agents import comes_once
from lklint.rules.found import Found, Proposal, at_brace, at_key, at_member, at_value, show
from lklint.rules.putting import put
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.resources import DispatchRule
from lklint.telephony.rooms import (
    LONGEST_ROOM_NAME,
    SEPARATORS,
    example_room,
    longest_room,
    template_in,
)


@rule("LK405", "room-name-empty", "error", "dead", DispatchRule)
def room_name_empty(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """A direct rule without a room name rejects every call.

    ## What it finds
    `dispatchRuleDirect` without `roomName`, or with an empty one.

    ## Why it matters
    LiveKit stores it, and no room can be opened: the caller is rejected at once (486). With a PIN
    it is harder to understand: the right PIN is answered as a wrong one.

    ## Example
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"pin": "82731"}}}}
    ```

    ## Instead
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "lobby", "pin": "82731"}}}}
    ```

    ## Fix
    None: only you know the room.

    ## Evidence
    Seen: real calls, with and without a PIN. livekit-server, `pkg/service/utils.go`,
    `ErrNoRoomName`; livekit/sip, `pkg/sip/inbound.go`, `pinPrompt`.
    """
    kind = dispatch.rule
    if kind is None or kind.kind != "direct" or kind.room is not None:
        return
    given = isinstance(kind.message.get("room_name"), str)
    place = at_value(kind.message.at("room_name")) if given else at_brace(kind.message.pointer)
    happens = "callers with the right PIN are told it is wrong" if kind.pin else "each is rejected"
    yield Found(
        place,
        f"this rule sends calls to a room without a name: {happens}",
        'Name the room: "roomName". For a room of its own for each call use '
        "dispatchRuleIndividual.",
    )


@rule("LK406", "room-name-too-long", "error", "dead", DispatchRule)
def room_name_too_long(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """A room name over 256 bytes opens no room.

    ## What it finds
    A room name of more than 256 bytes, or a prefix that gets there with the number and the random
    characters that LiveKit appends (up to 30 bytes).

    ## Why it matters
    The call is rejected at once (486). The limit is livekit-server's default.

    ## Example
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "«260 letters»"}}}}
    ```

    ## Instead
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "support"}}}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls. livekit-server, `pkg/config/config.go`, `CheckRoomNameLength`.
    """
    kind = dispatch.rule
    if kind is None or kind.room is None or len(kind.room) < LONGEST_ROOM_NAME // 8:
        return
    hidden = dispatch.hide_phone_number
    length = longest_room(kind.kind, kind.room, kind.random, hidden)
    if length <= LONGEST_ROOM_NAME:
        return
    sized = "is" if kind.kind == "direct" else "with the number of a call can get to"
    yield Found(
        at_value(kind.room.pointer),
        f"the room name {sized} {length} bytes, and LiveKit rejects calls to a room name of more "
        f"than {LONGEST_ROOM_NAME}",
        "Shorten it.",
    )


@rule("LK407", "room-template", "error", "dead", DispatchRule)
def room_template(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """A template in a room name is never filled in.

    ## What it finds
    `{{caller}}`, `${caller.number}`, `<caller>`, `{number}`, `%s` and the like in a room name or
    prefix, and a `*` at its end. (`${ROOM}` is filled in before: LK127.)

    ## Why it matters
    LiveKit replaces nothing. The braces become part of the name: every call of a direct rule lands
    in the one room that is really called so, and programs that look for the other name find none.
    A `*` stands for nothing either.

    ## Example
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "call-{{caller}}"}}}}
    ```

    ## Instead
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}}}
    ```

    ## Fix
    None: choose the kind that appends what you need. `dispatchRuleIndividual` appends the caller's
    number, `dispatchRuleCallee` the number that was dialled.

    ## Evidence
    Seen: `lk` 2.18.3 with livekit-server 1.13.3 stores `call-${caller.number}` as it is. LiveKit
    protocol `sip/sip.go`, `EvaluateDispatchRule`, builds the name from the text and the number.
    """
    kind = dispatch.rule
    template = template_in(kind.room) if kind is not None and kind.room is not None else None
    if kind is None or kind.room is None or template is None:
        return
    room = show(example_room(kind.kind, kind.room, kind.random))
    really = "the room is" if kind.kind == "direct" else "rooms are"
    yield Found(
        at_value(kind.room.pointer),
        f"LiveKit does not fill in {show(template)}: {really} really called {room}",
        "Take it out: dispatchRuleIndividual appends the caller's number to roomPrefix by itself, "
        "dispatchRuleCallee the number that was dialled.",
    )


@rule("LK408", "room-prefix-separator", "info", "risky", DispatchRule)
def room_prefix_separator(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """A room prefix that ends in a separator gets a second one.

    ## What it finds
    An individual or callee rule whose `roomPrefix` ends in `-`, `_`, `.`, `:` or `/`.

    ## Why it matters
    LiveKit puts `_` between prefix and number, so `call-` names the room `call-_+15550105_x7…`.
    Programs that look for rooms beginning with `call-+` find none.

    ## Example
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleIndividual": {"roomPrefix": "call-"}}}}
    ```

    ## Instead
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}}}
    ```

    ## Fix
    Unsafe: takes the separator off. Programs that look for the old name must follow.

    ## Evidence
    Seen: real calls, `call-` gave `call-_+15550105_…`. LiveKit protocol `sip/sip.go`,
    `EvaluateDispatchRule`.
    """
    kind = dispatch.rule
    if kind is None or kind.kind == "direct" or kind.room is None:
        return
    if kind.room[-1] not in SEPARATORS:
        return
    plain = kind.room.rstrip(SEPARATORS)
    wanted = f"Write {show(plain)}" if plain else "Leave the prefix out"
    yield Found(
        at_value(kind.room.pointer),
        f"rooms will be called {show(example_room(kind.kind, kind.room, kind.random))}: LiveKit "
        'adds its own "_" after the prefix',
        f"{wanted}, or make everything that looks for the room expect both marks.",
        fix=Proposal("take the separator off", (Replace(kind.room.pointer, plain),)),
    )


@rule("LK409", "shared-room", "warning", "risky", DispatchRule)
def shared_room(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """Without random characters in its name, a room is shared by several calls.

    ## What it finds
    A callee rule without `randomize`, and an individual rule with `noRandomness`. A direct rule
    shares its room by its nature: LK410 notes it. Where the room holds one caller, LK428 speaks.

    ## Why it matters
    A callee rule names the room after the number that was dialled: all who dial it are in one room
    and hear each other. `randomize` is false unless it is set, whatever older pages say. An
    individual rule with `noRandomness` names it after the caller: a second call from the same
    number ends the first, and all callers who hide their number count as one ("anonymous").
    Agents of the rule are asked only by the call that opens the room: whoever calls into one that
    is there already, be it because the last call has just ended, gets none.

    ## Example
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleCallee": {"roomPrefix": "line"}}}}
    ```

    ## Instead
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleCallee": {"roomPrefix": "line", "randomize": true}}}}
    ```

    ## Fix
    Unsafe: sets `randomize`, or takes `noRandomness` out. Room names then end in random characters.

    ## Evidence
    Seen: real calls, two callers in one room; the same caller twice, or two anonymous ones: the
    first got BYE (`duplicate-identity`). For agents see LK505. LiveKit protocol
    `protobufs/livekit_sip.proto`, `SIPDispatchRuleCallee`.
    """
    kind = dispatch.rule
    if kind is None or kind.random or kind.kind == "direct":
        return
    message, agents = kind.message, comes_once(dispatch)
    if kind.kind == "individual":
        if dispatch.hide_phone_number:
            return  # LK412 says what comes of both
        pointer = message.at("no_randomness")
        yield Found(
            at_member(pointer),
            "calls from one number share a room, where a second one ends the first; callers who "
            f"hide their number count as one{agents}",
            f"Take {last(pointer)} out to give each call a room of its own.",
            fix=Proposal(f"take {last(pointer)} out", (Remove(pointer),)),
        )
        return
    if holds_one_caller(dispatch):
        return  # LK428
    given = message.key("randomize") is not None
    yield Found(
        at_member(message.at("randomize")) if given else at_brace(message.pointer),
        f"everyone who dials the same number lands in the same room and hears the others{agents}",
        'Set "randomize": true to give each call a room of its own.',
        fix=Proposal("set randomize", (put(message, "randomize", True),)),
    )


def holds_one_caller(dispatch: DispatchRule) -> bool:
    """Whether a room takes one caller and no second one."""
    return dispatch.room_config is not None and dispatch.room_config.max_participants == 1


@rule("LK410", "direct-room-shared", "info", "risky", DispatchRule)
def direct_room_shared(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """A direct rule puts all callers into one room.

    ## What it finds
    Every direct rule that names a room. Where the room holds one caller, LK428 speaks.

    ## Why it matters
    That is what it is for: conferences, a waiting room, a room that is there already. For calls
    between one caller and one agent it is the wrong kind: callers hear each other, an agent is
    asked only when the first call opens the room, and a second call from the same number (or of a
    second caller who hides it) ends the first.

    ## Example
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "support"}}}}
    ```

    ## Instead
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleIndividual": {"roomPrefix": "support"}}}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls, two callers in one room; the same caller twice, or two anonymous ones: the
    first got BYE (`duplicate-identity`).
    """
    kind = dispatch.rule
    if kind is None or kind.kind != "direct" or kind.room is None:
        return
    if holds_one_caller(dispatch):
        return  # LK428
    yield Found(
        at_key(kind.message.pointer),
        f"all callers of this rule share the room {show(kind.room)} and hear each other",
        "Right for a conference. For one caller and one agent use dispatchRuleIndividual.",
    )
