"""The baseline: findings that were there before lklint was."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

from lklint.findings import Effect, Finding, Position, Severity, Span
from lklint.silencing.baseline import Baseline, Entry, baseline_text, read_baseline

FILE = "lklint-baseline.json"
SECRET = "ZXkdhaf86sGmKQ"
PIN = "48151"


def trunk(number: int) -> dict[str, Any]:
    """An inbound trunk with five mistakes: three dead numbers, a secret and a placeholder."""
    name = f"trunk {number}"
    numbers = ["*", f"+44 20 {number:04}", "0049"]
    login = {"authUsername": "pbx", "authPassword": SECRET}
    return {"trunk": {"name": name, "numbers": numbers, "allowedNumbers": ["*"], **login}}


def write(file: Path, value: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, indent=2) + "\n")


def rows(folder: Path, file: str = FILE) -> list[str]:
    return (folder / file).read_text().splitlines()


def taken_in(folder: Path, file: str = FILE) -> list[Entry]:
    return list(read_baseline(str(folder / file)).entries.elements())


def told(lklint: Run, *arguments: str, cwd: Path) -> list[str]:
    """The file and the code of each finding."""
    done = lklint("check", "--output-format", "concise", *arguments, cwd=cwd)
    assert done.returncode in (0, 1), done.stderr
    lines = [line.split(" ") for line in done.stdout.splitlines() if " LK" in line]
    return [f"{line[0].rsplit(':', 3)[0]} {line[2]}" for line in lines]


@pytest.fixture
def many(lklint: Run, tmp_path: Path) -> Path:
    """A repository with more than 500 findings, and a baseline that holds them all."""
    for number in range(100):
        write(tmp_path / f"tenants/{number % 10}/trunk-{number}.json", trunk(number))
    done = lklint("baseline", "write", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path


def test_a_repository_with_500_findings_starts_today(lklint: Run, many: Path) -> None:
    count = len(taken_in(many))
    assert count >= 500
    assert rows(many)[1:-1] == sorted(
        rows(many)[1:-1], key=lambda row: json.loads(row.strip(","))["file"]
    )
    done = lklint("check", cwd=many)
    assert done.stdout == f"100 files, nothing to mend, {count} accepted findings not told.\n"
    assert done.returncode == 0
    everything = lklint("check", "--no-baseline", "--output-format", "concise", cwd=many)
    assert everything.stdout.count(" LK") == count


def test_writing_again_writes_the_same_bytes(lklint: Run, many: Path) -> None:
    before = (many / FILE).read_bytes()
    lklint("baseline", "write", cwd=many)
    assert (many / FILE).read_bytes() == before
    lklint("baseline", "write", ".", "tenants/3", "./tenants", cwd=many)
    assert (many / FILE).read_bytes() == before


def test_what_is_new_is_told_and_what_is_old_is_not(lklint: Run, many: Path) -> None:
    file = many / "tenants/3/trunk-3.json"
    value = trunk(3)
    value["trunk"]["numbers"].append("+1-415")
    write(file, value)
    assert told(lklint, "--select", "LK20,LK21", cwd=many) == ["tenants/3/trunk-3.json LK205"]


def test_old_findings_are_known_again_wherever_they_moved_to(lklint: Run, many: Path) -> None:
    """Other lines, another layout, and changes beside them."""
    for number in range(100):
        value = trunk(number)
        value["trunk"] = {**dict(reversed(value["trunk"].items())), "name": "other"}
        file = many / f"tenants/{number % 10}/trunk-{number}.json"
        file.write_text("\n\n" + json.dumps(value, indent=7))
    assert told(lklint, cwd=many) == []


def test_an_object_is_known_by_its_place(lklint: Run, tmp_path: Path) -> None:
    """Or every change in a file without its wrapper would bring that finding back."""
    rule = {"name": "r", "rule": {"dispatchRuleDirect": {"roomName": "support"}}}
    write(tmp_path / "rule.json", rule)
    lklint("baseline", "write", cwd=tmp_path)
    assert {entry.pointer for entry in taken_in(tmp_path) if entry.rule == "LK110"} == {""}
    write(tmp_path / "rule.json", {**rule, "name": "Support line"})
    assert told(lklint, cwd=tmp_path) == []


CALLS = (
    {"to": "+442079460123", "expect": {"room": "support"}},
    {"to": "+442079460125", "expect": {"room": "support"}},
    {"to": "+442079460123", "pin": PIN, "expect": "accepted"},
    {"name": "with another PIN", "to": "+442079460123", "pin": "7", "expect": "accepted"},
    {"from": "+442079460199", "to": "+442079460123", "expect": {"room": "support"}},
    {"to": "+442079460123", "no_pin": True, "expect": {"room": "support"}},
)
"""Calls that nothing takes: the first four differ in nothing but what makes the call."""


@pytest.mark.parametrize("new", CALLS)
def test_another_call_that_fails_is_new(lklint: Run, tmp_path: Path, new: dict[str, Any]) -> None:
    """All fail at the same place, and with the same value."""
    write(tmp_path / "trunk.json", {"trunk": {"name": "t", "numbers": ["+442079460100"]}})
    others = [call for call in CALLS if call is not new]
    write(tmp_path / "calls.json", {"calls": others})
    lklint("baseline", "write", cwd=tmp_path)
    assert told(lklint, "--select", "LK751", cwd=tmp_path) == []
    write(tmp_path / "calls.json", {"calls": [new, *others]})
    assert told(lklint, "--select", "LK751", cwd=tmp_path) == ["calls.json LK751"]
    write(tmp_path / "calls.json", {"calls": [new, *others[1:]]})
    assert "calls.json LK751" in told(lklint, "--select", "LK751", cwd=tmp_path)


def test_a_call_whose_pin_nobody_asks_for_is_known_by_its_call(lklint: Run, tmp_path: Path) -> None:
    """The finding is told at the PIN itself, which no baseline may hold."""
    rule = {"rule": {"dispatchRuleDirect": {"roomName": "lobby"}}}
    write(tmp_path / "rule.json", {"dispatch_rule": rule})
    calls = [{"to": f"+44207946010{at}", "pin": PIN, "expect": "accepted"} for at in range(2)]
    write(tmp_path / "calls.json", {"calls": calls[:1]})
    lklint("baseline", "write", cwd=tmp_path)
    write(tmp_path / "calls.json", {"calls": calls})
    assert told(lklint, "--select", "LK751", cwd=tmp_path) == ["calls.json LK751"]
    write(tmp_path / "calls.json", {"calls": [{**calls[0], "pin": PIN[::-1]}]})
    assert told(lklint, "--select", "LK751", cwd=tmp_path) == []


def test_changes_inside_of_an_item_bring_nothing_back(lklint: Run, tmp_path: Path) -> None:
    """Nor does another order."""
    rules = [
        {
            "name": f"rule {at}",
            "numbers": [f"+44207946010{at}"],
            "rule": {"dispatchRuleDirect": {"roomName": f"room {at}"}},
        }
        for at in range(2)
    ]
    (tmp_path / "lklint.toml").write_text('ignore = ["list-output"]  # told at the list itself')
    write(tmp_path / "rules.json", {"items": rules})
    lklint("baseline", "write", cwd=tmp_path)
    assert "/items/*" in {entry.pointer for entry in taken_in(tmp_path)}
    changed = [{**rule, "metadata": "changed"} for rule in reversed(rules)]
    write(tmp_path / "rules.json", {"items": changed})
    assert told(lklint, cwd=tmp_path) == []


def test_the_diff_of_a_baseline_is_as_small_as_the_change(lklint: Run, many: Path) -> None:
    before = set(rows(many))
    value = trunk(42)
    value["trunk"]["numbers"].remove("0049")
    write(many / "tenants/2/trunk-42.json", value)
    assert told(lklint, cwd=many) == [f"{FILE} LK791"]
    done = lklint("baseline", "prune", cwd=many)
    assert done.stderr == f"lklint: {FILE}: 1 taken out\n"
    gone = before - set(rows(many))
    assert len(gone) == 1
    assert "tenants/2/trunk-42.json" in gone.pop()
    assert len(set(rows(many)) - before) == 0
    assert told(lklint, cwd=many) == []
    assert lklint("baseline", "prune", cwd=many).stderr == (
        "lklint: the baseline holds nothing that is mended\n"
    )


def test_the_same_mistake_twice_is_two(lklint: Run, tmp_path: Path) -> None:
    write(tmp_path / "t.json", {"trunk": {"numbers": ["*"], "allowedNumbers": ["+442079460199"]}})
    lklint("baseline", "write", "--select", "LK201", cwd=tmp_path)
    write(
        tmp_path / "t.json", {"trunk": {"numbers": ["*", "*"], "allowedNumbers": ["+442079460199"]}}
    )
    assert told(lklint, "--select", "LK201", cwd=tmp_path) == ["t.json LK201"]


def test_a_mended_file_in_a_partial_run_says_nothing_about_the_others(
    lklint: Run, many: Path
) -> None:
    assert told(lklint, "tenants/3/trunk-3.json", cwd=many) == []
    assert "nothing that is mended" in lklint("baseline", "prune", "tenants/3", cwd=many).stderr


def test_entries_of_a_file_that_is_gone_are_taken_out(lklint: Run, many: Path) -> None:
    before = len(taken_in(many))
    (many / "tenants/7/trunk-77.json").unlink()
    assert told(lklint, "tenants/3", cwd=many) == [f"{FILE} LK791"]
    lklint("baseline", "prune", cwd=many)
    assert len(taken_in(many)) < before
    assert not any(entry.file == "tenants/7/trunk-77.json" for entry in taken_in(many))


@pytest.mark.parametrize("command", ["prune", "write"])
def test_a_file_that_cannot_be_read_keeps_its_entries(
    lklint: Run, many: Path, command: str
) -> None:
    """What is wrong with it besides comes back into sight with the last comma."""
    before = taken_in(many)
    file = many / "tenants/5/trunk-55.json"
    text = file.read_text()
    file.write_text(text.rstrip()[:-1])
    assert all(row.split()[1].startswith("LK0") for row in told(lklint, cwd=many))
    lklint("baseline", command, cwd=many)
    assert taken_in(many) == before
    file.write_text(text)
    assert told(lklint, cwd=many) == []


def test_writing_for_some_files_leaves_the_others_alone(lklint: Run, many: Path) -> None:
    before = taken_in(many)
    value = trunk(33)
    value["trunk"]["numbers"] = ["*"]
    write(many / "tenants/3/trunk-33.json", value)
    lklint("baseline", "write", "tenants/3", cwd=many)
    gone = [entry for entry in before if entry not in taken_in(many)]
    assert gone
    assert {entry.file for entry in gone} == {"tenants/3/trunk-33.json"}


def test_what_the_text_itself_does_wrong_is_not_taken_in(lklint: Run, tmp_path: Path) -> None:
    (tmp_path / "inbound-trunk.json").write_text('{"trunk": {"numbers": ["*"],}} // later')
    done = lklint("baseline", "write", "--select", "LK0,LK201", cwd=tmp_path)
    assert done.stderr.splitlines() == [
        f"lklint: {FILE}: 1 finding accepted",
        "lklint: 2 findings not accepted: run `lklint check` to see them",
    ]
    assert [entry.rule for entry in taken_in(tmp_path)] == ["LK201"]


def test_what_is_unignorable_is_not_taken_in(lklint: Run, tmp_path: Path) -> None:
    write(tmp_path / "t.json", trunk(1))
    (tmp_path / "lklint.toml").write_text('unignorable = ["LK201"]\n')
    lklint("baseline", "write", cwd=tmp_path)
    assert "LK201" not in {entry.rule for entry in taken_in(tmp_path)}
    assert told(lklint, cwd=tmp_path) == ["t.json LK201"]
    entry = Entry("t.json", "/trunk/numbers/0", "LK201", taken_in(tmp_path)[0].value)
    (tmp_path / FILE).write_text(baseline_text([entry]))
    assert "t.json LK201" in told(lklint, cwd=tmp_path)


def test_a_folder_without_findings_gets_no_baseline(lklint: Run, tmp_path: Path) -> None:
    done = lklint("baseline", "write", cwd=tmp_path)
    assert done.stderr == "lklint: nothing was found, so that there is nothing to accept\n"
    assert not (tmp_path / FILE).exists()


def test_a_monorepo_has_a_baseline_beside_each_configuration(lklint: Run, tmp_path: Path) -> None:
    for team in ("red", "blue"):
        write(tmp_path / team / "inbound-trunk.json", trunk(1))
        (tmp_path / team / "lklint.toml").write_text(f'baseline = "{team}.json"\n')
    (tmp_path / "red" / "lklint.toml").write_text('ignore = ["LK201"]\nbaseline = "red.json"\n')
    missing = lklint("check", cwd=tmp_path)
    assert missing.stderr == (
        "lklint: blue/lklint.toml: baseline: there is no blue.json;"
        " `lklint baseline write` makes it\n"
    )
    assert missing.returncode == 2
    said = lklint("baseline", "write", cwd=tmp_path).stderr.splitlines()
    assert [line.split(":")[1].strip() for line in said] == ["blue/blue.json", "red/red.json"]
    assert taken_in(tmp_path / "red", "red.json") == [
        entry for entry in taken_in(tmp_path / "blue", "blue.json") if entry.rule != "LK201"
    ]
    assert told(lklint, cwd=tmp_path) == []
    assert told(lklint, "inbound-trunk.json", cwd=tmp_path / "red") == []


def test_a_secret_is_not_in_it_and_neither_is_its_hash(lklint: Run, tmp_path: Path) -> None:
    rule = {"rule": {"dispatchRuleDirect": {"roomName": "r", "pin": PIN}}}
    write(tmp_path / "rule.json", {"dispatch_rule": rule})
    write(tmp_path / "weak.json", {"trunk": {"authUsername": "u", "authPassword": PIN}})
    write(tmp_path / "odd.json", {"trunk": {"krispEnabled": 1, "authPassword": [SECRET]}})
    write(tmp_path / "t.json", trunk(1))
    lklint("baseline", "write", "--select", "ALL", cwd=tmp_path)
    text = (tmp_path / FILE).read_text()
    places = {entry.pointer.rpartition("/")[2] for entry in taken_in(tmp_path)}
    assert {"authPassword", "pin"} <= places
    for value in (SECRET, [SECRET], PIN, int(PIN)):
        for shown in (str(value), json.dumps(value), json.dumps(value).strip('[]"')):
            assert shown not in text
            assert hashlib.sha256(shown.encode()).hexdigest()[:12] not in text


def test_another_password_is_no_new_finding(lklint: Run, tmp_path: Path) -> None:
    write(tmp_path / "t.json", trunk(1))
    lklint("baseline", "write", cwd=tmp_path)
    text = (tmp_path / "t.json").read_text()
    (tmp_path / "t.json").write_text(text.replace(SECRET, SECRET[::-1]))
    assert told(lklint, cwd=tmp_path) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no baseline of lklint"),
        ("[]", "no baseline of lklint"),
        ("<<<<<<< HEAD\n{}", "no baseline of lklint"),
        ('{"version": 1}', "no baseline of lklint"),
        ('{"version": 1, "findings": [3]}', "no baseline of lklint"),
        ('{"version": 1, "findings": [{"file": "a"}]}', "no baseline of lklint"),
        ("[" * 100_000, "no baseline of lklint"),
        ('{"version": 2, "findings": []}', "a baseline of another version of lklint"),
    ],
)
def test_a_file_that_is_no_baseline_is_one_line(
    lklint: Run, tmp_path: Path, text: str, says: str
) -> None:
    write(tmp_path / "t.json", trunk(1))
    (tmp_path / FILE).write_text(text)
    done = lklint("check", cwd=tmp_path)
    assert (done.stderr, done.stdout, done.returncode) == (f"lklint: {FILE}: {says}\n", "", 2)
    anew = lklint("baseline", "write", cwd=tmp_path)
    assert f"lklint: {FILE}: {says}; it is written anew" in anew.stderr
    assert told(lklint, cwd=tmp_path) == []


def test_a_baseline_that_cannot_be_written_is_one_line(lklint: Run, tmp_path: Path) -> None:
    write(tmp_path / "t.json", trunk(1))
    (tmp_path / "lklint.toml").write_text('baseline = "no/such/folder.json"\n')
    done = lklint("baseline", "write", cwd=tmp_path)
    assert done.stderr == ("lklint: no/such/folder.json: not written: No such file or directory\n")
    assert done.returncode == 2


def test_an_entry_silences_as_often_as_it_was_found() -> None:
    span = Span(Position(1, 1), Position(1, 2))
    name = "wildcard-number"
    finding = Finding("LK201", name, Severity.ERROR, Effect.DEAD, "h", "m", "a.json", "/a", span)
    baseline = Baseline([Entry("a.json", "/a", "LK201", "")] * 2)
    assert [baseline.silence(finding, "a.json", None) for _ in range(3)] == [True, True, False]
    baseline.begin("a.json")
    assert baseline.silence(finding, "a.json", None)
    assert baseline.stale(["a.json"]) == [Entry("a.json", "/a", "LK201", "")]


def test_the_order_of_entries_makes_no_difference() -> None:
    entries = [Entry(f"f{n}.json", "/a", "LK201", "0") for n in range(50)] * 2
    shuffled = random.Random(4).sample(entries, len(entries))
    assert baseline_text(shuffled) == baseline_text(entries)
    assert baseline_text([]) == '{"version": 1, "findings": []}\n'
