"""What flags, names, losses and tables come to, without a server."""

from __future__ import annotations

from typing import Any

import pytest

from lklint.cli.ends import UsageError
from lklint.cli.server.options import listed
from lklint.cli.server.printing import as_json, covered, table
from lklint.cli.sip.conflicts import new_conflicts
from lklint.cli.sip.flags import media_changes, merged, rule_changes
from lklint.cli.sip.losses import losses
from lklint.cli.sip.naming import UnknownTrunk, ids_for


@pytest.mark.parametrize(
    ("given", "entries"),
    [
        (None, None),
        (["a,b", "c"], ["a", "b", "c"]),
        ([" a , b "], ["a", "b"]),
        ([""], []),
        (["[]"], []),
    ],
)
def test_a_list_is_given_with_commas_or_often(given: Any, entries: Any) -> None:
    assert listed(given) == entries


@pytest.mark.parametrize("word", ["require", "REQUIRE", "SIP_MEDIA_ENCRYPT_REQUIRE"])
def test_an_encryption_stands_in_both_fields_as_lk_writes_it(word: str) -> None:
    assert media_changes(word, None, False) == {
        "media_encryption": "SIP_MEDIA_ENCRYPT_REQUIRE",
        "media": {"encryption": "SIP_MEDIA_ENCRYPT_REQUIRE"},
    }


def test_codecs_with_and_without_a_rate() -> None:
    assert media_changes(None, ["PCMU/8000,opus"], True) == {
        "media": {
            "codecs": [{"name": "PCMU", "rate": 8000}, {"name": "opus"}],
            "only_listed_codecs": True,
        }
    }


@pytest.mark.parametrize("text", ["/8000", "PCMU/x", "PCMU/", "PCMU/8000/1", "PCMU/4294967296"])
def test_what_is_no_codec(text: str) -> None:
    with pytest.raises(UsageError):
        media_changes(None, [text], False)


def test_flags_override_what_they_say_and_nothing_more() -> None:
    stored = {
        "name": "a",
        "numbers": ["+15550100"],
        "media": {"media_timeout": "10s", "encryption": "SIP_MEDIA_ENCRYPT_ALLOW"},
    }
    changes = {"numbers": [], **media_changes("require", None, False)}
    assert merged(stored, changes) == {
        "name": "a",
        "media": {"media_timeout": "10s", "encryption": "SIP_MEDIA_ENCRYPT_REQUIRE"},
        "media_encryption": "SIP_MEDIA_ENCRYPT_REQUIRE",
    }


def test_a_rule_of_another_kind_keeps_its_pin() -> None:
    stored = {"rule": {"dispatch_rule_direct": {"room_name": "a", "pin": "739164"}}}
    changes = rule_changes(None, None, None, None, "x", True)
    assert merged(stored, changes) == {
        "rule": {"dispatch_rule_callee": {"room_prefix": "x", "randomize": True, "pin": "739164"}}
    }


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [
        ({"name": "a"}, {"name": "b"}, []),
        ({"name": "a", "metadata": "m"}, {"name": "a"}, ["metadata"]),
        ({"numbers": ["+1"]}, {}, ["numbers"]),
        ({"media": {}, "sip_trunk_id": "ST_a", "created_at": "…"}, {}, []),
        ({"headers": {"X-A": "1", "X-B": "2"}}, {"headers": {"X-A": "3"}}, ["headers.X-B"]),
        (
            {"room_config": {"agents": [{"agent_name": "a"}], "name": "r"}},
            {"room_config": {"name": "r"}},
            ["room_config.agents"],
        ),
        (
            {"rule": {"dispatch_rule_direct": {"room_name": "a", "pin": "1"}}},
            {"rule": {"dispatch_rule_individual": {"room_prefix": "b"}}},
            ["rule.pin"],
        ),
        (
            {"rule": {"dispatch_rule_direct": {"room_name": "a", "pin": "1"}}},
            {"rule": {"dispatch_rule_direct": {"room_name": "a"}}},
            ["rule.dispatch_rule_direct.pin"],
        ),
        (
            {"rule": {"dispatch_rule_direct": {"room_name": "a"}}},
            {"rule": {"dispatch_rule_individual": {"room_prefix": "b"}}},
            [],
        ),
    ],
)
def test_what_a_replacement_clears(before: Any, after: Any, lost: list[str]) -> None:
    assert losses(before, after) == lost


def test_ids_take_the_place_of_names() -> None:
    trunks = [("ST_one", "Main"), ("ST_two", "Night")]
    assert ids_for(["Night", "ST_other", "PN_a"], trunks) == ["ST_two", "ST_other", "PN_a"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Mian", "did you mean Main (ST_one, ST_two)?"),
        ("Main", "ST_one, ST_two are all called Main"),
        ("something", "no trunk on the server is called something"),
    ],
)
def test_a_name_that_does_not_mean_one_trunk(name: str, says: str) -> None:
    with pytest.raises(UnknownTrunk) as unknown:
        ids_for([name], [("ST_one", "Main"), ("ST_two", "Main"), ("ST_three", "")])
    assert says in str(unknown.value)


def test_only_new_conflicts_are_told() -> None:
    number = {"numbers": ["+15550100"]}
    stored = [("ST_a", number), ("ST_b", number), ("ST_c", {"numbers": ["+15550101"]})]
    # Two that are in conflict may be renamed, or brought apart.
    assert new_conflicts("inbound-trunk", stored, "ST_b", {**number, "name": "b"}) == []
    assert new_conflicts("inbound-trunk", stored, "ST_b", {"numbers": ["+15550102"]}) == []
    (told,) = new_conflicts("inbound-trunk", stored, "ST_b", {"numbers": ["+15550101"]})
    assert told.about == "inbound trunk ST_c claims the same calls"


def test_a_trunk_for_listed_callers_beside_an_open_one_ends_their_calls() -> None:
    stored = [("ST_a", {"numbers": ["+15550100"]}), ("ST_b", {"numbers": ["+15550101"]})]
    value = {"numbers": ["+15550100"], "allowed_numbers": ["+15550150"]}
    (told,) = new_conflicts("inbound-trunk", stored, "ST_b", value)
    assert "Multiple SIP Trunks matched" in told.words


def test_secrets_are_covered_wherever_they_stand() -> None:
    value = {
        "authPassword": "p",
        "rule": {"dispatchRuleDirect": {"roomName": "a", "pin": "1"}},
        "roomConfig": {"egress": {"room": {"fileOutputs": [{"s3": {"secret": "s"}}]}}},
    }
    assert covered(value) == {
        "authPassword": "****",
        "rule": {"dispatchRuleDirect": {"roomName": "a", "pin": "****"}},
        "roomConfig": {"egress": {"room": {"fileOutputs": [{"s3": {"secret": "****"}}]}}},
    }
    assert covered(value, show_secrets=True) == value


def test_a_table_counts_the_columns_of_a_terminal() -> None:
    assert table(["A", "B"], [["日本", "x\ny"]]) == (
        "┌──────┬───┐\n│ A    │ B │\n├──────┼───┤\n│ 日本 │ x │\n│      │ y │\n└──────┴───┘"
    )


@pytest.mark.parametrize("character", ["\x1b", "\x7f", "\x9b", "\u202e", "\n", "\r"])
def test_no_character_moves_the_cursor(character: str) -> None:
    assert character not in as_json({"name": f"a{character}b"}).replace("\n", "", 2)
    assert character not in table(["A"], [[f"a{character}b"]]).replace("\n", "")
