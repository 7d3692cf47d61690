"""A value of the wrong type."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ..structure import Field
from ..tree import Array, Node, Token, plain
from ..values import number
from .places import Mistake, Value, value_mistake

INVENTED = {"key": "value"}


def _list(of: Field) -> bool:
    return of.repeated and of.type != "message"


def _messages(of: Field) -> bool:
    return of.repeated and of.type == "message"


def _message(of: Field) -> bool:
    return of.single and of.type == "message"


def _single(*types: str) -> Callable[[Field], bool]:
    return lambda of: of.single and of.type in types


def _any(of: Field) -> bool:
    return True


def _one_of(*choices: object) -> Value:
    return lambda random, of: plain(random.choice(choices))


def _number_for_number(random: Random, of: Field) -> Node:
    return Token(random.choice((number(random).strip("+") or "1", "12025550100", "-1", "1.5")))


def _beside(*others: object) -> Value:
    """A list of a good item and one that is none."""

    def make(random: Random, of: Field) -> Node:
        items = [plain("ok"), plain(random.choice(others))]
        random.shuffle(items)
        return Array(items[: random.choice((1, 2))])

    return make


def _in_map(*others: object) -> Value:
    return lambda random, of: plain({"X-First": "ok", "X-Second": random.choice(others)})


def _item(*others: object) -> Value:
    return lambda random, of: plain([random.choice(others)])


MISTAKES: tuple[Mistake, ...] = (
    value_mistake("scalar-for-list", _list, _one_of("+12025550100", "a,b", "", 1, True, "[]")),
    value_mistake("object-for-list", _list, _one_of({}, INVENTED, {"0": "a"})),
    value_mistake("null-in-list", _list, _beside(None)),
    value_mistake("number-in-list", _list, _beside(12025550100, 0, 1.5)),
    value_mistake("other-in-list", _list, _beside([], ["a"], {}, True)),
    value_mistake("list-for-map", lambda of: of.map, _one_of([], ["a"], [INVENTED])),
    value_mistake("scalar-for-map", lambda of: of.map, _one_of("", "a=b", 1, False, "{}")),
    value_mistake("number-in-map", lambda of: of.map, _in_map(1, 0, 2.5)),
    value_mistake("null-in-map", lambda of: of.map, _in_map(None)),
    value_mistake("other-in-map", lambda of: of.map, _in_map(True, [], ["a"], {}, INVENTED)),
    value_mistake("scalar-for-message", _message, _one_of("", "x", "{}", 0, 1, True, False)),
    value_mistake("list-for-message", _message, _one_of([], [{}], ["a"])),
    value_mistake("message-for-list", _messages, _one_of({}, INVENTED, "x", 1, "")),
    value_mistake("other-in-message-list", _messages, _item(None, "x", 1, [], True, "")),
    value_mistake("number-for-string", _single("string"), _number_for_number),
    value_mistake("boolean-for-string", _single("string"), _one_of(True, False)),
    value_mistake("object-for-string", _single("string"), _one_of({}, INVENTED, {"tier": 1})),
    value_mistake("list-for-string", _single("string"), _one_of([], ["a"], ["a", "b"])),
    value_mistake("string-for-boolean", _single("bool"), _one_of("true", "false", "", "yes")),
    value_mistake("number-for-boolean", _single("bool"), _one_of(0, 1)),
    value_mistake("other-for-boolean", _single("bool"), _one_of([], {}, [True])),
    value_mistake(
        "other-for-number", _single("int32", "uint32", "double"), _one_of(True, [], {}, [1])
    ),
    value_mistake(
        "other-for-enum", _single("enum"), _one_of(True, [], {}, ["SIP_NO_HEADERS"], False)
    ),
    value_mistake(
        "other-for-duration",
        _single("duration"),
        _one_of(30, 1.5, 0, {"seconds": 30}, {"seconds": 30, "nanos": 0}, [], True, {}),
    ),
    value_mistake("other-for-timestamp", _single("timestamp"), _one_of(1700000000, {}, [], True)),
    value_mistake("null-for-anything", _any, _one_of(None)),
    value_mistake("empty-string-for-anything", _any, _one_of("")),
)
