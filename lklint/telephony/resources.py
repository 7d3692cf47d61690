"""LiveKit's telephony resources as typed values.

Field names and meanings are those of LiveKit's protocol (protobufs/livekit_sip.proto). Every text
remembers its pointer; `message` gives the place of any other field (`trunk.message.at("media")`).
"""

from collections.abc import Callable
from typing import NamedTuple, Union

from lklint.telephony.expectations.calls import CallExpectations, call_expectations
from lklint.telephony.message import Message, Pair, Seconds, Text
from lklint.telephony.phone_number_files import PhoneNumbers, phone_numbers

TRANSPORTS = ("SIP_TRANSPORT_AUTO", "SIP_TRANSPORT_UDP", "SIP_TRANSPORT_TCP", "SIP_TRANSPORT_TLS")
HEADER_OPTIONS = ("SIP_NO_HEADERS", "SIP_X_HEADERS", "SIP_ALL_HEADERS")
ENCRYPTIONS = (
    "SIP_MEDIA_ENCRYPT_DISABLE",
    "SIP_MEDIA_ENCRYPT_ALLOW",
    "SIP_MEDIA_ENCRYPT_REQUIRE",
)


class Codec(NamedTuple):
    """An audio codec: `rate` is in Hz."""

    message: Message
    name: Text | None
    rate: int | None


class Media(NamedTuple):
    """Codecs, encryption and timeout of the audio."""

    message: Message
    only_listed_codecs: bool
    codecs: tuple[Codec, ...]
    encryption: Text | None
    media_timeout: Seconds | None


class InboundTrunk(NamedTuple):
    """Who may call in (SIPInboundTrunkInfo)."""

    message: Message
    name: Text | None
    metadata: Text | None
    numbers: tuple[Text, ...]
    allowed_addresses: tuple[Text, ...]
    allowed_numbers: tuple[Text, ...]
    auth_username: Text | None
    auth_password: Text | None
    auth_realm: Text | None
    headers: tuple[Pair, ...]
    headers_to_attributes: tuple[Pair, ...]
    attributes_to_headers: tuple[Pair, ...]
    include_headers: Text | None
    ringing_timeout: Seconds | None
    max_call_duration: Seconds | None
    krisp_enabled: bool
    media_encryption: Text | None
    media: Media | None


class OutboundTrunk(NamedTuple):
    """How calls go out (SIPOutboundTrunkInfo)."""

    message: Message
    name: Text | None
    metadata: Text | None
    address: Text | None
    destination_country: Text | None
    transport: Text | None
    numbers: tuple[Text, ...]
    auth_username: Text | None
    auth_password: Text | None
    headers: tuple[Pair, ...]
    headers_to_attributes: tuple[Pair, ...]
    attributes_to_headers: tuple[Pair, ...]
    include_headers: Text | None
    media_encryption: Text | None
    media: Media | None
    from_host: Text | None


class Agent(NamedTuple):
    """An agent that is asked to join (RoomAgentDispatch)."""

    message: Message
    agent_name: Text | None
    metadata: Text | None
    deployment: Text | None


class RoomConfig(NamedTuple):
    """How a room is made when the call creates it (RoomConfiguration)."""

    message: Message
    name: Text | None
    max_participants: int | None
    metadata: Text | None
    agents: tuple[Agent, ...]


class RuleKind(NamedTuple):
    """Which room a call goes to: `kind` is "direct", "individual" or "callee".

    `room` is the room name of a direct rule and the prefix of the other two. `random` tells whether
    LiveKit appends random characters, so that every call has a room of its own.
    """

    message: Message
    kind: str
    room: Text | None
    pin: Text | None
    random: bool


class DispatchRule(NamedTuple):
    """Where incoming calls go (SIPDispatchRuleInfo). `rule` is None where no one kind is given."""

    message: Message
    rule: RuleKind | None
    trunk_ids: tuple[Text, ...]
    hide_phone_number: bool
    inbound_numbers: tuple[Text, ...]
    numbers: tuple[Text, ...]
    name: Text | None
    metadata: Text | None
    attributes: tuple[Pair, ...]
    room_preset: Text | None
    room_config: RoomConfig | None
    media: Media | None
    krisp_enabled: bool
    media_encryption: Text | None


class InlineTrunk(NamedTuple):
    """An outbound trunk written inside a participant (SIPOutboundConfig)."""

    message: Message
    hostname: Text | None
    transport: Text | None
    destination_country: Text | None
    auth_username: Text | None
    auth_password: Text | None
    headers_to_attributes: tuple[Pair, ...]
    attributes_to_headers: tuple[Pair, ...]
    from_host: Text | None


class Participant(NamedTuple):
    """An outgoing call (CreateSIPParticipantRequest)."""

    message: Message
    sip_trunk_id: Text | None
    trunk: InlineTrunk | None
    sip_call_to: Text | None
    to_user_override: Text | None
    sip_number: Text | None
    room_name: Text | None
    participant_identity: Text | None
    participant_name: Text | None
    participant_metadata: Text | None
    participant_attributes: tuple[Pair, ...]
    dtmf: Text | None
    hide_phone_number: bool
    headers: tuple[Pair, ...]
    include_headers: Text | None
    ringing_timeout: Seconds | None
    max_call_duration: Seconds | None
    media_encryption: Text | None
    media: Media | None
    display_name: Text | None


Resource = Union[InboundTrunk, OutboundTrunk, DispatchRule, Participant]
OwnFile = Union[CallExpectations, PhoneNumbers]
"""What a file of lklint's own holds."""


def read_resource(kind: str, message: Message) -> Union[Resource, OwnFile]:
    """The resource of a kind ("inbound-trunk" …), or what a file of lklint's own holds."""
    return _READERS[kind](message)


def inbound_trunk(message: Message) -> InboundTrunk:
    """An inbound trunk from its message."""
    return InboundTrunk(
        message=message,
        name=message.text("name"),
        metadata=message.text("metadata"),
        numbers=message.texts("numbers"),
        allowed_addresses=message.texts("allowed_addresses"),
        allowed_numbers=message.texts("allowed_numbers"),
        auth_username=message.text("auth_username"),
        auth_password=message.text("auth_password"),
        auth_realm=message.text("auth_realm"),
        headers=message.pairs("headers"),
        headers_to_attributes=message.pairs("headers_to_attributes"),
        attributes_to_headers=message.pairs("attributes_to_headers"),
        include_headers=message.enum("include_headers", HEADER_OPTIONS),
        ringing_timeout=message.seconds("ringing_timeout"),
        max_call_duration=message.seconds("max_call_duration"),
        krisp_enabled=message.flag("krisp_enabled"),
        media_encryption=message.enum("media_encryption", ENCRYPTIONS),
        media=media_of(message),
    )


def _outbound_trunk(message: Message) -> OutboundTrunk:
    return OutboundTrunk(
        message=message,
        name=message.text("name"),
        metadata=message.text("metadata"),
        address=message.text("address"),
        destination_country=message.text("destination_country"),
        transport=message.enum("transport", TRANSPORTS),
        numbers=message.texts("numbers"),
        auth_username=message.text("auth_username"),
        auth_password=message.text("auth_password"),
        headers=message.pairs("headers"),
        headers_to_attributes=message.pairs("headers_to_attributes"),
        attributes_to_headers=message.pairs("attributes_to_headers"),
        include_headers=message.enum("include_headers", HEADER_OPTIONS),
        media_encryption=message.enum("media_encryption", ENCRYPTIONS),
        media=media_of(message),
        from_host=message.text("from_host"),
    )


def dispatch_rule(message: Message) -> DispatchRule:
    """A dispatch rule from its message."""
    return DispatchRule(
        message=message,
        rule=rule_kind(message),
        trunk_ids=message.texts("trunk_ids"),
        hide_phone_number=message.flag("hide_phone_number"),
        inbound_numbers=message.texts("inbound_numbers"),
        numbers=message.texts("numbers"),
        name=message.text("name"),
        metadata=message.text("metadata"),
        attributes=message.pairs("attributes"),
        room_preset=message.text("room_preset"),
        room_config=_room_config(message),
        media=media_of(message),
        krisp_enabled=message.flag("krisp_enabled"),
        media_encryption=message.enum("media_encryption", ENCRYPTIONS),
    )


def _participant(message: Message) -> Participant:
    return Participant(
        message=message,
        sip_trunk_id=message.text("sip_trunk_id"),
        trunk=_inline_trunk(message),
        sip_call_to=message.text("sip_call_to"),
        to_user_override=message.text("to_user_override"),
        sip_number=message.text("sip_number"),
        room_name=message.text("room_name"),
        participant_identity=message.text("participant_identity"),
        participant_name=message.text("participant_name"),
        participant_metadata=message.text("participant_metadata"),
        participant_attributes=message.pairs("participant_attributes"),
        dtmf=message.text("dtmf"),
        hide_phone_number=message.flag("hide_phone_number"),
        headers=message.pairs("headers"),
        include_headers=message.enum("include_headers", HEADER_OPTIONS),
        ringing_timeout=message.seconds("ringing_timeout"),
        max_call_duration=message.seconds("max_call_duration"),
        media_encryption=message.enum("media_encryption", ENCRYPTIONS),
        media=media_of(message),
        display_name=message.text("display_name"),
    )


def _inline_trunk(holder: Message) -> InlineTrunk | None:
    message = holder.message("trunk")
    if message is None:
        return None
    return InlineTrunk(
        message=message,
        hostname=message.text("hostname"),
        transport=message.enum("transport", TRANSPORTS),
        destination_country=message.text("destination_country"),
        auth_username=message.text("auth_username"),
        auth_password=message.text("auth_password"),
        headers_to_attributes=message.pairs("headers_to_attributes"),
        attributes_to_headers=message.pairs("attributes_to_headers"),
        from_host=message.text("from_host"),
    )


def rule_kind(holder: Message) -> RuleKind | None:
    """Which room a dispatch rule sends calls to, None where no one kind is given."""
    rule = holder.message("rule")
    if rule is None:
        return None
    direct = rule.message("dispatch_rule_direct")
    individual = rule.message("dispatch_rule_individual")
    callee = rule.message("dispatch_rule_callee")
    if [direct, individual, callee].count(None) != 2:
        return None
    if direct is not None:
        return RuleKind(direct, "direct", direct.text("room_name"), direct.text("pin"), False)
    if individual is not None:
        random = not individual.flag("no_randomness")
        prefix, pin = individual.text("room_prefix"), individual.text("pin")
        return RuleKind(individual, "individual", prefix, pin, random)
    assert callee is not None
    prefix, pin = callee.text("room_prefix"), callee.text("pin")
    return RuleKind(callee, "callee", prefix, pin, callee.flag("randomize"))


def _room_config(holder: Message) -> RoomConfig | None:
    message = holder.message("room_config")
    if message is None:
        return None
    return RoomConfig(
        message=message,
        name=message.text("name"),
        max_participants=message.integer("max_participants"),
        metadata=message.text("metadata"),
        agents=tuple(_agent(agent) for agent in message.messages("agents")),
    )


def _agent(message: Message) -> Agent:
    return Agent(
        message=message,
        agent_name=message.text("agent_name"),
        metadata=message.text("metadata"),
        deployment=message.text("deployment"),
    )


def media_of(holder: Message) -> Media | None:
    """The audio settings of a trunk, a rule or a call."""
    message = holder.message("media")
    if message is None:
        return None
    return Media(
        message=message,
        only_listed_codecs=message.flag("only_listed_codecs"),
        codecs=tuple(
            Codec(codec, codec.text("name"), codec.integer("rate"))
            for codec in message.messages("codecs")
        ),
        encryption=message.enum("encryption", ENCRYPTIONS),
        media_timeout=message.seconds("media_timeout"),
    )


_READERS: dict[str, Callable[[Message], Union[Resource, OwnFile]]] = {
    "inbound-trunk": inbound_trunk,
    "outbound-trunk": _outbound_trunk,
    "dispatch-rule": dispatch_rule,
    "sip-participant": _participant,
    "call-expectations": call_expectations,
    "phone-numbers": phone_numbers,
}
