"""`settings.json` gets what is new, keeps all else as it is, and VS Code can read it."""

from __future__ import annotations

import json

import pytest

from lklint.editor.associations import Association, associations
from lklint.editor.settings import Unreadable, merged

from .editors import Editors

ONE = Association(("*inbound*trunk*.json",), "./.vscode/lklint/inbound.json")
ENTRY = {"fileMatch": ["*inbound*trunk*.json"], "url": "./.vscode/lklint/inbound.json"}

SETTINGS = {
    "nothing": "",
    "an empty object": "{}\n",
    "an empty object on two lines": "{\n}\n",
    "one line": '{"editor.tabSize": 4}',
    "one line with a trailing comma": '{"editor.tabSize": 4,}',
    "comments, and a trailing comma": (
        '// ours\n{\n\t// tabs\n\t"editor.tabSize": 4, // four\n\t/* and */ "a": [1, 2,], // b\n}\n'
    ),
    "a comment behind the last value": '{\n    "a": 1 // one\n    // the end\n}\n',
    "a comma behind a comment": '{\n  "a": 1 /* one */ , // two\n}\n',
    "nothing but a comment": "// to be filled\n",
    "a comment in an empty object": "{\n  // to be filled\n}\n",
    "lines of Windows": '{\r\n  "a": 1, // one\r\n  "b": {}\r\n}\r\n',
    "a byte order mark": '\ufeff{\n  "a": 1\n}\n',
    "other schemas": '{\n  "json.schemas": [\n    {"fileMatch": [], "url": "./a"} // a\n  ]\n}\n',
    "other schemas on one line": '{"json.schemas": [{"fileMatch": ["a.json"], "url": "./a"}]}',
    "no schemas yet": '{\n  "json.schemas": [],\n  "b": 2\n}\n',
    "braces that hug": '{"a": [{\n  "b": 1\n}]}\n',
    "texts with slashes and brackets": '{\n  "a//b": "c,] // \\" /* d",\n  "e": "/*"\n}\n',
    "a name given twice": '{\n  "a": 1,\n  "a": 2\n}\n',
    "many comments": "{\n" + "".join(f'  // {n}\n  "k{n}": {n},\n' for n in range(80)) + "}\n",
}  # fmt: skip


@pytest.mark.parametrize("before", SETTINGS.values(), ids=SETTINGS)
def test_what_stands_there_stays_and_vscode_reads_it(editors: Editors, before: str) -> None:
    after = merged(before, [ONE])
    assert only_adds(before, after)
    assert merged(after, [ONE]) == after
    read_before = editors.ask("settings", text=before)["value"] or {}
    read_after = editors.ask("settings", text=after)
    assert read_after["errors"] == []
    schemas = [*read_before.get("json.schemas", []), ENTRY]
    assert read_after["value"] == {**read_before, "json.schemas": schemas}


def only_adds(before: str, after: str) -> bool:
    """Whether the characters of one text stand in another one, in the same order."""
    there = iter(after)
    return all(letter in there for letter in before)


def test_a_comment_stays_with_its_line() -> None:
    before = """{
    // how we write
    "editor.tabSize": 4, // four
    "files.eol": "\\n" // always
    // the end
}
"""
    assert (
        merged(before, [ONE])
        == """{
    // how we write
    "editor.tabSize": 4, // four
    "files.eol": "\\n", // always
    "json.schemas": [
        {
            "fileMatch": [
                "*inbound*trunk*.json"
            ],
            "url": "./.vscode/lklint/inbound.json"
        }
    ]
    // the end
}
"""
    )


def test_a_new_folder_goes_before_what_is_taken_out() -> None:
    """VS Code lets the last pattern decide that matches."""
    first = merged("", associations(["telephony"]))
    second = merged(first, associations(["sip"]))
    assert json.loads(second)["json.schemas"][-1]["fileMatch"] == [
        "/telephony/**/*.json",
        "/sip/**/*.json",
        "!*inbound*trunk*.json",
        "!*outbound*trunk*.json",
        "!*dispatch*rule*.json",
        "!*sip*participant*.json",
        "!*calls.json",
        "!*phone*numbers*.json",
    ]
    assert merged(second, associations(["telephony", "sip"])) == second


def test_patterns_of_ones_own_stay() -> None:
    own = json.dumps({"json.schemas": [{**ENTRY, "fileMatch": ["main.json"]}]})
    entry = json.loads(merged(own, [ONE]))["json.schemas"]
    assert entry == [{**ENTRY, "fileMatch": ["main.json", "*inbound*trunk*.json"]}]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{\n  "a": 1\n  "b": 2\n}', "line 2, column 8: missing comma"),
        ('{"a": 1', "line 1, column 1: cut off"),
        ("[]", "line 1, column 1: not an object"),
        ("# settings\n{}", "line 1, column 1: comment"),
        ('{"json.schemas": {}}', 'line 1, column 18: "json.schemas" is not a list'),
        (
            '{"json.schemas": [{"url": "./.vscode/lklint/inbound.json"}]}',
            '"fileMatch" of the entry for ./.vscode/lklint/inbound.json is not a list',
        ),
    ],
)
def test_settings_that_cannot_be_read_are_left_alone(text: str, why: str) -> None:
    with pytest.raises(Unreadable) as raised:
        merged(text, [ONE])
    assert str(raised.value) == why
