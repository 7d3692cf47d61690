"""`lklint explain`, `rules`, `schema` and the version."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run
from jsonschema import Draft7Validator

from lklint.rules.all_rules import all_rules


@pytest.mark.parametrize("word", ["LK110", "lk110", "flat-dispatch-rule", "flat_dispatch_rule"])
def test_explain_takes_code_and_name(lklint: Run, word: str) -> None:
    done = lklint("explain", word)
    assert done.stdout.startswith("# LK110 flat-dispatch-rule\n")
    assert "## Why it matters" in done.stdout


def test_explain_guesses_at_a_slip(lklint: Run) -> None:
    done = lklint("explain", "flat-dispach-rule")
    assert done.stderr == (
        "lklint: there is no rule 'flat-dispach-rule'; did you mean flat-dispatch-rule?\n"
    )


def test_rules_lists_every_rule(lklint: Run) -> None:
    listed = json.loads(lklint("rules", "--output-format", "json").stdout)
    assert [rule["code"] for rule in listed] == list(all_rules())
    assert len(lklint("rules").stdout.splitlines()) == len(all_rules())


@pytest.mark.parametrize("form", ["create", "update", "any"])
def test_a_schema_is_printed_for_each_form(lklint: Run, form: str) -> None:
    schema = json.loads(lklint("schema", "dispatch-rule", "--form", form).stdout)
    Draft7Validator.check_schema(schema)
    wrapped = {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "r"}}}}
    bare = wrapped["dispatch_rule"]
    validator = Draft7Validator(schema)
    assert validator.is_valid(wrapped) == (form != "update")
    assert validator.is_valid(bare) == (form != "create")


def test_all_schemas_are_written(lklint: Run, tmp_path: Path) -> None:
    lklint("schema", "--output-dir", "out")
    names = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert len(names) == 19
    assert "telephony.json" in names
    assert "inbound-trunk.update.json" in names


def test_version(lklint: Run) -> None:
    assert lklint("--version").stdout.startswith("lklint 0.")
