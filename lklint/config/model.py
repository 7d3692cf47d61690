"""What may stand in a configuration, as pydantic models.

`schemas/configuration.json` and `docs/configuration.md` are made from these. A run reads the
schema; pydantic is only imported to explain a mistake, because importing it takes longer than
checking a file.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Selector = Annotated[str, StringConstraints(min_length=1)]
Glob = Annotated[str, StringConstraints(min_length=1)]
Version = Annotated[str, StringConstraints(pattern=r"^v?[0-9]{1,4}\.[0-9]{1,4}(\.[0-9]{1,4})?$")]
Kind = Literal[
    "inbound-trunk", "outbound-trunk", "dispatch-rule", "sip-participant",
    "call-expectations", "phone-numbers",
]  # fmt: skip
Form = Literal["create", "update", "any"]
SeverityName = Literal["error", "warning", "info"]


def _kebab(name: str) -> str:
    return name.replace("_", "-")


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=_kebab)


class Ignore(_Table):
    """One finding that is known and accepted, and why."""

    file: Annotated[
        Glob,
        Field(
            description="The file, or a glob of files, below the folder of this configuration.",
            examples=["trunks/legacy.json"],
        ),
    ]
    rule: Annotated[
        Selector, Field(description="Code or name of the rule.", examples=["number-only-trunk"])
    ]
    pointer: Annotated[
        str,
        Field(
            description="The place, as a JSON pointer; `*` stands for one name or index, `**` for"
            " any number of them. Without it: anywhere in the file.",
            pattern=r"^(/[\s\S]*)?$",
            examples=["/trunk/numbers/0", "/trunk/numbers/*"],
        ),
    ] = "/**"
    reason: Annotated[
        str,
        StringConstraints(min_length=1, pattern=r"\S"),
        Field(
            description="Why this is right as it is; the next reader will ask.",
            examples=["this PBX is in our own network"],
        ),
    ]


class Agents(_Table):
    """The agents that your workers run."""

    names: Annotated[
        list[str],
        Field(description="Names that agents register under.", examples=[["inbound-agent"]]),
    ] = []
    sources: Annotated[
        list[Glob],
        Field(
            description="Python, TypeScript or JavaScript sources to read agent names from: files,"
            " folders or globs, from the folder of this configuration.",
            examples=[["agents/**/*.py"]],
        ),
    ] = []


class Configuration(_Table):
    """Configuration of lklint: `lklint.toml`, or `[tool.lklint]` in `pyproject.toml`."""

    select: Annotated[
        list[Selector] | None,
        Field(
            description="The rules that speak, by code, prefix or name; `ALL` for every rule."
            " Without it: every rule that is not off by default.",
            examples=[["LK0", "LK1", "number-only-trunk"]],
        ),
    ] = None
    extend_select: Annotated[
        list[Selector],
        Field(description="Rules that speak too.", examples=[["room-name-pii"]]),
    ] = []
    ignore: Annotated[
        list[Selector],
        Field(
            description="Rules that are silent. Where a rule is both selected and ignored, the more"
            " exact word decides.",
            examples=[["LK408"]],
        ),
    ] = []
    per_file_ignores: Annotated[
        dict[Glob, list[Selector]],
        Field(
            description="Rules that are silent in some files.",
            examples=[{"sandbox/**": ["LK128", "LK302"]}],
        ),
    ] = {}
    ignores: Annotated[
        list[Ignore],
        Field(
            description="Single findings that are known and accepted, each with a reason. One that"
            " no longer silences anything is a finding itself (LK790)."
        ),
    ] = []
    unignorable: Annotated[
        list[Selector],
        Field(
            description="Rules that nothing silences: no ignore, no glob, no baseline.",
            examples=[["plaintext-credential"]],
        ),
    ] = []
    baseline: Annotated[
        str,
        Field(
            description="The baseline: a file of findings that were there before lklint was, from"
            " the folder of this configuration. `lklint baseline write` makes it.",
            min_length=1,
            examples=["ci/lklint-baseline.json"],
        ),
    ] = "lklint-baseline.json"
    severity: Annotated[
        dict[Selector, SeverityName],
        Field(
            description="Another severity for some rules.",
            examples=[{"number-only-trunk": "info", "LK5": "error"}],
        ),
    ] = {}
    fail_on: Annotated[
        SeverityName,
        Field(description="A finding of this severity or worse makes the run fail."),
    ] = "error"
    exclude: Annotated[
        list[Glob],
        Field(
            description="What is never searched, as in a `.gitignore`. Files that are named on the"
            " command line are checked all the same, unless `--force-exclude` is given."
        ),
    ] = [".git", ".hg", ".svn", ".venv", "node_modules", "__pycache__"]
    extend_exclude: Annotated[
        list[Glob], Field(description="More that is never searched.", examples=[["vendor/"]])
    ] = []
    environments: Annotated[
        list[Annotated[str, StringConstraints(min_length=1, pattern=r"^[^/\\\\].*$")]],
        Field(
            description="Folders whose files go to a server each, with everything below them; `*`"
            " stands for any name, `.` for the folder of this configuration. Elsewhere every folder"
            " is a server of its own.",
            examples=[["dev", "prod"], ["tenants/*"], ["."]],
        ),
    ] = []
    kinds: Annotated[
        dict[Glob, Kind],
        Field(
            description="What some files are, where guessing is not enough.",
            examples=[{"calls/*.json": "sip-participant"}],
        ),
    ] = {}
    forms: Annotated[
        dict[Glob, Form],
        Field(
            description="What some files are for: `lk … create`, `lk … update`, or either.",
            examples=[{"updates/**": "update"}],
        ),
    ] = {}
    target: Annotated[
        Literal["cloud", "self-hosted"] | None,
        Field(description="Where the files go; some things hold only for one of them."),
    ] = None
    server_version: Annotated[
        Version | None,
        Field(
            description="Version of the livekit-server that gets the files; if not given, the"
            " newest.",
            examples=["1.13.3"],
        ),
    ] = None
    lk_version: Annotated[
        Version | None,
        Field(
            description="Version of the `lk` that sends the files; without it, the newest.",
            examples=["2.18.3"],
        ),
    ] = None
    agents: Annotated[
        Agents,
        Field(description="The agents that your workers run, so that a misspelt name is found."),
    ] = Agents()
    default_region: Annotated[
        str | None,
        Field(
            description="Country (ISO 3166-1) of numbers without a country code.",
            pattern="^[A-Z]{2}$",
            examples=["US"],
        ),
    ] = None


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a configuration, draft-07, which TOML editors know."""
    schema = _without_null(Configuration.model_json_schema(ref_template="#/definitions/{model}"))
    definitions = schema.pop("$defs")
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": "lklint configuration"}
    return {**head, **schema, "title": head["title"], "definitions": definitions}


def _without_null(node: Any) -> Any:
    """A schema without the null that stands for "not given", which TOML does not have, and without
    titles: they only say the names of the keys again."""
    if isinstance(node, list):
        return [_without_null(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {
        name: _without_null(value)
        for name, value in node.items()
        if not (name == "default" and value is None)
        and not (name == "title" and isinstance(value, str))
    }
    choices = [choice for choice in kept.get("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        del kept["anyOf"]
        kept = {**choices[0], **kept}
    return kept
