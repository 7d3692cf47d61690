"""What `lklint route` and `lklint graph` draw, beside the golden files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import drawings
import pytest


@pytest.mark.parametrize("case", drawings.CASES["cases"], ids=lambda case: case["name"])
def test_the_drawing_is_as_it_was(case: dict[str, Any], tmp_path: Path) -> None:
    done = drawings.drawn(case, tmp_path)
    assert done.stdout == drawings.golden(case).read_text(encoding="utf-8")
    assert (done.returncode, done.stderr) == (case["exit"], "")


def test_no_golden_file_is_left_over() -> None:
    names = {f"{case['name']}.txt" for case in drawings.CASES["cases"]}
    assert {file.name for file in drawings.GOLDEN.iterdir()} == names
