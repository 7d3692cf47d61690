"""`"${NAME}"` in a file, and the files that say what the names stand for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lklint.remote.env_file import BadEnvFile, read_env_file
from lklint.telephony.variables import references, resolve

SET = {"SIP_PASSWORD": "p$w", "HOST": "sip.example.com", "EMPTY": "", "NESTED": "${HOST}"}


@pytest.mark.parametrize(
    ("value", "resolved"),
    [
        ("${SIP_PASSWORD}", "p$w"),
        ("a-${HOST}-${HOST}", "a-sip.example.com-sip.example.com"),
        ("${EMPTY}", ""),
        ("$${HOST}", "${HOST}"),
        ("$$${HOST}", "$${HOST}"),
        # A value is put in as it is: nothing in it is a reference.
        ("${NESTED}", "${HOST}"),
        ("$HOST", "$HOST"),
        ("${host}", "${host}"),
        ("${HOST:-x}", "${HOST:-x}"),
        ("{{HOST}}", "{{HOST}}"),
        ({"${HOST}": ["${HOST}", 1, None, True]}, {"${HOST}": ["sip.example.com", 1, None, True]}),
    ],
)
def test_only_this_form_is_a_reference(value: Any, resolved: Any) -> None:
    assert resolve(value, SET) == (resolved, ())


def test_missing_names_are_all_named_once_and_left_in() -> None:
    value = {"b": "${NO}", "a": ["${ALSO_NO}", "${NO}"]}
    assert resolve(value, SET) == (value, ("ALSO_NO", "NO"))


def test_the_given_value_is_left_as_it_was() -> None:
    value = {"a": ["${HOST}"]}
    resolve(value, SET)
    assert value == {"a": ["${HOST}"]}


def test_the_names_of_a_file_are_known_without_any_value() -> None:
    assert references({"a": "${B} ${A} $${C}"}) == ("A", "B")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=b", "b"),
        ("export A=b", "b"),
        ("  A = b c  ", "b c"),
        ("A=", ""),
        ("A='b # c'", "b # c"),
        (r'A="b \"c\" \\ \n"', 'b "c" \\ \n'),
        ("A=b # a note", "b"),
        ("A=b#c", "b#c"),
        ("A=${B}", "${B}"),
        ("\ufeffA=b", "b"),
        ("A=x\nA=b", "b"),
        ("# a note\n\nA=b", "b"),
        ("A=b=c", "b=c"),
    ],
)
def test_a_line_of_an_env_file(line: str, value: str, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(line + "\n", encoding="utf-8")
    assert read_env_file(str(file)) == {"A": value}


@pytest.mark.parametrize("line", ["hunter2", "1A=hunter2", "A='hunter2", 'A="hunter2', "=hunter2"])
def test_a_line_that_is_none_is_named_by_its_number_only(line: str, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(f"A=b\n{line}\n", encoding="utf-8")
    with pytest.raises(BadEnvFile, match="line 2") as refused:
        read_env_file(str(file))
    assert "hunter2" not in str(refused.value)
