"""Phone numbers: found, bought, given to a rule, released.

There is no server to compare with, as LiveKit Cloud alone has this API; `services/numbers.py` says
what was chosen. That `lk` understands the answers is tested in `test_with_lk.py`.
"""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import pytest
from phonenumbers import PhoneNumberType, number_type, parse

from lklint.sandbox.inventory import AREAS, DOCUMENTED, PER_AREA, offers

from .asking import Asked, Json

NUMBER, OTHER = "+14155550100", "+14155550101"
RULE = {"dispatch_rule": {"rule": {"dispatch_rule_individual": {"room_prefix": "call-"}}}}


def call(server: Asked, method: str, **fields: Any) -> tuple[int, Json]:
    status, _, body = server.send(
        f"/twirp/livekit.PhoneNumberService/{method}",
        json.dumps(fields).encode(),
        Content_Type="application/json",
        Authorization=f"Bearer {server.token()}",
    )
    return status, json.loads(body)


def done(server: Asked, method: str, **fields: Any) -> Json:
    status, answer = call(server, method, **fields)
    assert status == 200, answer
    return answer


def bought(server: Asked, *numbers: str, **fields: Any) -> list[Json]:
    answer = done(server, "PurchasePhoneNumber", phone_numbers=numbers, **fields)
    held: list[Json] = answer["phone_numbers"]
    return held


def numbers_of(answer: Json) -> list[str]:
    return [item["e164_format"] for item in answer["items"]]


def made_rule(server: Asked) -> str:
    return str(server.get("CreateSIPDispatchRule", RULE)["sip_dispatch_rule_id"])


def test_all_numbers_are_kept_for_made_up_stories() -> None:
    assert len(offers()) == len(AREAS) * PER_AREA + 1
    story = re.compile(r"\+1\d{3}55501\d\d|\+442079460[01]\d\d|\+4416149601\d\d|\+4477009001\d\d")
    others = [number for number in offers() if not story.fullmatch(number)]
    assert others == [DOCUMENTED.number]


def test_the_types_are_those_of_the_numbers() -> None:
    toll_free = {number for number in offers() if "TOLL_FREE" in offers()[number].area.type}
    assert toll_free == {
        number for number in offers() if number_type(parse(number)) == PhoneNumberType.TOLL_FREE
    }


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"country_code": "US", "area_code": "415"}, {"US 415"}),
        ({"country_code": "CA", "limit": 200}, {"CA 416", "CA 604"}),
        ({"area_code": "20"}, {"GB 20"}),
        ({"country_code": "FR"}, set()),
        ({"country_code": "US", "area_code": "999"}, set()),
    ],
)
def test_a_search_by_country_and_area(fresh: Asked, wanted: Json, found: set[str]) -> None:
    items = done(fresh, "SearchPhoneNumbers", **wanted)["items"]
    assert {f"{item['country_code']} {item['area_code']}" for item in items} == found


def test_a_search_goes_on_where_it_stopped(fresh: Asked) -> None:
    wanted = {"country_code": "US", "area_code": "415", "limit": 60}
    first = done(fresh, "SearchPhoneNumbers", **wanted)
    assert len(first["items"]) == 60
    token = first["next_page_token"]
    assert json.loads(base64.b64decode(token["token"])) == {"offset": 60, "limit": 60}
    second = done(fresh, "SearchPhoneNumbers", **wanted, page_token=token)
    assert len(second["items"]) == 40
    assert second["next_page_token"] is None
    assert numbers_of(first)[-1] < numbers_of(second)[0]


def test_a_number_is_bought_and_no_longer_on_offer(fresh: Asked) -> None:
    [number] = bought(fresh, NUMBER)
    assert re.fullmatch(r"PN_\w{12}", number["id"])
    assert number["status"] == "PHONE_NUMBER_STATUS_ACTIVE"
    assert number["sip_dispatch_rule_ids"] == []
    assert number["assigned_at"]
    left = done(fresh, "SearchPhoneNumbers", country_code="US", area_code="415", limit=200)
    assert NUMBER not in numbers_of(left)
    assert numbers_of(done(fresh, "ListPhoneNumbers")) == [NUMBER]


@pytest.mark.parametrize(
    ("numbers", "status", "code"),
    [
        ([], 400, "invalid_argument"),
        (["+12025559999"], 404, "not_found"),
        ([OTHER, "+12025559999"], 404, "not_found"),
        ([NUMBER], 409, "already_exists"),
        ([OTHER, NUMBER], 409, "already_exists"),
    ],
)
def test_a_purchase_that_fails_buys_nothing(
    fresh: Asked, numbers: list[str], status: int, code: str
) -> None:
    bought(fresh, NUMBER)
    answer = call(fresh, "PurchasePhoneNumber", phone_numbers=numbers)
    assert (answer[0], answer[1]["code"]) == (status, code)
    assert numbers_of(done(fresh, "ListPhoneNumbers")) == [NUMBER]


def test_a_number_named_twice_is_bought_once(fresh: Asked) -> None:
    assert len(bought(fresh, NUMBER, NUMBER)) == 1


def test_a_rule_for_all_that_is_bought(fresh: Asked) -> None:
    rule = made_rule(fresh)
    numbers = bought(fresh, NUMBER, OTHER, sip_dispatch_rule_id=rule)
    assert [number["sip_dispatch_rule_ids"] for number in numbers] == [[rule], [rule]]
    assert numbers[0]["sip_dispatch_rule_id"] == rule


def test_a_rule_has_to_be_there(fresh: Asked) -> None:
    [number] = bought(fresh, NUMBER)
    unknown = {"sip_dispatch_rule_id": "SDR_unknown"}
    words = "requested sip dispatch rule does not exist"
    for method, fields in [
        ("PurchasePhoneNumber", {"phone_numbers": [OTHER]}),
        ("UpdatePhoneNumber", {"id": number["id"]}),
    ]:
        status, answer = call(fresh, method, **fields, **unknown)
        assert (status, answer["msg"]) == (404, words)
    assert numbers_of(done(fresh, "ListPhoneNumbers")) == [NUMBER]


def test_an_update_gives_a_number_to_a_rule_and_takes_it_away(fresh: Asked) -> None:
    bought(fresh, NUMBER)
    rule = made_rule(fresh)

    def updated(**fields: str) -> list[str]:
        answer = done(fresh, "UpdatePhoneNumber", phone_number=NUMBER, **fields)
        ids: list[str] = answer["phone_number"]["sip_dispatch_rule_ids"]
        return ids

    assert updated(sip_dispatch_rule_id=rule) == [rule]
    assert updated() == [rule]
    assert numbers_of(done(fresh, "ListPhoneNumbers", sip_dispatch_rule_id=rule)) == [NUMBER]
    assert updated(sip_dispatch_rule_id="") == []


def test_a_released_number_can_be_bought_again_under_a_new_id(fresh: Asked) -> None:
    [before] = bought(fresh, NUMBER)
    done(fresh, "ReleasePhoneNumbers", ids=[before["id"]])
    assert numbers_of(done(fresh, "ListPhoneNumbers")) == []
    [after] = bought(fresh, NUMBER)
    assert after["id"] != before["id"]
    status, answer = call(fresh, "UpdatePhoneNumber", id=before["id"], sip_dispatch_rule_id="")
    assert (status, answer["code"]) == (412, "failed_precondition")
    kept = done(fresh, "GetPhoneNumber", id=before["id"])["phone_number"]
    assert (kept["status"], bool(kept["released_at"])) == ("PHONE_NUMBER_STATUS_RELEASED", True)
    assert done(fresh, "GetPhoneNumber", phone_number=NUMBER)["phone_number"] == after


@pytest.mark.parametrize(
    "fields",
    [
        {"phone_numbers": [NUMBER, OTHER]},
        {"ids": ["PN_unknown"]},
        {"ids": ["PN_unknown"], "phone_numbers": [NUMBER]},
        {},
    ],
)
def test_a_release_that_fails_releases_nothing(fresh: Asked, fields: Json) -> None:
    bought(fresh, NUMBER)
    assert call(fresh, "ReleasePhoneNumbers", **fields)[0] in (400, 404)
    assert numbers_of(done(fresh, "ListPhoneNumbers")) == [NUMBER]


@pytest.mark.parametrize(
    ("statuses", "found"),
    [
        ([], [OTHER]),
        (["PHONE_NUMBER_STATUS_ACTIVE"], [OTHER]),
        (["PHONE_NUMBER_STATUS_RELEASED"], [NUMBER]),
        (["PHONE_NUMBER_STATUS_ACTIVE", "PHONE_NUMBER_STATUS_RELEASED"], [NUMBER, OTHER]),
        (["PHONE_NUMBER_STATUS_OFFLINE"], []),
    ],
)
def test_a_list_by_status(fresh: Asked, statuses: list[str], found: list[str]) -> None:
    bought(fresh, NUMBER)
    bought(fresh, OTHER)
    done(fresh, "ReleasePhoneNumbers", phone_numbers=[NUMBER])
    answer = done(fresh, "ListPhoneNumbers", statuses=statuses)
    assert (numbers_of(answer), answer["total_count"]) == (found, len(found))
    assert answer["offline_count"] == 0


def test_a_page_counts_all(fresh: Asked) -> None:
    bought(fresh, *list(offers())[:5])
    token = base64.urlsafe_b64encode(b'{"offset":2,"limit":2}').decode()
    answer = done(fresh, "ListPhoneNumbers", page_token={"token": token})
    assert numbers_of(answer) == list(offers())[2:4]
    assert answer["total_count"] == 5


@pytest.mark.parametrize("token", ["x", "bnVsbA==", "e30", "eyJvZmZzZXQiOi0xfQ=="])
def test_a_page_token_that_is_none(fresh: Asked, token: str) -> None:
    status, answer = call(fresh, "ListPhoneNumbers", page_token={"token": token})
    assert (status, answer["code"]) == (400, "invalid_argument")


@pytest.mark.parametrize("method", ["GetPhoneNumber", "UpdatePhoneNumber"])
@pytest.mark.parametrize(
    ("fields", "status"),
    [({}, 400), ({"id": "PN_x", "phone_number": NUMBER}, 400), ({"id": "PN_x"}, 404)],
)
def test_one_number_is_named_one_way(fresh: Asked, method: str, fields: Json, status: int) -> None:
    assert call(fresh, method, **fields)[0] == status
