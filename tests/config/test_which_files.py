"""Which files are looked at, what they are taken for, and what is known beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from checking import check_in_folder
from conftest import Run

from lklint.config.profile import Layers

DEAD = '{"trunk": {"name": "t", "numbers": ["*"], "allowedNumbers": ["+442079460199"]}}'
FILES = ("a.json", "drafts/b.json", "live/c.json", "live/drafts/d.json", "node_modules/e.json")
SEARCHED = FILES[:-1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(DEAD)
    return tmp_path


def checked(lklint: Run, *arguments: str, cwd: Path) -> list[str]:
    done = lklint("check", "--output-format", "concise", *arguments, cwd=cwd)
    assert done.returncode in (0, 1), done.stderr
    return [line.split(":")[0] for line in done.stdout.splitlines() if " LK201 " in line]


@pytest.mark.parametrize(
    ("configuration", "left_out"),
    [
        ("", ()),
        ('extend-exclude = ["drafts"]', ("drafts/b.json", "live/drafts/d.json")),
        ('extend-exclude = ["drafts/"]', ("drafts/b.json", "live/drafts/d.json")),
        ('extend-exclude = ["/drafts"]', ("drafts/b.json",)),
        ('extend-exclude = ["live/*.json"]', ("live/c.json",)),
        ('extend-exclude = ["live/**"]', ("live/c.json", "live/drafts/d.json")),
        (
            'extend-exclude = ["*.json", "!a.json", "!c.json"]',
            ("drafts/b.json", "live/drafts/d.json"),
        ),
        ('extend-exclude = ["drafts", "!live/drafts"]', ("drafts/b.json",)),
        ('extend-exclude = ["#drafts", " "]', ()),
    ],
)
def test_what_is_excluded_is_not_searched(
    lklint: Run, folder: Path, configuration: str, left_out: tuple[str, ...]
) -> None:
    (folder / "lklint.toml").write_text(configuration)
    left = [name for name in SEARCHED if name not in left_out]
    assert sorted(checked(lklint, cwd=folder)) == left
    # Named on the command line, a file is looked at all the same, unless one forces the matter.
    assert checked(lklint, *SEARCHED, cwd=folder) == list(SEARCHED)
    assert checked(lklint, "--force-exclude", *SEARCHED, cwd=folder) == left


def test_the_usual_folders_can_be_searched(lklint: Run, folder: Path) -> None:
    (folder / "lklint.toml").write_text("exclude = []\n")
    assert "node_modules/e.json" in checked(lklint, cwd=folder)
    (folder / "lklint.toml").write_text('extend-exclude = ["!node_modules"]\n')
    assert "node_modules/e.json" in checked(lklint, cwd=folder)


def test_globs_of_the_command_line_start_where_we_are(lklint: Run, folder: Path) -> None:
    (folder / "lklint.toml").write_text('extend-exclude = ["/drafts"]\n')
    assert checked(lklint, "--extend-exclude", "/drafts", cwd=folder / "live") == ["c.json"]
    assert checked(lklint, "--exclude", "/live", cwd=folder / "live") == ["c.json", "drafts/d.json"]
    assert checked(lklint, "--exclude", "/live", cwd=folder) == ["a.json", "node_modules/e.json"]


def test_nothing_left_to_check_is_said_and_is_no_failure(lklint: Run, folder: Path) -> None:
    (folder / "lklint.toml").write_text('exclude = ["*.json"]\n')
    done = lklint("check", "--force-exclude", "a.json", cwd=folder)
    assert done.stderr == "lklint: no JSON files found: nothing was checked\n"
    assert done.returncode == 0


def test_the_baseline_is_no_telephony_file(lklint: Run, folder: Path) -> None:
    lklint("baseline", "write", cwd=folder)
    assert "passed over" not in lklint("check", cwd=folder).stdout


@pytest.mark.parametrize(
    ("table", "file", "kind", "form"),
    [
        ("", "calls/x.json", None, None),
        ('[kinds]\n"calls/*.json" = "sip-participant"', "calls/x.json", "sip-participant", None),
        ('[kinds]\n"calls/*.json" = "sip-participant"', "other/x.json", None, None),
        # The last glob that matches decides.
        (
            '[kinds]\n"*.json" = "dispatch-rule"\n"calls/" = "sip-participant"',
            "calls/x.json",
            "sip-participant",
            None,
        ),
        (
            '[kinds]\n"*.json" = "inbound-trunk"\n"!calls/" = "dispatch-rule"',
            "calls/x.json",
            None,
            None,
        ),
    ],
)
def test_what_a_file_is_taken_for(
    table: str, file: str, kind: str | None, form: str | None
) -> None:
    report = check_in_folder({"lklint.toml": table, file: '{"some": "thing"}'})
    assert [checked.kind for checked in report.checked] == ([kind] if kind else [])


BARE = '{"rule": {"dispatchRuleDirect": {"roomName": "r"}}, "trunkIds": ["ST_abcdefgh1234"]}'


@pytest.mark.parametrize(
    ("table", "refused"),
    [
        ("", True),
        ('[forms]\n"updates/**" = "update"', False),
        ('[forms]\n"**" = "any"', False),
        ('[forms]\n"**" = "update"\n"updates/" = "create"', True),
    ],
)
def test_what_a_file_is_for(table: str, refused: bool) -> None:
    report = check_in_folder({"lklint.toml": table, "updates/rule.json": BARE})
    assert bool(report.refused) is refused


def test_the_command_line_goes_before_the_globs(lklint: Run, tmp_path: Path) -> None:
    (tmp_path / "lklint.toml").write_text('[kinds]\n"*.json" = "inbound-trunk"\n')
    (tmp_path / "a.json").write_text('{"some": "thing"}')
    arguments = ("check", "-v", "--kind", "dispatch-rule", "--form", "any")
    assert "dispatch-rule, as you said so" in lklint(*arguments).stdout


AGENT = """{"dispatch_rule": {"rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
  "trunkIds": ["ST_abcdefgh1234"], "roomConfig": {"agents": [{"agentName": "suport"}]}}}"""
SOURCE = 'server = WorkerOptions(entrypoint_fnc=main, agent_name="support")\n'


@pytest.mark.parametrize(
    ("agents", "found"),
    [
        ("", False),
        ('names = ["support"]', True),
        ('names = ["support", "suport"]', False),
        ('sources = ["agents/**/*.py"]', True),
        ('sources = ["agents"]', True),
        ('sources = ["agents/main.py"]', True),
        ('names = ["suport"]\nsources = ["agents/"]', False),
    ],
)
def test_which_agents_are_known(agents: str, found: bool) -> None:
    """Sources are looked for from the folder of the configuration on, wherever one is."""
    files = {
        "telephony/lklint.toml": f"[agents]\n{agents}\n",
        "telephony/dispatch-rule.json": AGENT,
        "telephony/agents/main.py": SOURCE,
    }
    report = check_in_folder(files)
    assert ("LK502" in {finding.code for finding in report.findings}) is found


def test_agents_of_the_command_line_are_known_as_well(lklint: Run, tmp_path: Path) -> None:
    (tmp_path / "lklint.toml").write_text('[agents]\nnames = ["support"]\n')
    (tmp_path / "dispatch-rule.json").write_text(AGENT)
    (tmp_path / "main.py").write_text(SOURCE.replace("support", "suport"))
    assert "LK502" in lklint("check").stdout
    assert "LK502" not in lklint("check", "--agent", "suport").stdout
    assert "LK502" not in lklint("check", "--agent-source", "*.py").stdout


def test_versions_and_the_rest_are_plain_values_for_the_rules(tmp_path: Path) -> None:
    (tmp_path / "lklint.toml").write_text(
        'default-region = "GB"\nserver-version = "1.9"\nlk-version = "v2.18.3"\ntarget = "cloud"\n'
    )
    settings = Layers({}).of(str(tmp_path / "a.json")).settings
    assert (settings.default_region, settings.target) == ("GB", "cloud")
    assert (settings.server_version, settings.lk_version) == ((1, 9, 0), (2, 18, 3))
    given = Layers({"server-version": "1.13.3"}).of(str(tmp_path / "a.json")).settings
    assert given.server_version == (1, 13, 3)
