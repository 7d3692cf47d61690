"""Resources that stand in a workspace twice."""

from __future__ import annotations

import json
from collections.abc import Iterator

from lklint.rules.found import Found, at_value, show
from lklint.rules.registry import rule
from lklint.rules.workspace_places import in_file, the, whole
from lklint.settings import Settings
from lklint.telephony.message import Message, camel_case
from lklint.telephony.resources import TRANSPORTS
from lklint.telephony.routing.stored import strings
from lklint.workspace.environment import DISPATCH, INBOUND, OUTBOUND, Environment
from lklint.workspace.filed import Filed, home, may_be_one, server_id

_WORDS = {INBOUND: "trunk", OUTBOUND: "trunk", DISPATCH: "rule"}
_UNTOLD = frozenset(("createdAt", "updatedAt"))


@rule("LK744", "duplicate-name", "info", "untidy", Environment)
def duplicate_name(environment: Environment, settings: Settings) -> Iterator[Found]:
    """Two resources of a kind have the same name.

    ## What it finds
    Two inbound trunks, outbound trunks or dispatch rules of one server with the same name. Where
    they conflict as well, LK701 and LK703 speak.

    ## Why it matters
    LiveKit does not mind, but people and scripts tell them apart by their names: a rule that names
    such a trunk means neither, and nobody sees in a list which one is which.

    ## Example
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123"]}}
    ```
    ```json inbound-trunk
    {"trunk": {"name": "twilio", "numbers": ["+442079460124"]}}
    ```

    ## Instead
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio London", "numbers": ["+442079460123"]}}
    ```
    ```json inbound-trunk
    {"trunk": {"name": "twilio Leeds", "numbers": ["+442079460124"]}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: livekit-server 1.13.3 stores two of the same name.
    """
    conflicting = set(_conflicting(environment))
    for kind, word in _WORDS.items():
        first: dict[str, Filed] = {}
        for message in environment.of_kind(kind):
            name = message.get("name")
            if not isinstance(name, str) or not name:
                continue
            other = first.setdefault(name, message)
            if other is message or may_be_one(other, message):
                continue
            if _place(message) not in conflicting:
                yield Found(
                    in_file(message, at_value(message.at("name"))),
                    f"two {word}s have the name {show(name)}: nobody can tell them apart by it",
                    "Give each a name of its own.",
                    related=((in_file(other, at_value(other.at("name"))), "has it too"),),
                )


@rule("LK745", "duplicate-id", "warning", "untidy", Environment)
def duplicate_id(environment: Environment, settings: Settings) -> Iterator[Found]:
    """Two files say what one resource of the server is.

    ## What it finds
    Two trunks or rules with the same id of the server that do not say the same.

    ## Why it matters
    The server has it once. Which of the two it is depends on which one was handed over last.

    ## Example
    ```json inbound-trunk.json
    {"items": [{"sipTrunkId": "ST_aB3xY9kLmN2p", "numbers": ["+442079460123"]}]}
    ```
    ```json any inbound-trunk
    {"sipTrunkId": "ST_aB3xY9kLmN2p", "numbers": ["+442079460124"]}
    ```

    ## Instead
    ```json any inbound-trunk
    {"sipTrunkId": "ST_aB3xY9kLmN2p", "numbers": ["+442079460124"]}
    ```

    ## Fix
    None: delete the one that is out of date.

    ## Evidence
    livekit-server `pkg/service/redisstore_sip.go`: resources are stored by their ids.
    """
    for kind, word in _WORDS.items():
        first: dict[str, Filed] = {}
        for message in environment.of_kind(kind):
            name = server_id(message)
            other = message if name is None else first.setdefault(name, message)
            if other is not message and _said(other) != _said(message):
                yield Found(
                    whole(message),
                    f"this says what {word} {show(name)} is, and another place says otherwise: "
                    "the one that is handed over last holds",
                    "Delete the one that is out of date.",
                    related=((whole(other), "says otherwise"),),
                )


@rule("LK746", "duplicate-outbound-trunk", "info", "untidy", Environment)
def duplicate_outbound_trunk(environment: Environment, settings: Settings) -> Iterator[Found]:
    """The same outbound trunk stands there twice.

    ## What it finds
    Two outbound trunks of one server with the same address, transport, numbers and login.

    ## Why it matters
    LiveKit checks nothing here: each `create` makes another trunk, and calls by one are like calls
    by the other. One of them is likely left over, and a change of the other is soon forgotten.

    ## Example
    ```json outbound-trunk.json
    {
      "trunk": {"name": "carrier", "address": "sip.example.net", "numbers": ["+442079460123"]}
    }
    ```
    ```json outbound-trunk
    {
      "trunk": {"name": "carrier 2", "address": "sip.example.net", "numbers": ["+442079460123"]}
    }
    ```

    ## Instead
    ```json outbound-trunk
    {
      "trunk": {"name": "carrier", "address": "sip.example.net", "numbers": ["+442079460123"]}
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: livekit-server 1.13.3 stores two that are the same in everything.
    """
    first: dict[tuple[object, ...], Filed] = {}
    for trunk in environment.outbound_trunks:
        other = first.setdefault(_dials(trunk), trunk)
        if other is not trunk and not may_be_one(other, trunk):
            yield Found(
                whole(trunk),
                f"this is {the('trunk', other)} over again: calls by one are like calls by the "
                "other",
                "Delete one of them.",
                related=((whole(other), "the same trunk"),),
            )


def _conflicting(environment: Environment) -> Iterator[tuple[str, str]]:
    """The places of what conflicts with another."""
    for conflict in environment.trunk_conflicts:
        yield from map(_place, (conflict.trunk.message, conflict.other.message))
    for fault in environment.exchange.rule_faults:
        if fault.other is not None:
            yield from map(_place, (fault.rule.message, fault.other.message))


def _place(message: Message) -> tuple[str, str]:
    return home(message).file, message.pointer


def _said(message: Message) -> str:
    """What a resource says, in one spelling. Never shown: there may be a password in it."""
    fields = {camel_case(key): value for key, value in message.value.items()}
    told = {key: value for key, value in fields.items() if key not in _UNTOLD and value}
    return json.dumps(told, sort_keys=True)


def _dials(trunk: Filed) -> tuple[object, ...]:
    """What makes the calls of an outbound trunk. Never shown: there is a password in it."""
    return (
        (trunk.text("address") or "").lower(),
        trunk.enum("transport", TRANSPORTS) or TRANSPORTS[0],
        tuple(sorted(strings(trunk, "numbers"))),
        *(trunk.text(field) for field in ("auth_username", "auth_password", "from_host")),
        trunk.text("destination_country"),
    )
