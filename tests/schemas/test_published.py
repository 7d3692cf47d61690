"""The published schemas: fresh, draft 7, self-contained, and readable for every engine."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft7Validator

from lklint.rules.all_rules import all_rules
from lklint.shape.failures import HINT
from lklint.shape.schemas import COMBINED, FORMS, KINDS, schema_text

ROOT = Path(__file__).parents[2]
PUBLISHED = [*KINDS, COMBINED]
Schema = dict[str, Any]


def read(name: str) -> Schema:
    found: Schema = json.loads(schema_text(name))
    return found


def nodes(value: Any) -> Iterator[Schema]:
    """Every object in a schema."""
    if isinstance(value, list):
        for item in value:
            yield from nodes(item)
    elif isinstance(value, dict):
        yield value
        for item in value.values():
            yield from nodes(item)


def test_they_are_what_their_sources_make() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "schemas" / "source" / "build.py"), "--check"],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.stdout + done.stderr == ""


@pytest.mark.parametrize("name", PUBLISHED)
def test_they_are_schemas_of_draft_7(name: str) -> None:
    Draft7Validator.check_schema(read(name))


@pytest.mark.parametrize("name", PUBLISHED)
def test_references_stand_alone_and_lead_into_the_same_file(name: str) -> None:
    """VS Code's newest service passes over what stands beside a reference."""
    schema = read(name)
    for node in nodes(schema):
        if "$ref" in node:
            assert list(node) == ["$ref"]
            assert node["$ref"].removeprefix("#/definitions/") in schema["definitions"]


@pytest.mark.parametrize("name", PUBLISHED)
def test_patterns_need_no_look_around(name: str) -> None:
    """Rust's plain engine has the syntax of Go's; what it compiles, both do, in linear time."""
    options = jsonschema_rs.RegexOptions()
    jsonschema_rs.Draft7Validator(read(name), pattern_options=options)


@pytest.mark.parametrize("name", PUBLISHED)
def test_patterns_repeat_no_more_than_go_allows(name: str) -> None:
    patterns = {
        node["pattern"] for node in nodes(read(name)) if isinstance(node.get("pattern"), str)
    }
    counts = [int(count) for text in patterns for count in re.findall(r"(\d+)\}", text)]
    assert max(counts, default=0) <= 1000


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_constraint_names_a_rule_and_every_message_the_same_one(name: str) -> None:
    for node in nodes(read(name)):
        code, words = node.get("x-lklint-rule"), node.get("errorMessage")
        if isinstance(code, str) and code != HINT:
            assert code in all_rules()
        if isinstance(words, str):
            named = re.search(r"\((LK\d{3})\)$", words)
            assert named is not None
            assert named[1] in all_rules()
            assert code in (None, HINT, named[1])


@pytest.mark.parametrize("name", PUBLISHED)
def test_no_hint_is_about_a_field_that_there_is(name: str) -> None:
    for node in nodes(read(name)["definitions"]):
        for part in node.get("allOf", ()):
            names = part.get("propertyNames", {})
            if names.get("x-lklint-rule") == HINT:
                validator = Draft7Validator(names)
                assert [
                    field for field in node["properties"] if not validator.is_valid(field)
                ] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS)
def test_the_combined_schema_agrees_with_those_of_the_kinds(kind: str, form: str) -> None:
    combined, own = read(COMBINED)["definitions"], read(kind)["definitions"]
    renamed = json.dumps(own[form])
    for other in FORMS:
        renamed = renamed.replace(f'/{other}"', f'/{kind}-{other}"')
    assert json.loads(renamed) == combined[f"{kind}-{form}"]
    assert {name: own[name] for name in own if name not in FORMS}.items() <= combined.items()
