"""Names of agents, known ones and near ones."""

from __future__ import annotations

import pytest

from lklint.telephony.agent_names import (
    are_one_slip_apart,
    closest,
    is_known,
    names_an_agent,
    why_no_deployment,
)


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("bot", {"bot"}, True),
        ("Bot", {"bot"}, False),
        ("bot", set(), False),
        ("bot-eu", {"bot-*"}, True),
        ("bot", {"bot-*"}, False),
        ("anything", {"*"}, True),
        ("b.t", {"b?t"}, False),
        ("bot", {""}, False),
        ("a\nb", {"a*"}, True),
    ],
)
def test_is_known(name: str, known: set[str], expected: bool) -> None:
    assert is_known(name, known) is expected


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("inbound_agent", "inbound-agent"),
        ("Inbound Agent", "inbound-agent"),
        ("inbound-agnet", "inbound-agent"),
        ("inbound", "inbound-agent"),
        ("zebra", None),
    ],
)
def test_closest(name: str, meant: str | None) -> None:
    assert closest(name, {"inbound-agent", "survey", "", "x-*"}) == meant


@pytest.mark.parametrize("name", ["", "production", "prod-us.v2", "prod:us", "a/b", "é", "x" * 64])
def test_deployments(name: str) -> None:
    assert why_no_deployment(name) is None


@pytest.mark.parametrize("name", ["my_dep", "my dep", "dep\n", "\x7f", "x" * 65, "é" * 33])
def test_no_deployments(name: str) -> None:
    assert why_no_deployment(name) is not None


def test_attributes_that_mean_an_agent() -> None:
    assert names_an_agent("agentName")
    assert names_an_agent("agent_name")
    assert not names_an_agent("agent")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("front-desk", "Front_Desk", True),
        ("frontdesk", "front desk", True),
        ("reception", "recepton", True),
        ("reception", "recpetion", True),
        ("reception", "receptiom", True),
        ("night-reception", "night-recepton", True),
        ("reception", "receptions", True),
        ("reception-1", "reception-2", False),
        ("reception1", "reception", False),
        ("sales", "salsa", False),
        ("booking", "cooking", False),
        ("reception", "reservation", False),
        ("night-reception", "day-reception", False),
        ("recepton-nigth", "reception-night", False),
        ("", "reception", False),
    ],
)
def test_names_that_are_one_slip_apart(one: str, other: str, expected: bool) -> None:
    assert are_one_slip_apart(one, other) is expected
    assert are_one_slip_apart(other, one) is expected
