"""`[[ignores]]`: single findings that are known and accepted, each with a reason."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st

from lklint.config import finding as configurations
from lklint.config.globs import Glob, Globs
from lklint.findings import Effect, Finding, Position, Severity, Span
from lklint.silencing.ignores import ignore_for, with_entries

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

DEAD = '{"trunk": {"name": "t", "numbers": ["*", "+442079460123"], "allowedNumbers": ["*"]}}'
CLEAN = DEAD.replace('"*"', '"+442079460199"')


def told(lklint: Run, *arguments: str) -> list[str]:
    """The file, place and code of each finding."""
    done = lklint("check", "--output-format", "concise", *arguments)
    assert done.returncode in (0, 1), done.stderr
    rows = [line.split(" ") for line in done.stdout.splitlines() if " LK" in line]
    return sorted(f"{row[0].split(':')[0]} {row[2]}" for row in rows)


def entry(file: str, rule: str, pointer: str | None = None) -> str:
    place = f'pointer = "{pointer}"\n' if pointer is not None else ""
    return f'\n[[ignores]]\nfile = "{file}"\nrule = "{rule}"\n{place}reason = "known"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "trunks").mkdir()
    for name in ("a.json", "trunks/b.json"):
        (tmp_path / name).write_text(DEAD)
    (tmp_path / "trunks" / "clean.json").write_text(CLEAN)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "rule", "pointer", "left"),
    [
        ("a.json", "wildcard-number", "/trunk/numbers/0", ["trunks/b.json"]),
        ("a.json", "LK201", None, ["trunks/b.json"]),
        ("a.json", "LK2", "/trunk/**", ["trunks/b.json"]),
        ("a.json", "LK201", "/trunk/numbers/1", ["a.json", "trunks/b.json"]),
        ("a.json", "LK302", None, ["a.json", "trunks/b.json"]),
        ("b.json", "LK201", None, ["a.json"]),
        ("/b.json", "LK201", None, ["a.json", "trunks/b.json"]),
        ("trunks/", "LK201", None, ["a.json"]),
        ("trunks/*.json", "LK201", None, ["a.json"]),
        ("**/*.json", "LK201", "/trunk/numbers/*", []),
    ],
)
def test_what_an_entry_silences(
    lklint: Run, folder: Path, file: str, rule: str, pointer: str | None, left: list[str]
) -> None:
    (folder / "lklint.toml").write_text(entry(file, rule, pointer))
    found = [row for row in told(lklint, "--select", "LK201") if row.endswith("LK201")]
    assert found == [f"{name} LK201" for name in left]


def test_what_is_accepted_is_counted(lklint: Run, folder: Path) -> None:
    (folder / "lklint.toml").write_text(entry("a.json", "LK201"))
    done = lklint("check", "--select", "LK201", "a.json")
    assert done.stdout == "1 file, nothing to mend, 1 accepted finding not told.\n"
    assert done.returncode == 0


STALE = "lklint.toml LK790"


@pytest.mark.parametrize(
    ("file", "paths", "says"),
    [
        ("trunks/clean.json", (), True),
        ("trunks/clean.json", ("trunks/clean.json",), True),
        ("trunks/clean.json", ("a.json",), False),
        ("trunks/gone.json", ("a.json",), True),
        ("/clean.json", ("a.json",), True),
        # What may be about many files is known only once all of them were looked at.
        ("clean.json", ("trunks/clean.json",), False),
        ("clean.json", (), True),
        ("gone.json", ("a.json",), False),
        ("gone.json", (), True),
        ("*.json", ("trunks/clean.json",), False),
        ("trunks/cl*.json", (".",), True),
        ("trunks/cl*.json", ("trunks",), False),
        ("trunks", ("trunks/clean.json",), False),
        ("trunks/", ("trunks/clean.json",), False),
        ("trunks/b.json", (), False),
    ],
)
def test_an_entry_that_silences_nothing_is_told_where_that_is_certain(
    lklint: Run, folder: Path, file: str, paths: tuple[str, ...], says: bool
) -> None:
    (folder / "lklint.toml").write_text(entry(file, "LK201"))
    assert (STALE in told(lklint, "--select", "LK201,LK790", *paths)) is says


RULE = '{"dispatch_rule": {"trunk_ids": ["%s"], "rule": {"dispatchRuleDirect": {"roomName": "r"}}}}'


@pytest.fixture
def bound(tmp_path: Path) -> Path:
    """A trunk, and two rules: one names it, the other names nothing that is there."""
    (tmp_path / "trunk.json").write_text(CLEAN)
    (tmp_path / "right.json").write_text(RULE % "t")
    (tmp_path / "wrong.json").write_text(RULE % "twilio")
    return tmp_path


@pytest.mark.parametrize("how", ["ignores", "baseline"])
@pytest.mark.parametrize(("first", "then"), [("wrong.json", "."), (".", "wrong.json")])
@pytest.mark.parametrize("code", ["LK711", "LK715", "LK71"])
def test_what_a_hook_accepts_is_nothing_stale_for_the_whole(
    lklint: Run, bound: Path, how: str, first: str, then: str, code: str
) -> None:
    """A hook is given one file of the two, and cannot tell what the whole folder shows."""
    select = ("--select", f"{code},LK790,LK791")
    accept = {"ignores": ("check", "--add-ignores", "r"), "baseline": ("baseline", "write")}
    assert lklint(*accept[how], *select, first, cwd=bound).returncode == 0
    assert {"LK790", "LK791"}.isdisjoint(row.split()[1] for row in told(lklint, *select, then))


def test_a_hook_and_the_whole_say_of_a_name_the_same(lklint: Run, bound: Path) -> None:
    found = told(lklint, "--select", "LK715", ".")
    assert found == ["right.json LK715", "wrong.json LK715"]
    assert [*told(lklint, "--select", "LK715", "right.json"),
            *told(lklint, "--select", "LK715", "wrong.json")] == found  # fmt: skip
    assert told(lklint, "--select", "LK71", ".") == ["right.json LK715", "wrong.json LK711"]


@pytest.mark.parametrize("how", ["ignores", "baseline"])
def test_a_broken_file_beside_it_makes_nothing_stale(lklint: Run, bound: Path, how: str) -> None:
    """Where not every file can be used, nothing is told of a name that no trunk has."""
    accept = {"ignores": ("check", "--add-ignores", "r"), "baseline": ("baseline", "write")}
    select = ("--select", "LK711,LK790,LK791")
    lklint(*accept[how], *select, ".", cwd=bound)
    (bound / "trunk.json").write_text(CLEAN[:-1])
    assert told(lklint, *select) == []
    (bound / "trunk.json").write_text(CLEAN)
    (bound / "wrong.json").write_text(RULE % "t")
    assert len(told(lklint, *select)) == 1


@pytest.mark.parametrize("name", ["inbound-trunk.json", "of-any-kind.json"])
def test_a_file_that_cannot_be_read_makes_no_entry_stale(
    lklint: Run, folder: Path, name: str
) -> None:
    (folder / "lklint.toml").write_text(entry(f"trunks/{name}", "LK201") + entry("*-*", "LK201"))
    (folder / "trunks" / name).write_text('{"trunk": {"numbers": ["*", ')
    assert STALE not in told(lklint, f"trunks/{name}")
    assert STALE not in told(lklint)
    (folder / "trunks" / name).write_text(CLEAN)
    assert told(lklint).count(STALE) == 2


def test_the_place_of_a_stale_entry_is_its_own(lklint: Run, folder: Path) -> None:
    text = "# ours\n" + entry("a.json", "LK201") + entry("trunks/gone.json", "LK302", "/trunk")
    (folder / "lklint.toml").write_text(text)
    done = lklint("check", "--output-format", "concise", "a.json")
    line = text[: text.rindex("[[")].count("\n") + 1
    assert done.stdout.splitlines()[-2] == (
        f"lklint.toml:{line}:1: warning LK790 stale-ignore: nothing is accepted here any more:"
        " number-only-trunk finds nothing at /trunk in trunks/gone.json"
    )


def test_nothing_silences_what_is_unignorable(lklint: Run, folder: Path) -> None:
    text = 'unignorable = ["LK201"]\n' + entry("a.json", "wildcard-number")
    (folder / "lklint.toml").write_text(text)
    done = lklint("check", "--output-format", "concise", "a.json")
    assert "a.json:1:37: error LK201" in done.stdout
    assert "nothing is accepted here any more: wildcard-number is unignorable" in done.stdout


# --add-ignores


def add(lklint: Run, *arguments: str, cwd: Path) -> str:
    done = lklint("check", "--add-ignores", 'they said "wait"', *arguments, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_what_is_found_is_accepted_and_then_silent(lklint: Run, folder: Path) -> None:
    said = add(lklint, "--select", "LK201", cwd=folder)
    assert said == "lklint: lklint.toml: 2 findings accepted\n"
    assert tomllib.loads((folder / "lklint.toml").read_text())["ignores"][0] == {
        "file": "/a.json",
        "pointer": "/trunk/numbers/0",
        "rule": "wildcard-number",
        "reason": 'they said "wait"',
    }
    assert told(lklint, "--select", "LK201") == []
    assert add(lklint, "--select", "LK201", cwd=folder) == (
        "lklint: nothing was found, so that there is nothing to accept\n"
    )


BEFORE = {
    "lklint.toml": [
        "",
        "# a comment without an end",
        "fail-on = 'warning'   # odd  spacing\r\n\r\n[severity]\r\nLK302 = \"info\"\r\n",
        '[[ignores]]\nfile = "x/y.json"\nrule = "LK201"\nreason = """two\nlines"""\n\n\n\n',
        'ignores = []\n[severity]\nLK302 = "info"\n',
    ],
    "pyproject.toml": [
        '[project]\nname = "calls"\n\n[tool.lklint]\nfail-on = "warning"\n\n[tool.ruff]\n',
        '[tool]\nlklint.fail-on = "warning"',
        '[tool.lklint]\r\n# Zürich\r\n[[tool.lklint.ignores]]\r\nfile = "x/y.json"\r\n'
        'rule = "LK201"\r\nreason = "r"\r\n[tool.black]\r\n   ',
        '[tool]\nlklint = {fail-on = "warning"}\n',
    ],
}


@pytest.mark.parametrize(
    ("file", "text"), [(file, text) for file, texts in BEFORE.items() for text in texts]
)
def test_every_other_byte_of_the_configuration_stays(
    lklint: Run, folder: Path, file: str, text: str
) -> None:
    path = folder / file
    path.write_bytes(text.encode())
    done = lklint("check", "--add-ignores", "r", "--select", "LK201", "a.json")
    after = path.read_bytes()
    if after == text.encode():
        assert done.stderr == (
            f"lklint: {file}: its `ignores` are not written as [[…]]; add to them by hand\n"
        )
        assert done.returncode == 2
        assert "ignores = []" in text or "lklint = {" in text
    else:
        assert after.startswith(text.encode())
        added = after[len(text.encode()) :]
        assert (b"\r\n" in added) == ("\r\n" in text)
        assert added.count(b"\n") == added.count(b"\r\n") or "\r\n" not in text
        assert added.endswith(b'reason = "r"' + (b"\r\n" if "\r\n" in text else b"\n"))
        assert told(lklint, "--select", "LK201", "a.json") == []


def test_each_configuration_gets_its_own_entries(lklint: Run, folder: Path) -> None:
    (folder / "trunks" / "pyproject.toml").write_text("[tool.lklint]\n")
    said = add(lklint, "--select", "LK201", cwd=folder)
    assert sorted(said.splitlines()) == [
        "lklint: lklint.toml: 1 finding accepted",
        "lklint: trunks/pyproject.toml: 1 finding accepted",
    ]
    assert (
        '[[tool.lklint.ignores]]\nfile = "/b.json"'
        in (folder / "trunks" / "pyproject.toml").read_text()
    )
    assert told(lklint, "--select", "LK201") == []


def test_what_cannot_be_accepted_is_said(lklint: Run, folder: Path) -> None:
    (folder / "trunks" / "lklint.toml").write_text('unignorable = ["LK201"]\n')
    said = add(lklint, "--select", "LK201", "b.json", "../a.json", cwd=folder / "trunks")
    assert said == "lklint: 2 findings not accepted: run `lklint check` to see them\n"
    assert not (folder / "lklint.toml").exists()


def test_a_reason_is_needed(lklint: Run, folder: Path) -> None:
    done = lklint("check", "--add-ignores", "  ", "a.json")
    assert done.stderr == "lklint: --add-ignores: give a reason; the next reader will ask\n"
    assert done.returncode == 2


def at(file: Path, pointer: str) -> Finding:
    span = Span(Position(1, 1), Position(1, 2))
    name = "wildcard-number"
    return Finding("LK201", name, Severity.ERROR, Effect.DEAD, "h", "m", str(file), pointer, span)


@given(st.text(min_size=1).filter(lambda name: not set(name) & set("/\0") and name not in ("..")))
@settings(derandomize=True, deadline=None, max_examples=300)
def test_an_entry_means_just_the_file_it_was_made_for(name: str) -> None:
    root = Path("/somewhere")
    made = ignore_for(at(root / name, ""), str(root), "r")
    if made is None:
        assert any("\ud800" <= character <= "\udfff" for character in name)
        return
    globs = Globs(str(root), [Glob(made["file"], True, "")])
    assert globs.values(str(root / name)) == [True]
    assert globs.values(str(root / "below" / name)) == []
    assert globs.values(str(root / f"{name}x")) == []


@given(st.text(), st.text(), st.booleans())
@settings(derandomize=True, deadline=None, max_examples=300)
def test_any_place_and_any_reason_can_be_written(place: str, reason: str, shared: bool) -> None:
    made = ignore_for(at(Path("/somewhere/a.json"), f"/{place}"), "/somewhere", reason)
    if made is None or any("\ud800" <= character <= "\udfff" for character in reason):
        return
    text = "[tool.lklint]\nfail-on = 'info'\n" if shared else "fail-on = 'info'\n"
    after = with_entries(text, [made], shared)
    assert after is not None
    assert configurations.table(after, shared)["ignores"] == [made]
    after.encode()
