"""Keys that LiveKit does not know, knows elsewhere, or has seen already."""

from __future__ import annotations

import json
import string as letters
from collections.abc import Callable
from random import Random

from ..structure import Field, structure
from ..tree import Member, Node, Object, Token, copied, messages, objects, plain, string
from ..valid import Draft
from .places import Make, Mistake

UNKNOWN = (
    "foo", "", " ", "name ", "\u0000", "naïve", "id", "type", "description", "enabled", "agent",
    "agents", "phone", "phone_number", "trunk_id", "sip_trunk", "address", "username",
    "password", "auth", "pin", "room", "codec", "nul\\l", "__proto__", "[livekit.x]", "[]",
    "[google.protobuf.Any]", "0", "1", "trunk", "rule",
)  # fmt: skip

COMMENTS = (
    "$schema", "_comment", "//", "comment", "#", "@type", "$id", "__comment", "_note",
    "description", "$comment",
)  # fmt: skip

LEGACY = {
    "inbound-trunk": (
        "inbound_addresses", "inbound_numbers", "inbound_numbers_regex", "inbound_username",
        "inbound_password",
    ),
    "outbound-trunk": (
        "outbound_address", "outbound_number", "outbound_username", "outbound_password", "kind",
    ),
    "dispatch-rule": (
        "room_name", "pin", "trunk_id", "agent_name", "agents", "dispatch_rule_individual",
    ),
    "sip-participant": (
        "number", "call_to", "identity", "trunk_id", "play_dial_tone", "headers_to_attributes",
        "agents",
    ),
}  # fmt: skip

VALUES: tuple[object, ...] = (None, "x", 1, True, [], {}, ["a"], {"a": {"b": [1, None]}}, 1.5, "")


def _place(draft: Draft, random: Random) -> Object:
    """The message itself, mostly; else any message, or the whole document."""
    if random.random() < 0.5:
        return draft.info
    return random.choice([*messages(draft.info), *objects(draft.root)[:1]])


def _insert(place: Object, member: Member, random: Random) -> bool:
    place.members.insert(random.randint(0, len(place.members)), member)
    return True


def _add(*names: str) -> Make:
    def make(draft: Draft, random: Random) -> bool:
        member = Member(json.dumps(random.choice(names)), plain(random.choice(VALUES)))
        return _insert(_place(draft, random), member, random)

    return make


def _legacy(draft: Draft, random: Random) -> bool:
    value = random.choice(VALUES[1:])
    return _insert(
        draft.info, Member(json.dumps(random.choice(LEGACY[draft.kind])), plain(value)), random
    )


def _some_member(draft: Draft, random: Random) -> tuple[Object, Member, Field] | None:
    known = [
        (place, member, member.field)
        for place in messages(draft.root)
        for member in place.members
        if member.field is not None
    ]
    return random.choice(known) if known else None


def _misspelt(name: str, random: Random) -> str:
    at = random.randrange(len(name))
    return random.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[:at] + random.choice(letters.ascii_lowercase) + name[at + 1 :],
            name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
            name + "s",
            name.removesuffix("s"),
        )
    )


def _other_case(of: Field, random: Random) -> str:
    words = of.name.split("_")
    return random.choice(
        (
            of.name.upper(),
            of.name.title().replace("_", ""),
            of.name.replace("_", "-"),
            of.name.replace("_", " "),
            of.name.replace("_", ""),
            of.name.replace("_", "."),
            "_".join(w.title() for w in words),
            of.json_name + "_",
            "_" + of.name,
            words[0] + "_" + "".join(w.title() for w in words[1:]),
        )
    )


def _rename(misspell: Callable[[Field, Random], str]) -> Make:
    def make(draft: Draft, random: Random) -> bool:
        found = _some_member(draft, random)
        if found is None:
            return False
        _, member, of = found
        name = misspell(of, random)
        member.key, member.field = json.dumps(name), None
        return True

    return make


def _misplaced(draft: Draft, random: Random) -> bool:
    """Move a member to another message of the document."""
    found = _some_member(draft, random)
    if found is None:
        return False
    place, member, _ = found
    inside = messages(member.value)
    others = [m for m in objects(draft.root) if m is not place and not any(m is i for i in inside)]
    if not others or member.value is draft.info:
        return False
    place.members = [m for m in place.members if m is not member]
    member.field = None
    return _insert(random.choice(others), member, random)


def _foreign(draft: Draft, random: Random) -> bool:
    """A field of some other message, with a good value."""
    known = structure()
    of = random.choice([f for fields in known.messages.values() for f in fields])
    name = random.choice((of.name, of.json_name))
    value: Node = Object(of.of) if of.type == "message" else Token("null")
    return _insert(_place(draft, random), Member(json.dumps(name), value), random)


def _duplicate(draft: Draft, random: Random) -> bool:
    """The same field again, in the same or the other spelling, escaped or as null."""
    found = _some_member(draft, random)
    if found is None:
        return False
    place, member, of = found
    keys = (member.key, f'"{of.name}"', f'"{of.json_name}"', _escaped_key(of.name, random))
    value = copied(member.value) if random.random() < 0.6 else Token("null")
    return _insert(place, Member(random.choice(keys), value, of), random)


def _escaped_key(name: str, random: Random) -> str:
    at = random.randrange(len(name))
    return f'"{name[:at]}\\u{ord(name[at]):04x}{name[at + 1 :]}"'


def _escape_key(draft: Draft, random: Random) -> bool:
    """The right key, written with an escape: LiveKit takes it."""
    found = _some_member(draft, random)
    if found is None:
        return False
    found[1].key = _escaped_key(random.choice((found[2].name, found[2].json_name)), random)
    return True


def _duplicate_in_map(draft: Draft, random: Random) -> bool:
    """A key of a map twice, or two keys that only look alike."""
    maps = [
        member.value
        for place in messages(draft.info)
        for member in place.members
        if member.field is not None and member.field.map and isinstance(member.value, Object)
    ]
    if not maps:
        of = random.choice([f for f in structure().messages[draft.info.message] if f.map])
        made = Object()
        draft.info.drop(of)
        draft.info.members.append(Member(f'"{of.name}"', made, of))
        maps = [made]
    place = random.choice(maps)
    pairs = (
        ('"X-A"', '"X-A"'),
        ('"X-A"', '"X-\\u0041"'),
        ('"X-A"', '"x-a"'),
        ('"\\u0058"', '"X"'),
        ('"X-/"', '"X-\\/"'),
    )
    for name in random.choice(pairs):
        place.members.append(Member(name, string("ok")))
    return True


def _null(draft: Draft, random: Random) -> bool:
    """A field that is null, which is as if it were not there."""
    found = _some_member(draft, random)
    if found is None or found[1].value is draft.info:
        return False
    found[1].value = Token("null")
    return True


MISTAKES: tuple[Mistake, ...] = (
    Mistake("unknown-field", _add(*UNKNOWN)),
    Mistake("comment-field", _add(*COMMENTS)),
    Mistake("legacy-field", _legacy),
    Mistake("misspelt-field", _rename(lambda of, random: _misspelt(of.name, random))),
    Mistake("other-case-field", _rename(_other_case)),
    Mistake("misplaced-field", _misplaced),
    Mistake("foreign-field", _foreign),
    Mistake("duplicate-field", _duplicate),
    Mistake("escaped-key", _escape_key),
    Mistake("duplicate-map-key", _duplicate_in_map),
    Mistake("null-field", _null),
)
