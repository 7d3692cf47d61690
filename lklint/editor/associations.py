"""Which schema is for which files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lklint.shape.schemas import COMBINED, form_text, schema_text

FOLDER = ".vscode/lklint"
"""Where the schemas go, from the folder that the editor opens."""


class Association(NamedTuple):
    """An entry of VS Code's `json.schemas`: the schema at `url` is for the files that match."""

    patterns: tuple[str, ...]
    url: str


_FILES = {
    "inbound-trunk": ("inbound.json", "*inbound*trunk*.json"),
    "outbound-trunk": ("outbound.json", "*outbound*trunk*.json"),
    "dispatch-rule": ("dispatch.json", "*dispatch*rule*.json"),
    "sip-participant": ("call.json", "*sip*participant*.json"),
    "call-expectations": ("expectations.json", "*calls.json"),
    "phone-numbers": ("numbers.json", "*phone*numbers*.json"),
}
"""By kind: the file of its schema, and the files it is for. The former is not one of the latter, so
that nobody takes a schema for a trunk."""
_ANY = "any.json"


def schema_files(form: str) -> dict[str, str]:
    """The texts of the schemas by file name, those of the kinds for one form."""
    return {
        **{name: form_text(kind, form) for kind, (name, _) in _FILES.items()},
        _ANY: schema_text(COMBINED),
        "configuration.json": schema_text("configuration"),
    }


def associations(folders: Iterable[str]) -> list[Association]:
    """What an editor has to know: the kinds go by file name, all else in `folders` by content.

    The folders are relative to the one that the editor opens, with slashes.
    """
    found = [Association((pattern,), _url(name)) for name, pattern in _FILES.values()]
    inside = tuple(_inside(folder) for folder in folders)
    if inside:
        others = tuple(f"!{pattern}" for _, pattern in _FILES.values())
        found.append(Association((*inside, *others), _url(_ANY)))
    return found


def _inside(folder: str) -> str:
    return "/**/*.json" if folder == "." else f"/{folder}/**/*.json"


def _url(name: str) -> str:
    return f"./{FOLDER}/{name}"
