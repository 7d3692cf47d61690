"""Family 1: names that the message they stand in does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lklint.documents.edits import Change, Move, Remove, Rename, Replace, Wrap
from lklint.documents.pointer import parent
from lklint.rules.found import Found, Proposal, at_key, listing, show
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import UnknownField
from lklint.telephony.fields import ELSEWHERE, INTO, LEGACY, OUT_OF, is_note, snake_case
from lklint.telephony.message import camel_case


def kind_of(field: UnknownField) -> str:
    """Which of the four rules speaks about an unknown field: exactly one does."""
    name = snake_case(field.name)
    if is_note(field.name) and name not in field.known:
        return "note"
    if same_but_for_spelling(field) is not None:
        return "unknown"
    if name in LEGACY and field.message_name in ("SIPInboundTrunkInfo", "SIPOutboundTrunkInfo"):
        return "legacy"
    if belongs(field) is not None:
        return "misplaced"
    return "unknown"


def belongs(field: UnknownField) -> str | None:
    """Where a field belongs, in words, or None where nothing is known of it."""
    name, message = snake_case(field.name), field.message_name
    if name in INTO.get(message, {}):
        return f'into "{spelled(INTO[message][name], field)}"'
    if name in OUT_OF.get(message, ()):
        return 'into the dispatch rule itself, beside "rule"'
    if name in ELSEWHERE.get(message, {}):
        return f"to {ELSEWHERE[message][name]}"
    if name in ("agent_name", "agent", "agents") and message.startswith("SIPDispatchRule"):
        return f'into "{spelled("room_config", field)}": {{"agents": [ … ]}}'
    if name in ("room_name", "room_prefix", "pin") and message in (
        "SIPDispatchRuleInfo",
        "SIPDispatchRule",
    ):
        return 'into the kind of rule, inside "rule"'
    return None


def spelled(name: str, field: UnknownField) -> str:
    """A field's name in the spelling the file uses for this one."""
    return name if "_" in field.name else camel_case(name)


def same_but_for_spelling(field: UnknownField) -> str | None:
    """The known name that this one is but for capitals, dashes and the like."""
    plain = snake_case(field.name).replace("_", "")
    for name in field.known:
        if name.replace("_", "").lower() == plain:
            return name if "_" in name and "_" in field.name else _camel_twin(name, field)
    return None


def _camel_twin(name: str, field: UnknownField) -> str:
    twin = camel_case(snake_case(name))
    return twin if twin in field.known else name


@rule("LK101", "unknown-field", "error", "rejected", UnknownField)
def unknown_field(field: UnknownField, settings: Settings) -> Iterator[Found]:
    """A field that LiveKit does not know.

    ## What it finds
    Misspelt and invented names, wherever they stand.

    ## Why it matters
    `lk` answers `unknown field`. The plain API (curl, some SDKs) drops the field and says nothing.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"], "krispEnable": true}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"], "krispEnabled": true}}
    ```

    ## Fix
    Safe where only capitals or dashes differ; unsafe for the nearest name otherwise.

    ## Evidence
    Seen: `lk`, probes json-unknown-field and json-unknown-top.
    """
    if kind_of(field) != "unknown":
        return
    same = same_but_for_spelling(field)
    meant = same or _nearest(field)
    fix = None
    if meant is not None and not _is_given(meant, field):
        fix = Proposal(f'call it "{meant}"', (Rename(field.pointer, meant),), same is not None)
    yield Found(
        at_key(field.pointer),
        f"LiveKit has no field {show(field.name)} here and refuses the file",
        f'Did you mean "{meant}"?' if meant else _known(field),
        f"did you mean {meant}?" if meant else "",
        fix=fix,
    )


def _nearest(field: UnknownField) -> str | None:
    from difflib import get_close_matches

    names = [name for name in field.known if ("_" in name) == ("_" in field.name)] or field.known
    near = get_close_matches(field.name, names, 1, 0.7)
    if not near:
        near = get_close_matches(field.name.lower(), field.known, 1, 0.8)
    return near[0] if near else None


def _is_given(name: str, field: UnknownField) -> bool:
    return name in field.given or camel_case(name) in field.given


def _known(field: UnknownField) -> str:
    names = [name for name in field.known if "_" not in name]
    return f"Take it out. The fields here are {listing(names, most=12)}."


@rule("LK102", "misplaced-field", "error", "rejected", UnknownField)
def misplaced_field(field: UnknownField, settings: Settings) -> Iterator[Found]:
    """A field that LiveKit knows, but not at this place.

    ## What it finds
    Fields of an inbound trunk in an outbound one, the rule's kind beside `rule` instead of in it,
    `roomConfig` or `agents` inside the rule's kind, `agents` outside `roomConfig`.

    ## Why it matters
    `lk` answers `unknown field`, although the field exists.

    ## Example
    ```json dispatch-rule
    {"dispatch_rule": {"dispatchRuleDirect": {"roomName": "night"}, "name": "Night line"}}
    ```

    ## Instead
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "night"}}, "name": "Night line"}}
    ```

    ## Fix
    Unsafe: moves it, where the place is certain.

    ## Evidence
    Seen: `lk`; 6 of 60 public files have one.
    """
    place = belongs(field) if kind_of(field) == "misplaced" else None
    if place is None:
        return
    yield Found(
        at_key(field.pointer),
        f"{show(field.name)} does not stand here: LiveKit refuses the file",
        f"Move it {place}.",
        f"belongs {place}",
        fix=_moved(field),
    )


def _moved(field: UnknownField) -> Proposal | None:
    """The fix that puts a field where it belongs."""
    name, message, holder = snake_case(field.name), field.message_name, parent(field.pointer)
    changes: tuple[Change, ...] | None = None
    if name in INTO.get(message, {}):
        into = spelled(INTO[message][name], field)
        key = spelled(name, field)
        if not _is_given(into, field):
            changes = (Rename(field.pointer, into), Wrap(field.pointer, key))
        else:
            there = next(
                n for n in (into, camel_case(into), INTO[message][name]) if n in field.given
            )
            if isinstance(field.given[there], dict):
                changes = (Move(field.pointer, f"{holder}/{there}", key),)
    elif name in OUT_OF.get(message, ()):
        rule_holder = holder if message == "SIPDispatchRule" else parent(holder)
        changes = (Move(field.pointer, parent(rule_holder), field.name),)
        if name == "agents":
            changes = None
    elif (
        name in ("agent_name", "agent")
        and isinstance(field.value, str)
        and message == "SIPDispatchRuleInfo"
        and not _is_given("room_config", field)
    ):
        config: dict[str, Any] = {"agents": [{spelled("agent_name", field): field.value}]}
        key = spelled("room_config", field)
        changes = (Rename(field.pointer, key), Replace(field.pointer, config))
    return Proposal("move it there", changes) if changes else None


@rule("LK103", "legacy-field", "error", "rejected", UnknownField)
def legacy_field(field: UnknownField, settings: Settings) -> Iterator[Found]:
    """A field of the old kind of trunk, which is gone.

    ## What it finds
    `inbound_addresses`, `outbound_number`, `inbound_numbers_regex` and the other fields of the
    trunk that was inbound and outbound at once.

    ## Why it matters
    LiveKit has deleted that API; `lk` answers `unknown field`. Old guides still show it.

    ## Example
    ```json outbound-trunk
    {"trunk": {"outbound_address": "sip.example.com", "outbound_number": "+15105550100"}}
    ```

    ## Instead
    ```json outbound-trunk
    {"trunk": {"address": "sip.example.com", "numbers": ["+15105550100"]}}
    ```

    ## Fix
    None: one old trunk becomes two files.

    ## Evidence
    protobufs/livekit_sip.proto: CreateSIPTrunk is deleted. Seen: 404 bad_route from the server.
    """
    if kind_of(field) == "legacy":
        yield Found(
            at_key(field.pointer),
            f"{show(field.name)} is of the old kind of trunk, which LiveKit no longer has",
            f"Use {LEGACY[snake_case(field.name)]}.",
        )


@rule("LK104", "comment-key", "error", "rejected", UnknownField)
def comment_key(field: UnknownField, settings: Settings) -> Iterator[Found]:
    """A note for people or editors, written as a field.

    ## What it finds
    `$schema`, `_comment`, `//`, `@type`, `comment` and the like.

    ## Why it matters
    `lk` refuses the file for any field it does not know, also for `$schema`.

    ## Example
    ```json inbound-trunk
    {"trunk": {"_comment": "main line", "numbers": ["+15105550100"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"name": "main line", "numbers": ["+15105550100"]}}
    ```

    ## Fix
    Safe: takes it out. An editor learns the schema by file name; `name` is the place for a note.

    ## Evidence
    Seen: `lk`, `unknown field "$schema"`, `unknown field "_comment"`.
    """
    if kind_of(field) == "note":
        yield Found(
            at_key(field.pointer),
            f"{show(field.name)} is a note, and LiveKit refuses the file for it",
            "Take it out; editors can be told the schema by file name.",
            fix=Proposal("take it out", (Remove(field.pointer),), safe=True),
        )
