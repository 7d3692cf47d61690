"""Asking a server what a case file asks, in a form that can be compared with another server's.

A case is a line of a file in `requests/`: an `id`, what is sent `before`, and then the `call` with
what it is to `send`. "$1" stands for the id that the first of `before` was given, and so on. `send`
goes out as JSON and as protobuf; `text` is a JSON text as it is, for what protobuf cannot say.
"""

from __future__ import annotations

import http.client
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

import jwt
from google.protobuf.empty_pb2 import Empty
from google.protobuf.json_format import MessageToDict, ParseDict
from livekit.protocol import sip

FOLDER = Path(__file__).parent
REQUESTS, ANSWERS = FOLDER / "requests", FOLDER / "answers.jsonl"

Form = Literal["json", "protobuf"]
Json = dict[str, Any]

ANSWER_CLASSES: dict[str, Any] = {
    "CreateSIPInboundTrunk": sip.SIPInboundTrunkInfo,
    "CreateSIPOutboundTrunk": sip.SIPOutboundTrunkInfo,
    "UpdateSIPInboundTrunk": sip.SIPInboundTrunkInfo,
    "UpdateSIPOutboundTrunk": sip.SIPOutboundTrunkInfo,
    "GetSIPInboundTrunk": sip.GetSIPInboundTrunkResponse,
    "GetSIPOutboundTrunk": sip.GetSIPOutboundTrunkResponse,
    "ListSIPTrunk": sip.ListSIPTrunkResponse,
    "ListSIPInboundTrunk": sip.ListSIPInboundTrunkResponse,
    "ListSIPOutboundTrunk": sip.ListSIPOutboundTrunkResponse,
    "DeleteSIPTrunk": sip.SIPTrunkInfo,
    "CreateSIPDispatchRule": sip.SIPDispatchRuleInfo,
    "UpdateSIPDispatchRule": sip.SIPDispatchRuleInfo,
    "ListSIPDispatchRule": sip.ListSIPDispatchRuleResponse,
    "DeleteSIPDispatchRule": sip.SIPDispatchRuleInfo,
    "CreateSIPParticipant": sip.SIPParticipantInfo,
    "TransferSIPParticipant": Empty,
}

LISTS = {
    "ListSIPInboundTrunk": ("sip_trunk_id", "DeleteSIPTrunk"),
    "ListSIPOutboundTrunk": ("sip_trunk_id", "DeleteSIPTrunk"),
    "ListSIPDispatchRule": ("sip_dispatch_rule_id", "DeleteSIPDispatchRule"),
}
"""Each list with the field of the ids in it, and what deletes an entry."""

ROOM = "lobby"
"""The room that tokens are good for."""

_ID = re.compile(r"\b(?:ST|SDR|SCL|PA)_[2-9A-HJ-NP-Za-km-z]{12}\b")


class Question(NamedTuple):
    """A case in one form."""

    case: Json
    form: Form

    def __str__(self) -> str:
        return f"{self.case['id']}-{self.form}"


class Asked:
    """A server that is asked, over one connection."""

    def __init__(self, url: str, key: str, secret: str, seconds: float = 30) -> None:
        self.url, self.key, self.secret = url, key, secret
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=seconds)

    def token(self, **claims: Any) -> str:
        """A token that may do everything, or what other claims make of it."""
        allowed = {
            "iss": self.key,
            "exp": int(time.time()) + 600,
            "sip": {"admin": True, "call": True},
            "video": {"roomAdmin": True, "room": ROOM},
        }
        return jwt.encode({**allowed, **claims}, self.secret, algorithm="HS256")

    def send(
        self, path: str, body: bytes = b"", *, method: str = "POST", **headers: str
    ) -> tuple[int, str, bytes]:
        """Send a request; the status, the content type and the body of the answer."""
        answer = self._sent(path, body, method, headers)
        return answer.status, answer.headers.get("Content-Type", ""), answer.read()

    def beginning(self, method: str, length: int) -> bytes:
        """The first bytes of an answer that may be too long to be read."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token()}"}
        return self._sent(f"/twirp/livekit.SIP/{method}", b"{}", "POST", headers).read(length)

    def _sent(
        self, path: str, body: bytes, method: str, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(method, path, body, named)
        return self._connection.getresponse()

    def call(self, method: str, body: bytes, form: Form = "json") -> tuple[int, bytes]:
        """Call a method of the SIP service."""
        status, _, answer = self.send(
            f"/twirp/livekit.SIP/{method}",
            body,
            Content_Type=f"application/{form}",
            Authorization=f"Bearer {self.token()}",
        )
        return status, answer

    def get(self, method: str, value: Json) -> Json:
        """Call a method that is to succeed."""
        status, answer = self.call(method, json.dumps(value).encode())
        assert status == 200, (method, answer)
        read: Json = json.loads(answer)
        return read

    def list(self, listing: str) -> list[Json]:
        """Everything in a list, without unset fields; every server gives it in the order of ids."""
        status, answer = self.call(listing, b"", "protobuf")
        assert status == 200, (listing, answer)
        items: list[Json] = _read(listing, answer, "protobuf").get("items", [])
        ids = [item[LISTS[listing][0]] for item in items]
        assert ids == sorted(ids)
        return items

    def empty(self) -> None:
        """Delete everything."""
        for listing, (id_field, delete) in LISTS.items():
            for item in self.list(listing):
                self.get(delete, {id_field: item[id_field]})

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def questions() -> Iterator[Question]:
    """Every case of every file, in each form that can say it."""
    for file in sorted(REQUESTS.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            yield Question(case, "json")
            if "send" in case:
                yield Question(case, "protobuf")


def ask(server: Asked, question: Question) -> Json:
    """What a server answers, and what it holds afterwards; ids are masked, lists sorted."""
    case, form = question
    ids = _prepare(server, case.get("before", []))
    status, body = server.call(case["call"], _body(case, form, ids), form)
    answer = _read(case["call"], body, form) if status == 200 else json.loads(body)
    lists = {listing: server.list(listing) for listing in LISTS}
    after = {listing: held for listing, held in lists.items() if held}
    return masked({"status": status, "answer": answer, "after": after}, ids)


def masked(value: Json, ids: list[str]) -> Json:
    """A value with "$1" and so on for the ids that are known, and "<new>" for others."""
    text = json.dumps(value)
    for place, id in enumerate(ids, 1):
        text = text.replace(id, f"${place}")
    plain = json.loads(_ID.sub("<new>", text))
    for items in (*plain["after"].values(), plain["answer"].get("items", [])):
        items.sort(key=lambda item: json.dumps(item, sort_keys=True))
    return dict(plain)


def same(expected: Any, got: Any) -> bool:
    """Whether an answer says what is expected; a field that a newer LiveKit has may be empty."""
    if isinstance(expected, dict) and isinstance(got, dict):
        more = [got[name] for name in got.keys() - expected.keys()]
        return not any(more) and all(
            name in got and same(value, got[name]) for name, value in expected.items()
        )
    if isinstance(expected, list) and isinstance(got, list):
        return len(expected) == len(got) and all(map(same, expected, got))
    return bool(expected == got)


def _prepare(server: Asked, steps: list[tuple[str, Json]]) -> list[str]:
    """Empty the server and take the steps before a call; the ids they were given.

    A server goes through its things in the order of their ids, which are random. So that both
    servers meet them in one order, all is done again until the ids come in the order of the steps.
    """
    while True:
        server.empty()
        ids: list[str] = []
        for method, value in steps:
            answer = server.get(method, json.loads(_filled(json.dumps(value), ids)))
            ids.append(answer.get("sip_trunk_id") or answer["sip_dispatch_rule_id"])
        made = list(dict.fromkeys(ids))
        if all(sorted(same_kind) == same_kind for same_kind in _by_kind(made)):
            return ids


def _by_kind(ids: list[str]) -> list[list[str]]:
    prefixes = ("ST_", "SDR_")
    return [[id for id in ids if id.startswith(prefix)] for prefix in prefixes]


def _filled(text: str, ids: list[str]) -> str:
    return re.sub(r"\$(\d)", lambda match: ids[int(match[1]) - 1], text)


def _body(case: Json, form: Form, ids: list[str]) -> bytes:
    if "text" in case:
        return _filled(case["text"], ids).encode("utf-8", "surrogateescape")
    value = json.loads(_filled(json.dumps(case["send"]), ids))
    if form == "json":
        return json.dumps(value).encode()
    request = getattr(sip, f"{case['call']}Request")()
    return bytes(ParseDict(value, request).SerializeToString())


def _read(method: str, body: bytes, form: Form) -> Json:
    if form == "json":
        return dict(json.loads(body))
    answer = ANSWER_CLASSES[method].FromString(body)
    return dict(MessageToDict(answer, preserving_proto_field_name=True))
