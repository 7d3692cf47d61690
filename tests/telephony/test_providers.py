"""Which provider an address is of, and what a list of addresses lacks."""

from __future__ import annotations

import re
from datetime import date
from itertools import combinations

import pytest

from lklint.telephony.addresses import parse_block
from lklint.telephony.providers.facts import PROVIDERS, Provider
from lklint.telephony.providers.hosts import judge_host, provider_at, where_calls_go
from lklint.telephony.providers.sources import no_calls_from, providers_in, ranges_of

BY_NAME = {provider.name: provider for provider in PROVIDERS}


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("acme.pstn.twilio.com", "Twilio"),
        ("ACME.PSTN.Twilio.COM.:5060", "Twilio"),
        ("acme.sip.twilio.com", "Twilio"),
        ("twilio.com", "Twilio"),
        ("54.172.60.3", "Twilio"),
        ("54.172.60.3:5060", "Twilio"),
        ("sip.telnyx.com", "Telnyx"),
        ("sip.telnyx.com.au:5061", "Telnyx"),
        ("sip.telnyx.de", "Telnyx"),
        ("21784177241578.zt.plivo.com", "Plivo"),
        ("nl.wavix.net", "Wavix"),
        ("us.wavix.com", "Wavix"),
        ("sip.nl.didlogic.net", "didlogic"),
        ("acme.pstn.sinch.com", "Sinch"),
        ("pstn.in2.exotel.com:5070", "Exotel"),
    ],
)
def test_the_provider_of_an_address(address: str, name: str) -> None:
    found = provider_at(address)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "address",
    [
        "",
        "twilio",
        "sip.acme-voip.net",
        "mytwilio.com",
        "twilio.com.acme-voip.net",
        "telnyx.acme-voip.net",
        "euc1.sip.sinch.com",
        "192.76.120.10",  # an address of Telnyx, which may be dialled
        "54.172.60.4",  # next to Twilio's
        "54.172.60.0/30",
        "sip:acme.pstn.twilio.com",
        "alice@acme.pstn.twilio.com",
        "acme.pstn.twilio.com;transport=tcp",
        "acme.pstn.twilio.com,sip.telnyx.com",
        "<my-trunk>.pstn.twilio.com",
        "acme.pstn.twilio.com:sip",
    ],
)
def test_no_provider_is_guessed(address: str) -> None:
    assert provider_at(address) is None


@pytest.mark.parametrize(
    ("address", "fault", "suggestion"),
    [
        ("acme.pstn.twilio.com", "fine", None),
        ("a.b.pstn.sao-paulo.twilio.com:5061", "fine", None),
        ("acme.pstn.us1.twilio.com", "fine", None),
        ("acme.pstn.san-jose-ix.twilio.com", "fine", None),
        ("acme.pstn.san-jose.twilio.com", "region", None),
        ("pstn.tokyo.twilio.com", "other", None),
        ("acme.sip.tokyo.twilio.com", "other", None),
        ("acme.twilio.com", "other", None),
        ("54.172.60.3", "other", None),
        ("sip.telnyx.asia", "fine", None),
        ("sip-eu.telnyx.com", "fine", None),
        ("sip.telnyx.co.uk", "region", None),
        ("a.b.sip.telnyx.com", "other", "sip.telnyx.com"),
        ("sip.sip.telnyx.eu", "other", "sip.telnyx.eu"),
        ("api.telnyx.com", "other", None),
        ("21784177241578.zt.plivo.com", "fine", None),
        ("zt.plivo.com", "other", None),
        ("sg.wavix.net", "fine", None),
        ("jp.wavix.net", "region", None),
        ("sg.wavix.com", "other", "sg.wavix.net"),
        ("app.wavix.com", "other", None),
        ("sip.nl.didlogic.net", "fine", None),
        ("acme.pstn.exotel.com", "fine", None),
    ],
)
def test_the_judgement_of_a_host(address: str, fault: str, suggestion: str | None) -> None:
    found = provider_at(address)
    assert found is not None
    verdict = judge_host(found, address)
    assert (verdict.fault, verdict.suggestion) == (fault, suggestion)


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
def test_what_a_provider_publishes_is_recognised_and_right(provider: Provider) -> None:
    for host in where_calls_go(provider):
        address = host.replace("<your trunk>", "acme")
        assert provider_at(address) is provider
        assert judge_host(provider, address).fault == "fine"


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
def test_every_fact_has_a_page_and_a_date(provider: Provider) -> None:
    for fact in provider[1:]:
        if fact is not None:
            assert "." in fact.source.page
            assert re.fullmatch(r"20[0-9]{2}-[0-9]{2}(-[0-9]{2})?", fact.source.date)
            assert date.fromisoformat(f"{fact.source.date}-01"[:10])


@pytest.mark.parametrize("name", ["Twilio", "Telnyx", "Plivo", "Wavix"])
def test_a_whole_list_lacks_nothing(name: str) -> None:
    listed = list(providers_in(published(name)))
    assert [(one.provider.name, one.missing) for one in listed] == [(name, ())]


@pytest.mark.parametrize(
    ("masks", "name", "entries", "missing"),
    [
        (["54.172.60.0/30", "192.0.2.1", "54.244.51.0/30"], "Twilio", (0, 2), 6),
        (["54.172.60.0/31"], "Twilio", (0,), 8),
        (["54.172.60.0/31", "54.172.60.2", "54.172.60.3"], "Twilio", (0, 1, 2), 7),
        (["54.172.60.0/22"], "Twilio", (0,), 7),
        (["13.52.9.0/25"], "Plivo", (0,), 13),
        (["192.76.120.10"], "Telnyx", (0,), 1),
        (["192.76.120.10/32", "64.16.250.0/24"], "Telnyx", (0,), 0),
        (["192.76.120.10", "185.246.41.141"], "Telnyx", (0, 1), 2),
        (["95.211.82.14"], "Wavix", (0,), 0),
    ],
)
def test_what_a_list_lacks(
    masks: list[str], name: str, entries: tuple[int, ...], missing: int
) -> None:
    listed = list(providers_in(masks))
    found = [(one.provider.name, one.entries, len(one.missing)) for one in listed]
    assert found == [(name, entries, missing)]


@pytest.mark.parametrize(
    "mask",
    [
        "",
        "twilio",
        "sip.telnyx.com",
        "0.0.0.0/0",
        "54.172.0.0/16",
        "54.172.60.4",
        "192.76.120.0/24",  # Telnyx is chosen by the region, and this names none
        "::ffff:54.172.60.0",
        "54.172.60.0/30 ",
        "2606:4700::/32",
    ],
)
def test_no_provider_is_guessed_from_an_entry(mask: str) -> None:
    assert ranges_of(mask) == ()


@pytest.mark.parametrize(
    ("masks", "whole"),
    [
        (["54.172.60.0/30"], True),
        (["54.172.60.0/31"], False),
        (["54.172.60.0/30", "54.244.51.0/30"], False),
        (["204.89.151.128/26", "15.207.90.192/31"], True),
        (["204.89.151.128/27", "15.207.90.192/31"], False),
    ],
)
def test_one_region_and_all_of_it(masks: list[str], whole: bool) -> None:
    (listed,) = providers_in(masks)
    assert listed.is_one_region is whole


@pytest.mark.parametrize(
    ("mask", "what"),
    [
        ("168.86.128.0/18", "audio"),
        ("168.86.191.255", "audio"),
        ("168.86.192.0", None),
        ("168.86.0.0/16", None),
        ("192.76.120.128/29", "webhooks"),
        ("192.76.120.10", None),
        ("185.246.41.128/25", None),  # calls come from two addresses in it
        ("185.246.41.192/26", "audio"),
        ("sip.telnyx.com", None),
    ],
)
def test_ranges_where_no_call_comes_from(mask: str, what: str | None) -> None:
    found = no_calls_from(mask)
    assert (found.what if found is not None else None) == what


def test_ranges_of_calls_are_blocks_that_share_no_address() -> None:
    texts = [text for name in ("Twilio", "Telnyx", "Plivo", "Wavix") for text in published(name)]
    blocks = [parse_block(text) for text in texts]
    assert None not in blocks
    known = [block for block in blocks if block is not None]
    assert [block for block in known if block.has_host_bits] == []
    for one, other in combinations(known, 2):
        assert one.last < other.first or other.last < one.first


def published(name: str) -> list[str]:
    ranges = BY_NAME[name].ranges
    assert ranges is not None
    return [text for _, texts in ranges.regions for text in texts]
