"""Documents that LiveKit takes: every kind, every field, every spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from . import values
from .structure import INFO, REQUEST, WRAPPER, Field, structure
from .tree import Array, Member, Node, Object, Token, string

CODECS = ("PCMU", "PCMA", "G722", "opus", "telephone-event", "g729", "é", "\x00", "a\vb", "\u00a0")
COUNTRIES = ("US", "GB", "UK", "IN", "DE", "FR", "BR", "JP", "AU", "ZA", "IM", "AX")


@dataclass(slots=True)
class Draft:
    """A document while it is being made. `info` is the message itself, `root` all of the text."""

    kind: str
    form: str
    root: Node
    info: Object
    spelling: str


def draft(kind: str, form: str, random: Random) -> Draft:
    """A document that LiveKit takes when asked for this form."""
    spelling = random.choice(("snake", "snake", "camel", "mixed"))
    writer = _Writer(random, spelling, random.choice((0.1, 0.25, 0.25, 0.5, 0.9)))
    info = writer.message(INFO[kind], 0)
    writer.require(kind, info)
    wrapped = kind in WRAPPER and (form == "create" or (form == "any" and random.random() < 0.5))
    if kind in WRAPPER and (wrapped or random.random() < 0.5):
        _no_id(kind, info)
    if not wrapped:
        return Draft(kind, form, info, info, spelling)
    wrapper = structure().field(REQUEST[kind], WRAPPER[kind])
    root = Object(REQUEST[kind], [Member(key(wrapper, spelling, random), info, wrapper)])
    return Draft(kind, form, root, info, spelling)


def key(of: Field, spelling: str, random: Random) -> str:
    """The key of a field as it stands in the text."""
    camel = spelling == "camel" or (spelling == "mixed" and random.random() < 0.5)
    name = of.json_name if camel else of.name
    return string(name, random if random.random() < 0.05 else None).text


def normalised(number: str) -> str:
    """A number as LiveKit compares it (protocol livekit/sip.go NormalizeNumber)."""
    if not re.fullmatch(r"\+?[0-9\- ()]+", number):
        return number
    bare = re.sub(r"[\- ()]", "", number)
    return bare if bare.startswith("+") else "+" + bare


def _no_id(kind: str, info: Object) -> None:
    name = "sip_dispatch_rule_id" if kind == "dispatch-rule" else "sip_trunk_id"
    for member in info.members:
        if member.field is not None and member.field.name == name:
            member.value = string("")


@dataclass(frozen=True, slots=True)
class _Writer:
    random: Random
    spelling: str
    fullness: float
    """How many of the fields there are, from 0 to 1."""

    def message(self, name: str, depth: int) -> Object:
        made = Object(name)
        fields = list(structure().messages[name])
        if self.random.random() < 0.3:
            self.random.shuffle(fields)
        chosen = {of.oneof: self._one_of(name, of.oneof) for of in fields if of.oneof}
        for of in fields:
            if of.oneof and chosen[of.oneof] != of:
                if self.random.random() < 0.05:
                    self._add(made, of, Token("null"))
            elif self._wanted(of, depth):
                made.members.append(self._member(of, depth))
        return made

    def _one_of(self, message: str, oneof: str) -> Field:
        return self.random.choice([f for f in structure().messages[message] if f.oneof == oneof])

    def _wanted(self, of: Field, depth: int) -> bool:
        if (of.message, of.name) == ("SIPCodec", "name") or of.message == "SIPDispatchRule":
            return True
        if (of.message, of.name) == ("SIPOutboundConfig", "hostname"):
            return True
        wanted = self.fullness * (0.75**depth if of.type == "message" else 1)
        return self.random.random() < wanted

    def _member(self, of: Field, depth: int) -> Member:
        needed = of.message in ("SIPCodec", "SIPDispatchRule", "SIPOutboundConfig")
        if not needed and self.random.random() < 0.04:
            return Member(key(of, self.spelling, self.random), Token("null"), of)
        return Member(key(of, self.spelling, self.random), self._value(of, depth), of)

    def _add(self, to: Object, of: Field, value: Node) -> None:
        to.drop(of)
        to.members.append(Member(key(of, self.spelling, self.random), value, of))

    def _value(self, of: Field, depth: int) -> Node:
        if of.name == "destination":
            return self._destination()
        if of.type == "message" and of.single:
            return self.message(of.of, depth + 1)
        if of.type == "message":
            count = self.random.choice((0, 1, 1, 2))
            return Array([self.message(of.of, depth + 1) for _ in range(count)])
        if of.map:
            return self._map(of)
        if of.repeated:
            return self._list(of)
        return self._scalar(of)

    def _scalar(self, of: Field) -> Node:
        random = self.random
        if of.name == "sip_call_to":
            return string(values.number(random).replace("@", "-"), random)
        if of.message == "SIPCodec" and of.name == "name":
            return string(random.choice(CODECS), random)
        if of.message == "CreateSIPParticipantRequest" and of.name == "display_name":
            return string(values.display_name(random), random)
        if of.name == "to_user_override":
            return string("".join(random.choices(values.TOKEN, k=random.randint(0, 12))), random)
        return values.scalar(of, random)

    def _map(self, of: Field) -> Object:
        if of.name == "headers":
            return values.pairs(self.random, values.header_name, values.header_value)
        if of.name == "headers_to_attributes":
            return values.pairs(self.random, values.header_name, values.text)
        if of.name == "attributes_to_headers":
            return values.pairs(self.random, values.text, values.header_name)
        return values.pairs(self.random, values.text, values.text)

    def _list(self, of: Field) -> Array:
        if "numbers" in of.name:
            found = {normalised(n): n for n in (values.number(self.random) for _ in range(3))}
            some = list(found.values())[: self.random.choice((0, 1, 1, 2, 3))]
            return Array([string(n, self.random) for n in some])
        if of.name == "allowed_addresses":
            return values.several(values.address, self.random)
        if of.name == "trunk_ids":
            return values.several(lambda random: "ST_" + values.word(random), self.random)
        return values.several(values.text, self.random)

    def _destination(self) -> Node:
        country, region = self.random.choice(COUNTRIES), values.word(self.random)
        held: dict[str, str] = self.random.choice(
            (
                {},
                {"country": country},
                {"country": country, "city": "Springfield"},
                {"region": region, "city": "Springfield"},
                {"country": "", "region": region},
                {"city": ""},
            )
        )
        made = Object("Destination")
        for name, value in held.items():
            self._add(made, structure().field("Destination", name), string(value, self.random))
        return made

    def require(self, kind: str, info: Object) -> None:
        """Add what LiveKit wants to see in a document of this kind."""
        random = self.random

        def put(name: str, value: Node) -> None:
            self._add(info, structure().field(info.message, name), value)

        if kind == "inbound-trunk":
            ways = ("numbers", "allowed_addresses", "auth_username", "auth_password")
            for way in random.sample(ways, random.choice((1, 1, 2))):
                text = string(values.number(random), random)
                put(way, Array([text]) if way in ways[:2] else text)
        elif kind == "outbound-trunk":
            put("numbers", Array([string(random.choice(("*", "", values.number(random))))]))
            put("address", string(values.host(random), random))
        elif kind == "dispatch-rule":
            put("rule", self.message("SIPDispatchRule", 1))
        else:
            put("sip_call_to", self._scalar(structure().field(info.message, "sip_call_to")))
            put("room_name", string(values.text(random) or "room", random))
            if random.random() < 0.5:
                put("sip_trunk_id", string("ST_" + values.word(random)))
            else:
                put("sip_number", string(values.number(random), random))
