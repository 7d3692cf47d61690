"""Ids that are taken for a trunk because no other can be meant."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.rules.found import Found, show
from lklint.rules.registry import rule
from lklint.rules.workspace_places import entry, the, whole
from lklint.settings import Settings
from lklint.workspace.environment import Environment


@rule("LK716", "assumed-trunk-id", "info", "risky", Environment)
def assumed_trunk_id(environment: Environment, settings: Settings) -> Iterator[Found]:
    """An id that no file has is taken for the only trunk without one.

    ## What it finds
    An id in `trunk_ids` that no file has and `lklint.lock` does not know, where exactly one inbound
    trunk has no id, and the rules have no other such id.

    ## Why it matters
    Files for `create` have no ids, so the id is likely that of this trunk, made by hand once. That
    is a guess: `lklint route`, `lklint graph` and `lklint test` follow calls by it. `lklint apply`
    writes the id of this trunk in its place, unless the server has a trunk of the id that is
    written here, or the rule there is bound to it already.

    ## Example
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123"]}}
    ```
    ```json dispatch-rule
    {
      "dispatch_rule": {
        "trunk_ids": ["ST_aB3xY9kLmN2p"],
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
    None: the files do not tell whose id it is.

    ## Evidence
    A guess of lklint's own (`workspace/references.py`). LiveKit compares ids alone: its protocol,
    `sip/sip.go`, `MatchDispatchRuleIter`.
    """
    if not environment.complete:
        return
    for reference in environment.references():
        if reference.meaning == "assumed":
            trunk = reference.trunks[0]
            name = trunk.text("name")
            given = f"Write {show(name)}, its name" if name else "Give it a name and write that"
            yield Found(
                entry(reference.rule, reference.entry),
                f"no file has the id {show(reference.entry)}, and it is taken for "
                f"{the('trunk', trunk)}, the only one without an id",
                f"{given}: `lklint apply` puts the id in.",
                related=((whole(trunk), "taken for this one"),),
            )
