"""Mistakes of dispatch rules: none or several kinds of a rule, and a rule against itself."""

from __future__ import annotations

from random import Random

from ..structure import structure
from ..tree import Array, Member, Object, Token, copied, plain, string
from ..valid import Draft, key
from ..values import digits, word
from .places import Mistake, put, reach

RULE_KINDS = ("dispatch_rule_direct", "dispatch_rule_individual", "dispatch_rule_callee")


def _rule(draft: Draft, random: Random) -> Object | None:
    return reach(draft, random, "SIPDispatchRule") if draft.kind == "dispatch-rule" else None


def _several_kinds(draft: Draft, random: Random) -> bool:
    """A second kind beside the first; one of them may be null, which counts as none."""
    rule = _rule(draft, random)
    if rule is None:
        return False
    rule.members = []
    for name in random.sample(RULE_KINDS, random.choice((2, 2, 3))):
        of = structure().field("SIPDispatchRule", name)
        value = random.choice((Object(of.of), Object(of.of), Token("null")))
        rule.members.append(Member(key(of, draft.spelling, random), copied(value), of))
    return True


def _no_kind(draft: Draft, random: Random) -> bool:
    """A rule that is there and says nothing."""
    rule = _rule(draft, random)
    if rule is None:
        return False
    rule.members = []
    if random.random() < 0.4:
        of = structure().field("SIPDispatchRule", random.choice(RULE_KINDS))
        rule.members.append(Member(key(of, draft.spelling, random), Token("null"), of))
    return True


def _kind_as_field(draft: Draft, random: Random) -> bool:
    """The parts of a kind one level too high, the kind as a name, or a kind that is none."""
    rule = _rule(draft, random)
    if rule is None:
        return False
    wrong: tuple[dict[str, object], ...] = (
        {"type": "individual", "room_prefix": "call-"},
        {"roomPrefix": "call-"},
        {"dispatch_rule_direct": "room"},
        {"dispatchRuleCaller": {"roomPrefix": "call-"}},
        {"direct": {"room_name": "room"}},
        {"rule": {"dispatch_rule_direct": {"room_name": "room"}}},
        {"dispatch_rule_individual": {"room_prefix": "call-", "pin": 1234}},
        {"dispatch_rule_direct": {"room_prefix": "call-"}},
        {"dispatch_rule_individual": {"room_name": "room"}},
    )
    made = plain(random.choice(wrong))
    assert isinstance(made, Object)
    rule.members = made.members
    return True


def _other_spelling(number: str, random: Random) -> str:
    """The same number, or one that only looks the same to people."""
    same = (
        number,
        number.lstrip("+"),
        f"+1 ({number[2:5]}) {number[5:8]}-{number[8:]}",
        f"1-{number[2:5]}-{number[5:8]}-{number[8:]}",
        "+ " + number[1:],
        number + " ",
        "-" + number[1:],
    )
    other = (
        " " + number,
        "+" + number,
        number.replace("555", "555."),
        number + "\t",
        number + "\u00a0",
        "001" + number[2:],
    )
    return random.choice(same if random.random() < 0.7 else other)


def _self_conflict(draft: Draft, random: Random) -> bool:
    """The same trunk, number or caller twice, in one or another spelling."""
    if draft.kind != "dispatch-rule":
        return False
    name = random.choice(("trunk_ids", "numbers", "inbound_numbers"))
    if name == "trunk_ids":
        first = "ST_" + word(random)
        second = random.choice((first, first, first, first.lower(), first + " ", ""))
        values = [first, second]
    else:
        first = "+" + digits(random)
        values = [first, _other_spelling(first, random)]
    if random.random() < 0.2:
        values = random.choice(
            (["", ""], ["", values[0]], [" ", ""], ["+", "+ "], ["-", "+"], ["alice", "alice"])
        )
    if random.random() < 0.3:
        values.append("+" + digits(random))
    random.shuffle(values)
    of = structure().field(draft.info.message, name)
    put(draft, random, draft.info, of, Array([string(v, random) for v in values]))
    return True


MISTAKES: tuple[Mistake, ...] = (
    Mistake("several-rule-kinds", _several_kinds),
    Mistake("rule-without-kind", _no_kind),
    Mistake("rule-kind-misspelt", _kind_as_field),
    Mistake("self-conflict", _self_conflict),
)
