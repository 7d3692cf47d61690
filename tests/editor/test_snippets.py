"""The whole documents that the editor offers for an empty file are documents that LiveKit takes."""

from __future__ import annotations

import json
import re

import pytest

from lklint.checker.run import check_all
from lklint.documents.identity import WRAPPERS
from lklint.findings import Finding, Severity
from lklint.settings import Settings
from lklint.shape.schemas import COMBINED, KINDS

from .conftest import Workspace
from .editors import MAJORS, Editors

FITTING = {"LK128", "LK505"}
"""What lklint may say: that a value is an example, which waits to be replaced, and that a room for
all callers asks for its agents only once, which is so in any such room."""
OFFERED = [(kind, "create") for kind in (*KINDS, COMBINED)] + [
    (kind, "update") for kind in KINDS if kind in WRAPPERS
]


def filled_in(snippet: str) -> str:
    """What stands in the file when nobody changes a placeholder (TextMate's syntax)."""
    text = re.sub(r"\$\{\d+:((?:[^\\}]|\\.)*)\}|\$\d+", r"\1", snippet)
    return re.sub(r"\\([$}\\])", r"\1", text)


def found_in(text: str, form: str) -> list[Finding]:
    found = check_all([("snippet.json", text.encode("utf-8"))], Settings(form=form)).findings
    return [one for one in found if one.severity is not Severity.INFO]


@pytest.mark.parametrize("major", MAJORS)
@pytest.mark.parametrize(("kind", "form"), OFFERED)
def test_lklint_accepts_the_document_of_a_snippet(
    editors: Editors, workspace: Workspace, kind: str, form: str, major: int
) -> None:
    name = workspace(kind) if kind == COMBINED else workspace(kind, form)
    offered = editors.completions(name, "|", major)
    assert offered
    for label, one in offered.items():
        text = filled_in(one["inserts"])
        assert editors.complaints(name, text, major) == [], label
        assert {finding.code for finding in found_in(text, form)} <= FITTING, label


@pytest.mark.parametrize("major", MAJORS)
@pytest.mark.parametrize("kind", ["inbound-trunk", "outbound-trunk", "dispatch-rule"])
def test_what_a_name_inserts_is_no_mistake(
    editors: Editors, workspace: Workspace, kind: str, major: int
) -> None:
    """Each field is completed by its name and filled in as it is offered."""
    wrapper = "dispatch_rule" if kind == "dispatch-rule" else "trunk"
    offered = editors.completions(workspace(kind), f'{{"{wrapper}": {{|}}}}', major)
    for label, one in offered.items():
        member = filled_in(one["inserts"])
        if member.endswith(": "):
            continue  # nothing is put there: the editor offers the values
        text = f'{{"{wrapper}": {{{member}}}}}'
        json.loads(text)
        told = editors.complaints(workspace(kind), text, major)
        at_the_member = [c for c in told if text[c.begin : c.end] != f"{{{member}}}"]
        assert at_the_member == [], label
