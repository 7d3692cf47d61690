"""What to change, for a call that gets nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from exchanges import exchange_of

from lklint.telephony.phone_numbers import can_be_sent, means_any
from lklint.telephony.routing import Call, advice, route

CALLER, NUMBER, OTHER = "+442079460500", "+442079460123", "+442079460124"
KIND = {"dispatch_rule_direct": {"room_name": "lobby"}}
MAIN = {"sip_trunk_id": "main.json", "name": "Main", "numbers": [NUMBER]}
"""A trunk of a file, which has no id yet."""
SIDE = {"sip_trunk_id": "side.json", "name": "Side", "numbers": [OTHER]}
NAME_IT = 'Write "Main" (its name; `lklint apply` puts the id in)'
NOTHING = '"*" matches nothing, and a list that is left out matches everything'


def advised(
    *rules: dict[str, Any], trunks: tuple[dict[str, Any], ...] = (MAIN, SIDE), **call: str
) -> str | None:
    """What is advised for a call to NUMBER; "carrier" is an outbound trunk."""
    stored = [{"sip_dispatch_rule_id": at["name"], "rule": KIND, **at} for at in rules]
    asked = Call(CALLER, NUMBER)._replace(**call)
    return advice(route(asked, exchange_of(trunks, stored)), ("carrier",))


CONFERENCE = {"name": "Conference", "trunk_ids": ["main.json"], "numbers": [OTHER]}


@pytest.mark.parametrize(
    ("written", "step"),
    [
        (
            ["Mian"],
            f'{NAME_IT} instead of "Mian" in the trunk_ids of rule Support: "Mian" is no trunk.',
        ),
        (
            ["side.json", "main"],
            f'{NAME_IT} instead of "main" in the trunk_ids of rule Support: "main" is no trunk.',
        ),
        (
            ["carrier"],
            f'{NAME_IT} instead of "carrier" in the trunk_ids of rule Support: "carrier" is an '
            "outbound trunk, and no call comes in by one.",
        ),
        (
            ["*"],
            "Leave the trunk_ids of rule Support out, or write "
            f'"Main" (its name; `lklint apply` puts the id in): {NOTHING}.',
        ),
        (["side.json"], f"{NAME_IT} in the trunk_ids of rule Support."),
    ],
)
def test_a_rule_that_lists_the_number_is_meant_and_not_another(
    written: list[str], step: str
) -> None:
    support = {"name": "Support", "trunk_ids": written, "numbers": [NUMBER]}
    assert advised(CONFERENCE, support) == step
    assert advised(support, CONFERENCE) == step


def test_on_a_server_the_id_is_written() -> None:
    stored = {**MAIN, "sip_trunk_id": "ST_aB3xY9kLmN2p"}
    step = 'Write "ST_aB3xY9kLmN2p" in the trunk_ids of rule Support.'
    support = {"name": "Support", "trunk_ids": ["Main"], "numbers": [NUMBER]}
    assert advised(support, trunks=(stored,)) == step


def test_a_name_that_two_trunks_have_is_not_advised() -> None:
    step = "Write a name that you give trunk Main (main.json) alone in the trunk_ids of rule All."
    assert (
        advised({"name": "All", "trunk_ids": ["Main"]}, trunks=(MAIN, SIDE | {"name": "Main"}))
        == step
    )


@pytest.mark.parametrize(
    ("rule", "trunk", "step"),
    [
        ({"inbound_numbers": ["*"]}, {}, f"Leave the inbound_numbers of rule All out: {NOTHING}."),
        ({"numbers": ["*"]}, {}, f"Leave the numbers of rule All out: {NOTHING}."),
        ({}, {"numbers": ["*"]}, f"Leave the numbers of Main (main.json) out: {NOTHING}."),
        (
            {},
            {"allowed_numbers": ["*"]},
            f"Leave the allowed_numbers of Main (main.json) out: {NOTHING}.",
        ),
    ],
)
def test_a_star_matches_nothing_and_no_caller_is_added_beside_it(
    rule: dict[str, Any], trunk: dict[str, Any], step: str
) -> None:
    bound = {"name": "All", "trunk_ids": ["main.json"], **rule}
    assert advised(bound, trunks=(MAIN | trunk, SIDE)) == step


@pytest.mark.parametrize(
    ("called", "trunks", "step"),
    [
        ("+442079460125", (MAIN, SIDE), 'Add "+442079460125" to the numbers of Side (side.json).'),
        ("+442079460125", (MAIN,), 'Add "+442079460125" to the numbers of Main (main.json).'),
        ("+442079460125", (), 'Create an inbound trunk with "+442079460125" in its numbers.'),
        (
            "02079460123",
            (MAIN,),
            f'Have "{NUMBER}" called, or add "02079460123" to the numbers of Main (main.json).',
        ),
        ("02079460125", (MAIN,), 'Add "02079460125" to the numbers of Main (main.json).'),
    ],
)
def test_a_number_that_no_trunk_has_is_for_the_trunk_of_the_nearest_rule(
    called: str, trunks: tuple[dict[str, Any], ...], step: str
) -> None:
    rules = (CONFERENCE, {"name": "Night", "trunk_ids": ["Sied"], "numbers": [called]})
    assert advised(*rules, trunks=trunks, called=called) == step


def test_nobody_is_told_to_list_a_caller_without_a_number() -> None:
    rule = {"name": "All", "trunk_ids": ["main.json"], "inbound_numbers": [CALLER]}
    step = "Call with a number, or leave the inbound_numbers of rule All out."
    assert advised(rule, caller="") == step


@pytest.mark.parametrize(
    ("number", "sent", "any_number"),
    [
        (NUMBER, True, False),
        (NUMBER[1:], True, False),
        ("02079460123", True, False),
        ("front-desk", True, False),
        ("*97", True, False),
        ("+44 20 7946 0123", False, False),
        ("+44*", False, False),
        ("", False, False),
        ("*", False, True),
        ("Any", False, True),
    ],
)
def test_what_a_call_can_have_for_a_number(number: str, sent: bool, any_number: bool) -> None:
    assert (can_be_sent(number), means_any(number)) == (sent, any_number)
