"""The trunks that dispatch rules name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lklint.rules.dispatch import said_elsewhere
from lklint.rules.found import Found, show
from lklint.rules.registry import rule
from lklint.rules.workspace_places import entry, whole
from lklint.settings import Settings
from lklint.telephony.agent_names import closest
from lklint.telephony.trunk_ids import classify_trunk_id
from lklint.workspace.environment import Environment
from lklint.workspace.filed import Filed, server_id
from lklint.workspace.references import Reference

MOST_NAMES = 200
"""Names that are searched for the one that was meant. Where there are more, a likeness is likely
chance."""


@rule("LK711", "unknown-trunk", "error", "dead", Environment, replaces="LK715")
def unknown_trunk(environment: Environment, settings: Settings) -> Iterator[Found]:
    """A rule names a trunk that is not there.

    ## What it finds
    An entry of `trunk_ids` that is no id, and that no trunk of the same server has for a name. Told
    only where all files of the server were looked at. On a server itself a name is found as well:
    nobody puts the id in its place there.

    ## Why it matters
    LiveKit compares ids and looks no trunk up by its name, so it stores the rule and never takes a
    call by this entry: the call is not answered up to livekit-server 1.13.7, and rejected (404)
    since 1.13.8. `lklint apply` puts the id of a trunk in the place of its name, but there is no
    such trunk.

    ## Example
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123"]}}
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["twillio"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```

    ## Instead
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123"]}}
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["twilio"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls with livekit-server 1.13.3, a rule bound to a name: 180, then silence. LiveKit
    protocol `sip/sip.go`, `MatchDispatchRuleIter`.
    """
    if not environment.complete:
        return
    for reference in _names(environment):
        if reference.meaning == "unknown":
            directory = environment.directory
            yield _unknown(reference, directory.called(reference.entry), directory.names)


def _unknown(reference: Reference, called: Sequence[Filed], known: list[str]) -> Found:
    """`called` are the trunks of the name, where a server has it instead of an id."""
    place, name = entry(reference.rule, reference.entry), show(reference.entry)
    if called:
        return Found(
            place,
            f"{name} is the name of a trunk, and LiveKit compares ids, so it matches no call",
            "Write the id that `lk sip inbound list` shows (ST_…).",
            related=tuple((whole(trunk), "has this name") for trunk in called[:3]),
        )
    meant = _meant(reference.entry, known)
    return Found(
        place,
        f"no trunk here has the name or the id {name}, so it matches no call",
        f"Did you mean {show(meant)}?" if meant is not None else _WHERE,
    )


@rule("LK712", "dangling-trunk-id", "warning", "dead", Environment)
def dangling_trunk_id(environment: Environment, settings: Settings) -> Iterator[Found]:
    """A rule is bound to the id of a trunk that is not there.

    ## What it finds
    An id in `trunk_ids` that no trunk of the same server has. Told only where all files of the
    server were looked at, and every inbound trunk in them has an id.

    ## Why it matters
    No call comes in by a trunk that is not there, and LiveKit does not check ids. Deleting a trunk
    leaves its rules as they are, and a trunk that is created again has another id: the rule is dead
    from then on.

    ## Example
    ```json inbound-trunk.json
    {"items": [{"sipTrunkId": "ST_aB3xY9kLmN2p", "numbers": ["+442079460123"]}]}
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["ST_oLd3Y9kLmN2p"],
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
    None.

    ## Evidence
    Seen: real calls with livekit-server 1.13.3, a rule bound to an unknown id, and one whose trunk
    was deleted and made again: 180, then silence. livekit-server `pkg/service/redisstore_sip.go`,
    `DeleteSIPTrunk`.
    """
    known = [name for trunk in environment.inbound_trunks if (name := server_id(trunk))]
    if not environment.complete or not known or len(known) < len(environment.inbound_trunks):
        return
    for reference in environment.references():
        if reference.meaning != "unknown" or classify_trunk_id(reference.entry) != "fine":
            continue
        if said_elsewhere(reference.entry):
            continue
        meant = _meant(reference.entry, known)
        yield Found(
            entry(reference.rule, reference.entry),
            f"no trunk here has the id {show(reference.entry)}, so it matches no call",
            f"Did you mean {show(meant)}?" if meant is not None else _WHERE,
        )


@rule("LK713", "ambiguous-trunk-name", "error", "dead", Environment, replaces="LK715")
def ambiguous_trunk_name(environment: Environment, settings: Settings) -> Iterator[Found]:
    """A rule names a trunk by a name that several have.

    ## What it finds
    An entry of `trunk_ids` that is the name of more than one inbound trunk of the same server.

    ## Why it matters
    LiveKit itself knows ids only, and matches no call by a name. `lklint apply` would put the id in
    its place, but cannot tell which of the trunks is meant.

    ## Example
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123"]}}
    ```
    ```json inbound-trunk-2.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460124"]}}
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["twilio"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```

    ## Instead
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123", "+442079460124"]}}
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["twilio"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```

    ## Fix
    None: give each trunk a name of its own, or write the id.

    ## Evidence
    See LK711.
    """
    if not environment.complete:
        return
    for reference in _names(environment):
        if reference.meaning == "several":
            count = len(reference.trunks)
            yield Found(
                entry(reference.rule, reference.entry),
                f"{count} trunks have the name {show(reference.entry)}: nobody can tell which one "
                "is meant, and LiveKit matches no call by a name",
                "Give each trunk a name of its own, or write the id (ST_…).",
                related=tuple((whole(at), "has this name") for at in reference.trunks[:3]),
            )


@rule("LK714", "rule-on-outbound-trunk", "error", "dead", Environment, replaces="LK715")
def rule_on_outbound_trunk(environment: Environment, settings: Settings) -> Iterator[Found]:
    """A dispatch rule is bound to an outbound trunk.

    ## What it finds
    An entry of `trunk_ids` that is the id or the name of an outbound trunk of the same server.

    ## Why it matters
    No call comes in by an outbound trunk. Both kinds have ids that begin with `ST_`, and LiveKit
    does not check them, so it stores the rule and never takes a call by this entry.

    ## Example
    ```json outbound-trunk.json
    {"trunk": {"name": "carrier", "address": "sip.example.net", "numbers": ["+442079460123"]}}
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["carrier"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```

    ## Instead
    ```json inbound-trunk.json
    {"trunk": {"name": "carrier-in", "numbers": ["+442079460123"]}}
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["carrier-in"],
        "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}
      }
    }
    ```

    ## Fix
    None: create an inbound trunk for the numbers, and bind the rule to that.

    ## Evidence
    Seen: livekit-server 1.13.3 stores it, and the rule takes no call. LiveKit protocol
    `sip/sip.go`, `MatchDispatchRuleIter`.
    """
    for reference in environment.references():
        if reference.meaning != "outbound":
            continue
        by_id = any(reference.entry == server_id(trunk) for trunk in reference.trunks)
        if by_id or (environment.complete and classify_trunk_id(reference.entry) == "name"):
            yield Found(
                entry(reference.rule, reference.entry),
                f"{show(reference.entry)} is an outbound trunk: no call comes in by it, so it "
                "matches none",
                "Name the inbound trunk that has the number.",
                related=((whole(reference.trunks[0]), "the outbound trunk"),),
            )


@rule("LK715", "trunk-by-name", "info", "risky", Environment)
def trunk_by_name(environment: Environment, settings: Settings) -> Iterator[Found]:
    """A rule names its trunk, and LiveKit compares ids.

    ## What it finds
    An entry of `trunk_ids` that is the name of an inbound trunk, or may be one of a file that was
    not looked at. Where all files were, LK711, LK713 and LK714 say more of the other names. Nothing
    is told where a `lklint.lock` lies beside the files: then `lklint apply` hands them over.

    ## Why it matters
    `lk sip dispatch create` stores the name as it is, and LiveKit, which compares it with ids,
    never takes a call by it. `lklint apply` puts the id in its place: such files can be handed over
    to any server, and are right for `lklint apply` alone.

    ## Example
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123"]}}
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["twilio"],
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
    None: the file does not tell the id.

    ## Evidence
    See LK711.
    """
    if environment.applied:
        return
    for reference in _names(environment):
        named = "the name of a trunk" if reference.meaning == "name" else "no id of a trunk"
        yield Found(
            entry(reference.rule, reference.entry),
            f"{show(reference.entry)} is {named}, and LiveKit compares ids: handed over by lk, "
            "the rule matches no call by it",
            "Hand it over with `lklint apply`, which puts the id in its place; for lk write "
            "the id that `lk sip inbound list` shows (ST_…).",
            related=tuple((whole(at), "this trunk") for at in reference.trunks[:1]),
        )


_WHERE = "Write the name of a trunk that is there, or the id that `lk sip inbound list` shows."


def _names(environment: Environment) -> Iterator[Reference]:
    """The entries that are names, or can only be; LK421, LK127 and LK131 speak of the others."""
    for reference in environment.references():
        if reference.meaning in ("id", "phone-number", "assumed"):
            continue
        if reference.meaning in ("name", "several"):
            yield reference
            continue
        if classify_trunk_id(reference.entry) == "name" and not said_elsewhere(reference.entry):
            yield reference


def _meant(word: str, known: list[str]) -> str | None:
    """The name or id that was most likely meant."""
    return closest(word, known) if len(known) <= MOST_NAMES else None
