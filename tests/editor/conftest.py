"""The editors, and a workspace for each schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from lklint.shape.schemas import schema

from .editors import Editors, modules_or_skip

Workspace = Callable[..., str]


@pytest.fixture(scope="session")
def editors() -> Iterator[Editors]:
    running = Editors(modules_or_skip())
    yield running
    running.close()


@pytest.fixture
def workspace(editors: Editors) -> Workspace:
    """Open a workspace where every file follows the schema of one kind and form."""

    def opened(kind: str, form: str = "create") -> str:
        name = f"{kind}.{form}"
        one = {"uri": f"file:///schemas/{name}.json", "fileMatch": ["*.json"]}
        return editors.open(name, lambda: [{**one, "schema": schema(kind, form)}])

    return opened
