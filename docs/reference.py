"""The page about the configuration, from its schema."""

from __future__ import annotations

import json
from typing import Any

HEAD = """# Configuration

lklint needs no configuration. Where a team wants one, it stands in `lklint.toml`, or under
`[tool.lklint]` in `pyproject.toml` (the former first). For each file the nearest one counts: in its
folder, or in the closest folder above. Two folders with a configuration each are two worlds, as in
a monorepo. `--config FILE` takes one for all files, `--isolated` none and no baseline, and the
command line goes before a configuration. `lklint config FILE` shows what holds for a file and who
said so.

```toml
# lklint.toml
fail-on = "warning"
target = "self-hosted"
server-version = "1.13.3"
ignore = ["room-prefix-separator"]

[severity]
plaintext-credential = "error"

[per-file-ignores]
"sandbox/**" = ["number-only-trunk"]

[agents]
sources = ["agents/**/*.py"]

[[ignores]]
file = "trunks/pbx.json"
pointer = "/trunk/allowedAddresses/*"
rule = "private-address"
reason = "this PBX stands in our own network"
```

Rules are named by code (`LK302`), by the beginning of a code (`LK3`), by name
(`number-only-trunk`), or all together (`ALL`). Globs are read as in a `.gitignore`, from the folder
of the configuration on (with `--config`, from where you are).

In editors that know JSON Schema for TOML, `schemas/configuration.json` gives completion and checks.

## Starting in a repository that has findings

```sh
lklint baseline write
```

takes everything that is found now into `lklint-baseline.json`. Check that file in. From then on
only what is new is told. A finding is known again by its rule, file, place and value, so that lines
may move; in a list, by what its item is called, too (a trunk's name, a call's numbers and name).
`lklint baseline prune` takes out what has been mended; until then LK791 reminds you.
Mistakes of the text itself (LK0…) are never taken in: what cannot be read hides everything else.

To accept single findings with a reason instead (files for LiveKit have no place for a comment):

```sh
lklint check --add-ignores "until the new PBX is there" trunks/pbx.json
```

writes an `[[ignores]]` entry for each. An entry that no longer silences anything is told as LK790.
What is accepted is not mended by `fix` either.

## Keys
"""


def page(schema: dict[str, Any]) -> str:
    """`docs/configuration.md`."""
    lines = [HEAD]
    for key, about in schema["properties"].items():
        lines += _key(key, about, schema)
    return "\n".join(lines).rstrip() + "\n"


def _key(key: str, about: dict[str, Any], schema: dict[str, Any], level: str = "###") -> list[str]:
    facts = [_type(about, schema)]
    if about.get("default") not in (None, [], {}):
        facts.append(f"default `{_toml(about['default'])}`")
    lines = [f"{level} `{key}`", "", f"{', '.join(facts)}", "", about.get("description", ""), ""]
    for example in about.get("examples", ()):
        lines += ["```toml", *_example(key, example), "```", ""]
    return lines + _inner(about, schema)


def _inner(about: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    """The keys of a table that has a definition of its own."""
    name = about.get("$ref", about.get("items", {}).get("$ref", "")).rpartition("/")[2]
    if not name:
        return []
    definition = schema["definitions"][name]
    lines = ["| key | | |", "| --- | --- | --- |"]
    for key, field in definition["properties"].items():
        needed = "required" if key in definition.get("required", ()) else ""
        lines.append(f"| `{key}` | {needed} | {field['description']} |")
    return [*lines, ""]


def _type(about: dict[str, Any], schema: dict[str, Any]) -> str:
    if "enum" in about:
        return "one of " + ", ".join(f"`{_toml(value)}`" for value in about["enum"])
    if about.get("type") == "array":
        return "tables" if "$ref" in about["items"] else "list"
    if about.get("type") == "object":
        inner = about["additionalProperties"]
        return f"table of {_type(inner, schema)}" if "enum" in inner else "table of lists"
    return "table" if "$ref" in about else "text"


def _example(key: str, example: Any) -> list[str]:
    if isinstance(example, dict):
        rows = [f"{_toml_key(name)} = {_toml(value)}" for name, value in example.items()]
        return [f"[{key}]", *rows]
    return [f"{key} = {_toml(example)}"]


def _toml_key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() else json.dumps(name)


def _toml(value: Any) -> str:
    """A text, a number or a list of them: JSON and TOML write these the same."""
    return json.dumps(value)
