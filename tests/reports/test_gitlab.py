"""GitLab's code quality report."""

from __future__ import annotations

import json

import golden
import sample
from reading import gitlab_row


def test_the_rows_are_what_gitlab_documents() -> None:
    rows = json.loads(golden.rendered("gitlab"))
    for row in rows:
        gitlab_row(row)
    assert len({row["fingerprint"] for row in rows}) == len(sample.FINDINGS)


def test_the_code_stands_in_the_text_too_since_gitlab_hides_the_check_name() -> None:
    for row in json.loads(golden.rendered("gitlab")):
        assert row["description"].startswith(f"{row['check_name']} ")


def test_a_clean_run_is_an_empty_list() -> None:
    assert golden.rendered("gitlab", sample.CLEAN_REPORT) == "[]\n"
