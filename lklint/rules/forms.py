"""Family 1: the form of a document: what it is wrapped in, and what was asked for."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.document import Document
from lklint.documents.edits import Change, Remove, Rename, Unwrap, Wrap
from lklint.documents.identity import DISPATCH, WRAPPERS
from lklint.documents.pointer import join
from lklint.rules.found import Found, Proposal, at_brace, at_key, at_value, listing, show
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure
from lklint.telephony.message import camel_case

COMMANDS = {
    "inbound-trunk": "lk sip inbound",
    "outbound-trunk": "lk sip outbound",
    "dispatch-rule": "lk sip dispatch",
    "sip-participant": "lk sip participant",
}


def _is_bare(document: Document) -> bool:
    return document.asked == "create" and document.form == "bare" and document.kind in WRAPPERS


@rule("LK110", "flat-dispatch-rule", "error", "rejected", Document)
def flat_dispatch_rule(document: Document, settings: Settings) -> Iterator[Found]:
    """A dispatch rule without its `dispatch_rule` wrapper.

    ## What it finds
    A file whose fields (`rule`, `name`, `trunk_ids`, `room_config` …) stand at the top.

    ## Why it matters
    `lk sip dispatch create` answers `missing rule`, although the rule is there: it looks for
    it inside `dispatch_rule` only, since version 2.4.11. Older guides, and two of three files one
    meets, have the flat form. `lk sip dispatch update` and the console of LiveKit Cloud do take it:
    check such files with `--form update`.

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
    Safe: wraps the file; nothing else changes.

    ## Evidence
    Seen: the real `lk`, `missing rule`; livekit-cli cmd/lk/sip.go. 61 of 99 real files.
    """
    if document.kind != DISPATCH or not _is_bare(document):
        return
    yield Found(
        at_brace(""),
        '`lk sip dispatch create` refuses this file with "missing rule"',
        'Put everything inside {"dispatch_rule": { … }}.',
        'the rule must stand inside "dispatch_rule"',
        fix=Proposal('wrap it in "dispatch_rule"', (Wrap("", "dispatch_rule"),), safe=True),
    )


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
    Safe: wraps the file; nothing else changes.

    ## Evidence
    Seen: the real `lk`. LiveKit's own cURL example has this mistake.
    """
    if document.kind == DISPATCH or not _is_bare(document):
        return
    yield Found(
        at_brace(""),
        f"`{COMMANDS[document.kind]} create` refuses this file: it wants a trunk and finds none",
        'Put everything inside {"trunk": { … }}.',
        'the fields must stand inside "trunk"',
        fix=Proposal('wrap it in "trunk"', (Wrap("", "trunk"),), safe=True),
    )


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
    Seen: the real `lk`, server.md section 1 (seed document).
    """
    wrapper = document.identity.wrapper
    if document.asked != "update" or document.form != "wrapped" or wrapper is None:
        return
    alone = len(document.value) == 1 and isinstance(document.value[wrapper], dict)
    fix = Proposal("take the wrapper off", (Unwrap("", join("", wrapper)),), safe=True)
    yield Found(
        at_key(join("", wrapper)),
        f'`{COMMANDS[document.kind]} update` refuses this file with unknown field "{wrapper}"',
        f'Leave "{wrapper}" away and put its fields at the top.',
        "not wanted for an update",
        fix=fix if alone else None,
    )


@rule("LK113", "wrong-wrapper", "error", "rejected", Document)
def wrong_wrapper(document: Document, settings: Settings) -> Iterator[Found]:
    """The resource stands in a wrapper of another name.

    ## What it finds
    `sip_trunk`, `inbound_trunk`, `dispatchRules` and the like around the resource.

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
    Unsafe: gives the wrapper its right name, or takes it off for an update.

    ## Evidence
    Seen: the real `lk`; 2 of 60 public files.
    """
    wrapper = document.identity.wrapper
    if document.form != "misnamed" or wrapper is None:
        return
    right = WRAPPERS[document.kind]
    single = isinstance(document.value[wrapper], dict)
    change: Change = Rename(join("", wrapper), right)
    if document.asked == "update":
        change = Unwrap("", join("", wrapper))
    mend = f'Call it "{right}".' if document.asked != "update" else "Leave the wrapper away."
    if not single:
        mend = f'Write one file for each of them, inside {{"{right}": {{ … }}}}.'
    yield Found(
        at_key(join("", wrapper)),
        f"LiveKit has no field {show(wrapper)} here, refuses the file and reads nothing in it",
        mend,
        f'"{right}" is meant' if single and document.asked != "update" else "",
        fix=Proposal("put it right", (change,)) if single else None,
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
    None: one file for each, wrapped and without the id for `create`.

    ## Evidence
    Seen: the real `lk`, server.md 2b and 5.
    """
    if document.form == "list":
        yield Found(
            at_key("/items"),
            "this is a list as `lk` prints it, and no command of `lk` takes it back",
            "Write one file for each entry: wrapped and without id to create, as it is to update.",
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
    None: which half is meant is yours to say.

    ## Evidence
    Seen: the real pair, server.md section 1, row 1 (a file with both forms).
    """
    wrapper = document.identity.wrapper
    if document.kind != DISPATCH or document.form != "wrapped" or document.asked == "update":
        return
    beside = [name for name in document.value if name != wrapper and name in _FLAT]
    beside = [name for name in beside if document.value[name] is not None]
    if beside and wrapper is not None:
        yield Found(
            at_key(join("", beside[0])),
            f'LiveKit drops what stands beside "{wrapper}": {listing(beside)}',
            f'Move it into "{wrapper}".',
            "dropped",
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
    Seen: the real `lk` on `{}` and `{"trunk":{}}`.
    """
    yield Found(
        at_brace(failure.pointer),
        "there is nothing in this file that LiveKit could create, and it refuses it",
        "Write the trunk or the rule into it; `lklint schema` shows what it may hold.",
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
    Seen: the real `lk`; protocol livekit/sip.go, CreateSIPInboundTrunkRequest.Validate.
    """
    yield Found(
        at_value(failure.pointer),
        "LiveKit gives the ids itself and refuses a file to create that brings one",
        "Take it out, or use `lk … update` to change what has this id.",
        fix=Proposal("take the id out", (Remove(failure.pointer),), safe=True),
    )
