"""Mistakes in trunks, calls and media: what LiveKit's API refuses, and its neighbours."""

from __future__ import annotations

import string as letters
from random import Random

from ..structure import Field, structure
from ..tree import Array, Member, Node, Object, Token, copied, plain, string
from ..valid import Draft
from ..values import number, word
from .places import (
    Mistake,
    field_of,
    named,
    put,
    reach,
    scrambled,
    some_field,
    strings,
    value_mistake,
)

ADDRESSES = (
    "sip:sip.example.com", "sips:sip.example.com", "SIP:sip.example.com", "Sip:sip.example.com",
    "sip.example.com;lr", "sip.example.com;transport=tcp", "alice@sip.example.com", "transport=",
    "sip.example.com?transport=udp", "@", ";", "", " ", " sip:example.com",
    "sip.example.com:5060", "sipx:sip.example.com", "sip", "sip:", "sips", "tel:+12025550100",
    "https://sip.example.com/", "TRANSPORT=tls", "transport=tls",
    "sip.example.com transport tls", "＠", "；", "xsip:a", "<sip:sip.example.com>",
    "203.0.113.5", "[2001:db8::1]", "sip.example.com:5060;transport=tls", "transport =tls",
)  # fmt: skip

CALLEES = (
    "+12025550100", "sip:+12025550100@sip.example.com", "alice@example.com", "@", "", " ",
    "alice", "a＠b", "sip:alice", "tel:+12025550100", "*", "+1 (202) 555-0100;ext=5", "\x00",
)  # fmt: skip

OVERRIDES = (
    "+12025550100", "alice", "", "a b", "a@b", "@", "a;b", "a:b", "alice\n", "é", "a/b", "(202)",
    "a#b", '"a"', "-.!%*_+`'~", "a,b", "<a>", "a=b", "a&b", "\x00", "\x7f", "[a]", "{a}", "a\\b",
    "a^b", "a|b", "$", "?",
)  # fmt: skip

NAMES = (
    "Ann", 'Ann "Bee"', '"Ann"', "Ann\\", "Ann\\\\", 'Ann \\"Bee\\"', '\\"', '"', "\\", "\\q",
    "\\'", "'", "\\x4", "\\x41", "\\xff", "\\x80", "\\400", "\\377", "\\08", "\\0", "\\101",
    "\\18", "\\u00e", "\\u00e9", "\\ud800", "\\udfff", "\\U0001F600", "\\U00110000",
    "\\U0010FFFF", "\\UFFFFFFFF", "\\a\\b\\f\\n\\r\\t\\v", "\\e", "a\nb", "a\rb", "a\tb",
    "a\x00b", "a\x7fb", "`", "`a`", "é☎", "\ufffd", "\\\n", "$", "", " ", "\\ ",
    "\\N{DIGIT ONE}", "\\X41", "\\u{41}", '\\"a', 'a\\\\"b', "\\\\\\", "\u2028",
)  # fmt: skip

NAME_LENGTHS = (
    "n" * 127, "n" * 128, "n" * 129, "é" * 64, "é" * 65, "é" * 64 + "n", "☎" * 42, "☎" * 43,
    "😀" * 32, "😀" * 33, "\\n" * 64, "\\n" * 65, "\\u00e9" * 21, "\\u00e9" * 22,
    "n" * 127 + "\\",
)  # fmt: skip

CODECS = (
    "PCMU", "", " ", "PCMU ", " PCMU", "PCMU/8000", "/", "a\tb", "a\nb", "a\rb", "a\vb", "a\fb",
    "a\u00a0b", "a\\b", "a\u2028b", "\x00", "opus/48000/2", "telephone-event", "PCMU,PCMA",
    "a\u0085b", "n" * 500,
)  # fmt: skip

COUNTRIES = (
    "us", "USA", "U", "Us", "XX", "ZZ", "EU", "UN", "AA", "QO", "UK", "GB", "AN", "YU", "SU",
    "DD", "XK", "AC", "TA", "CP", "DG", "EA", "IC", "XA", "XB", "840", "84", "00", "é", " U",
    "U ", "", "BU", "FX", "TP", "CS", "NT", "ZR", "EZ", "JT", "QU", "VD", "YD", "CT", "WK", "PU",
    "FQ", "MI", "NQ", "PC", "PZ", "HV", "DY", "RH", "QZ", "XZ", "QM", "XC", "\x00\x00", "12",
    "1A", "A1",
)  # fmt: skip
IDS = ("sip_trunk_id", "sip_dispatch_rule_id")


def _bad_country(random: Random, of: Field) -> Node:
    if random.random() < 0.5:
        return string(random.choice(COUNTRIES))
    return string("".join(random.choices(letters.ascii_uppercase, k=2)))


def _city_alone(draft: Draft, random: Random) -> bool:
    place = some_field(draft, random, field_of("Destination", "city"))
    if place is None:
        return False
    place[0].members = []
    put(draft, random, *place, string(random.choice(("Springfield", "", " "))))
    return True


def _unprotected(draft: Draft, random: Random) -> bool:
    """Take away, or empty, what guards an inbound trunk; keep what only looks like a guard."""
    if draft.kind != "inbound-trunk":
        return False
    guards = ("numbers", "allowed_addresses", "auth_username", "auth_password")
    for member in list(draft.info.members):
        if member.field is not None and member.field.name in guards:
            empty = [Token("null"), Array() if member.field.repeated else string("")]
            if random.random() < 0.5:
                member.value = random.choice(empty)
            else:
                draft.info.members.remove(member)
    return True


def _without(draft: Draft, random: Random) -> bool:
    """Lose, or empty, one field that this kind cannot do without."""
    needed = {
        "outbound-trunk": ("numbers", "address"),
        "dispatch-rule": ("rule",),
        "sip-participant": ("sip_call_to", "room_name", "sip_trunk_id", "sip_number"),
    }.get(draft.kind, ())
    there = [m for m in draft.info.members if m.field is not None and m.field.name in needed]
    if not there:
        return False
    lost = random.choice(there)
    assert lost.field is not None
    empty = Array() if lost.field.repeated else string("")
    choice = random.random()
    if choice < 0.5 or lost.field.type == "message":
        draft.info.members.remove(lost)
    else:
        lost.value = empty if choice < 0.8 else Token("null")
    return True


def _id_inside(draft: Draft, random: Random) -> bool:
    """An id in the file: refused by create, overruled by the flag of update."""
    place = some_field(
        draft, random, lambda of: of.message == draft.info.message and of.name in IDS
    )
    if place is None:
        return False
    put(draft, random, *place, string(random.choice(("ST_abc", "SDR_abc", "", " ", "x"))))
    return True


def _inline_trunk(draft: Draft, random: Random) -> bool:
    """A participant with a trunk of its own: with and without a number, an id, a host."""
    if draft.kind != "sip-participant":
        return False
    kept = ("sip_trunk_id", "sip_number", "trunk")
    draft.info.members = [
        m for m in draft.info.members if m.field is None or m.field.name not in kept
    ]
    reach(draft, random, "SIPOutboundConfig")
    if random.random() < 0.3:
        draft.info.members[-1].value = random.choice((Object("SIPOutboundConfig"), Token("null")))
    for name, value in (("sip_number", number(random)), ("sip_trunk_id", "ST_" + word(random))):
        if random.random() < 0.4:
            place = some_field(draft, random, field_of(draft.info.message, name))
            assert place is not None
            put(draft, random, *place, string(value if random.random() < 0.8 else ""))
    return True


def _both_members(draft: Draft, random: Random) -> bool:
    """Two members of one oneof; null counts as none."""
    place = some_field(draft, random, lambda of: bool(of.oneof) and of.message != "SIPDispatchRule")
    if place is None:
        return False
    held, first = place
    others = [
        f for f in structure().messages[first.message] if f.oneof == first.oneof and f != first
    ]
    values: dict[str, Node] = {
        "string": string("sip:alice"),
        "message": Object(first.of),
        "enum": Token("0"),
    }
    if held.member(first) is None:
        put(draft, random, held, first, values[first.type])
    second = random.choice(others)
    value = Token("null") if random.random() < 0.3 else copied(values[second.type])
    held.drop(second)
    held.members.append(Member(f'"{second.name}"', value, second))
    random.shuffle(held.members)
    return True


MISTAKES: tuple[Mistake, ...] = (
    value_mistake("address-uri", named("address", "from_host", "hostname"), strings(*ADDRESSES)),
    value_mistake("callee-uri", named("sip_call_to"), strings(*CALLEES)),
    value_mistake("to-user-override", named("to_user_override"), strings(*OVERRIDES)),
    value_mistake(
        "to-user-override-any", named("to_user_override"), scrambled(letters.printable, 2)
    ),
    value_mistake(
        "display-name", field_of("CreateSIPParticipantRequest", "display_name"), strings(*NAMES)
    ),
    value_mistake(
        "display-name-length",
        field_of("CreateSIPParticipantRequest", "display_name"),
        strings(*NAME_LENGTHS),
    ),
    value_mistake(
        "display-name-any",
        field_of("CreateSIPParticipantRequest", "display_name"),
        scrambled("\\\\\\\\\"'xuU0178ae n", 9),
    ),
    value_mistake("codec-name", field_of("SIPCodec", "name"), strings(*CODECS)),
    value_mistake(
        "codec-without-name",
        named("codecs"),
        lambda r, of: plain([r.choice(({}, {"rate": 8000}, {"name": None}))]),
    ),
    value_mistake("country", named("country"), _bad_country),
    value_mistake("trunk-country", named("destination_country"), _bad_country),
    Mistake("city-alone", _city_alone),
    Mistake("unprotected-trunk", _unprotected),
    Mistake("needed-field-missing", _without),
    Mistake("id-inside", _id_inside),
    Mistake("inline-trunk", _inline_trunk),
    Mistake("several-of-one", _both_members),
)
