"""The sandbox answers what livekit-server 1.13.3 with redis answers, and then holds the same.

`requests/` has the cases, each asked as JSON and as protobuf; `answers.jsonl` what the real server
said, so that the sandbox can be held to it where there is no such server. Where there is one, it is
asked again.

Left out on purpose: a call that goes out. The real server hands it to a SIP node, and the sandbox
makes believe (`test_calls.py`).
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from .asking import ANSWER_CLASSES, ANSWERS, LISTS, Asked, Question, ask, questions, same

QUESTIONS = list(questions())
RECORDED: dict[str, dict[str, Any]] = {
    answer.pop("question"): answer
    for answer in map(json.loads, ANSWERS.read_text(encoding="utf-8").splitlines())
}


def test_every_question_has_an_answer_on_record() -> None:
    assert [str(question) for question in QUESTIONS] == list(RECORDED)


def test_every_method_is_asked_and_refuses_somewhere() -> None:
    asked = {
        (question.case["call"], RECORDED[str(question)]["status"] == 200) for question in QUESTIONS
    }
    only_refused = {"CreateSIPParticipant", "TransferSIPParticipant"}
    methods = {method for method, _ in asked}
    assert methods == set(ANSWER_CLASSES)
    assert {method for method in methods if (method, True) not in asked} == only_refused
    assert {method for method in methods if (method, False) not in asked} == {
        "ListSIPTrunk",
        *LISTS,
    }


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_the_answer_is_the_recorded_one(server: Asked, question: Question) -> None:
    answer = ask(server, question)
    expected = RECORDED[str(question)]
    assert same(expected, answer), json.dumps({"expected": expected, "got": answer}, indent=1)
