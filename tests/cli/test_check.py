"""`lklint check` as a person uses it: paths, standard input, formats, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run
from jsonschema import Draft7Validator

ROOT = Path(__file__).parent.parent.parent
GOOD = """{"trunk": {
  "name": "t", "numbers": ["+442079460123"], "authUsername": "u", "authPassword": "${PASSWORD}"
}}"""
FLAT = '{"name": "r", "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}}}'
UNPROTECTED = '{"trunk": {"name": "t", "krispEnabled": true}}'


def test_a_clean_file_is_one_quiet_line(lklint: Run, tmp_path: Path) -> None:
    (tmp_path / "inbound-trunk.json").write_text(GOOD)
    done = lklint("check", "inbound-trunk.json")
    assert done.stdout == "1 file, nothing to mend.\n"
    assert done.returncode == 0


def test_a_refused_file_fails_and_names_the_place(lklint: Run, tmp_path: Path) -> None:
    (tmp_path / "dispatch-rule.json").write_text(FLAT)
    done = lklint("check", "dispatch-rule.json")
    assert "error[LK110] flat-dispatch-rule" in done.stdout
    assert "--> dispatch-rule.json:1:1" in done.stdout
    assert "1 file is refused by LiveKit." in done.stdout
    assert done.returncode == 1


def test_without_paths_the_directory_is_searched(lklint: Run, tmp_path: Path) -> None:
    (tmp_path / "livekit").mkdir()
    (tmp_path / "livekit" / "trunk.json").write_text(GOOD)
    (tmp_path / "package.json").write_text('{"name": "x", "version": "1.0.0"}')
    done = lklint("check")
    assert done.stdout == "1 file, nothing to mend, 1 other JSON file passed over.\n"


def test_ignored_files_are_left_out_unless_they_are_named(lklint: Run, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("build/\n*.local.json\n")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / ".gitignore").write_text("!kept.local.json\n")
    (tmp_path / "build").mkdir()
    for name in ("build/a.json", "b.local.json", "deep/kept.local.json", "deep/c.local.json"):
        (tmp_path / name).write_text(FLAT)
    done = lklint("check", "--output-format", "concise")
    assert [line.split(":")[0] for line in done.stdout.splitlines() if "LK110" in line] == [
        "deep/kept.local.json"
    ]
    assert "LK110" in lklint("check", "b.local.json").stdout


def test_a_missing_path_is_one_line_and_exit_2(lklint: Run) -> None:
    done = lklint("check", "nowhere.json")
    assert done.stderr == "lklint: nowhere.json: there is no such file or directory\n"
    assert (done.stdout, done.returncode) == ("", 2)


def test_standard_input_goes_by_the_name_it_is_given(lklint: Run) -> None:
    done = lklint("check", "-", "--stdin-filename", "rules/my.json", stdin=FLAT)
    assert "--> rules/my.json:1:1" in done.stdout
    assert done.returncode == 1


def test_the_form_changes_the_question(lklint: Run, tmp_path: Path) -> None:
    (tmp_path / "dispatch-rule.json").write_text(FLAT)
    assert "LK110" not in lklint("check", "--form", "update", "dispatch-rule.json").stdout
    assert "LK110" not in lklint("check", "--form=any", "dispatch-rule.json").stdout


def test_verbose_says_what_a_file_was_taken_for_and_why(lklint: Run, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(UNPROTECTED)
    (tmp_path / "b.json").write_text("{}")
    done = lklint("check", "-v", "a.json", "b.json")
    assert 'a.json: wrapped inbound-trunk, as it has "krispEnabled" (server: .)\n' in done.stdout
    assert "b.json: passed over" in done.stdout


def test_quiet_shows_only_what_fails_the_run(lklint: Run, tmp_path: Path) -> None:
    (tmp_path / "good.json").write_text(GOOD)
    assert lklint("check", "-q", "good.json").stdout == ""


def test_on_github_the_text_report_gives_the_runner_no_orders(lklint: Run) -> None:
    name = "a" * 70 + " ::error file=x::hostile"
    hostile = f'{{"trunk": {{"name": "t", "{name}": 1, "numbers": ["+442079460123"]}}}}'
    done = lklint("check", "-", stdin=hostile, GITHUB_ACTIONS="true")
    first, *lines, last = done.stdout.splitlines()
    assert first.startswith("::stop-commands::")
    assert last == f"::{first.rpartition('::')[2]}::"
    assert any("hostile" in line for line in lines)
    assert lklint("check", "-q", "-", stdin=GOOD, GITHUB_ACTIONS="true").stdout == ""


def test_statistics_count_by_rule(lklint: Run, tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.json").write_text(UNPROTECTED)
    first = lklint("check", "--statistics").stdout.splitlines()[0]
    assert first.split() == ["2", "LK301", "unprotected-trunk"]


def test_fail_on_decides_the_exit_code(lklint: Run) -> None:
    number_only = '{"trunk": {"name": "t", "numbers": ["+442079460123"]}}'
    assert lklint("check", "-", stdin=number_only).returncode == 0
    assert lklint("check", "-", "--fail-on", "warning", stdin=number_only).returncode == 1


def test_the_json_report_keeps_to_its_schema(lklint: Run) -> None:
    done = lklint("check", "--output-format", "json", str(ROOT / "examples"))
    report = json.loads(done.stdout)
    schema = json.loads((ROOT / "schemas" / "report.json").read_text(encoding="utf-8"))
    Draft7Validator.check_schema(schema)
    assert [error.message for error in Draft7Validator(schema).iter_errors(report)] == []
    assert report["summary"]["refused"]
    assert done.returncode == 1


def test_a_report_goes_to_a_file(lklint: Run, tmp_path: Path) -> None:
    done = lklint("check", "-", "--output-file", "out.txt", stdin=UNPROTECTED)
    assert done.stdout == ""
    assert "LK301" in (tmp_path / "out.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--form", "wrong"),
        ("check", "--nonsense"),
        ("check", "--output-file", "no/such/folder/x", "-"),
        ("check", "-", "other.json"),
        ("check", "--enable", "LK999", "-"),
        ("explain", "LK999"),
        ("nonsense",),
    ],
)
def test_wrong_usage_is_exit_2_without_a_traceback(lklint: Run, arguments: tuple[str, ...]) -> None:
    done = lklint(*arguments, stdin=UNPROTECTED)
    assert done.returncode == 2
    assert done.stderr.strip()


def test_colour_is_for_terminals_and_who_asks(lklint: Run) -> None:
    assert "\x1b" not in lklint("check", "-", stdin=UNPROTECTED).stdout
    assert "\x1b[1;31m" in lklint("check", "-", stdin=UNPROTECTED, FORCE_COLOR="1").stdout
    both = lklint("check", "-", stdin=UNPROTECTED, FORCE_COLOR="1", NO_COLOR="1")
    assert "\x1b" not in both.stdout


def test_a_file_cannot_write_to_the_terminal(lklint: Run) -> None:
    hostile = '{"trunk": {"na\\u001b[2Jme": 1, "numbers": ["\\u202e+1"], "x\x7f\u202e\u009b": 2}}'
    for output_format in ("text", "concise", "json"):
        done = lklint("check", "-", "--output-format", output_format, stdin=hostile)
        assert not set(done.stdout) & set("\x1b\x7f\u202e\u009b\x07")


def test_secrets_are_never_printed(lklint: Run) -> None:
    text = (
        '{"trunk": {"address": "sip.example.net", "numbers": ["+442079460123"], "transport": "tls",'
        ' "authUsername": "u", "authPassword": "hunter2hunter2", "pin": 987654}}'
    )
    for arguments in ((), ("--output-format", "json"), ("--output-format", "concise"), ("--diff",)):
        done = lklint("check", "-", *arguments, stdin=text)
        assert "hunter2" not in done.stdout + done.stderr
        assert "987654" not in done.stdout + done.stderr


@pytest.mark.parametrize("arguments", [("check", "rule.json"), ("explain", "LK304"), ("rules",)])
def test_a_narrow_encoding_never_stops_the_output(
    lklint: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "rule.json").write_text('{"dispatch_rule": {"name": "Büro", "bogus…": 1}}', "utf-8")
    done = lklint(*arguments, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "mistake of lklint" not in done.stderr
    assert done.stdout
