"""What the editor offers (`completions.toml`): at five places or more for each kind."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Workspace
from .editors import MAJORS, Editors, table

MORE = "…"


@pytest.mark.parametrize("major", MAJORS)
@pytest.mark.parametrize("case", table("completions.toml", "completion"))
def test_what_is_offered(
    editors: Editors, workspace: Workspace, case: dict[str, Any], major: int
) -> None:
    offered = editors.completions(workspace(case["kind"]), case["text"], major)
    wanted = case["offers"]
    labels = list(offered)
    if wanted[-1] == MORE:
        wanted = wanted[:-1]
        labels = labels[: len(wanted)]
    assert labels == wanted
    assert set(case.get("never", ())) & set(offered) == set()
    for label, text in case.get("inserts", {}).items():
        assert offered[label]["inserts"] == text


@pytest.mark.parametrize("major", MAJORS)
@pytest.mark.parametrize("kind", ["inbound-trunk", "outbound-trunk", "dispatch-rule"])
def test_every_field_that_is_offered_is_explained(
    editors: Editors, workspace: Workspace, kind: str, major: int
) -> None:
    wrapper = "dispatch_rule" if kind == "dispatch-rule" else "trunk"
    offered = editors.completions(workspace(kind), f'{{"{wrapper}": {{|}}}}', major)
    assert [label for label, one in offered.items() if not one["documentation"]] == []
