"""A finding is known again in a later run: lines may move, another mistake is another finding."""

from __future__ import annotations

import pytest

import lklint
from lklint.findings import Position, Report, Source, Span
from lklint.reports.fingerprints import fingerprints

TRUNK = """{"trunk": {
  "name": "pbx",
  "numbers": ["*", "+442079460123"],
  "allowedAddresses": ["192.0.2.1/99"],
  "authUsername": "pbx",
  "authPassword": "short"
}}
"""


def prints(text: str, path: str = "a.json") -> list[str]:
    report = lklint.check_text(text, filename="a.json", kind="inbound-trunk")
    assert report.findings
    return list(fingerprints(report, {"a.json": path}))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param('{"trunk"', '\n\n\n{"trunk"', id="lines come before it"),
        pytest.param('  "name": "pbx",\n', "", id="a line is taken out"),
        pytest.param("  ", "\t", id="the file is indented anew"),
        pytest.param('["*"', '["+442079460555", "*"', id="an item comes before it"),
        pytest.param('"short"', '"shorter"', id="the password is another one, as bad"),
    ],
)
def test_a_finding_is_known_again(before: str, after: str) -> None:
    changed = TRUNK.replace(before, after)
    assert changed != TRUNK
    assert sorted(prints(changed)) == sorted(prints(TRUNK))


def test_blanks_between_do_not_matter() -> None:
    assert print_of('["*","*"]') == print_of('[ "*",  "*" ]') != print_of('["*", "1"]')


def print_of(text: str) -> str:
    """The fingerprint of a finding that marks all of a text of one line."""
    known = lklint.check_text(TRUNK).findings[0]
    whole = Span(Position(1, 1), Position(1, len(text) + 1))
    report = Report((known._replace(span=whole),), {known.file: Source(known.file, text)})
    return next(fingerprints(report, {known.file: "a.json"}))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("192.0.2.1/99", "192.0.2.2/99", id="another value at the same place"),
        pytest.param("allowedAddresses", "allowed_addresses", id="another place"),
    ],
)
def test_another_mistake_is_another_finding(before: str, after: str) -> None:
    assert len(set(prints(TRUNK.replace(before, after))) - set(prints(TRUNK))) == 1


def test_the_same_mistake_in_another_file_is_another_finding() -> None:
    assert not set(prints(TRUNK, "a.json")) & set(prints(TRUNK, "b.json"))


def test_the_same_mistake_twice_is_two_findings() -> None:
    twice = prints(TRUNK.replace('["*"', '["*", "*"'))
    assert len(set(twice)) == len(twice) > len(prints(TRUNK))
    assert set(prints(TRUNK)) < set(twice)
