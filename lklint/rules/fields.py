"""Family 1: fields that may not stand where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.edits import Change, Remove, Rename
from lklint.documents.pointer import parent
from lklint.rules.found import Found, Proposal, at_key, at_value, listing, show
from lklint.rules.homes import Home, given, home, one_too_deep, spelled
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure, UnknownField
from lklint.telephony.fields import LEGACY, MEANT, REQUESTS, is_note, snake_case

_TRUNKS = ("SIPInboundTrunkInfo", "SIPOutboundTrunkInfo")
_RESOURCES = (*_TRUNKS, "SIPDispatchRuleInfo")
_SET_BY_LIVEKIT = ("created_at", "updated_at")


def kind_of(field: UnknownField) -> str:
    """Which of the four rules speaks about an unknown field: exactly one does."""
    if is_note(field.name):
        return "note"
    if same_but_for_spelling(field) is not None:
        return "unknown"
    if snake_case(field.name) in LEGACY and field.message_name in _TRUNKS:
        return "legacy"
    return "unknown" if _home(field) is None else "misplaced"


def _home(field: UnknownField) -> Home | None:
    found = home(field)
    return one_too_deep(field) if found is None and _meant(field) is None else found


def same_but_for_spelling(field: UnknownField) -> str | None:
    """The known name that this one is but for capitals, dashes and the like."""
    plain = snake_case(field.name).replace("_", "")
    same = [name for name in field.known if name.replace("_", "").lower() == plain]
    alike = [name for name in same if ("_" in name) == ("_" in field.name)]
    return next(iter(alike or same), None)


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
    Seen: `lk` 2.18.3 answers `unknown field "nname"`, also to `Numbers`, `trunk-ids` and a name
    with the value null. livekit-server 1.13.3 takes such a field over its API and drops it.
    """
    if kind_of(field) != "unknown":
        return
    same = same_but_for_spelling(field)
    meant = same or _meant(field)
    mend = f'Did you mean "{meant}"?' if meant else f"Take it out. {_known(field)}"
    fix = None
    if meant is not None:
        there = given(meant, field)
        if there is None:
            fix = Proposal(f'call it "{meant}"', (Rename(field.pointer, meant),), same is not None)
        else:
            mend = f'"{there}" is given already: take one of the two out.'
    yield Found(
        at_key(field.pointer),
        f"LiveKit has no field {show(field.name)} here and refuses the file",
        mend,
        f"did you mean {meant}?" if meant else "",
        fix=fix,
    )


def _meant(field: UnknownField) -> str | None:
    """The known field that is meant by an unknown one, in the spelling around it."""
    meant = MEANT.get(field.message_name, {}).get(snake_case(field.name)) or _nearest(field)
    if meant is None:
        return None
    fitting = spelled(snake_case(meant), field)
    return fitting if fitting in field.known else meant


def _nearest(field: UnknownField) -> str | None:
    from difflib import get_close_matches

    least = 0.85 if isinstance(field.value, dict) else 0.7
    known = [name for name in field.known if snake_case(name) not in _SET_BY_LIVEKIT]
    names = [name for name in known if ("_" in name) == ("_" in field.name)] or known
    near = get_close_matches(field.name, names, 1, least)
    if not near:
        near = get_close_matches(field.name.lower(), known, 1, max(least, 0.8))
    return near[0] if near else None


def _known(field: UnknownField) -> str:
    if field.message_name in REQUESTS:
        return f'Only "{REQUESTS[field.message_name][2]}" stands here.'
    ids = ("sip_trunk_id", "sip_dispatch_rule_id") if field.message_name in _RESOURCES else ()
    unwanted = {*_SET_BY_LIVEKIT, *ids}
    fields = dict.fromkeys(snake_case(name) for name in field.known)
    names = [spelled(name, field) for name in fields if name not in unwanted]
    return f"The fields here are {listing(names, most=12)}."


@rule("LK102", "misplaced-field", "error", "rejected", UnknownField)
def misplaced_field(field: UnknownField, settings: Settings) -> Iterator[Found]:
    """A field that LiveKit knows, but not at this place.

    ## What it finds
    Fields of an inbound trunk in an outbound one, the rule's kind beside `rule` instead of in it,
    `roomConfig` or `agents` inside the rule's kind, `agents` outside `roomConfig`, fields beside
    the wrapper, a wrapper around another one, a trunk and a rule in one file.

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
    Seen: `lk` 2.18.3, `unknown field "roomConfig"` for a `roomConfig` inside
    `dispatchRuleIndividual`, and so on. 6 of 60 public files have such a field.
    """
    place = _home(field) if kind_of(field) == "misplaced" else None
    if place is None:
        return
    yield Found(
        at_key(field.pointer),
        f"{show(field.name)} stands in the wrong place, and LiveKit refuses the file",
        place.mend,
        place.label,
        fix=Proposal("put it right", place.changes) if place.changes else None,
    )


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
    Unsafe: the new name, where the field stands in the trunk that has it. An old trunk for both
    directions becomes two files.

    ## Evidence
    LiveKit's protobufs/livekit_sip.proto, where CreateSIPTrunk is deleted. Seen: `lk` 2.18.3
    answers `unknown field "outbound_address"`, and livekit-server 1.13.3 answers the old request
    with 404, `no handler for path`. The README of livekit/sip still shows it.
    """
    if kind_of(field) != "legacy":
        return
    name = snake_case(field.name)
    new, message = LEGACY[name]
    new = spelled(new, field)
    fits, there = message == field.message_name, given(new, field)
    kind = "an inbound" if message == "SIPInboundTrunkInfo" else "an outbound"
    mend = f'Use "{new}" instead.' if fits else f'Use "{new}" in a file for {kind} trunk.'
    if name == "inbound_numbers_regex":
        mend = f'List the numbers one by one in "{new}" of an inbound trunk: no patterns there.'
    elif fits and there is not None:
        mend = f'Take it out: "{there}", which has replaced it, is given already.'
    renamed: tuple[Change, ...] = ()
    if fits and there is None and name != "inbound_numbers_regex":
        renamed = (Rename(field.pointer, new),)
    yield Found(
        at_key(field.pointer),
        f"{show(field.name)} is of the old kind of trunk, and LiveKit refuses the file",
        mend,
        f"now {new}",
        fix=Proposal(f'call it "{new}"', renamed) if renamed else None,
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
    Seen: `lk` 2.18.3, `unknown field "$schema"`, `unknown field "_comment"`.
    """
    if kind_of(field) != "note":
        return
    mend = "Take it out."
    if field.name.lstrip("$@").lower() == "schema":
        mend = "Take it out; editors can be told the schema by file name."
    elif "name" in field.known:
        mend = 'Take it out; "name" is the place for a note.'
    yield Found(
        at_key(field.pointer),
        f"{show(field.name)} is a note, and LiveKit refuses the file for it",
        mend,
        fix=Proposal("take it out", (Remove(field.pointer),), safe=True),
    )


@rule("LK117", "id-in-create-file", "error", "rejected", Failure)
def id_in_create_file(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A file to create brings an id of its own.

    ## What it finds
    `sip_trunk_id` or `sip_dispatch_rule_id` in a wrapped file.

    ## Why it matters
    LiveKit gives the ids: `trunk id must not be set`. It comes from copying the output of a list.

    ## Example
    ```json inbound-trunk
    {"trunk": {"sip_trunk_id": "ST_aB3xY9kLmN2p", "numbers": ["+15105550100"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"]}}
    ```

    ## Fix
    Safe: takes the id out. To change what is there already, use `lk … update --id`.

    ## Evidence
    Seen: `lk` 2.18.3 answers `trunk id must not be set` and `rule id must not be set`; an empty id
    is fine. Protocol livekit/sip.go, CreateSIPInboundTrunkRequest.Validate.
    """
    if parent(failure.pointer) == "":
        return  # without a wrapper it is a file to update: LK110 and LK111 say so
    yield Found(
        at_value(failure.pointer),
        "LiveKit gives the ids itself and refuses a file to create that brings one",
        "Take it out, or use `lk … update` to change what has this id.",
        fix=Proposal("take the id out", (Remove(failure.pointer),), safe=True),
    )
