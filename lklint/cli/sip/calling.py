"""`lklint sip participant create` and `transfer`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lklint.cli.ends import CLEAN, UsageError
from lklint.cli.server.checking import Checking
from lklint.cli.server.talking import Remote, Stopped
from lklint.cli.sip.preparing import canonical_value, filled, resources, with_trunk_ids
from lklint.protocol.messages import read
from lklint.reports.escaping import printable

Json = dict[str, Any]

RING_SECONDS = 80.0
"""How long a call rings that nothing is said about: the default of `lk`'s --timeout."""
ANSWER_SECONDS = 30.0
"""How long LiveKit may take to start a call that nobody waits for."""
MARGIN_SECONDS = 2.0
"""So much longer than it rings is an answer waited for."""

_DURATION = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?")


def participant_changes(
    said: Mapping[str, str | None], wait: bool, timeout: str | None, headers: Sequence[str]
) -> Json:
    """The fields of a call that flags set."""
    changes: Json = {field: value for field, value in said.items() if value is not None}
    if wait:
        changes["wait_until_answered"] = True
    if timeout is not None:
        changes["ringing_timeout"] = f"{_seconds(timeout):g}s"
    if headers:
        changes["headers"] = dict(map(_header, headers))
    return changes


async def create(remote: Remote, files: Sequence[str], changes: Json, verify: bool) -> int:
    """Make each call, one after the other; all are checked before the first rings."""
    if not files and not changes:
        raise UsageError("name a file, or say with flags who is to be called")
    checking = Checking("sip-participant")
    wanted: list[tuple[str, Json]] = []
    for file in files:
        wanted += resources(checking, "sip-participant", file, changes)
    if not files:
        checking.value("<flags>", None, changes)
        wanted.append(("<flags>", changes))
    if not checking.passed(verify, remote.quiet):
        raise Stopped
    ready = [
        (name, canonical_value("sip-participant", name, filled(value, name, remote.environment)))
        for name, value in wanted
    ]
    async with remote.connect() as server:
        for _, value in ready:
            call, seconds = timed(await with_trunk_ids(server, "sip-participant", value))
            made = await server.create_participant(read("sip-participant", call), seconds)
            print(f"SIPCallID: {printable(made.sip_call_id)}")
            print(f"ParticipantID: {printable(made.participant_id)}")
            print(f"ParticipantIdentity: {printable(made.participant_identity)}")
            print(f"RoomName: {printable(made.room_name)}", flush=True)
    return CLEAN


async def transfer(remote: Remote, room: str, identity: str, to: str, play_dialtone: bool) -> int:
    """Hand a caller on; like `lk`, it prints nothing where that went well."""
    from livekit.protocol.sip import TransferSIPParticipantRequest

    request = TransferSIPParticipantRequest(
        room_name=room, participant_identity=identity, transfer_to=to, play_dialtone=play_dialtone
    )
    async with remote.connect() as server:
        await server.transfer(request)
    return CLEAN


def timed(call: Json) -> tuple[Json, float]:
    """A call that says how long it rings, and the seconds to wait for the server's answer."""
    said = call.get("ringing_timeout")
    ring = RING_SECONDS if said is None else float(said.removesuffix("s"))
    timed_call = {**call, "ringing_timeout": f"{ring:g}s"}
    waits = call.get("wait_until_answered", False)
    return timed_call, max(ring, 0.0) + MARGIN_SECONDS if waits else ANSWER_SECONDS


def _header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not colon or not name.strip():
        raise UsageError(f"--header: {text} is not Name:Value")
    return name.strip(), value.strip()


def _seconds(text: str) -> float:
    """A duration as Go writes it, hours to seconds."""
    match = _DURATION.fullmatch(text)
    if not text or match is None:
        raise UsageError(f"--timeout: {text} is no time, as in 80s or 1m30s")
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds
