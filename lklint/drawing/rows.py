"""The way of a call, row by row: what LiveKit looks at, takes and leaves, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from lklint.drawing.bindings import Bindings
from lklint.drawing.choosing import Step, chosen
from lklint.drawing.remarks import is_tie
from lklint.drawing.ways import Way
from lklint.telephony.routing import Route
from lklint.telephony.routing.answers import Answer
from lklint.telephony.routing.media import UNENCRYPTED, CallMedia
from lklint.telephony.routing.stored import Rule, Trunk
from lklint.telephony.routing.trace import RuleStep, TrunkStep
from lklint.telephony.routing.words import answer_words, rule_words, trunk_words
from lklint.workspace.environment import Environment
from lklint.workspace.filed import home, server_id

LineOf = Callable[[str, str], int]
"""The line at which a place begins, by its file and JSON pointer."""


class Picture(NamedTuple):
    """A way through an environment. `everything` asks for each trunk and each rule."""

    way: Way
    environment: Environment
    line: LineOf
    everything: bool = False


class Row(NamedTuple):
    """A line of the drawing. `mark` is "yes" or "no", "" where there is nothing to decide.

    Without a `title` it belongs to the row before. `name` and `place` are of a trunk or a rule.
    """

    title: str
    words: str
    mark: str = ""
    name: str = ""
    place: str = ""


def blocks(picture: Picture) -> Iterator[list[Row]]:
    """The rows of a way, in blocks to be set apart: the call, and what LiveKit makes of it."""
    yield list(_call(picture))
    first, *after = picture.way.steps
    yield list(_decided(picture, first, True))
    for found in after:
        pressed = "presses # and no PIN" if found.call.no_pin else "enters a PIN and #"
        yield [Row("PIN", f"the caller {pressed}")]
        yield list(_decided(picture, found, False))


def place_of(step: Step) -> tuple[str, str]:
    """Where that stands which decided about a trunk or a rule: file and JSON pointer."""
    thing = step.trunk if isinstance(step, TrunkStep) else step.rule
    message = home(thing.message)
    if step.entry is not None:
        return message.file, step.entry.pointer
    fields = _TRUNK_FIELDS if isinstance(step, TrunkStep) else _RULE_FIELDS
    return message.file, message.at(fields.get(step.verdict, "name"))


_TRUNK_FIELDS = {
    "number": "numbers", "caller": "allowed_numbers", "address": "allowed_addresses",
}  # fmt: skip
_RULE_FIELDS = {"trunk": "trunk_ids", "caller": "inbound_numbers", "number": "numbers"}


def label(thing: Trunk | Rule) -> str:
    """A trunk or a rule by its name, or else by its id."""
    return thing.name or server_id(thing.message) or "without a name"


def _call(picture: Picture) -> Iterator[Row]:
    call = picture.way.first.call
    words = f"{call.caller or 'nobody'} calls {call.called or 'nobody'}"
    words += f", from {call.source_ip}" if call.source_ip else ""
    words += f", with the host {call.from_host} in From" if call.from_host else ""
    yield Row("call", words)
    version = picture.way.first.server_version
    if version is not None:
        yield Row("server", f"livekit-server {'.'.join(map(str, version))}")


def _decided(picture: Picture, found: Route, first: bool) -> Iterator[Row]:
    """What LiveKit decides when it is asked once; trunk and login are decided at first."""
    trace, bindings = found.trace, Bindings(picture.environment)
    if first and found.stage != "source":
        yield from _trunk_rows(picture, found, trace.trunks)
        if found.stage != "match-trunk":
            yield Row("login", _LOGIN["no-trunk" if found.trunk is None else found.authentication])
    if found.stage not in ("source", "match-trunk"):
        yield from _rule_rows(picture, found, trace.rules, bindings)
    yield from _landing(found)
    if found.media is not None:
        audio = "; ".join(_audio(found.media, found.krisp))
        if audio:
            yield Row("audio", audio)
    good = found.answer.end in ("joins", "asked")
    yield Row("answer", _answer(found.answer), "yes" if good else "no")


_LOGIN = {
    "no-trunk": "nobody is asked for one, because there is no trunk",
    "none": "nobody is asked for one: the trunk has none",
    "half": "nobody is asked for one: the trunk has only half of it",
    "challenge": "the caller is asked for it (407); what follows is for one who has it",
}


def _trunk_rows(picture: Picture, found: Route, steps: tuple[TrunkStep, ...]) -> Iterator[Row]:
    rows = []
    kept = chosen(steps, picture.everything)
    for step in kept.steps:
        assert isinstance(step, TrunkStep)
        mark = "yes" if step.verdict == "taken" else "no"
        rows.append(Row("", trunk_words(step), mark, label(step.trunk), _place(picture, step)))
    if found.trunk is None and found.stage != "match-trunk":
        words = "the call goes on without a trunk"
        rows.append(Row("", words if steps else f"there is none; {words}", "yes", "none"))
    yield from _titled("trunk", [*rows, *(Row("", words) for words in kept.others)])


def _rule_rows(
    picture: Picture, found: Route, steps: tuple[RuleStep, ...], bindings: Bindings
) -> Iterator[Row]:
    rows = []
    kept = chosen(steps, picture.everything)
    for step in kept.steps:
        assert isinstance(step, RuleStep)
        words = _rule_words(step, found, bindings)
        mark = "yes" if step.verdict == "taken" else "no"
        rows.append(Row("", words, mark, label(step.rule), _place(picture, step)))
    if found.outcome == "drop":
        rows.append(Row("", "no rule takes the call", "no", "none"))
    yield from _titled("rule", [*rows, *(Row("", words) for words in kept.others)])


def _rule_words(step: RuleStep, found: Route, bindings: Bindings) -> str:
    if is_tie(step, found.rule):
        return "takes the call too: only ids decide, and they are random"
    words = rule_words(step)
    if step.verdict == "taken" and found.outcome == "request-pin":
        return f"{words}, and asks for a PIN"
    if step.verdict == "trunk" and step.entry is None:
        missed = "; ".join(bindings.missed(step.rule))
        return f"{words}: {missed}" if missed else words
    return words


def _landing(found: Route) -> Iterator[Row]:
    """Where the caller lands, and as whom."""
    placement, rule = found.placement, found.rule
    if placement is None or rule is None:
        return
    kind = rule.resource.rule
    assert kind is not None
    shared = _OWN_ROOM if placement.random else _SHARED_ROOM[kind.kind]
    yield Row("room", f"{placement.room or 'none is named'}  ({shared})")
    yield Row("caller", f'{placement.identity}, shown as "{placement.name}"')
    if found.room_preset:
        yield Row("preset", f"{found.room_preset} (agents and limits may come from it)")
    names = [f"{name} " if name else "one without a name" for name in found.agents]
    asked = ", ".join(name.strip() for name in names)
    yield Row("agents", asked or "none is named: those that run without a name are asked")


_OWN_ROOM = "every call has a room of its own"
_SHARED_ROOM = {
    "direct": "all callers meet in it",
    "individual": "the same for every call of this caller",
    "callee": "the same for everybody who calls this number",
}


def _audio(media: CallMedia, krisp: bool) -> Iterator[str]:
    if krisp:
        yield "noise is taken out (Krisp)"
    if media.encryption is not None and media.encryption != UNENCRYPTED:
        required = media.encryption.endswith("REQUIRE")
        yield "encrypted, or there is no call" if required else "encrypted where the caller can"
    if media.codecs:
        names = ", ".join(f"{name}/{rate}" if rate else name for name, rate in media.codecs)
        yield f"{names} {'alone' if media.only_listed_codecs else 'beside the usual codecs'}"


def _answer(answer: Answer) -> str:
    words = answer_words(answer)
    status = f"{answer.status} {answer.reason}".strip() if answer.status else ""
    if status and status not in words:
        words += f" ({status})"
    if answer.end not in ("joins", "asked") and answer.log:
        words += f'; livekit-sip logs the reason "{answer.log}"'
    return words


def _place(picture: Picture, step: Step) -> str:
    file, pointer = place_of(step)
    return f"{file}:{picture.line(file, pointer)}"


def _titled(title: str, rows: list[Row]) -> Iterator[Row]:
    """Rows under one title, which the first of them bears."""
    for number, row in enumerate(rows):
        yield row._replace(title="" if number else title)
