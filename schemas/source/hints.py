"""What an editor says about a field that LiveKit does not know, where people often write it.

That the field is unknown is what the schema of its message says; these are second words at the same
place. lklint passes over them: its own rules say more. They come from the same tables
(`lklint/telephony/fields.py`).
"""

from __future__ import annotations

from scalars import Schema
from structure import structure

from lklint.telephony.fields import (
    ELSEWHERE,
    INTO,
    LEGACY,
    MEANT,
    NOTES,
    OF_RULE_KINDS,
    OUT_OF,
    REQUESTS,
    RESOURCES,
)
from lklint.telephony.message import camel_case

_NOTE = f"^(?:[_/#@].*|[$](?:comment|defs|id|ref|version)|{'|'.join(sorted(NOTES))})$"
_NOTES: list[Schema] = [
    {
        "not": {"const": "$schema"},
        "errorMessage": "Take this out: LiveKit refuses a file with $schema. An editor learns the "
        "schema from its settings (lklint init editor). (LK104)",
    },
    {
        "not": {"pattern": _NOTE},
        "errorMessage": "Take this note out: LiveKit refuses the file for it. (LK104)",
    },
]
_OWN_NOTES: list[Schema] = [
    {
        "not": {"pattern": _NOTE},
        "errorMessage": "Take this note out: lklint refuses the file for it. (LK104)",
    },
]
_A_PORT = "Write this behind the address, as in sip.example.com:5080. (LK102)"
_A_TYPE = 'The kind of rule is a name, as in "rule": {"dispatchRuleIndividual": { … }}. (LK102)'
_AN_AGENT = 'Move this into "roomConfig": {"agents": [{"agentName": … }]}. (LK102)'
_ONE_A_FILE = "Put this into a file of its own: LiveKit takes one trunk or rule a file. (LK102)"
_INSIDE_RULE = (
    "SIPDispatchRule",
    "SIPDispatchRuleDirect",
    "SIPDispatchRuleIndividual",
    "SIPDispatchRuleCallee",
)
_NAMING_AGENTS = ("SIPDispatchRuleInfo", "RoomConfiguration", *_INSIDE_RULE)
_TRUNKS = ("SIPInboundTrunkInfo", "SIPOutboundTrunkInfo")
_HOLDING_ONE = (*_TRUNKS, "SIPDispatchRuleInfo")


def hints(message: str) -> list[Schema]:
    """The hints for a message: constraints that refuse nothing that is not refused anyway."""
    names = [
        {"not": {"enum": spelled}, "errorMessage": words}
        for words, spelled in _by_words(message).items()
    ]
    notes = _OWN_NOTES if message in structure().own else _NOTES
    return [{"propertyNames": {"allOf": [*names, *notes], "x-lklint-rule": "hint"}}]


def _by_words(message: str) -> dict[str, list[str]]:
    """The names of each hint, in both spellings."""
    known = {name for field in structure().messages[message] for name in field.spellings}
    found: dict[str, list[str]] = {}
    for name, words in _by_name(message).items():
        for spelling in dict.fromkeys((name, camel_case(name))):
            if spelling not in known:
                found.setdefault(words, []).append(spelling)
    return found


def _by_name(message: str) -> dict[str, str]:
    """The hint for each name. The later ones go before the earlier ones."""
    meant = {
        name: f"Did you mean {camel_case(field)}? (LK101)"
        for name, field in MEANT.get(message, {}).items()
    }
    elsewhere = {
        name: f"This is a field of {what}. (LK102)"
        for name, what in ELSEWHERE.get(message, {}).items()
    }
    inside = _inside_the_kind() if message in ("SIPDispatchRuleInfo", "SIPDispatchRule") else {}
    around = dict.fromkeys(
        OUT_OF.get(message, ()), "Move this into the dispatch rule itself, beside rule. (LK102)"
    )
    beside = ", beside rule" if message in _INSIDE_RULE else ""
    into = {
        name: f"Move this into {camel_case(field)}{beside}. (LK102)"
        for name, field in INTO.get(message, {}).items()
    }
    agent = dict.fromkeys(("agent_name", "agent"), _AN_AGENT) if message in _NAMING_AGENTS else {}
    port = {"port": _A_PORT} if message == "SIPOutboundTrunkInfo" else {}
    return {
        **_resources(message), **meant, **elsewhere, **inside, **agent, **port, **around, **into,
        **_legacy(message), **_wrapped(message),
    }  # fmt: skip


def _resources(message: str) -> dict[str, str]:
    """A second trunk or rule, or the only one under a wrong name."""
    if message in REQUESTS:
        called = f"Call this {REQUESTS[message][2]}, or put it into a file of its own. (LK102)"
        return dict.fromkeys(sorted(RESOURCES), called)
    return dict.fromkeys(sorted(RESOURCES), _ONE_A_FILE) if message in _HOLDING_ONE else {}


def _inside_the_kind() -> dict[str, str]:
    """The fields of a kind of rule, where the kind itself belongs."""
    fields = {
        name: f"Move this into {camel_case(kinds[0])}, inside rule. (LK102)"
        for name, kinds in OF_RULE_KINDS.items()
    }
    return {**fields, "type": _A_TYPE}


def _legacy(message: str) -> dict[str, str]:
    """The fields of the trunk that was inbound and outbound at once."""
    if message not in _TRUNKS:
        return {}
    old = "This is of the old kind of trunk:"
    return {
        name: f"{old} now it is {camel_case(new)}. (LK103)"
        if owner == message
        else f"{old} now it is {camel_case(new)} of {_article(owner)}. (LK103)"
        for name, (new, owner) in LEGACY.items()
    }


def _article(message: str) -> str:
    return "an inbound trunk" if message == "SIPInboundTrunkInfo" else "an outbound trunk"


def _wrapped(message: str) -> dict[str, str]:
    """The fields of the resource, beside its wrapper or without one."""
    if message not in REQUESTS:
        return {}
    _, resource, wrapper = REQUESTS[message]
    fields = [field.name for field in structure().messages[resource]]
    further = {**INTO.get(resource, {}), **OF_RULE_KINDS} if wrapper == "dispatch_rule" else {}
    words = f'Move this into {wrapper}: {{"{wrapper}": {{ … }}}}. (LK102)'
    return dict.fromkeys([*fields, *further], words)
