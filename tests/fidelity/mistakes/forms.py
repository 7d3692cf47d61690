"""The document in a form that the question does not want, or that only looks right."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

from ..structure import INFO, KINDS, REQUEST, WRAPPER, structure
from ..tree import Array, Member, Node, Object, Token, copied, plain, string
from ..valid import Draft, draft, key
from .places import Mistake

WRONG_WRAPPERS = (
    "Trunk", "trunks", "sip_trunk", "sipTrunk", "inbound_trunk", "inboundTrunk",
    "outbound_trunk", "dispatch_rules", "dispatchrule", "dispatch-rule", "DispatchRule", "rule",
    "rules", "sip_dispatch_rule", "trunk ", "request", "replace", "trunk", "dispatch_rule",
    "participant", "sip_participant", "info", "data", "",
)  # fmt: skip


def _wrapped(made: Draft, random: Random) -> Object:
    of = structure().field(REQUEST[made.kind], WRAPPER[made.kind])
    return Object(REQUEST[made.kind], [Member(key(of, made.spelling, random), made.info, of)])


def _around(make: Callable[[Draft, Random], Node | None]) -> Callable[[Draft, Random], bool]:
    """A mistake that puts something new in the place of the whole document."""

    def mistake(made: Draft, random: Random) -> bool:
        root = make(made, random)
        if root is None:
            return False
        made.root = root
        return True

    return mistake


def _bare(made: Draft, random: Random) -> Node | None:
    """The message itself; of a dispatch rule also what lk calls the old, flat form."""
    return None if made.root is made.info else made.info


def _wrap(made: Draft, random: Random) -> Node | None:
    return _wrapped(made, random) if made.root is made.info and made.kind in WRAPPER else None


def _wrong_wrapper(made: Draft, random: Random) -> Node:
    return Object("", [Member(json.dumps(random.choice(WRONG_WRAPPERS)), made.info)])


def _twice_wrapped(made: Draft, random: Random) -> Node | None:
    if made.kind not in WRAPPER:
        return None
    return Object("", [Member(f'"{WRAPPER[made.kind]}"', _wrapped(made, random))])


def _listed(made: Draft, random: Random) -> Node:
    """What `lk … list --json` prints, or something like it."""
    items = Array([made.root if random.random() < 0.3 else made.info])
    if random.random() < 0.3:
        items.items.append(copied(made.info))
    if random.random() < 0.3:
        return items
    return Object(
        "", [Member(random.choice(('"items"', '"items"', '"trunks"', '"dispatch_rules"')), items)]
    )


def _update_request(made: Draft, random: Random) -> Node | None:
    """The request of the update API, which `lk … update` does not read."""
    if made.kind not in WRAPPER:
        return None
    name = "sip_dispatch_rule_id" if made.kind == "dispatch-rule" else "sip_trunk_id"
    action = random.choice(('"replace"', '"update"'))
    return Object("", [Member(f'"{name}"', string("ST_abc")), Member(action, made.info)])


def _nothing(made: Draft, random: Random) -> Node:
    """An empty document, or an empty or null wrapper."""
    wrapper = json.dumps(WRAPPER.get(made.kind, "trunk"))
    return Object(
        "", random.choice(([], [Member(wrapper, Token("null"))], [Member(wrapper, Object())]))
    )


def _scalar_wrapper(made: Draft, random: Random) -> Node:
    wrapper = json.dumps(WRAPPER.get(made.kind, "trunk"))
    held = random.choice(
        (Array([made.info]), plain("{}"), plain(1), plain(""), plain([]), plain(False))
    )
    return Object("", [Member(wrapper, held)])


def _both_wrappers(made: Draft, random: Random) -> Node | None:
    """The wrapper in both spellings, or twice in one."""
    if made.kind not in WRAPPER:
        return None
    of = structure().field(REQUEST[made.kind], WRAPPER[made.kind])
    second = random.choice((copied(made.info), Token("null")))
    names = random.choice(((of.name, of.json_name), (of.name, of.name)))
    return Object("", [Member(f'"{names[0]}"', made.info, of), Member(f'"{names[1]}"', second, of)])


def _flat_fields(made: Draft) -> list[Member]:
    """Copies of the fields that the old, flat request for a dispatch rule has too."""
    old = [of.name for of in structure().messages[REQUEST[made.kind]]]
    return [
        Member(m.key, copied(m.value), m.field)
        for m in made.info.members
        if m.field is not None and m.field.name in old
    ]


def _flat(made: Draft, random: Random) -> Node | None:
    """A dispatch rule as the deprecated request wants it; without a wrapper, lk reads no rule."""
    if made.kind != "dispatch-rule":
        return None
    made.info.members = _flat_fields(made)
    return made.info


def _beside_wrapper(made: Draft, random: Random) -> Node | None:
    """Fields of the message beside the wrapper: lk reads the old fields of a dispatch rule, and
    drops them."""
    if made.kind not in WRAPPER:
        return None
    root = _wrapped(made, random)
    beside = _flat_fields(made) if random.random() < 0.7 else made.info.members
    for member in random.sample(beside, min(len(beside), random.choice((1, 2, 4)))):
        root.members.append(Member(member.key, copied(member.value), None))
    random.shuffle(root.members)
    return root if len(root.members) > 1 else None


def _other_kind(made: Draft, random: Random) -> bool:
    """A good document of another kind."""
    other = random.choice([kind for kind in KINDS if kind != made.kind])
    new = draft(other, made.form, random)
    made.root, made.info = new.root, Object(INFO[made.kind], new.info.members)
    if made.root is new.info:
        made.root = made.info
    for member in made.root.members if isinstance(made.root, Object) else []:
        if member.value is new.info:
            member.value = made.info
    for member in made.info.members:
        member.field = None
    return True


MISTAKES: tuple[Mistake, ...] = (
    Mistake("no-wrapper", _around(_bare), 4),
    Mistake("flat-form", _around(_flat), 8),
    Mistake("wrapped-after-all", _around(_wrap), 2),
    Mistake("wrong-wrapper", _around(_wrong_wrapper)),
    Mistake("twice-wrapped", _around(_twice_wrapped)),
    Mistake("list-output", _around(_listed)),
    Mistake("update-request", _around(_update_request)),
    Mistake("nothing-inside", _around(_nothing)),
    Mistake("wrapper-of-another-type", _around(_scalar_wrapper)),
    Mistake("wrapper-twice", _around(_both_wrappers)),
    Mistake("fields-beside-wrapper", _around(_beside_wrapper), 2),
    Mistake("another-kind", _other_kind),
)
