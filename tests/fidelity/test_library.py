"""lklint against LiveKit's newest library, on generated documents.

The judge is `go/oracle`: the reader of `lk` and the validation of protocol 1.54.0. A document has a
finding with the effect `rejected` exactly when the judge refuses it.
"""

from __future__ import annotations

from collections import Counter

from .disagreements import disagreements, explained
from .generate import Case
from .mistakes import NAMES
from .oracle import Oracle, Verdict

Judged = list[tuple[Case, Verdict]]

MANY = 5000
"""So many documents hold every mistake of the catalogue."""


def test_a_document_without_a_mistake_is_accepted(judged: Judged) -> None:
    wrong = [(case, verdict) for case, verdict in judged if not case.mistakes and verdict.refused]
    assert wrong == []


def test_the_documents_reach_everything(judged: Judged) -> None:
    made = Counter(name for case, _ in judged for name in case.mistakes)
    accepted = sum(not verdict.refused for _, verdict in judged) / len(judged)
    by = Counter(verdict.by or "nobody" for _, verdict in judged)
    print(f"{len(judged)} documents, refused by {dict(by)}, {len(made)} mistakes")
    assert accepted >= 0.35
    if len(judged) >= MANY:
        assert [name for name in NAMES if not made[name]] == []


def test_lklint_rejects_exactly_what_livekit_refuses(judged: Judged, oracle: Oracle) -> None:
    found = disagreements(judged)
    assert not found, explained(found, oracle, len(judged))
