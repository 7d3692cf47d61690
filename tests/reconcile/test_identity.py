"""Which stored resource a file means: by its own id, by the lock, by its name, or none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lklint.protocol.messages import read
from lklint.reconcile.identity import Matches, matched
from lklint.reconcile.lock import Entry, read_lock
from lklint.reconcile.wanted import Wanted

OTHER = {"outbound-trunk": {}, "dispatch-rule": {}}


def wanted(name: str, file: str, id: str = "", **fields: Any) -> Wanted:
    message = read("inbound-trunk", {"name": name, **fields})
    return Wanted("inbound-trunk", name, file, file, id, message)


def found(
    resources: list[Wanted], stored: dict[str, str], tmp_path: Path, *entries: Entry
) -> Matches:
    """Match resources with stored trunks, given as names by id."""
    lock = read_lock(str(tmp_path / "lklint.lock"), "u")
    for entry in entries:
        lock.keep(entry) if entry.id else lock.note(entry)
    trunks = {id: read("inbound-trunk", {"name": name}) for id, name in stored.items()}
    return matched(resources, {"inbound-trunk": trunks, **OTHER}, lock)  # type: ignore[dict-item]


def ids(matches: Matches) -> list[str]:
    return [match.id for match in matches.found]


def entry(name: str, place: str, id: str = "") -> Entry:
    return Entry("inbound-trunk", name, place, id)


def test_the_id_in_the_file_goes_before_everything(tmp_path: Path) -> None:
    matches = found(
        [wanted("a", "a.json", "ST_2")], {"ST_1": "a", "ST_2": "b"}, tmp_path,
        entry("a", "a.json", "ST_1"),
    )  # fmt: skip
    assert ids(matches) == ["ST_2"]


def test_one_of_that_name_is_it(tmp_path: Path) -> None:
    assert ids(found([wanted("a", "a.json")], {"ST_1": "a"}, tmp_path)) == ["ST_1"]


def test_two_of_that_name_stop_the_plan(tmp_path: Path) -> None:
    matches = found([wanted("a", "a.json")], {"ST_1": "a", "ST_2": "a"}, tmp_path)
    assert matches.problems == (
        'a.json: the server has ST_1 and ST_2 with the name "a":'
        " `lklint import ID` says which inbound trunk is meant",
    )


def test_the_lock_tells_two_of_one_name_apart(tmp_path: Path) -> None:
    matches = found(
        [wanted("a", "y.json"), wanted("a", "x.json")], {"ST_1": "a", "ST_2": "a"}, tmp_path,
        entry("a", "x.json", "ST_1"), entry("a", "y.json", "ST_2"),
    )  # fmt: skip
    assert ids(matches) == ["ST_2", "ST_1"]


def test_a_file_that_moved_and_a_resource_that_was_renamed_are_known_again(tmp_path: Path) -> None:
    locked = entry("a", "a.json", "ST_1")
    assert ids(found([wanted("a", "new/a.json")], {"ST_1": "a"}, tmp_path, locked)) == ["ST_1"]
    assert ids(found([wanted("b", "a.json")], {"ST_1": "a"}, tmp_path, locked)) == ["ST_1"]


def test_what_the_lock_knows_and_the_server_lost_is_new(tmp_path: Path) -> None:
    matches = found([wanted("a", "a.json")], {}, tmp_path, entry("a", "a.json", "ST_1"))
    assert (matches.found[0].how, matches.found[0].gone) == ("new", "ST_1")


def test_a_note_finds_what_says_the_same(tmp_path: Path) -> None:
    matches = found([wanted("", "a.json")], {"ST_1": ""}, tmp_path, entry("", "a.json"))
    assert ids(matches) == ["ST_1"]
    assert ids(found([wanted("", "a.json")], {"ST_1": ""}, tmp_path)) == [""]


def test_a_note_about_a_file_that_changed_since_is_told(tmp_path: Path) -> None:
    changed = wanted("", "a.json", numbers=["+12025550100"])
    matches = found([changed], {"ST_1": ""}, tmp_path, entry("", "a.json"))
    assert "one of ST_1 may be what it left behind" in matches.problems[0]
