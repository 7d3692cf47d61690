"""What lklint imports is what an installation of it brings along."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parent.parent


# Packages that are imported by another name than the one an index has them under.
PACKAGES = {
    "google.protobuf": "protobuf",
    "livekit.api": "livekit-api",
    "livekit.protocol": "livekit-protocol",
    "yaml": "pyyaml",
}


def imported() -> set[str]:
    """The packages, as they are named on an index, that any file of lklint imports."""
    modules: set[str] = set()
    for file in (ROOT / "lklint").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module is not None:
                modules.add(node.module)
    foreign = {
        module
        for module in modules
        if module.partition(".")[0] not in sys.stdlib_module_names | {"lklint"}
    }
    return {package(module) for module in foreign}


def package(module: str) -> str:
    """The package that a module belongs to, as an index names it."""
    top = module.partition(".")[0]
    return PACKAGES.get(".".join(module.split(".")[:2]), top.replace("_", "-"))


def test_every_import_is_a_dependency_and_every_dependency_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=;\s]", needed)[0] for needed in project["dependencies"]}
    # In the library of Python 3.11, and needed before.
    assert imported() | {"tomli"} == declared | {"tomli"}
    assert "tomli>=2.0; python_version < '3.11'" in project["dependencies"]
