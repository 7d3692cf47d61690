"""Where a call goes: LiveKit's own steps, one after the other.

A SIP service asks livekit-server twice (livekit/sip pkg/service/psrpc.go, livekit/livekit
pkg/service/ioservice_sip.go): first by which trunk the call comes in and with which login, then
which rule takes it.
"""

from typing import Literal, NamedTuple

from lklint.telephony.attributes import bytes_of
from lklint.telephony.pins import LONGEST_PIN
from lklint.telephony.resources import RoomConfig
from lklint.telephony.routing import answers
from lklint.telephony.routing.answers import Answer
from lklint.telephony.routing.calls import Call
from lklint.telephony.routing.exchange import Exchange
from lklint.telephony.routing.faults import RuleFault
from lklint.telephony.routing.media import CallMedia, call_media
from lklint.telephony.routing.placement import Placement, place
from lklint.telephony.routing.rules import match_rule
from lklint.telephony.routing.source import source_error
from lklint.telephony.routing.stored import Rule, Trunk
from lklint.telephony.routing.trace import Trace, trace
from lklint.telephony.routing.trunks import match_trunk
from lklint.telephony.routing.versions import Version, behaviour

Outcome = Literal["accept", "request-pin", "drop", "error"]

Stage = Literal["source", "match-trunk", "match-rule", "evaluate"]
"""Where LiveKit gave a call up: the address it comes from, two trunks that both take it, rules that
it may not read past, or what a rule makes of the call."""

Authentication = Literal["none", "half", "challenge"]
"""Whether the trunk asks for a login. With one half of it missing, it does not ("half")."""

CRASH = "runtime error: slice bounds out of range [-1:]"
CUT = "string field contains invalid UTF-8"


class Route(NamedTuple):
    """What LiveKit does with a call.

    `outcome` "drop" means that no rule takes it. `clash` are the two trunks of an error at
    "match-trunk", `fault` the rules of one at "match-rule". `placement` is there for "accept" only,
    `media` for "request-pin" as well. What people want to know of them is at hand as properties,
    which are empty where LiveKit does not come that far.
    """

    call: Call
    exchange: Exchange
    server_version: Version | None
    outcome: Outcome
    answer: Answer
    stage: Stage | None = None
    error: str | None = None
    trunk: Trunk | None = None
    rule: Rule | None = None
    clash: tuple[Trunk, ...] = ()
    fault: RuleFault | None = None
    media: CallMedia | None = None
    placement: Placement | None = None

    @property
    def trunk_id(self) -> str | None:
        """The id of the trunk it comes in by."""
        return None if self.trunk is None else self.trunk.id

    @property
    def rule_id(self) -> str | None:
        """The id of the rule that takes it."""
        return None if self.rule is None else self.rule.id

    @property
    def authentication(self) -> Authentication:
        """Whether its trunk asks for a login."""
        return "none" if self.trunk is None else authentication(self.trunk)

    @property
    def room(self) -> str | None:
        """The room it lands in, with `placement.RANDOM` for the random part."""
        return None if self.placement is None else self.placement.room

    @property
    def identity(self) -> str | None:
        """The identity of its participant."""
        return None if self.placement is None else self.placement.identity

    @property
    def participant_name(self) -> str | None:
        """The name of its participant."""
        return None if self.placement is None else self.placement.name

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes of its participant, as livekit-server makes them."""
        return {} if self.placement is None else dict(self.placement.attributes)

    @property
    def metadata(self) -> str:
        """The metadata of its participant, which is that of the rule."""
        taken = self._taken
        return "" if taken is None else taken.message.text("metadata") or ""

    @property
    def room_config(self) -> RoomConfig | None:
        """How its room is made, where the call makes it."""
        taken = self._taken
        return None if taken is None else taken.resource.room_config

    @property
    def room_preset(self) -> str:
        """The preset its room is made by."""
        taken = self._taken
        return "" if taken is None else taken.message.text("room_preset") or ""

    @property
    def agents(self) -> tuple[str, ...]:
        """The names of the agents that are asked into its room, where the call makes it.

        Without any, LiveKit asks the agents that run without a name.
        """
        config = self.room_config
        return () if config is None else tuple(agent.agent_name or "" for agent in config.agents)

    @property
    def krisp(self) -> bool:
        """Whether noise is taken out of its audio."""
        taken, trunk = self._taken, self.trunk
        if taken is None:
            return False
        messages = [taken.message] if trunk is None else [taken.message, trunk.message]
        return any(message.flag("krisp_enabled") for message in messages)

    @property
    def trace(self) -> Trace:
        """Every trunk and every rule, and why it was or was not taken; worked out when asked."""
        return trace(self)

    @property
    def _taken(self) -> Rule | None:
        return self.rule if self.outcome == "accept" else None


def authentication(trunk: Trunk) -> Authentication:
    """Whether a trunk asks for a login: only with both halves of it."""
    halves = (trunk.message.text("auth_username"), trunk.message.text("auth_password"))
    if all(halves):
        return "challenge"
    return "half" if any(halves) else "none"


def route(call: Call, exchange: Exchange, server_version: Version | None = None) -> Route:
    """Where a call goes on a livekit-server of a version, None for the newest."""
    found = _decided(call, exchange, server_version)
    answer = found.answer
    if call.no_pin or call.pin:
        first = _decided(call._replace(pin=None, no_pin=False), exchange, server_version)
        if first.answer.end != "asked":
            answer = first.answer._replace(unasked=first.outcome != "error")
        elif found.answer.end == "joins" and bytes_of(call.pin or "") <= LONGEST_PIN:
            answer = answer._replace(rings=False)
        else:
            answer = answers.HUNG_UP
    if found.authentication == "challenge":
        answer = answer._replace(challenge=True)
    return found._replace(answer=answer)


def _decided(call: Call, exchange: Exchange, version: Version | None) -> Route:
    """What livekit-server decides when it is asked once; the answer is that to a first question."""
    server = behaviour(version)
    refused = source_error(call.source_ip)
    if refused is not None:
        return Route(call, exchange, version, "error", answers.NO_TRUNK, "source", refused)
    trunk, clash, error = match_trunk(call, exchange, server)
    if error is not None:
        answer = answers.NO_TRUNK
        return Route(call, exchange, version, "error", answer, "match-trunk", error, clash=clash)
    fault = exchange.fault_on(trunk)
    if fault is not None:
        return Route(
            call, exchange, version, "error", answers.NO_DISPATCH, "match-rule", fault.text, trunk,
            fault=fault,
        )  # fmt: skip
    rule = match_rule(call, trunk, exchange)
    if rule is None:
        return Route(call, exchange, version, "drop", answers.unmatched(server), trunk=trunk)
    broken = Route(
        call, exchange, version, "error", answers.NO_DISPATCH, "evaluate", CRASH, trunk, rule
    )
    wanted = rule.resource
    if wanted.hide_phone_number and not call.caller and not server.survives_empty_caller:
        return broken
    media = call_media(None if trunk is None else trunk.message, wanted.message)
    found = Route(
        call, exchange, version, "request-pin", answers.asked(media),
        trunk=trunk, rule=rule, media=media,
    )  # fmt: skip
    if rule.pin and not call.pin:
        return found
    placement = place(call, "" if trunk is None else trunk.id, rule.id, wanted)
    if placement is None:
        return broken._replace(error=CUT)
    answer = answers.accepted(placement, wanted.metadata or "", media)
    return found._replace(outcome="accept", answer=answer, placement=placement)
