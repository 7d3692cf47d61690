"""lklint's routing against LiveKit's own code, on generated networks and calls.

The judge is `go/routing`, built with protocol 1.54.0 and again with protocol 1.48.2, the library of
livekit-server 1.13.3. Everything it says of a call must be what lklint says: the trunk and the
rule, the outcome, the stage and the words of an error, room, identity, name, attributes, agents and
media; and of a network the words of the first conflict and every pair.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from exchanges import exchange_of

from lklint.telephony.routing import route
from lklint.telephony.routing.versions import Version

from .networks import CALLS, Case, cases
from .oracle import built
from .routing import livekits, ours, sorted_pairs

NETWORKS = int(os.environ.get("LKLINT_FIDELITY_NETWORKS", "1000"))
SEED = int(os.environ.get("LKLINT_FIDELITY_SEED", "1"))

MADE = list(cases(SEED, NETWORKS))


@pytest.mark.parametrize(
    ("modules", "version"),
    [("go.mod", None), ("older.mod", (1, 13, 3))],
    ids=["protocol-1.54.0", "protocol-1.48.2"],
)
def test_lklint_routes_as_livekit_does(
    modules: str, version: Version | None, tmp_path: Path
) -> None:
    program = built(tmp_path, "routing", modules)
    wrong = [
        _told(case, sorted_pairs(theirs), sorted_pairs(ours(case, version)))
        for case, theirs in zip(MADE, livekits(program, MADE), strict=True)
        if sorted_pairs(theirs) != sorted_pairs(ours(case, version))
    ]
    print(f"{len(MADE)} networks, {CALLS} calls each, {modules}: {len(wrong)} disagreements")
    assert not wrong, "\n".join(wrong[:5])


def _told(case: Case, theirs: dict[str, object], mine: dict[str, object]) -> str:
    return (
        f"{case.id}\n  trunks {case.trunks}\n  rules {case.rules}\n  calls {case.calls}\n"
        f"  LiveKit {theirs}\n  lklint  {mine}"
    )


def test_the_networks_reach_every_decision() -> None:
    reached: Counter[str] = Counter()
    for case in MADE:
        exchange = exchange_of(case.trunks, case.rules)
        for call in case.calls:
            found = route(call, exchange, (1, 13, 3))
            reached[found.stage or found.outcome] += 1
            reached[f"login {found.authentication}"] += 1
            reached[f"ends in {found.answer.end}"] += 1
    print(dict(reached))
    wanted = {
        "accept", "request-pin", "drop", "source", "match-trunk", "match-rule", "evaluate",
        "login none", "login half", "login challenge",
    }  # fmt: skip
    assert wanted - set(reached) == set()
