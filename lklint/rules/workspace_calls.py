"""Outgoing calls, and the trunks that they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lklint.rules.dispatch import said_elsewhere
from lklint.rules.found import Found, listing, show
from lklint.rules.registry import rule
from lklint.rules.workspace_places import entry, the, whole
from lklint.settings import Settings
from lklint.telephony.message import Text
from lklint.telephony.phone_numbers import normalize_number
from lklint.telephony.placeholders import find_placeholder
from lklint.telephony.routing.stored import strings
from lklint.workspace.environment import Environment
from lklint.workspace.filed import Filed, server_id

_ANY = "*"


@rule("LK734", "call-on-inbound-trunk", "error", "dead", Environment)
def call_on_inbound_trunk(environment: Environment, settings: Settings) -> Iterator[Found]:
    """An outgoing call names an inbound trunk.

    ## What it finds
    `sip_trunk_id` with the id of an inbound trunk of the same server.

    ## Why it matters
    LiveKit looks for it among the outbound trunks, although ids of both begin with `ST_`, and
    places no call: `requested sip trunk does not exist`.

    ## Example
    ```json inbound-trunk.json
    {"items": [{"sipTrunkId": "ST_aB3xY9kLmN2p", "numbers": ["+442079460123"]}]}
    ```
    ```json sip-participant
    {"sip_trunk_id": "ST_aB3xY9kLmN2p", "sip_call_to": "+442079460500", "room_name": "call"}
    ```

    ## Instead
    ```toml lklint.toml
    [forms]
    "outbound-trunk.json" = "any"
    ```
    ```json outbound-trunk.json
    {
      "sipTrunkId": "ST_bC4xY9kLmN2p",
      "address": "sip.example.net",
      "numbers": ["+442079460123"]
    }
    ```
    ```json sip-participant
    {"sip_trunk_id": "ST_bC4xY9kLmN2p", "sip_call_to": "+442079460500", "room_name": "call"}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: livekit-server 1.13.3 answers `not_found`; livekit/livekit#3545.
    """
    inbound = _by_id(environment.inbound_trunks)
    outbound = _by_id(environment.outbound_trunks)
    for call, name in _calls(environment):
        trunk = inbound.get(name)
        if trunk is not None and name not in outbound:
            yield Found(
                entry(call, name),
                f"{the('trunk', trunk)} is an inbound trunk: LiveKit places no call by it",
                "Write the id of an outbound trunk (`lk sip outbound list`).",
                related=((whole(trunk), "takes calls and makes none"),),
            )


@rule("LK735", "call-on-unknown-trunk", "warning", "dead", Environment)
def call_on_unknown_trunk(environment: Environment, settings: Settings) -> Iterator[Found]:
    """An outgoing call names a trunk that is not there.

    ## What it finds
    `sip_trunk_id` with an id that no trunk of the same server has. Told only where all files of the
    server were looked at, and every outbound trunk in them has an id.

    ## Why it matters
    LiveKit places no call: `requested sip trunk does not exist`. A trunk that is deleted and
    created again has another id.

    ## Example
    ```json outbound-trunk.json
    {
      "items": [
        {
          "sipTrunkId": "ST_bC4xY9kLmN2p",
          "address": "sip.example.net",
          "numbers": ["+442079460123"]
        }
      ]
    }
    ```
    ```json sip-participant
    {"sip_trunk_id": "ST_oLd3Y9kLmN2p", "sip_call_to": "+442079460500", "room_name": "call"}
    ```

    ## Instead
    ```json sip-participant
    {"sip_trunk_id": "ST_bC4xY9kLmN2p", "sip_call_to": "+442079460500", "room_name": "call"}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: livekit-server 1.13.3 answers `not_found`.
    """
    outbound = _by_id(environment.outbound_trunks)
    known = {**_by_id(environment.inbound_trunks), **outbound}
    if not environment.complete or not outbound:
        return
    if not all(map(server_id, environment.outbound_trunks)):
        return
    for call, name in _calls(environment):
        if name not in known and name.startswith("ST_") and not said_elsewhere(name):
            yield Found(
                entry(call, name),
                f"no trunk here has the id {show(name)}: LiveKit places no call",
                "Write the id of an outbound trunk (`lk sip outbound list`).",
            )


@rule("LK736", "caller-number-not-on-trunk", "info", "risky", Environment)
def caller_number_not_on_trunk(environment: Environment, settings: Settings) -> Iterator[Found]:
    """An outgoing call shows a number that its trunk does not have.

    ## What it finds
    `sip_number` that is not among the `numbers` of the outbound trunk the call names, where these
    are real numbers.

    ## Why it matters
    LiveKit sends whatever number the call brings. Most providers reject calls from numbers that are
    not on the trunk, or show another number.

    ## Example
    ```json outbound-trunk.json
    {
      "items": [
        {
          "sipTrunkId": "ST_bC4xY9kLmN2p",
          "address": "sip.example.net",
          "numbers": ["+442079460123"]
        }
      ]
    }
    ```
    ```json sip-participant
    {
      "sip_trunk_id": "ST_bC4xY9kLmN2p",
      "sip_number": "+442079460132",
      "sip_call_to": "+442079460500",
      "room_name": "call"
    }
    ```

    ## Instead
    ```toml lklint.toml
    [forms]
    "outbound-trunk.json" = "any"
    ```
    ```json outbound-trunk.json
    {
      "sipTrunkId": "ST_bC4xY9kLmN2p",
      "address": "sip.example.net",
      "numbers": ["+442079460123"]
    }
    ```
    ```json sip-participant
    {
      "sip_trunk_id": "ST_bC4xY9kLmN2p",
      "sip_number": "+442079460123",
      "sip_call_to": "+442079460500",
      "room_name": "call"
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: livekit-server 1.13.3 hands `sip_number` to the SIP service unchanged. LiveKit protocol
    `rpc/sip.go`.
    """
    trunks = _by_id(environment.outbound_trunks)
    for call, name in _calls(environment):
        trunk, number = trunks.get(name), call.text("sip_number")
        if trunk is None or number is None or find_placeholder(number) is not None:
            continue
        has = strings(trunk, "numbers")
        if _ANY not in has and normalize_number(number) not in map(normalize_number, has):
            yield Found(
                entry(call, number),
                f"{the('trunk', trunk)} does not have the number {show(number)}: its provider may "
                "reject the call, or show another number",
                f"It has {listing([show(at) for at in has], most=3)}.",
                related=((whole(trunk), "the trunk of this call"),),
            )


@rule("LK737", "call-without-number", "warning", "dead", Environment)
def call_without_number(environment: Environment, settings: Settings) -> Iterator[Found]:
    """An outgoing call brings no number, and its trunk has none.

    ## What it finds
    A call without `sip_number` by an outbound trunk whose only number is `*`.

    ## Why it matters
    `*` lets every call bring its own number. A call that brings none goes out with `*` as the
    caller, and providers reject that.

    ## Example
    ```json outbound-trunk.json
    {
      "items": [
        {"sipTrunkId": "ST_bC4xY9kLmN2p", "address": "sip.example.net", "numbers": ["*"]}
      ]
    }
    ```
    ```json sip-participant
    {"sip_trunk_id": "ST_bC4xY9kLmN2p", "sip_call_to": "+442079460500", "room_name": "call"}
    ```

    ## Instead
    ```json sip-participant
    {
      "sip_trunk_id": "ST_bC4xY9kLmN2p",
      "sip_number": "+442079460123",
      "sip_call_to": "+442079460500",
      "room_name": "call"
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: a real call by such a trunk, `From` was `*`. LiveKit protocol `rpc/sip.go`.
    """
    trunks = _by_id(environment.outbound_trunks)
    for call, name in _calls(environment):
        trunk = trunks.get(name)
        if trunk is None or call.text("sip_number") is not None:
            continue
        if set(strings(trunk, "numbers")) == {_ANY}:
            yield Found(
                whole(call),
                f"this call goes out with the number *: it brings none, and {the('trunk', trunk)} "
                "has no other",
                "Give the call a sip_number.",
                related=((whole(trunk), "the trunk of this call"),),
            )


def _calls(environment: Environment) -> Iterator[tuple[Filed, Text]]:
    """The outgoing calls that name a trunk, and the name."""
    for call in environment.participants:
        name = call.text("sip_trunk_id")
        if name is not None:
            yield call, name


def _by_id(trunks: Sequence[Filed]) -> dict[str, Filed]:
    return {name: trunk for trunk in trunks if (name := server_id(trunk)) is not None}
