"""The published schema and the pydantic models say yes and no to the same configurations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from lklint.config.model import Configuration, json_schema
from lklint.config.profile import defaults
from lklint.shape.schemas import follows_schema

ROOT = Path(__file__).parent.parent.parent
PUBLISHED = json.loads((ROOT / "schemas" / "configuration.json").read_text(encoding="utf-8"))


def test_the_published_schema_is_fresh() -> None:
    assert json_schema() == PUBLISHED, "run python docs/generate.py"
    jsonschema.Draft7Validator.check_schema(PUBLISHED)


def test_the_defaults_of_the_schema_are_those_of_the_models() -> None:
    said = Configuration().model_dump(by_alias=True)
    assert {key: said[key] for key in defaults()} == defaults()


def test_every_example_in_the_schema_is_valid() -> None:
    for key, about in PUBLISHED["properties"].items():
        for example in about.get("examples", ()):
            assert follows_schema("configuration", {key: example}), key


def accepted(value: Any) -> bool:
    try:
        Configuration.model_validate(value)
    except ValidationError:
        return False
    return True


def agree(value: Any) -> None:
    assert follows_schema("configuration", value) is accepted(value)


KEYS = sorted(PUBLISHED["properties"])
WORDS = st.sampled_from(
    ["LK302", "ALL", "", " ", "error", "warning", "create", "any", "update", "cloud", "self-hosted",
     "sip-participant", "dispatch-rule", "US", "us", "1.13", "v1.13.3", "1.13.3\n", "US\n", "1",
     "/a", "/a\nb", "/", "a", "\n", "x\n", "**/*.json", "12345.1"]
)  # fmt: skip
# TOML has no null.
SCALARS = WORDS | st.text(max_size=4) | st.integers() | st.booleans() | st.floats()
ENTRIES = st.dictionaries(
    st.sampled_from(["file", "rule", "pointer", "reason", "names", "sources", "x"]),
    WORDS | SCALARS | st.lists(WORDS, max_size=2),
    max_size=5,
)
GOOD_ENTRIES = st.fixed_dictionaries(
    {"file": WORDS, "rule": WORDS, "reason": WORDS}, optional={"pointer": WORDS}
)
VALUES = (
    SCALARS
    | st.lists(WORDS | SCALARS, max_size=3)
    | st.dictionaries(WORDS, SCALARS | st.lists(WORDS, max_size=2), max_size=3)
    | ENTRIES
    | st.lists(ENTRIES | GOOD_ENTRIES, max_size=2)
)


@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4))
@settings(derandomize=True, deadline=None, max_examples=1500)
def test_both_say_the_same_about_any_values(value: dict[str, Any]) -> None:
    agree(value)


@given(st.sampled_from(KEYS), VALUES)
@settings(derandomize=True, deadline=None, max_examples=2500)
def test_both_say_the_same_about_any_value_of_one_key(key: str, value: Any) -> None:
    agree({key: value})


@given(st.text(max_size=12), SCALARS)
@settings(derandomize=True, deadline=None)
def test_both_know_the_same_keys(key: str, value: Any) -> None:
    agree({key: value})


@pytest.mark.parametrize("pointer", ["", "/", "/a~1b/*", "/two\nlines", "/**"])
def test_any_pointer_can_be_named(pointer: str) -> None:
    entry = {"file": "a.json", "rule": "LK201", "reason": "r", "pointer": pointer}
    assert accepted({"ignores": [entry]})
    agree({"ignores": [entry]})


@pytest.mark.parametrize("value", [None, 3, "x", [], [{}]])
def test_a_configuration_is_a_table(value: Any) -> None:
    assert not follows_schema("configuration", value)
    assert not accepted(value)
