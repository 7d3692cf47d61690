"""The editor and the command say the same, in the same places.

Every document of `tests/cases/` is opened in the editor. Each finding of a rule that the schemas
name must be underlined there, from the same character to the same character, and the message must
name the same rule. A finding about an object as a whole is at its opening brace in the command and
under all of it in the editor. `exceptions.toml` has the cases that differ, with the reason.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest
from test_cases import load, place, settings_of, text_of

from lklint.checker.run import check_all
from lklint.findings import Effect, Finding, Report
from lklint.shape.schemas import KINDS, schema_text

from .conftest import Workspace
from .editors import MAJORS, Complaint, Editors, read

EXCEPTIONS: dict[str, str] = {
    case: exception["why"]
    for exception in read("exceptions.toml")["exception"]
    for case in exception["cases"]
}
CODE = re.compile(r"\((LK\d{3})\)$")
OWN_WORDS = {
    "Duplicate object key": "LK004",
    "Value is below the minimum of": "",
    "Value is above the maximum of": "",
    "String is longer than the maximum length of": "",
}
"""What VS Code says in words of its own; "" where its words are for several rules."""


@cache
def codes() -> set[str]:
    """The rules that the editor knows: those named by a constraint, or by a message."""
    texts = "".join(schema_text(kind) for kind in KINDS)
    return set(re.findall(r'"x-lklint-rule": "(LK\d{3})"', texts)) | set(
        re.findall(r"\((LK\d{3})\)\"", texts)
    )


def cases(*verdicts: str) -> list[Any]:
    """The documents that are JSON, need nothing beside them and go through the newest `lk`."""
    return [
        parameter
        for verdict in verdicts
        for parameter in load(verdict)
        if fits(parameter.values[1])
    ]


def fits(case: dict[str, Any]) -> bool:
    alone = "files" not in case and "lk_version" not in case.get("settings", {})
    return alone and is_json(text_of(case))


def is_json(data: bytes) -> bool:
    try:
        json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return False
    return True


def checked(code: str, case: dict[str, Any]) -> Report:
    documents = [(case.get("filename", "case.json"), text_of(case))]
    return check_all(documents, settings_of(code, case))


def told(
    editors: Editors, workspace: Workspace, report: Report, case: dict[str, Any], major: int
) -> list[Complaint]:
    """What the editor underlines, but for hints that a field has been replaced."""
    opened = workspace(report.checked[0].kind, case.get("form", "create"))
    found = editors.complaints(opened, text_of(case).decode("utf-8"), major)
    return [one for one in found if rule_of(one) is not None]


def rule_of(complaint: Complaint) -> str | None:
    """The rule that a message names, "" for any rule, None for what is no complaint."""
    match = CODE.search(complaint.message)
    if match is not None:
        return match[1]
    return next(
        (code for words, code in OWN_WORDS.items() if complaint.message.startswith(words)), None
    )


def offset(text: str, line: int, column: int) -> int:
    return sum(len(one) + 1 for one in text.split("\n")[: line - 1]) + column - 1


def agrees(complaint: Complaint, finding: Finding, text: str) -> bool:
    start, end = finding.span
    begin, stop = offset(text, *start), offset(text, *end)
    same_end = complaint.end == stop or text[begin:stop] == "{"
    return complaint.begin == begin and same_end and rule_of(complaint) in ("", finding.code)


@pytest.mark.parametrize(("code", "case"), cases("bad"))
def test_what_the_command_finds_is_underlined(
    editors: Editors, workspace: Workspace, code: str, case: dict[str, Any]
) -> None:
    text, report = text_of(case).decode("utf-8"), checked(code, case)
    both = [told(editors, workspace, report, case, major) for major in MAJORS]
    missing = [
        (finding.code, place(finding, case))
        for finding in report.findings
        if finding.code in codes()
        and not all(any(agrees(one, finding, text) for one in complaints) for complaints in both)
    ]
    why = EXCEPTIONS.get(f"{code}: {case['title']}")
    if why is None:
        assert missing == [], both
    else:
        assert missing != [], f"no exception any more: {why}"


def is_refusal(finding: Finding) -> bool:
    """Whether the file cannot be read, by LiveKit or, as it is lklint's own, by lklint."""
    unread = finding.effect is Effect.DEAD and finding.code in codes()
    return finding.effect is Effect.REJECTED or unread


@pytest.mark.parametrize(("code", "case"), cases("bad", "ok"))
def test_the_editor_refuses_only_what_the_command_refuses(
    editors: Editors, workspace: Workspace, code: str, case: dict[str, Any]
) -> None:
    report = checked(code, case)
    if report.checked and not any(map(is_refusal, report.findings)):
        for major in MAJORS:
            assert told(editors, workspace, report, case, major) == []


def test_every_exception_is_about_a_case() -> None:
    names = {f"{case.values[0]}: {case.values[1]['title']}" for case in cases("bad")}
    assert set(EXCEPTIONS) <= names
