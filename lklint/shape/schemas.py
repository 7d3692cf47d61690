"""The published schemas, as they travel with the package."""

from __future__ import annotations

import json
import os
from functools import cache
from typing import Any

KINDS = (
    "inbound-trunk", "outbound-trunk", "dispatch-rule", "sip-participant",
    "call-expectations", "phone-numbers",
)  # fmt: skip
FORMS = ("create", "update", "any")
COMBINED = "telephony"
"""The name of the schema that tells the kinds apart."""


def schema_text(name: str) -> str:
    """The text of a published schema by its file name without ending ("inbound-trunk")."""
    with open(os.path.join(_folder(), f"{name}.json"), encoding="utf-8") as stream:
        return stream.read()


def schema(kind: str, form: str = "create") -> dict[str, Any]:
    """The schema of a kind for one form: the published file with its root turned to that form."""
    published: dict[str, Any] = json.loads(schema_text(kind))
    if form == "create":
        return published
    root = published["definitions"][form]
    turned = {key: value for key, value in published.items() if key != "defaultSnippets"}
    if "defaultSnippets" in root:
        turned["defaultSnippets"] = root["defaultSnippets"]
    turned["allOf"] = [{"$ref": f"#/definitions/{form}"}]
    return turned


def form_text(kind: str, form: str) -> str:
    """The text of a kind's schema for one form."""
    if form == "create":
        return schema_text(kind)
    return json.dumps(schema(kind, form), indent=1, ensure_ascii=False) + "\n"


@cache
def _folder() -> str:
    """The folder of the schemas: in an installed package inside it, in a checkout beside it."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    installed = os.path.join(package, "schemas")
    return installed if os.path.isdir(installed) else os.path.join(package, "..", "schemas")


def follows_schema(name: str, value: Any) -> bool:
    """Whether a plain value is as a published schema says."""
    import jsonschema_rs

    validator = jsonschema_rs.validator_for(json.loads(schema_text(name)))
    try:
        answer: bool = validator.is_valid(value)
    except ValueError:  # a date of TOML, which JSON does not have
        return False
    return answer
