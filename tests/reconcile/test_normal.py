"""What is a difference, and what is none; what a replacement keeps."""

from __future__ import annotations

from typing import Any

import pytest
from livekit.protocol.sip import SIPInboundTrunkInfo

from lklint.protocol.messages import Kind, read
from lklint.reconcile.normal import Difference, compare, content, lost_fields, replacement

ALLOW, REQUIRE = "SIP_MEDIA_ENCRYPT_ALLOW", "SIP_MEDIA_ENCRYPT_REQUIRE"

NEWER_FIELD = b"\xf8\x06\x01"
"""Field 111 of a message, as a server of the future may send it."""


def differences(kind: Kind, stored: Any, wanted: Any, **given: Any) -> list[Difference]:
    return [*compare(kind, read(kind, stored), read(kind, wanted), **given).differences]


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        ({"media": {}}, {}),
        ({"media_encryption": REQUIRE, "media": {"encryption": REQUIRE}}, {"mediaEncryption": 2}),
        ({"media": {"encryption": REQUIRE}}, {"media_encryption": REQUIRE}),
        ({"sip_dispatch_rule_id": "SDR_x", "created_at": "2026-01-01T00:00:00Z"}, {}),
        ({"attributes": {"b": "2", "a": "1"}}, {"attributes": {"a": "1", "b": "2"}}),
        ({"trunk_ids": [], "name": "", "krisp_enabled": False}, {"name": None}),
    ],
)
def test_what_the_server_makes_of_a_rule_is_no_difference(stored: Any, wanted: Any) -> None:
    assert differences("dispatch-rule", stored, wanted) == []
    one, other = read("dispatch-rule", stored), read("dispatch-rule", wanted)
    assert content("dispatch-rule", one) == content("dispatch-rule", other)


@pytest.mark.parametrize(
    ("stored", "wanted", "path"),
    [
        ({"ringing_timeout": "30s"}, {"ringing_timeout": "30.5s"}, "ringing_timeout"),
        ({"ringing_timeout": "0s"}, {}, "ringing_timeout"),
        ({"numbers": ["+1", "+2"]}, {"numbers": ["+2", "+1"]}, "numbers"),
        ({"headers": {"X-A": "1"}}, {"headers": {"X-A": "2"}}, "headers.X-A"),
        ({"media_encryption": ALLOW}, {"media_encryption": REQUIRE}, "media.encryption"),
        ({}, {"media": {"codecs": [{"name": "PCMU", "rate": 8000}]}}, "media.codecs[0].name"),
    ],
)
def test_what_means_something_else_is_a_difference(stored: Any, wanted: Any, path: str) -> None:
    assert path in [found.path for found in differences("inbound-trunk", stored, wanted)]


def test_a_secret_is_compared_and_never_shown() -> None:
    found = differences("inbound-trunk", {"auth_password": "old"}, {"auth_password": "new"})
    assert [(it.path, it.hidden) for it in found] == [("auth_password", True)]


def test_what_comes_from_the_environment_is_not_shown() -> None:
    found = differences("inbound-trunk", {"name": "a"}, {"name": "b"}, covered=["name"])
    assert found[0].hidden


@pytest.mark.parametrize(("shown", "unseen"), [("****", ()), ("•••", ()), ("", ("auth_password",))])
def test_a_secret_that_a_server_hides_is_no_difference(shown: str, unseen: Any) -> None:
    compared = compare(
        "outbound-trunk",
        read("outbound-trunk", {"auth_password": shown}),
        read("outbound-trunk", {"auth_password": "known"}),
        unseen=unseen,
    )
    assert compared.differences == ()
    assert compared.unseen == ("auth_password",)


def test_a_password_that_was_never_stored_is_a_difference() -> None:
    assert differences("outbound-trunk", {}, {"auth_password": "new"}) != []


def test_a_replacement_keeps_what_only_the_server_knows() -> None:
    stored = read("inbound-trunk", {"name": "a", "created_at": "2026-01-01T00:00:00Z"})
    stored.MergeFromString(NEWER_FIELD)
    wanted = read("inbound-trunk", {"name": "b", "numbers": ["+1"]})
    sent: Any = replacement("inbound-trunk", stored, wanted)
    assert (sent.name, list(sent.numbers)) == ("b", ["+1"])
    assert sent.created_at == stored.created_at  # type: ignore[attr-defined]
    assert NEWER_FIELD in sent.SerializeToString()
    assert lost_fields(stored, sent) == ()


def test_a_replacement_says_what_it_cannot_keep() -> None:
    stored: Any = SIPInboundTrunkInfo(name="a")
    stored.media.codecs.add(name="PCMU", rate=8000).MergeFromString(NEWER_FIELD)
    wanted = read("inbound-trunk", {"name": "a"})
    sent = replacement("inbound-trunk", stored, wanted)
    assert lost_fields(stored, sent) == ("media.codecs.111",)


def test_a_replacement_may_turn_a_rule_into_one_of_another_kind() -> None:
    stored = read("dispatch-rule", {"rule": {"dispatch_rule_individual": {"room_prefix": "x"}}})
    wanted = read("dispatch-rule", {"rule": {"dispatch_rule_direct": {"room_name": "r"}}})
    sent = replacement("dispatch-rule", stored, wanted)
    assert content("dispatch-rule", sent) == content("dispatch-rule", wanted)
