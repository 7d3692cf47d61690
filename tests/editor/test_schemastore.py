"""The submission to SchemaStore (`schemas/schemastore/`) is as its rules want it.

The rules are those of its CONTRIBUTING.md and of the checks in its own `cli.js`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .editors import Editors

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SCHEMAS = Path(__file__).parents[2] / "schemas"
SUBMISSION = SCHEMAS / "schemastore"
ENTRIES: list[dict[str, Any]] = json.loads(
    (SUBMISSION / "catalog.json").read_text(encoding="utf-8")
)["schemas"]
HOSTED = {"livekit-telephony": "telephony", "lklint": "configuration"}
"""By their name there: the schemas that are submitted."""
KNOWN_KEYWORDS = ["defaultSnippets", "markdownDescription", "enumDescriptions"]
"""Keywords beyond draft-07 that SchemaStore takes from any schema."""
OWN_KEYWORDS = [
    "deprecationMessage",
    "doNotSuggest",
    "errorMessage",
    "x-livekit-message",
    "x-lklint-format",
    "x-lklint-rule",
]
"""Those that its `options` would have to list."""


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["name"]))
def test_an_entry_of_the_catalogue(entry: dict[str, Any]) -> None:
    assert set(entry) == {"name", "description", "fileMatch", "url"}
    for words in (entry["name"], entry["description"]):
        assert not re.search(r"[,. \t-]$", words)
        assert "schema" not in words.lower()
    file = entry["url"].removeprefix("https://raw.githubusercontent.com/lklint/lklint/main/schemas")
    assert (SCHEMAS / file.removeprefix("/")).is_file()
    assert len(set(entry["fileMatch"])) == len(entry["fileMatch"])
    for pattern in entry["fileMatch"]:
        generic = {"trunk", "rule", "call", "config", "settings", "telephony", "sip"}
        assert Path(pattern).stem not in generic
        assert "*" not in pattern


def test_the_entries_are_in_alphabetical_order() -> None:
    names = [entry["name"].lower() for entry in ENTRIES]
    assert names == sorted(names)


@pytest.mark.parametrize("name", HOSTED.values())
def test_the_head_of_a_schema(name: str) -> None:
    schema = read_schema(name)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema["type"] == "object"
    assert schema["description"]


@pytest.mark.parametrize("name", HOSTED.values())
def test_titles_are_nouns_in_small_letters(name: str) -> None:
    titles = [node["title"] for node in subschemas(read_schema(name)) if "title" in node]
    assert titles
    wrong = [
        title
        for title in titles
        if not title[:1].islower() or title[-1] in ".!?" or re.match(r"(a|an|the) ", title)
    ]
    assert wrong == []


def test_every_message_says_what_it_takes() -> None:
    """Each definition with properties has `additionalProperties`, each property a description."""
    for node in read_schema("telephony")["definitions"].values():
        if "properties" in node:
            assert node["additionalProperties"] is False
            assert all(field["description"] for field in node["properties"].values())


@pytest.mark.parametrize(
    ("name", "folder"), [(n, f) for n in HOSTED for f in ("test", "negative_test")]
)
def test_ajv_takes_the_one_and_refuses_the_other(editors: Editors, name: str, folder: str) -> None:
    files = sorted((SUBMISSION / folder / name).iterdir())
    assert len(files) >= (1 if name == "lklint" else 5)
    answers = editors.ask(
        "ajv",
        schema=read_schema(HOSTED[name]),
        keywords=[*KNOWN_KEYWORDS, *OWN_KEYWORDS],
        documents=[read_document(file) for file in files],
    )
    verdicts = dict(zip((file.name for file in files), answers, strict=True))
    assert verdicts == dict.fromkeys(verdicts, folder == "test")


def read_document(file: Path) -> Any:
    """A test file, as SchemaStore wants it: no byte order mark, and TOML names its schema."""
    text = file.read_text(encoding="utf-8")
    assert not text.startswith("\ufeff")
    if file.suffix == ".json":
        return json.loads(text)
    assert text.startswith("#:schema ../../schemas/json/lklint.json\n")
    return tomllib.loads(text)


def read_schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def subschemas(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema in a schema. What stands under `properties` is one for each name."""
    if isinstance(node, list):
        for item in node:
            yield from subschemas(item)
    elif isinstance(node, dict):
        yield node
        for key, value in node.items():
            held = list(value.values()) if key in ("properties", "definitions") else value
            if key not in ("examples", "enum", "const", "defaultSnippets", "default"):
                yield from subschemas(held)
