"""What happened to a call, for people: every sentence about routing stands here.

Nothing here is escaped; whoever prints it does that. No PIN and no password is ever said.
"""

from lklint.telephony.routing.answers import Answer
from lklint.telephony.routing.routes import Route, route
from lklint.telephony.routing.stored import Rule, Trunk
from lklint.telephony.routing.trace import RuleStep, TrunkStep


def named(thing: Trunk | Rule) -> str:
    """A trunk or a rule as people know it: its name and its id."""
    name = thing.name
    return f"{name} ({thing.id})" if name and name != thing.id else thing.id or "<no id>"


def summary(found: Route) -> str:
    """What becomes of the call, in one sentence."""
    if found.answer.unasked:
        unasked = found.call._replace(pin=None, no_pin=False)
        first = route(unasked, found.exchange, found.server_version)
        return f"{summary(first)[:-1]}; nobody asks for the PIN."
    call = found.call
    who = f"The call from {call.caller or 'nobody'} to {call.called or 'nobody'}"
    if found.outcome == "drop":
        return f"{who} {_came(found)}, and no dispatch rule takes it: {answer_words(found.answer)}."
    if found.outcome == "error":
        return f"{who} fails: {_failure(found)}; {answer_words(found.answer)}."
    assert found.rule is not None
    taken = f"{who} {_came(found)}, and rule {named(found.rule)} takes it"
    if found.outcome == "request-pin":
        return f"{taken}: {answer_words(found.answer)}."
    room = f"to room {found.room}" if found.room else "but names no room"
    return f"{taken} {room}: {answer_words(found.answer)}."


def _came(found: Route) -> str:
    if found.trunk is None:
        return "comes in by no trunk, so without any login"
    login = {
        "none": "",
        "half": ", which asks for no login, because half of it is missing",
        "challenge": ", which asks for a login",
    }[found.authentication]
    return f"comes in by trunk {named(found.trunk)}{login}"


def _failure(found: Route) -> str:
    if found.stage == "source":
        return f"LiveKit cannot read the address it comes from ({found.error})"
    if found.stage == "match-trunk":
        one, other = map(named, found.clash)
        return f"trunks {one} and {other} both take it, and LiveKit does not choose"
    if found.stage == "evaluate" and found.call.caller:
        return "the rule hides its number, and LiveKit cuts that in the middle of a character"
    if found.stage == "evaluate":
        return "a caller without a number meets a rule that hides it, and livekit-server crashes"
    assert found.fault is not None
    rule, second = found.fault
    if second is None:
        return f"rule {named(rule)} has no kind, and LiveKit reads no further"
    if second is rule:
        return f"rule {named(rule)} says something twice, and LiveKit reads no further"
    return (
        f"rules {named(second)} and {named(rule)} claim the same calls, and LiveKit takes no call "
        "for which it reads both"
    )


def answer_words(answer: Answer) -> str:
    """What the caller gets."""
    status = f"{answer.status} {answer.reason}".strip()
    ending = {
        "joins": "the caller is connected as soon as somebody in the room publishes audio",
        "asked": "the caller is answered at once and asked for a PIN",
        "silence": "the caller hears it ring and never gets an answer",
        "not-found": f"the caller hears it ring and is rejected ({status})",
        "unavailable": f"the caller is turned away ({status})",
        "rejected": f"the room cannot be joined, and the caller is rejected ({status})",
        "no-media": f"no audio can be set up as configured, and the caller is rejected ({status})",
        "hung-up": "the caller is told that the PIN is wrong, and cut off",
    }[answer.end]
    if answer.end == "joins" and not answer.rings:
        ending = "the caller, who has been answered already, is connected"
    if answer.unasked:
        return f"nobody asks for a PIN, and {ending}"
    return ending


def trunk_words(step: TrunkStep) -> str:
    """What became of a trunk."""
    near = f'; its "{step.entry}" looks like it, but LiveKit reads it otherwise'
    told = {
        "taken": f"has the call: {_number(step)}, {_gate(step)}",
        "clash": f"takes the call, and so does another: {_number(step)}, {_gate(step)}",
        "outranked": "takes calls to any number, but a trunk with the number goes before",
        "number": "does not have the number",
        "caller": "lists callers, and not this one",
        "address": "lists addresses, and the call comes from none of them",
    }[step.verdict]
    return told + (near if step.entry and step.verdict in ("number", "caller") else "")


def _number(step: TrunkStep) -> str:
    if step.entry is None:
        return "it has no numbers, so it takes any"
    return f'it has the number "{step.entry}"' if step.entry else "it has the empty number"


def _gate(step: TrunkStep) -> str:
    if step.gate is None:
        return ""
    return {
        "no-list": "from any address",
        "ignored-list": "from any address, because LiveKit can use no entry of its list",
        "no-source": "whatever address it comes from, because none was given",
        "address": f'from an address that "{step.listed}" holds',
        "from-host": f'because the caller writes the host "{step.listed}"',
    }[step.gate]


def rule_words(step: RuleStep) -> str:
    """What became of a rule."""
    told = {
        "taken": f"has the call: {_claim(step.rule)}",
        "fault": "ends the call: LiveKit does not read past it, or past the one it conflicts with",
        "unweighed": "was not weighed, because the call had ended",
        "outranked": f"takes the call, but another goes before: {_edge(step)}",
        "trunk": "is bound to other trunks",
        "caller": "lists callers, and not this one",
        "number": "lists numbers, and not this one",
        "has-pin": "has a PIN, and the caller has none",
        "no-pin": "has no PIN, and with a PIN only rules that have one are left",
        "other-pin": "has another PIN",
    }[step.verdict]
    if not step.entry:
        return told
    if step.verdict == "trunk":
        return f'{told}: "{step.entry}" is the name of the trunk, and LiveKit compares ids'
    return f'{told}; its "{step.entry}" looks like it, but rules compare letter by letter'


def _claim(rule: Rule) -> str:
    """What a rule is asked about."""
    bound = "it is bound to the trunk" if rule.trunk_ids else "it is bound to no trunk"
    listed = [
        words
        for words, entries in (("this number", rule.numbers), ("this caller", rule.callers))
        if entries
    ]
    return f"{bound} and lists {' and '.join(listed)}" if listed else f"{bound} and lists nothing"


def _edge(step: RuleStep) -> str:
    if step.edge is None:
        return ""
    return {
        "bound": "it is bound to the trunk, this one to none",
        "lists": "it lists more of callers and numbers",
        "pin": "it has a PIN",
        "kind": "direct goes before individual, and individual before callee",
        "room": "its room or prefix comes first in the alphabet",
        "order": "its id comes first",
    }[step.edge]
