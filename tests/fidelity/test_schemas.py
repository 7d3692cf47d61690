"""The schemas alone against LiveKit's newest library, on the same documents.

A schema refuses no document that LiveKit accepts. What it cannot say (two spellings of one number,
the bytes of a text) is at most 5 % of what LiveKit refuses among well-formed JSON.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

from .generate import Case
from .oracle import Verdict

SCHEMAS = Path(__file__).parents[2] / "schemas"

SHARE = 0.95

SECOND_OPINION = 300
"""So many documents are also given to the slow, plain implementation."""

SHOWN = 20

Judged = list[tuple[Case, Verdict]]

Validators = dict[tuple[str, str], Any]


def schema(kind: str, form: str) -> dict[str, Any]:
    """The schema of a kind, asking about one form."""
    whole = json.loads((SCHEMAS / f"{kind}.json").read_text(encoding="utf-8"))
    return {**whole, "allOf": [{"$ref": f"#/definitions/{form}"}]}


@dataclass(frozen=True, slots=True)
class Wellformed:
    """A document that is JSON: what any parser hands to a validator. `whole` is False where a key
    stands twice in one object, of which a parser keeps only one."""

    case: Case
    verdict: Verdict
    value: Any
    whole: bool

    def shown(self) -> str:
        case = self.case
        return f"{case.id} {case.kind} {case.form} {case.mistakes}\n    {case.text!r:.400}"


def wellformed_one(case: Case, verdict: Verdict) -> Wellformed:
    """Raises ValueError where the text is no JSON, or has half a character or a number beyond
    doubles, and RecursionError where it is too deep for Python."""
    keys: list[bool] = []

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        keys.append(len(made) == len(pairs))
        return made

    text = case.text if isinstance(case.text, str) else case.text.decode()
    read = json.loads(text, parse_constant=_no_number, object_pairs_hook=members)
    json.dumps(read, ensure_ascii=False, allow_nan=False).encode()
    return Wellformed(case, verdict, read, all(keys))


def _no_number(name: str) -> None:
    raise ValueError(name)


@pytest.fixture(scope="module")
def wellformed(judged: Judged) -> list[Wellformed]:
    """The documents that are JSON, with their values."""
    found = []
    for case, verdict in judged:
        with suppress(ValueError, RecursionError):
            found.append(wellformed_one(case, verdict))
    return found


@pytest.fixture(scope="module")
def validators(judged: Judged) -> Validators:
    asked = {(case.kind, case.form) for case, _ in judged}
    return {pair: jsonschema_rs.Draft7Validator(schema(*pair)) for pair in asked}


def test_no_schema_refuses_what_livekit_accepts(
    wellformed: list[Wellformed], validators: Validators
) -> None:
    wrong = [
        one.shown()
        for one in wellformed
        if not one.verdict.refused
        and not validators[one.case.kind, one.case.form].is_valid(one.value)
    ]
    assert not wrong, f"{len(wrong)} of them, such as\n" + "\n".join(wrong[:SHOWN])


def test_the_schemas_refuse_nearly_all_that_livekit_refuses(
    wellformed: list[Wellformed], validators: Validators
) -> None:
    refused = [one for one in wellformed if one.verdict.refused]
    missed = [
        one for one in refused if validators[one.case.kind, one.case.form].is_valid(one.value)
    ]
    seen = [one for one in missed if one.whole]
    share = 1 - len(seen) / sum(one.whole for one in refused)
    why = Counter(name for one in seen for name in one.case.mistakes[-1:])
    print(f"the schemas refuse {share:.2%} of what LiveKit refuses among well-formed JSON")
    print(f"with keys that stand twice, which no schema sees: {1 - len(missed) / len(refused):.2%}")
    print("the rest:", ", ".join(f"{name} {count}" for name, count in why.most_common()))
    assert share >= SHARE, "\n".join(one.shown() for one in seen[:SHOWN])


def test_another_implementation_reads_the_schemas_the_same_way(
    wellformed: list[Wellformed], validators: Validators
) -> None:
    """But for texts that end in a line break: there Python's `$` matches too early, and a pattern
    that says it otherwise would not compile in Go and Rust."""
    plain = {pair: jsonschema.Draft7Validator(schema(*pair)) for pair in validators}
    wrong = [
        one.shown()
        for one in wellformed[:SECOND_OPINION]
        if '\\n"' not in json.dumps(one.value)
        and plain[one.case.kind, one.case.form].is_valid(one.value)
        != validators[one.case.kind, one.case.form].is_valid(one.value)
    ]
    assert not wrong, "\n".join(wrong[:SHOWN])
