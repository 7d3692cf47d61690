"""Where a field belongs that LiveKit knows, but not at the place where it stands."""

from typing import Any, NamedTuple

from lklint.documents.edits import Add, Change, Move, Remove, Rename, Replace, Unwrap, Wrap
from lklint.documents.pointer import join, last, parent
from lklint.shape.failures import UnknownField
from lklint.shape.schemas import schema
from lklint.telephony.fields import (
    ELSEWHERE,
    INTO,
    OF_RULE_KINDS,
    OUT_OF,
    REQUESTS,
    RESOURCES,
    RULE_KINDS,
    snake_case,
)
from lklint.telephony.message import Message, camel_case


class Home(NamedTuple):
    """What to do with a misplaced field: a sentence, a few words, and the changes that do it."""

    mend: str
    label: str
    changes: tuple[Change, ...] = ()


def home(field: UnknownField) -> Home | None:
    """Where a field belongs, or None where nothing is known of it."""
    name, message = snake_case(field.name), field.message_name
    if name in RESOURCES and _holds_objects(field.value):
        return _resource(field)
    if message in REQUESTS:
        return _beside_the_wrapper(field)
    if name in INTO.get(message, {}):
        return _deeper(field, INTO[message][name])
    if name in OUT_OF.get(message, ()):
        around = parent(parent(field.pointer))
        if message not in ("SIPDispatchRule", "RoomConfiguration"):
            around = parent(around)
        move = Move(field.pointer, around, field.name)
        return _goes('into the dispatch rule itself, beside "rule"', (move,))
    if name in ("agent_name", "agent") and message in _MAY_NAME_AN_AGENT:
        return _agent(field) if isinstance(field.value, str) else None
    if message in ("SIPDispatchRuleInfo", "SIPDispatchRule"):
        if name in OF_RULE_KINDS:
            return _in_the_kind(field)
        if name == "type" and isinstance(field.value, str):
            return _type(field)
    if name in ("port", "sip_port") and message == "SIPOutboundTrunkInfo":
        return Home('Write it behind the address, as in "sip.example.net:5080".', "of address")
    other = ELSEWHERE.get(message, {}).get(name)
    if other is None:
        return None
    return Home(f"Take it out: it is a field of {other}.", f"of {other.partition(';')[0]}")


def one_too_deep(field: UnknownField) -> Home | None:
    """For an object around fields that belong where it stands: a wrapper too many."""
    held = field.value
    if not isinstance(held, dict) or not held or not set(held) <= set(field.known):
        return None
    alone = len(field.given) == 1
    return Home(
        f'Take "{field.name}" off: its fields stand one level higher.',
        "a wrapper too many",
        (Unwrap(parent(field.pointer), field.pointer),) if alone else (),
    )


def spelled(name: str, field: UnknownField) -> str:
    """Another field's name in the spelling of this one, or of the fields around it."""
    if "_" in field.name:
        return name
    if field.name != field.name.lower():
        return camel_case(name)
    return Message(field.given, "").spelled(name)


def given(name: str, field: UnknownField) -> str | None:
    """The spelling under which a field of the message is given beside this one, or None."""
    plain = snake_case(name)
    return next(
        (key for key in field.given if key in field.known and snake_case(key) == plain), None
    )


_KINDS = ("SIPDispatchRuleDirect", "SIPDispatchRuleIndividual", "SIPDispatchRuleCallee")
_MAY_NAME_AN_AGENT = ("SIPDispatchRuleInfo", "SIPDispatchRule", "RoomConfiguration", *_KINDS)


def _goes(where: str, changes: tuple[Change, ...] = ()) -> Home:
    return Home(f"Move it {where}.", f"goes {where}", changes)


def _holds_objects(value: Any) -> bool:
    held = value[0] if isinstance(value, list) and value else value
    return isinstance(held, dict)


def _resource(field: UnknownField) -> Home:
    """A whole trunk or rule, beside another one or inside one of its own name."""
    holder = parent(field.pointer)
    if snake_case(last(holder)) != snake_case(field.name):
        return Home("Put it into a file of its own: LiveKit takes one at a time.", "one too many")
    alone = len(field.given) == 1 and isinstance(field.value, dict)
    return Home(
        f'Take one of the two "{field.name}" off.',
        "once is enough",
        (Unwrap(holder, field.pointer),) if alone else (),
    )


def _beside_the_wrapper(field: UnknownField) -> Home | None:
    """A field of the resource that stands beside its wrapper."""
    kind, resource, wrapper = REQUESTS[field.message_name]
    there = given(wrapper, field)
    if there is None:
        return None
    if snake_case(field.name) in ("sip_trunk_id", "sip_dispatch_rule_id"):
        away = (Remove(field.pointer),)
        return Home("Take it out: LiveKit gives the id itself.", "no id in a file to create", away)
    inner = field.given[there] if isinstance(field.given[there], dict) else None
    names = tuple(schema(kind)["definitions"][resource]["properties"])
    inside = field._replace(message_name=resource, known=names, given=inner or {})
    where = f'into "{there}"'
    if field.name not in names:
        further = home(inside)
        if further is None:
            return None
        if further.mend.startswith("Move it "):
            where = f"{where}, there {further.mend[len('Move it ') : -1]}"
    move = Move(field.pointer, join(parent(field.pointer), there), field.name)
    fits = inner is not None and field.name not in inner and given(field.name, inside) is None
    return _goes(where, (move,) if fits else ())


def _deeper(field: UnknownField, holder: str) -> Home:
    """A field that belongs one level further in."""
    into, key = spelled(holder, field), spelled(snake_case(field.name), field)
    there = given(holder, field)
    where = f'into "{there or into}"'
    if field.message_name in ("SIPDispatchRule", *_KINDS):
        where = f'{where}, beside "rule"'
    if there is None and into not in field.given:
        return _goes(where, (Rename(field.pointer, into), Wrap(field.pointer, key)))
    held = field.given[there] if there is not None else None
    if holder == "rule" and _kinds(held):
        return Home(f'A rule has one kind, and "{there}" has one already: keep one of the two.', "")
    if there is None or not isinstance(held, dict) or _has(held, key):
        return _goes(where)
    return _goes(where, (Move(field.pointer, join(parent(field.pointer), there), key),))


def _agent(field: UnknownField) -> Home:
    """The name of an agent, outside the list of agents."""
    agents = [{spelled("agent_name", field): field.value}]
    config, pointer = spelled("room_config", field), field.pointer
    if field.message_name == "RoomConfiguration":
        changes: tuple[Change, ...] = (Rename(pointer, "agents"), Replace(pointer, agents))
        free = given("agents", field) is None
        return _goes('into "agents": [{ … }]', changes if free else ())
    there = given("room_config", field)
    where = f'into "{there or config}": {{"agents": [ … ]}}'
    if field.message_name != "SIPDispatchRuleInfo":
        where = f'{where}, beside "rule"'
    if there is None and config not in field.given:
        return _goes(where, (Rename(pointer, config), Replace(pointer, {"agents": agents})))
    held = field.given[there] if there is not None else None
    if there is None or not isinstance(held, dict) or "agents" in held:
        return _goes(where)
    added = Add(join(parent(pointer), there), "agents", agents)
    return _goes(where, (added, Remove(pointer)))


def _in_the_kind(field: UnknownField) -> Home:
    """A room or a PIN beside the kind of rule that it belongs into."""
    name, key, holder = snake_case(field.name), field.name, parent(field.pointer)
    on_top = field.message_name == "SIPDispatchRuleInfo"
    rule_key = given("rule", field) if on_top else None
    rule = field.given[rule_key] if rule_key is not None else None if on_top else field.given
    kinds = _kinds(rule)
    if len(kinds) == 1:
        held = rule[kinds[0]] if isinstance(rule, dict) else None
        if snake_case(kinds[0]) not in OF_RULE_KINDS[name]:
            other = camel_case(OF_RULE_KINDS[name][0])
            return Home(f'Take it out: "{kinds[0]}" has no {key}.', f"of {other}")
        into = join(holder, rule_key, kinds[0]) if rule_key is not None else join(holder, kinds[0])
        move = Move(field.pointer, into, key)
        free = isinstance(held, dict) and not _has(held, key)
        return _goes(f'into "{kinds[0]}", inside "rule"', (move,) if free else ())
    if kinds or name == "pin":
        return _goes('into the kind of rule, inside "rule"')
    kind = spelled(OF_RULE_KINDS[name][0], field)
    where = f'into "rule": {{"{kind}": {{ … }}}}'
    if not on_top:
        return _goes(where, (Rename(field.pointer, kind), Wrap(field.pointer, key)))
    if "rule" in field.given:
        return _goes(where)
    value = {kind: {key: field.value}}
    return _goes(where, (Rename(field.pointer, "rule"), Replace(field.pointer, value)))


def _type(field: UnknownField) -> Home | None:
    """The kind of a rule as a value, where LiveKit wants it as a name."""
    word = snake_case(field.value).rpartition("_")[2]
    word = "individual" if word == "caller" else word
    kind = next((kind for kind in RULE_KINDS if kind.endswith(f"_{word}")), None)
    if kind is None:
        return None
    rule = field.given if field.message_name == "SIPDispatchRule" else field.given.get("rule")
    shown = spelled(kind, field)
    there = [snake_case(name) for name in _kinds(rule)]
    return Home(
        f'Take it out: the kind of rule is a name, as in "rule": {{"{shown}": {{ … }}}}.',
        f'"{shown}" is meant',
        (Remove(field.pointer),) if there == [kind] else (),
    )


def _kinds(rule: Any) -> list[str]:
    """The kinds that a rule names, as it spells them."""
    if not isinstance(rule, dict):
        return []
    return [name for name in rule if snake_case(name) in RULE_KINDS and rule[name] is not None]


def _has(held: dict[str, Any], key: str) -> bool:
    """Whether an object has a field in any spelling."""
    return any(snake_case(name) == snake_case(key) for name in held)
