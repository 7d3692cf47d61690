"""Family 1: the form of a document: what it is wrapped in, and what was asked for."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.document import Document
from lklint.documents.edits import Change, Move, Rename, Unwrap, Wrap
from lklint.documents.identity import DISPATCH, WRAPPERS
from lklint.documents.pointer import join
from lklint.rules.found import Found, Proposal, at_brace, at_key, listing, show
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure
from lklint.telephony.fields import REQUESTS
from lklint.telephony.message import camel_case

COMMANDS = {
    "inbound-trunk": "lk sip inbound",
    "outbound-trunk": "lk sip outbound",
    "dispatch-rule": "lk sip dispatch",
    "sip-participant": "lk sip participant",
}


IDENTIFIERS = ("sip_trunk_id", "sipTrunkId", "sip_dispatch_rule_id", "sipDispatchRuleId")


def _is_bare(document: Document) -> bool:
    return document.asked == "create" and document.form == "bare" and document.kind in WRAPPERS


def _unwrapped(document: Document, answer: str) -> Found:
    """A resource that stands at the top of a file to create."""
    command, wrapper = COMMANDS[document.kind], WRAPPERS[document.kind]
    identifier = next((name for name in IDENTIFIERS if document.value.get(name)), None)
    inside = f'inside {{"{wrapper}": {{ … }}}}'
    if identifier is None:
        mend = (
            f"Put everything {inside}. For `{command} update` the form is right: check it with "
            "--form update."
        )
    else:
        mend = (
            f"It has the form for `{command} update`: check it with --form update. "
            f'To create, put everything but "{identifier}" {inside}.'
        )
    return Found(
        at_brace(""),
        f'`{command} create` refuses {answer}: it reads only what is in "{wrapper}"',
        mend,
        f'everything must stand inside "{wrapper}"',
        # A file with an id is one to update: to make it one to create is more than a wrapper.
        fix=Proposal(f'wrap it in "{wrapper}"', (Wrap("", wrapper),), safe=identifier is None),
    )


@rule("LK110", "flat-dispatch-rule", "error", "rejected", Document)
def flat_dispatch_rule(document: Document, settings: Settings) -> Iterator[Found]:
    """A dispatch rule without its `dispatch_rule` wrapper.

    ## What it finds
    A file whose fields (`rule`, `name`, `trunk_ids`, `room_config` …) stand at the top.

    ## Why it matters
    `lk sip dispatch create` answers `missing rule`, although the rule is there: since version
    2.4.11 (some say 2.4.10) it looks for it inside `dispatch_rule` only. Older guides, and two of
    three files one meets, have the flat form. With `--direct`, `--caller` or `--callee` on the
    command line it is worse: `lk` takes the file, throws all of it away and makes a rule for every
    call.

    `lk sip dispatch update` and the console of LiveKit Cloud do take it: check such files with
    `--form update`.

    ## Example
    ```json dispatch-rule
    {
      "name": "Support line",
      "rule": {"dispatchRuleIndividual": {"roomPrefix": "support"}}
    }
    ```

    ## Instead
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "name": "Support line",
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "support"}}
      }
    }
    ```

    ## Fix
    Safe: wraps the file; nothing else changes. Unsafe where it has an id: that is a file to update.

    ## Evidence
    Seen: `lk` 2.18.3 answers `missing rule`, or `unknown field "numbers"` where a field is newer
    than the flat form; with `--caller` livekit-server 1.13.3 got a rule without anything of the
    file, and a call to any number went through. livekit-cli cmd/lk/sip.go. 61 of 99 real files.
    """
    if document.kind != DISPATCH or not _is_bare(document):
        return
    flat = all(name in _FLAT for name in document.value)
    if flat and settings.older_lk((2, 4, 10)):
        return
    yield _unwrapped(document, 'files like this with "missing rule"' if flat else "this file")


@rule("LK111", "unwrapped", "error", "rejected", Document)
def unwrapped(document: Document, settings: Settings) -> Iterator[Found]:
    """A trunk without its `trunk` wrapper.

    ## What it finds
    A file whose fields (`name`, `numbers` …) stand at the top.

    ## Why it matters
    `lk sip inbound create` answers `unknown field "name"`. `lk … update` and the console of LiveKit
    Cloud take this form: check such files with `--form update`.

    ## Example
    ```json inbound-trunk
    {"name": "Main line", "numbers": ["+15105550100"]}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"name": "Main line", "numbers": ["+15105550100"]}}
    ```

    ## Fix
    Safe: wraps the file; nothing else changes. Unsafe where it has an id: that is a file to update.

    ## Evidence
    Seen: `lk` 2.18.3 answers `unknown field "name"`. The cURL example on LiveKit's own page about
    the SIP API has this mistake.
    """
    if document.kind == DISPATCH or not _is_bare(document):
        return
    first = next(iter(document.value))
    yield _unwrapped(document, f"this file with unknown field {show(first)}")


@rule("LK112", "wrapped-for-update", "error", "rejected", Document)
def wrapped_for_update(document: Document, settings: Settings) -> Iterator[Found]:
    """A wrapped file, asked for an update.

    ## What it finds
    With `--form update`: a file that has `trunk` or `dispatch_rule` around the resource.

    ## Why it matters
    `lk … update` wants the resource itself and answers `unknown field "trunk"`. LiveKit's own page
    shows one file for both commands; it works for `create` only.

    ## Example
    ```json inbound-trunk update
    {"trunk": {"name": "Main line", "numbers": ["+15105550100"]}}
    ```

    ## Instead
    ```json inbound-trunk update
    {"name": "Main line", "numbers": ["+15105550100"]}
    ```

    ## Fix
    Safe: takes the wrapper off.

    ## Evidence
    Seen: `lk` 2.18.3 answers `unknown field "trunk"` and `unknown field "dispatch_rule"`, and takes
    the same without the wrapper.
    """
    wrapper = document.identity.wrapper
    if document.asked != "update" or document.form != "wrapped" or wrapper is None:
        return
    yield Found(
        at_key(join("", wrapper)),
        f'`{COMMANDS[document.kind]} update` refuses this file with unknown field "{wrapper}"',
        f'Take "{wrapper}" off: its fields stand at the top.',
        "not wanted for an update",
        fix=_taken_off(document, wrapper, safe=True),
    )


def _taken_off(document: Document, wrapper: str, safe: bool) -> Proposal | None:
    """The fix that takes a wrapper off, where nothing stands beside it that would be lost."""
    if len(document.value) > 1 or not isinstance(document.value[wrapper], dict):
        return None
    return Proposal("take the wrapper off", (Unwrap("", join("", wrapper)),), safe)


@rule("LK113", "wrong-wrapper", "error", "rejected", Document)
def wrong_wrapper(document: Document, settings: Settings) -> Iterator[Found]:
    """The resource stands in a wrapper of another name.

    ## What it finds
    `sip_trunk`, `inbound_trunk`, `dispatchRules` and the like around the resource, and `replace`
    in a file for `lk … update`.

    ## Why it matters
    `lk` answers `unknown field` for the wrapper and reads nothing inside it.

    ## Example
    ```json inbound-trunk
    {"sip_trunk": {"name": "Main line", "numbers": ["+15105550100"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"name": "Main line", "numbers": ["+15105550100"]}}
    ```

    ## Fix
    Unsafe: gives the wrapper its right name, and takes the list of one resource off; for an update
    it takes the wrapper off.

    ## Evidence
    Seen: `lk` 2.18.3 answers `unknown field "sip_trunk"`, `unknown field "rules"`; to `replace`,
    which its own `--help` suggests, `unknown field "replace"`. 2 of 60 public files.
    """
    wrapper = document.identity.wrapper
    if document.form != "misnamed" or wrapper is None:
        return
    right, held = WRAPPERS[document.kind], document.value[wrapper]
    at, label, fix = join("", wrapper), "", None
    if isinstance(held, list) and len(held) > 1:
        where = "its fields at the top" if document.asked == "update" else f'inside "{right}"'
        mend = f"Write a file for each of them, {where}."
    elif document.asked == "update":
        mend = f'Take "{wrapper}" off: its fields stand at the top.'
        fix = _taken_off(document, wrapper, safe=False)
    else:
        label = f'"{right}" is meant'
        mend = f'Call it "{right}".'
        changes: tuple[Change, ...] = (Rename(at, right),)
        if isinstance(held, list):
            mend = f'Call it "{right}" and take the [ ] off.'
            changes = (*changes, Unwrap(at, join(at, 0)))
        fix = Proposal("put it right", changes) if right not in document.value else None
    yield Found(
        at_key(at),
        f"LiveKit has no field {show(wrapper)} here, refuses the file and reads nothing in it",
        mend,
        label,
        fix=fix,
    )


@rule("LK114", "list-output", "error", "rejected", Document)
def list_output(document: Document, settings: Settings) -> Iterator[Found]:
    """The output of `lk … list --json`, where one resource is wanted.

    ## What it finds
    `{"items": [ … ]}`. The resources in it are checked as what they are.

    ## Why it matters
    `lk` lists this form and does not read it: `unknown field "items"`.

    ## Example
    ```json inbound-trunk
    {"items": [{"sipTrunkId": "ST_aB3xY9kLmN2p", "numbers": ["+15105550100"]}]}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"]}}
    ```

    ## Fix
    Unsafe, for a list of one: takes the entry out of the list. It keeps its id.

    ## Evidence
    Seen: `lk` 2.18.3 answers `unknown field "items"`. One entry as it stands is a good file for
    `lk … update`.
    """
    if document.form != "list":
        return
    mend = "Put each entry into a file of its own: to update, as it stands here"
    wrapper = WRAPPERS.get(document.kind)
    if wrapper is not None:
        mend = f'{mend}; to create, inside {{"{wrapper}": {{ … }}}} and without its id'
    single = len(document.value["items"]) == 1 and len(document.value) == 1
    taken_out = Proposal("take the entry out of the list", (Unwrap("", "/items/0"),))
    yield Found(
        at_key("/items"),
        "this is a list as `lk` prints it, and no command of `lk` takes it back",
        f"{mend}.",
        fix=taken_out if single else None,
    )


@rule("LK115", "flat-beside-wrapped", "error", "dead", Document)
def flat_beside_wrapped(document: Document, settings: Settings) -> Iterator[Found]:
    """Fields beside `dispatch_rule`, which LiveKit drops.

    ## What it finds
    A file that has both `dispatch_rule` and fields of the old flat form beside it.

    ## Why it matters
    LiveKit takes the file and throws the fields beside the wrapper away: no trunk ids, no agents.

    ## Example
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}},
     "trunk_ids": ["ST_aB3xY9kLmN2p"]}
    ```

    ## Instead
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
     "trunk_ids": ["ST_aB3xY9kLmN2p"]}}
    ```

    ## Fix
    Unsafe: moves the first of them into the wrapper, unless it is given there already, and so on
    with the others.

    ## Evidence
    Seen: `lk` 2.18.3 took a file with both forms, exit code 0, and livekit-server 1.13.3 stored
    nothing of the flat half.
    """
    wrapper = document.identity.wrapper
    if document.kind != DISPATCH or document.form != "wrapped" or document.asked == "update":
        return
    beside = [name for name in document.value if name != wrapper and name in _FLAT]
    beside = [name for name in beside if document.value[name] is not None]
    if not beside or wrapper is None or document.value[wrapper] is None:
        return  # `null` is no wrapper: then LiveKit refuses the file (LK116)
    inside = document.value[wrapper] if isinstance(document.value[wrapper], dict) else {}
    there = {camel_case(name) for name in inside}
    lost = [name for name in beside if camel_case(name) not in there]
    fix = None
    if lost:
        move = Move(join("", lost[0]), join("", wrapper), lost[0])
        fix = Proposal(f'move "{lost[0]}" into "{wrapper}"', (move,))
    yield Found(
        at_key(join("", (lost or beside)[0])),
        f'LiveKit drops what stands beside "{wrapper}": {listing(beside)}',
        f'Move it into "{wrapper}".' if lost else f'Take it out: "{wrapper}" has its own.',
        "dropped",
        fix=fix,
    )


_FLAT = frozenset(
    name
    for field in (
        "rule", "trunk_ids", "hide_phone_number", "inbound_numbers", "name", "metadata",
        "attributes", "room_preset", "room_config",
    )
    for name in (field, camel_case(field))
)  # fmt: skip


@rule("LK116", "empty-document", "error", "rejected", Failure)
def empty_document(failure: Failure, settings: Settings) -> Iterator[Found]:
    """The wrapper is empty or missing.

    ## What it finds
    `{}`, `{"trunk": null}`.

    ## Why it matters
    There is nothing to create, and `lk` refuses it.

    ## Example
    ```json inbound-trunk
    {"trunk": null}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"]}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: `lk` 2.18.3 answers `for security, one of the fields must be set …`, `no trunk numbers
    specified` or `missing rule`.
    """
    name = failure.message_name
    wrapper = REQUESTS[name][2] if name in REQUESTS else "trunk"
    mend = f'Write {{"{wrapper}": {{ … }}}}; `lklint schema` shows what it may hold.'
    if isinstance(failure.value, dict) and any(failure.value.values()):
        mend = f'Move everything into "{wrapper}".'
    yield Found(
        at_brace(failure.pointer),
        f'there is nothing in "{wrapper}" that LiveKit could create, and it refuses the file',
        mend,
    )
