"""Imports point one way: `docs/architecture.md` draws the rooms, this test keeps the doors."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "lklint"

MAY_IMPORT = {
    "version": set(),
    "findings": set(),
    "settings": set(),
    "patterns": set(),
    "writing": set(),
    "agents": set(),
    "telephony": {"patterns"},
    "documents": {"findings", "patterns"},
    "shape": {"documents", "patterns"},
    "workspace": {"documents", "shape", "telephony"},
    "rules": {
        "findings", "settings", "patterns", "documents", "shape", "telephony", "workspace",
    },
    "checker": {"findings", "settings", "documents", "shape", "telephony", "workspace", "rules"},
    "protocol": {"documents"},
    "remote": {"patterns", "writing", "protocol"},
    "sandbox": {"writing", "documents", "shape", "telephony", "protocol"},
    "config": {"settings", "agents", "shape", "rules"},
    "api": {"findings", "settings", "documents", "telephony", "workspace", "checker"},
    "silencing": {"findings", "telephony", "documents", "rules", "checker", "config"},
    "editor": {"documents", "shape"},
    "reports": {"version", "findings", "documents", "rules"},
    "fixes": {"findings", "writing", "documents", "checker", "reports"},
    "drawing": {"documents", "telephony", "workspace", "reports"},
    "testing": {"telephony", "workspace", "rules", "drawing", "reports"},
    "reconcile": {
        "writing", "documents", "telephony", "workspace", "protocol", "remote", "reports",
    },
    "cli": {
        "version", "findings", "settings", "agents", "documents", "shape", "telephony",
        "workspace", "rules", "checker", "config", "silencing", "editor", "reports", "fixes",
        "sandbox", "protocol", "remote", "reconcile", "drawing", "testing",
    },
    "__init__": {
        "version", "findings", "settings", "documents", "shape", "telephony", "checker", "api",
    },
    "__main__": {"cli"},
}  # fmt: skip


def room_of(file: Path) -> str:
    inside = file.relative_to(PACKAGE)
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


def imported_rooms(file: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        modules: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            modules = [f"{node.module}.{name.name}" for name in node.names]
        elif isinstance(node, ast.Import):
            modules = [name.name for name in node.names]
        for module in modules:
            parts = module.split(".")
            if parts[0] == "lklint" and len(parts) > 1:
                rooms.add(parts[1])
    return rooms


@pytest.mark.parametrize(
    "file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: str(file.relative_to(PACKAGE))
)
def test_a_room_imports_only_what_it_may(file: Path) -> None:
    room = room_of(file)
    assert imported_rooms(file) - {room} <= MAY_IMPORT[room]


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {
        str(file.relative_to(PACKAGE.parent)): len(file.read_text(encoding="utf-8").splitlines())
        for folder in (PACKAGE, PACKAGE.parent / "tests", PACKAGE.parent / "schemas" / "source")
        for file in folder.rglob("*.py")
    }
    assert {file: length for file, length in lengths.items() if length > 400} == {}
