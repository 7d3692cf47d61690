"""Callers' numbers in room names, hidden and plain."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.edits import Remove
from lklint.documents.pointer import last
from lklint.rules.agents import comes_once
from lklint.rules.found import Found, Proposal, at_brace, at_member, at_value
from lklint.rules.registry import rule
from lklint.rules.rooms import holds_one_caller
from lklint.settings import Settings
from lklint.telephony.resources import DispatchRule

_CRASH_MENDED = (1, 13, 8)
"""The first livekit-server whose protocol library is past 1.52.0, by the go.mod files of its
releases."""


@rule("LK412", "hidden-number-collision", "warning", "risky", DispatchRule)
def hidden_number_collision(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """Hidden numbers without random characters put strangers into one room.

    ## What it finds
    An individual rule with `noRandomness` and `hidePhoneNumber`. Where the room holds one caller,
    LK428 speaks.

    ## Why it matters
    `hidePhoneNumber` cuts the number to its last four digits before the room is named, and
    `noRandomness` leaves nothing else to tell calls apart: two callers whose numbers end alike are
    in one room and hear each other. Agents of the rule are asked only by the call that opens it.

    ## Example
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call", "noRandomness": true}},
        "hidePhoneNumber": true
      }
    }
    ```

    ## Instead
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "hidePhoneNumber": true
      }
    }
    ```

    ## Fix
    Unsafe: takes `noRandomness` out.

    ## Evidence
    Seen: real calls, two callers with the same last four digits in one room. LiveKit protocol
    `sip/sip.go`, `EvaluateDispatchRule`.
    """
    kind = dispatch.rule
    if kind is None or kind.kind != "individual" or kind.random or not dispatch.hide_phone_number:
        return
    if holds_one_caller(dispatch):
        return  # LK428
    pointer = kind.message.at("no_randomness")
    yield Found(
        at_member(pointer),
        "callers whose numbers end in the same four digits share a room and hear each other"
        f"{comes_once(dispatch)}",
        f"Take {last(pointer)} out: the number is hidden, and nothing else tells calls apart.",
        related=((at_member(dispatch.message.at("hide_phone_number")), "numbers are cut here"),),
        fix=Proposal(f"take {last(pointer)} out", (Remove(pointer),)),
    )


@rule("LK413", "hidden-number-leaks", "info", "risky", DispatchRule)
def hidden_number_leaks(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """A hidden number still shows its last four digits in the room name.

    ## What it finds
    An individual rule with `hidePhoneNumber`.

    ## Why it matters
    The room is called `call_0105_…` and the participant `Phone 0105`. The identity is a hash of the
    number that can be computed for every number there is, and a trunk with
    `include_headers: SIP_ALL_HEADERS` copies the whole number into the attributes again. Where the
    number must not be known at all, that is not enough.

    ## Example
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "hidePhoneNumber": true
      }
    }
    ```

    ## Instead
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleCallee": {"roomPrefix": "call", "randomize": true}},
        "hidePhoneNumber": true
      }
    }
    ```

    ## Fix
    None. A callee rule with `randomize` keeps the caller out of the room name; the participant's
    name and identity stay as they are.

    ## Evidence
    Seen: real calls. LiveKit protocol `sip/sip.go`, `EvaluateDispatchRule`; livekit/sip,
    `pkg/sip/types.go`, for the headers.
    """
    kind = dispatch.rule
    if kind is None or kind.kind != "individual" or not dispatch.hide_phone_number:
        return
    yield Found(
        at_member(dispatch.message.at("hide_phone_number")),
        "the last four digits of the caller's number stay in the room name and the caller's name",
        "If that is too much, name rooms by the dialled number: dispatchRuleCallee with randomize.",
    )


@rule("LK414", "hidden-number-crash", "error", "dead", DispatchRule)
def hidden_number_crash(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """On older servers one anonymous call to a rule with hidden numbers ends the server.

    ## What it finds
    `hidePhoneNumber` for a livekit-server older than 1.13.8 (`server-version`). Silent where the
    version is not known.

    ## Why it matters
    A call without any caller's number (an empty From) makes the server cut four digits off an empty
    text, and the whole process ends: all calls and rooms on it are gone until it is restarted.
    Anybody can place such a call.

    ## Example
    ```json dispatch-rule server=1.13.3
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "hidePhoneNumber": true
      }
    }
    ```

    ## Instead
    ```json dispatch-rule server=1.13.11
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "hidePhoneNumber": true
      }
    }
    ```

    ## Fix
    None: update the server.

    ## Evidence
    Seen twice with livekit-server 1.13.3, real calls: `slice bounds out of range [-1:]`. Mended in
    LiveKit protocol 1.52.0, `sip/sip.go`, `EvaluateDispatchRule`; livekit-server 1.13.8 is the
    first release with it.
    """
    version = settings.server_version
    if version is None or version >= _CRASH_MENDED or not dispatch.hide_phone_number:
        return
    yield Found(
        at_member(dispatch.message.at("hide_phone_number")),
        "one call without a caller's number ends the whole LiveKit server, and all calls with it",
        f"Update livekit-server to {'.'.join(map(str, _CRASH_MENDED))} or newer, or leave the "
        "numbers plain until then.",
    )


@rule("LK415", "room-name-pii", "info", "insecure", DispatchRule, default=False)
def room_name_pii(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """Rooms named after callers carry their phone numbers into every log.

    ## What it finds
    An individual rule without `hidePhoneNumber`. Off unless it is asked for.

    ## Why it matters
    The caller's number is part of the room name, and room names stand in logs, webhooks, recordings
    and dashboards, where nothing masks them.

    ## Example
    ```json dispatch-rule enable=LK415
    {"dispatch_rule": {"rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}}}
    ```

    ## Instead
    ```json dispatch-rule enable=LK415
    {
      "dispatch_rule": {
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
        "hidePhoneNumber": true
      }
    }
    ```

    ## Fix
    None: agents that read the number from the participant would lose it.

    ## Evidence
    Seen: real calls, `call_+15550105_…`. livekit/sip#726, livekit/sip#450.
    """
    kind = dispatch.rule
    if kind is None or kind.kind != "individual" or dispatch.hide_phone_number:
        return
    place = at_value(kind.room.pointer) if kind.room is not None else at_brace(kind.message.pointer)
    yield Found(
        place,
        "room names carry the caller's phone number, into logs, webhooks and recordings",
        "Set hidePhoneNumber, or name rooms by the dialled number: dispatchRuleCallee with "
        "randomize.",
    )
