"""What goes wrong goes wrong as it was told to, and then no more."""

from __future__ import annotations

import http.client
import json

import pytest

from lklint.sandbox.faults import KINDS, Fault, Faults, NoFault, read_fault
from lklint.sandbox.server import all_methods
from lklint.sandbox.store import Store

from .asking import Asked
from .conftest import served

CREATE = "CreateSIPInboundTrunk"
TRUNK = json.dumps({"trunk": {"auth_username": "u", "numbers": ["+12025550100"]}}).encode()
FOR_EVER = 3600.0
BROKEN = (ConnectionError, http.client.BadStatusLine)


def faults(*texts: str) -> Faults:
    return Faults(read_fault(text, all_methods()) for text in texts)


def trunks_after(server: Asked) -> int:
    """How many trunks are there, asked anew."""
    server.close()
    return len(server.list("ListSIPInboundTrunk"))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("reset-after", Fault("reset-after")),
        ("reset-before:CreateSIPDispatchRule", Fault("reset-before", "CreateSIPDispatchRule")),
        ("error-after::3", Fault("error-after", "", 3)),
        ("none:PurchasePhoneNumber:2", Fault("none", "PurchasePhoneNumber", 2)),
        ("huge::always", Fault("huge", "", None)),
        ("delay=2.5", Fault("delay", "", 1, 2.5)),
        ("delay-after=0:ListSIPTrunk:always", Fault("delay-after", "ListSIPTrunk", None, 0.0)),
    ],
)
def test_a_fault_is_read(text: str, fault: Fault) -> None:
    assert read_fault(text, all_methods()) == fault
    assert read_fault(str(fault), all_methods()) == fault


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "a fault is written KIND"),
        ("explode", "there is no fault explode"),
        ("reset-after=1", "seconds are for delays"),
        ("reset-after:CreateTrunk", "there is no method CreateTrunk"),
        ("reset-after::0", "a fault that never happens"),
        ("reset-after::-1", "a fault is written KIND"),
        ("delay=soon", "a fault is written KIND"),
    ],
)
def test_what_is_no_fault_is_one_line(text: str, words: str) -> None:
    with pytest.raises(NoFault, match=words) as raised:
        read_fault(text, all_methods())
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(("kind", "stored"), [("reset-before", 0), ("reset-after", 1)])
def test_a_reset_before_the_write_leaves_nothing_and_one_after_it_a_trunk(
    kind: str, stored: int
) -> None:
    with served(Store(), faults(kind)) as server:
        with pytest.raises(BROKEN):
            server.call(CREATE, TRUNK)
        assert trunks_after(server) == stored


@pytest.mark.parametrize(("kind", "stored"), [("error-before", 0), ("error-after", 1)])
def test_a_proxy_answers_502_before_or_after_the_write(kind: str, stored: int) -> None:
    with served(Store(), faults(kind)) as server:
        status, body = server.call(CREATE, TRUNK)
        assert (status, body[:6]) == (502, b"<html>")
        assert trunks_after(server) == stored


@pytest.mark.parametrize("kind", ["delay", "delay-after"])
def test_a_delay_that_outlasts_the_client(kind: str) -> None:
    slow = Faults([Fault(kind, CREATE, 1, FOR_EVER)])
    with served(Store(), slow) as server:
        impatient = Asked(server.url, server.key, server.secret, seconds=0.3)
        with pytest.raises(TimeoutError):
            impatient.call(CREATE, TRUNK)
        impatient.close()
        assert len(server.list("ListSIPInboundTrunk")) == (kind == "delay-after")


def test_a_short_delay_changes_nothing_else() -> None:
    with served(Store(), faults("delay=0.01", "delay-after=0.01")) as server:
        assert server.call(CREATE, TRUNK)[0] == 200
        assert server.call(CREATE, TRUNK)[0] == 400  # there already


def test_an_answer_that_cannot_be_read() -> None:
    with served(Store(), faults("garbage")) as server:
        status, body = server.call(CREATE, TRUNK)
        with pytest.raises((json.JSONDecodeError, UnicodeDecodeError)):
            json.loads(body)
        assert status == 200
        assert trunks_after(server) == 1


def test_an_answer_without_end() -> None:
    with served(Store(), faults("huge:ListSIPTrunk")) as server:
        taken = server.beginning("ListSIPTrunk", 3_000_000)
        assert len(taken) == 3_000_000
        server.close()
        assert server.call("ListSIPTrunk", b"{}")[0] == 200


def test_a_sequence_is_kept_and_each_method_has_its_own() -> None:
    script = faults("error-before:ListSIPTrunk:2", f"none:{CREATE}", "error-after")
    with served(Store(), script) as server:
        said = [
            server.call(method, body)[0]
            for method, body in [
                (CREATE, TRUNK),  # "none" is for it
                ("ListSIPTrunk", b"{}"),
                ("ListSIPInboundTrunk", b"{}"),  # "error-after" is for any
                ("ListSIPTrunk", b"{}"),
                ("ListSIPTrunk", b"{}"),
            ]
        ]
    assert said == [200, 502, 502, 502, 200]
    assert list(script) == []


def test_always_is_always() -> None:
    with served(Store(), faults("error-before::always")) as server:
        assert [server.call("ListSIPTrunk", b"{}")[0] for _ in range(3)] == [502, 502, 502]


def control(server: Asked, method: str, body: object = None) -> tuple[int, object]:
    sent = b"" if body is None else json.dumps(body).encode()
    status, _, answer = server.send("/sandbox/faults", sent, method=method)
    return status, json.loads(answer)


def test_faults_are_set_while_it_runs() -> None:
    with served(Store()) as server:
        assert control(server, "GET") == (200, [])
        assert control(server, "POST", ["error-before::2"]) == (200, ["error-before::2"])
        assert server.call("ListSIPTrunk", b"{}")[0] == 502
        assert control(server, "POST", ["huge"]) == (200, ["error-before::1", "huge::1"])
        assert control(server, "PUT", ["garbage"]) == (200, ["garbage::1"])
        assert control(server, "DELETE") == (200, [])
        assert server.call("ListSIPTrunk", b"{}")[0] == 200


@pytest.mark.parametrize("body", [{}, "reset-after", [1], ["explode"], None])
def test_what_is_no_list_of_faults_changes_nothing(body: object) -> None:
    with served(Store(), faults("garbage")) as server:
        status, answer = control(server, "PUT", body)
        assert (status, list(answer)) == (400, ["error"])  # type: ignore[call-overload]
        assert control(server, "GET") == (200, ["garbage::1"])


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_used_up_by_one_request(kind: str) -> None:
    waiting = Faults([Fault(kind, seconds=0.0)])
    assert waiting.take("ListSIPTrunk").kind == kind
    assert waiting.take("ListSIPTrunk").kind == "none"
