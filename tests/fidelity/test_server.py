"""lklint and LiveKit's library against the real `lk` 2.18.3 and livekit-server 1.13.3.

Those two are older than the library that lklint follows. `DIFFERENCES` is the whole of what that
explains; everything else must agree.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest

from .disagreements import rejections
from .generate import Case, cases
from .oracle import Oracle, Verdict
from .server import Server, running

DOCUMENTS = int(os.environ.get("LKLINT_FIDELITY_SERVER_DOCUMENTS", "300"))
SEED = int(os.environ.get("LKLINT_FIDELITY_SEED", "1"))


@dataclass(frozen=True, slots=True)
class Difference:
    """What an older `lk` or server sees otherwise. The patterns are those of what each said, ""
    for accepted; `only` narrows it to one form."""

    why: str
    library: str
    server: str
    only: str = "create|update"

    def explains(self, case: Case, library: Verdict, server: Verdict) -> bool:
        return bool(
            re.fullmatch(self.only, case.form)
            and re.search(self.library, library.message if library.refused else "")
            and re.search(self.server, server.message if server.refused else "")
        )


NOTHING = r"\A\Z"

DIFFERENCES = (
    Difference(
        "lk drops the media of a file to create, unread",
        r"codec name|media_timeout",
        NOTHING,
        "create",
    ),
    Difference("lk drops the display_name of a participant, unread", r"DisplayName", NOTHING),
    Difference(
        "protocol 1.48 wants the sample rate of a codec", NOTHING, r"invalid codec sample rate"
    ),
    Difference(
        "protocol 1.48 wants a participant's trunk to be stored", NOTHING, r"missing sip trunk id"
    ),
)

NEWER = re.compile(
    r"(to_?user_?override|drop_?audio_?during_?dtmf|thread_?id|sip_?source_?call_?id"
    r"|ringing_?timeout_?status|dialtone\b)|\b(MCAP|PASSTHROUGH|HLS_FMP4_PROTOCOL)\b",
    re.IGNORECASE,
)
"""Fields and enum names that came after protocol 1.50.4, the library of this `lk`: it refuses every
document that has one of them, so none is asked about."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("livekit")
    with running(folder) as started:
        yield started


def _known_to_both(case: Case) -> bool:
    text = case.text if isinstance(case.text, str) else case.text.decode("utf-8", "replace")
    participant = case.kind == "sip-participant"
    command = case.form == "create" or (case.form == "update" and not participant)
    return command and not NEWER.search(re.sub(r"\\u00([0-7].)", _unescaped, text))


def _unescaped(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if re.fullmatch("[0-9a-fA-F]{2}", escape[1]) else escape[0]


def test_the_real_server_agrees(server: Server, oracle: Oracle) -> None:
    asked = list(islice(filter(_known_to_both, cases(SEED, DOCUMENTS * 10)), DOCUMENTS))
    excused: Counter[str] = Counter()
    wrong = []
    for case, library in zip(asked, oracle.verdicts(asked), strict=True):
        real = server.verdict(case)
        codes = rejections(case)
        if library.refused == real.refused == bool(codes):
            continue
        why = next((d.why for d in DIFFERENCES if d.explains(case, library, real)), None)
        if why is not None and bool(codes) == library.refused:
            excused[why] += 1
            continue
        wrong.append(
            f"{case.id} {case.kind} {case.form} {case.mistakes}\n  lk and server: {real.message}\n"
            f"  library: {library.message or 'accepted'}\n  lklint: {codes}\n  {case.text!r}"
        )
    print(f"{len(asked)} documents; differences by version: {dict(excused)}")
    assert not wrong, f"{len(wrong)} disagreements\n" + "\n".join(wrong[:20])
