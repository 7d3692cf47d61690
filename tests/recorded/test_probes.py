"""What the real `lk` 2.18.3 and livekit-server 1.13.3 answered, asked again of lklint.

`probes.jsonl` holds one recorded answer a line: the document, the question (`lk … create FILE` or
`lk … update --id ID FILE`), and whether `lk` or the server refused it, with their words. Of 1034
recorded probes those stayed out that say nothing about a document by itself:

- 233 calls and commands that read no document (`kind` call and lk);
- 81 answers that depend on flags, on several files, or on no file at all;
- 43 requests past `lk`, whose JSON the server's Twirp reader takes by other rules;
- 26 conflicts with an object already stored;
- 20 updates without an id, or of an id that is not stored;
- 8 calls that no SIP node was there to take;
- 23 that ask the same of the same document;
- 1 file of 600,066 characters (accepted).

The recorded server is older than the library lklint follows (protocol 1.54.0); `NEWER` names each
answer that a newer one changes, and why.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

import lklint

PROBES = [
    json.loads(line)
    for line in Path(__file__).with_name("probes.jsonl").read_text(encoding="utf-8").split("\n")
    if line
]

CODEC_RATE = (False, "protocol 1.48 wanted a codec's sample rate, 1.54 takes a codec without one")
TRUNKLESS = (False, "protocol 1.54 takes a participant without a trunk that has a sip_number")
MEDIA = (True, "lk drops the media of a file to create, unread; the library refuses it")

NEWER = {
    "inbound-update-media-codec-no-rate": CODEC_RATE,
    "outbound-update-media-codec-no-rate": CODEC_RATE,
    "dispatch-update-media-codec-no-rate": CODEC_RATE,
    "inbound-update-media-codec-rate-zero": CODEC_RATE,
    "participant-no-trunk-sip-number": TRUNKLESS,
    "inbound-media-dropped-invalid": MEDIA,
    "outbound-media-codec-slash": MEDIA,
    "outbound-media-timeout-negative": MEDIA,
    "dispatch-media-codec-slash": MEDIA,
    "dispatch-media-timeout-negative": MEDIA,
}
"""Whether the newest library refuses the document after all, and the reason."""


def test_every_difference_by_version_is_one() -> None:
    recorded = {probe["id"]: probe["refused"] for probe in PROBES}
    assert [name for name, (refused, _) in NEWER.items() if recorded[name] == refused] == []


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: str(probe["id"]))
def test_a_document_is_rejected_exactly_when_livekit_refused_it(probe: dict[str, Any]) -> None:
    text = base64.b64decode(probe["text_b64"]) if "text_b64" in probe else probe["text"]
    report = lklint.check_text(text, kind=probe["kind"], form=probe["form"])
    rejected = [
        f"{finding.code} {finding.message}"
        for finding in report.findings
        if finding.effect == "rejected"
    ]
    refused, reason = NEWER.get(probe["id"], (probe["refused"], probe.get("message", "accepted")))
    assert bool(rejected) == refused, f"{text!r}\nLiveKit: {reason}\nlklint: {rejected}"
