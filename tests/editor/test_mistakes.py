"""What the editor says about mistakes that people make (`mistakes.toml`), and where."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Workspace
from .editors import MAJORS, Complaint, Editors, table


@pytest.mark.parametrize("major", MAJORS)
@pytest.mark.parametrize("case", table("mistakes.toml", "mistake"))
def test_a_mistake_is_told(
    editors: Editors, workspace: Workspace, case: dict[str, Any], major: int
) -> None:
    text = case["text"]
    begin = text.index(case["at"])
    told = editors.complaints(workspace(case["kind"]), text, major)
    assert Complaint(begin, begin + len(case["at"]), case["says"]) in told
