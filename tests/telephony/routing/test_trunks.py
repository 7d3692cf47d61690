"""Which trunk a call comes in by."""

from __future__ import annotations

from typing import Any

import pytest
from exchanges import exchange_of

from lklint.telephony.routing import Call, Route, route

NUMBER, CALLER = "+15550100", "+15550150"


def trunk(name: str, **fields: Any) -> dict[str, Any]:
    return {"sip_trunk_id": name, **fields}


def called(*trunks: dict[str, Any], to: str = NUMBER, **call: Any) -> Route:
    """Where a call goes; the one rule takes every call, so that only trunks decide."""
    rule = {"sip_dispatch_rule_id": "SDR_1", "rule": {"dispatch_rule_direct": {"room_name": "r"}}}
    return route(Call(call.pop("caller", CALLER), to, **call), exchange_of(trunks, [rule]))


@pytest.mark.parametrize(
    ("listed", "dialled", "taken"),
    [
        ("+15550100", "+15550100", True),
        ("15550100", "+15550100", True),
        ("+15550100", "15550100", True),
        ("+1 (555) 0100", "1-555-0100", True),
        ("alice", "alice", True),
        ("", "", True),
        ("+1.555.0100", "+15550100", False),
        ("0015550100", "+15550100", False),
        ("*", "+15550100", False),
        ("sip:+15550100@pbx.example.com", "+15550100", False),
        ("Alice", "alice", False),
        ("", "+15550100", False),
    ],
)
def test_a_number_is_compared_without_plus_blanks_and_brackets(
    listed: str, dialled: str, taken: bool
) -> None:
    found = called(trunk("ST_1", numbers=[listed]), to=dialled)
    assert found.trunk_id == ("ST_1" if taken else None)


def test_a_trunk_with_the_number_goes_before_one_that_takes_all() -> None:
    found = called(trunk("ST_all", auth_username="u"), trunk("ST_one", numbers=[NUMBER]))
    assert found.trunk_id == "ST_one"


def test_a_trunk_that_lists_other_callers_leaves_the_call_to_one_that_takes_all() -> None:
    found = called(
        trunk("ST_all", auth_username="u"),
        trunk("ST_one", numbers=[NUMBER], allowed_numbers=["+15550199"]),
    )
    assert found.trunk_id == "ST_all"


def test_a_call_that_no_trunk_takes_goes_on_without_one_and_without_a_login() -> None:
    listed = trunk(
        "ST_1", numbers=[NUMBER], allowed_numbers=["+15550199"],
        auth_username="u", auth_password="p",
    )  # fmt: skip
    found = called(listed)
    assert (found.outcome, found.trunk_id, found.authentication) == ("accept", None, "none")
    assert not found.answer.challenge


@pytest.mark.parametrize(
    ("user", "password", "asked"),
    [("u", "p", "challenge"), ("u", "", "half"), ("", "p", "half"), ("", "", "none")],
)
def test_only_a_whole_login_is_asked_for(user: str, password: str, asked: str) -> None:
    found = called(trunk("ST_1", numbers=[NUMBER], auth_username=user, auth_password=password))
    assert found.authentication == asked
    assert found.answer.challenge == (asked == "challenge")


def test_two_trunks_that_take_a_call_end_it() -> None:
    shared = [trunk(f"ST_{name}", numbers=[NUMBER]) for name in "abc"]
    found = called(*shared)
    assert (found.outcome, found.stage) == ("error", "match-trunk")
    assert found.error == 'Multiple SIP Trunks matched for "+15550100"'
    assert [clashing.id for clashing in found.clash] == ["ST_a", "ST_b"]
    assert (found.answer.status, found.answer.rings) == (503, False)


def test_two_trunks_without_numbers_end_a_call_that_no_other_takes() -> None:
    both = [trunk("ST_a", auth_username="u"), trunk("ST_b", auth_username="u")]
    found = called(*both)
    assert found.error == 'Multiple default SIP Trunks matched for "+15550100"'
    assert called(*both, trunk("ST_c", numbers=[NUMBER])).trunk_id == "ST_c"


def test_one_trunk_may_list_a_number_twice() -> None:
    assert called(trunk("ST_1", numbers=[NUMBER, NUMBER[1:]])).trunk_id == "ST_1"


PROVIDER = "203.0.113.5"


@pytest.mark.parametrize(
    ("addresses", "source", "host", "taken"),
    [
        ([PROVIDER], PROVIDER, "", True),
        (["203.0.113.0/24"], PROVIDER, "", True),
        (["203.0.113.9/24"], PROVIDER, "", True),
        ([PROVIDER], "198.51.100.1", "", False),
        (["::/0"], PROVIDER, "", False),
        ([PROVIDER], "::ffff:203.0.113.5", "", False),
        (["pbx.example.com"], PROVIDER, "pbx.example.com", True),
        (["pbx.example.com"], PROVIDER, "PBX.example.com", False),
        # Nothing that LiveKit can use is left of the list: it lets everybody in.
        (["203.0.113.5, 203.0.113.6"], "198.51.100.1", "", True),
        (["203.0.113.*"], "198.51.100.1", "", True),
        (["203.0.113.*", PROVIDER], "198.51.100.1", "", False),
        # Nobody says where the call comes from.
        ([PROVIDER], "", "", True),
    ],
)
def test_a_list_of_addresses(addresses: list[str], source: str, host: str, taken: bool) -> None:
    listed = trunk("ST_1", numbers=[NUMBER], allowed_addresses=addresses)
    found = called(listed, source_ip=source, from_host=host)
    assert found.trunk_id == ("ST_1" if taken else None)


@pytest.mark.parametrize(
    ("mask", "source", "host", "before", "now"),
    [
        ("[2001:db8::1]", "2001:db8::1", "", False, True),
        ("[2001:db8::]/32", "2001:db8::7", "", False, True),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5", True, False),
        ("203.0.113.0/24", "198.51.100.1", "203.0.113.0/24", True, False),
    ],
)
def test_addresses_were_read_otherwise_up_to_1_13_11(
    mask: str, source: str, host: str, before: bool, now: bool
) -> None:
    exchange = exchange_of([trunk("ST_1", numbers=[NUMBER], allowed_addresses=[mask])])
    call = Call(CALLER, NUMBER, source, host)
    assert (route(call, exchange, (1, 13, 11)).trunk_id == "ST_1") == before
    assert (route(call, exchange, (1, 13, 12)).trunk_id == "ST_1") == now
    assert (route(call, exchange).trunk_id == "ST_1") == now


def test_a_source_that_is_no_address_ends_the_call() -> None:
    found = called(trunk("ST_1", numbers=[NUMBER]), source_ip="not-an-ip")
    assert (found.stage, found.error) == ("source", 'ParseAddr("not-an-ip"): unable to parse IP')
