"""The way of a call for programs; `schemas/route.json` documents it."""

from __future__ import annotations

from typing import Any

from lklint.drawing.bindings import Bindings, has_id
from lklint.drawing.choosing import Step, chosen
from lklint.drawing.remarks import next_step, remarks
from lklint.drawing.rows import Picture, place_of
from lklint.reports.escaping import printable
from lklint.telephony.routing import Route
from lklint.telephony.routing.stored import Rule, Trunk
from lklint.telephony.routing.trace import TrunkStep
from lklint.telephony.routing.words import rule_words, summary, trunk_words
from lklint.workspace.filed import home, server_id

VERSION = 1
"""The version of the format. Keys may be added within a version, never changed or taken away."""


def document(picture: Picture) -> dict[str, Any]:
    """The way as plain values. The PIN of the call is not among them."""
    way, call = picture.way, picture.way.first.call
    return {
        "version": VERSION,
        "environment": picture.environment.name,
        "server_version": _version(way.first),
        "call": {
            "from": call.caller,
            "to": call.called,
            "source_ip": call.source_ip,
            "from_host": call.from_host,
        },
        "accepted": way.accepted,
        "steps": [_step(picture, found) for found in way.steps],
        "unused_pin": way.unused_pin,
        "summary": printable(summary(way.last)),
        "remarks": [
            printable(remark)
            for remark in remarks(way, picture.environment, Bindings(picture.environment))
        ],
        "advice": _printable(next_step(way, picture.environment)),
    }


def _version(found: Route) -> str | None:
    version = found.server_version
    return None if version is None else ".".join(map(str, version))


def _step(picture: Picture, found: Route) -> dict[str, Any]:
    """What LiveKit decides when it is asked once."""
    answer, placement, trace = found.answer, found.placement, found.trace
    entered = "none" if found.call.no_pin else "given" if found.call.pin else None
    return {
        "pin": entered,
        "outcome": found.outcome,
        "stage": found.stage,
        "error": _printable(found.error),
        "trunk": _thing(picture, found.trunk),
        "login": found.authentication,
        "rule": _thing(picture, found.rule),
        "landing": None
        if placement is None
        else {
            "room": placement.room,
            "random": placement.random,
            "identity": placement.identity,
            "name": placement.name,
            "attributes": _attributes(found),
            "agents": list(found.agents),
            "preset": found.room_preset,
        },
        "audio": None
        if found.media is None
        else {
            "krisp": found.krisp,
            "encryption": found.media.encryption,
            "only_listed_codecs": found.media.only_listed_codecs,
            "codecs": [{"name": name, "rate": rate} for name, rate in found.media.codecs],
        },
        "answer": {
            "end": answer.end,
            "status": answer.status,
            "reason": answer.reason,
            "rings": answer.rings,
            "challenge": answer.challenge,
            "log": answer.log,
        },
        "trunks": _steps(picture, trace.trunks),
        "rules": _steps(picture, trace.rules),
    }


def _attributes(found: Route) -> dict[str, str]:
    """The attributes of the participant, less the ids that nobody knows yet."""
    ids = {"sip.trunkID": found.trunk, "sip.ruleID": found.rule, "sip.callID": None}
    unknown = {name for name, thing in ids.items() if thing is None or not has_id(thing)}
    return {name: value for name, value in found.attributes.items() if name not in unknown}


def _steps(picture: Picture, steps: tuple[Step, ...]) -> dict[str, Any]:
    kept = chosen(steps, picture.everything)
    return {
        "shown": [_looked_at(picture, step) for step in kept.steps],
        "others": len(steps) - len(kept.steps),
    }


def _looked_at(picture: Picture, step: Step) -> dict[str, Any]:
    thing: Trunk | Rule
    more: dict[str, Any]
    if isinstance(step, TrunkStep):
        thing, words, more = step.trunk, trunk_words(step), {"gate": step.gate}
    else:
        thing, words, more = step.rule, rule_words(step), {"edge": step.edge}
    file, pointer = place_of(step)
    return {
        **_named(thing),
        "verdict": step.verdict,
        **more,
        "words": printable(words),
        "file": file,
        "pointer": pointer,
        "line": picture.line(file, pointer),
    }


def _thing(picture: Picture, thing: Trunk | Rule | None) -> dict[str, Any] | None:
    if thing is None:
        return None
    message = home(thing.message)
    return {
        **_named(thing),
        "file": message.file,
        "pointer": message.pointer,
        "line": picture.line(message.file, message.pointer),
    }


def _named(thing: Trunk | Rule) -> dict[str, Any]:
    """The id that LiveKit made, None where it has yet to; and the name."""
    return {"id": server_id(thing.message), "name": thing.name}


def _printable(text: str | None) -> str | None:
    return None if text is None else printable(text)
