"""Dispatch rules: the kind of a rule, conflicts with itself, and the trunks it is bound to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lklint.documents.edits import Remove, Replace
from lklint.documents.pointer import join, parent
from lklint.rules.found import Found, Proposal, at_brace, at_key, at_value, listing, show
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.shape.failures import Failure
from lklint.telephony.lookalikes import plain
from lklint.telephony.message import Text, camel_case
from lklint.telephony.phone_numbers import normalize_number
from lklint.telephony.placeholders import find_placeholder
from lklint.telephony.resources import DispatchRule
from lklint.telephony.rule_conflicts import repetitions
from lklint.telephony.trunk_ids import IdFault, classify_trunk_id, ids_in, what_id_names

_KINDS = ("dispatch_rule_direct", "dispatch_rule_individual", "dispatch_rule_callee")
_CHOICE = (
    "dispatchRuleIndividual (a room for each call), dispatchRuleDirect (one room for all) or "
    "dispatchRuleCallee (a room for each number of yours)"
)


@rule("LK401", "missing-rule", "error", "rejected", Failure)
def missing_rule(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A dispatch rule without `rule` says nothing about where calls go.

    ## What it finds
    A dispatch rule that lacks `rule`, or has `null` there.

    ## Why it matters
    `rule` is the part that picks the room. Without it `lk` answers `missing rule` and the server
    `unsupported SIP Dispatch Rule: <nil>`; nothing is stored.

    ## Example
    ```json dispatch-rule
    {"dispatch_rule": {"name": "Support line", "trunk_ids": ["ST_aB3xY9kLmN2p"]}}
    ```

    ## Instead
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "name": "Support line",
        "trunk_ids": ["ST_aB3xY9kLmN2p"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "support"}}
      }
    }
    ```

    ## Fix
    None: only you know which room is meant.

    ## Evidence
    Seen: livekit-server 1.13.3 with `lk` 2.18.3. LiveKit protocol `livekit/sip.go`, `Validate` of
    `CreateSIPDispatchRuleRequest`, and `sip/sip.go`, `GetPinAndRoom`.
    """
    place = at_brace if isinstance(failure.value, dict) else at_value
    yield Found(
        place(failure.pointer),
        "LiveKit refuses this dispatch rule: it does not say which room calls go to",
        f'Add "rule" with one of {_CHOICE}.',
        label='"rule" is missing',
    )


@rule("LK402", "rule-kind-missing", "error", "rejected", Failure)
def rule_kind_missing(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A `rule` that is empty picks no room.

    ## What it finds
    `rule` without any of `dispatchRuleDirect`, `dispatchRuleIndividual` and `dispatchRuleCallee`,
    or with `null` for them.

    ## Why it matters
    The kind decides whether each call gets a room of its own. The server refuses a rule without
    one: `unsupported SIP Dispatch Rule: <nil>`.

    ## Example
    ```json dispatch-rule
    {"dispatch_rule": {"name": "Support line", "rule": {}}}
    ```

    ## Instead
    ```json dispatch-rule
    {"dispatch_rule": {"name": "Support line", "rule": {"dispatchRuleIndividual": {}}}}
    ```

    ## Fix
    None: only you know which room is meant.

    ## Evidence
    Seen: livekit-server 1.13.3, create, update and Twirp. LiveKit protocol `sip/sip.go`,
    `GetPinAndRoom`.
    """
    place = at_brace if isinstance(failure.value, dict) else at_value
    yield Found(
        place(failure.pointer),
        "LiveKit refuses this dispatch rule: its rule is empty and picks no room for a call",
        f"Put one of these inside: {_CHOICE}.",
        label="no kind of rule in here",
    )


@rule("LK403", "several-rule-kinds", "error", "rejected", Failure)
def several_rule_kinds(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A `rule` of two kinds sends a call to two rooms.

    ## What it finds
    More than one of `dispatchRuleDirect`, `dispatchRuleIndividual` and `dispatchRuleCallee` in one
    `rule`.

    ## Why it matters
    They are members of a protobuf oneof: `lk` reads the first and refuses the second (`oneof
    livekit.SIPDispatchRule.rule is already set`). A second one that is `null` does no harm.

    ## Example
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "rule": {
          "dispatchRuleDirect": {"roomName": "lobby"},
          "dispatchRuleIndividual": {"roomPrefix": "call"}
        }
      }
    }
    ```

    ## Instead
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}}}
    ```

    ## Fix
    None: only you know which one is meant. Two rules, in two files, can stand beside each other
    where their trunks, numbers or PINs differ.

    ## Evidence
    Seen: `lk` 2.18.3. LiveKit protocol `protobufs/livekit_sip.proto`, `SIPDispatchRule`.
    """
    names = {*_KINDS, *map(camel_case, _KINDS)}
    kinds = [key for key, held in failure.given.items() if key in names and held is not None]
    if failure.value != kinds[1]:
        return
    first = join(parent(failure.pointer), kinds[0])
    yield Found(
        at_key(failure.pointer),
        "LiveKit refuses this dispatch rule: it sends calls to two rooms at once",
        f"Keep one of {listing(kinds)}.",
        related=((at_key(first), "the first kind stands here"),),
    )


@rule("LK404", "self-conflict", "error", "rejected", DispatchRule)
def self_conflict(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """A rule that names a trunk or a number twice conflicts with itself.

    ## What it finds
    A trunk id that stands twice in `trunk_ids`, or a number that stands twice in `numbers` or
    `inbound_numbers`: also `+15550100` beside `15550100` or `+1 555-0100`.

    ## Why it matters
    LiveKit allows one rule for each combination of trunk, caller, called number and PIN, and counts
    a rule that repeats itself as two. The server refuses it: `Dispatch rule for the same trunk,
    inbound number, number, and PIN combination already exists`. For this check it normalises
    numbers, although on a call it compares those of a rule as they are written; so no rule can
    cover a number with and without its `+`.

    ## Example
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "numbers": ["+15550100", "15550100"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```

    ## Instead
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "numbers": ["+15550100"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```

    ## Fix
    Takes the repetition out: safe where both are the same text, unsafe where they are two forms of
    one number (the one with `+` and no blanks is kept, if it is there).

    ## Evidence
    Seen: livekit-server 1.13.3, create and update, same trunk twice and `+N` beside `N`. LiveKit
    protocol `sip/sip.go`, `DispatchRuleValidator.Validate`.
    """
    yield from _repeated(dispatch.trunk_ids, str, "the trunk")
    yield from _repeated(dispatch.inbound_numbers, normalize_number, "the caller")
    yield from _repeated(dispatch.numbers, normalize_number, "the number")


def _repeated(
    entries: Sequence[Text], normalize: Callable[[str], str], what: str
) -> Iterator[Found]:
    if len(entries) < 2:
        return
    for extra, kept in repetitions(entries, normalize):
        if extra == kept:
            said, mend = f"names {what} {show(extra)} twice", "Take one of them out."
        else:
            said = f"names {what} {show(kept)} again, as {show(extra)},"
            mend = (
                "Keep the form that your provider sends: on a call LiveKit compares the numbers of "
                "a rule as they are written."
            )
        yield Found(
            at_value(extra.pointer),
            f"LiveKit refuses this dispatch rule: it {said} and conflicts with itself",
            mend,
            related=((at_value(kept.pointer), "also named here"),),
            fix=Proposal(f"take {show(extra)} out", (Remove(extra.pointer),), safe=extra == kept),
        )


@rule("LK421", "trunk-id-not-an-id", "error", "dead", DispatchRule)
def trunk_id_not_an_id(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """An entry of `trunk_ids` that is no id matches no call.

    ## What it finds
    Entries of `trunk_ids` that are not ids of trunks (`ST_…`) or of LiveKit phone numbers (`PN_…`):
    phone numbers, ids of other things, `*`, empty texts, several ids in one text, an id with
    blanks, quotes or brackets around it. What may be the name of a trunk is left to LK711 and
    LK715, which know the other files; so is a phone number or a word like `all` where an inbound
    trunk of the same server has exactly that name.

    ## Why it matters
    LiveKit stores whatever stands there and later compares it with the id of the call's trunk, as
    text. A call that no other rule takes is never answered: up to livekit-server 1.13.7 the caller
    hears ringing for ever, since 1.13.8 the call is rejected (404). An empty text does not mean
    "every trunk" either; an empty list does.

    ## Example
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["+442079460123"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
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
    Unsafe: takes blanks, quotes and brackets away, and splits a text of several ids. Nothing else
    can be guessed.

    ## Evidence
    Seen: real calls with livekit-server 1.13.3, a rule bound to a name, to an unknown id and to
    `[]`: 180, then silence. LiveKit protocol `sip/sip.go`, `MatchDispatchRuleIter`;
    `utils/guid/id.go` for the prefixes. livekit-server `pkg/service/ioservice_sip.go` for the 404.
    """
    for entry in dispatch.trunk_ids:
        fault = classify_trunk_id(entry)
        if fault not in ("fine", "name") and not said_elsewhere(entry):
            headline, mend = _about_trunk_id(fault, entry)
            fix = _trunk_id_fix(fault, entry, alone=len(dispatch.trunk_ids) == 1)
            yield Found(at_value(entry.pointer), headline, mend, fix=fix)


def said_elsewhere(entry: str) -> bool:
    """Whether LK127 (placeholder) or LK131 (lookalike-character) speaks about an entry."""
    read = plain(entry)
    if read is not None and classify_trunk_id(read) == "fine":
        return True
    return find_placeholder(entry, machine=True) is not None


_WHERE = "Write the id of the trunk (ST_…); `lk sip inbound list` shows it."
_EVERY = "For every trunk leave trunk_ids out; for one write its id (ST_…)."


def _about_trunk_id(fault: IdFault, entry: Text) -> tuple[str, str]:
    """Headline and mend for an entry that is no id."""
    shown = show(entry)
    if fault == "empty":
        return "an empty trunk id matches no call, and does not mean every trunk", _EVERY
    if fault == "padded":
        return f"{shown} is more than an id, so it matches no call", "Write the id alone."
    if fault == "several":
        return (
            f"{shown} is one text and not a list of ids, so it matches no call",
            "Write each id as a text of its own.",
        )
    if fault == "brackets":
        return f"{shown} is taken for the id of a trunk, so it matches no call", _EVERY
    if fault == "any":
        return f"{shown} does not stand for every trunk: it matches no call", _EVERY
    if fault == "other":
        named = what_id_names(entry)
        return f"{shown} is the id of {named} and not of a trunk, so it matches no call", _WHERE
    mend = f"{_WHERE} To pick calls by the number that was dialled, use numbers."
    return f"{shown} is a phone number and not the id of a trunk, so it matches no call", mend


def _trunk_id_fix(fault: IdFault, entry: Text, alone: bool) -> Proposal | None:
    if fault == "padded":
        return Proposal("write the id alone", (Replace(entry.pointer, ids_in(entry)[0]),))
    if fault == "several" and alone:
        return Proposal("write one id each", (Replace(parent(entry.pointer), ids_in(entry)),))
    return None
